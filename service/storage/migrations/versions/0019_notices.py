"""Notices: which moderators want to be told of what waits, where, and how often; and what each of them was told."""

from alembic import op

revision = "0019"
down_revision = "0018"

STEPS = (
    """
    CREATE TABLE moderator_addresses (
        moderator_id integer PRIMARY KEY REFERENCES moderators,
        email_key_id text NOT NULL,
        email_ciphertext bytea NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE mail_wishes (
        moderator_id integer NOT NULL REFERENCES moderators,
        site_id integer NOT NULL REFERENCES sites,
        wish text NOT NULL CHECK (wish IN ('at_once', 'hourly', 'daily')),
        PRIMARY KEY (moderator_id, site_id)
    )
    """,
    # One line of a mail: one moderator is told of one question about one revision. It is used up by one decision.
    """
    CREATE TABLE notices (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        moderator_id integer NOT NULL REFERENCES moderators,
        site_id integer NOT NULL REFERENCES sites,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        about text NOT NULL CHECK (about IN ('held', 'report', 'appeal')),
        decision_id bigint NOT NULL REFERENCES decisions,
        mail_id bigint REFERENCES mails,
        used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (moderator_id, comment_id, about, decision_id),
        FOREIGN KEY (comment_id, revision) REFERENCES revisions
    )
    """,
    "CREATE INDEX notices_unsent ON notices (moderator_id, site_id, id) WHERE mail_id IS NULL",
    "CREATE INDEX notices_of_mail ON notices (mail_id) WHERE mail_id IS NOT NULL",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
