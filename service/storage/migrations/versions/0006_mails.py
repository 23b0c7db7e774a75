"""Mails: what is to be told to whom. A mail is a reference; its text and its address are put together when it is sent."""

from alembic import op

revision = "0006"
down_revision = "0005"

STEPS = (
    # event_key names what is told to whom: the same is never queued twice.
    """
    CREATE TABLE mails (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        event_key text NOT NULL UNIQUE CHECK (length(event_key) BETWEEN 1 AND 200),
        kind text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,39}$'),
        recipient text NOT NULL CHECK (recipient IN ('author', 'reporter', 'moderator')),
        author_id bigint REFERENCES authors,
        moderator_id integer REFERENCES moderators,
        comment_id uuid REFERENCES comments,
        decision_id bigint REFERENCES decisions,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'kept', 'dropped', 'failed')),
        problem text CHECK (problem ~ '^[a-z][a-z_]{0,39}$'),
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CHECK ((recipient = 'author') = (author_id IS NOT NULL)),
        CHECK ((recipient = 'moderator') = (moderator_id IS NOT NULL))
    )
    """,
    "CREATE INDEX mails_of_site ON mails (site_id, id)",
    "CREATE INDEX mails_to_author ON mails (author_id, created_at) WHERE author_id IS NOT NULL",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
