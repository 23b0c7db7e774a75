"""Bulk: one decision about many comments, item by item, by a worker."""

from alembic import op

revision = "0011"
down_revision = "0010"

STEPS = (
    """
    CREATE TABLE bulk_jobs (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        made_by text NOT NULL,
        moderator_id integer REFERENCES moderators,
        token_id integer REFERENCES tokens,
        event text NOT NULL,
        reason_code text NOT NULL,
        note text CHECK (length(note) <= 2000),
        message text CHECK (length(message) BETWEEN 1 AND 1000),
        filter jsonb CHECK (jsonb_typeof(filter) = 'object'),
        undoes bigint REFERENCES bulk_jobs,
        site_ids integer[] NOT NULL,
        total integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CHECK ((event = 'undo') = (undoes IS NOT NULL)),
        CHECK ((moderator_id IS NULL) <> (token_id IS NULL))
    )
    """,
    "CREATE UNIQUE INDEX bulk_jobs_undone ON bulk_jobs (undoes) WHERE undoes IS NOT NULL",
    # What was seen when it was decided: revision, and the last decision. An undo names here what it takes back.
    """
    CREATE TABLE bulk_items (
        job_id bigint NOT NULL REFERENCES bulk_jobs,
        place integer NOT NULL,
        comment_id uuid NOT NULL REFERENCES comments ON DELETE CASCADE,
        revision integer NOT NULL,
        seen_decision_id bigint,
        result text CHECK (result IN
            ('done', 'changed', 'already', 'gone', 'forbidden', 'impossible', 'failed', 'stopped')),
        decision_id bigint,
        PRIMARY KEY (job_id, place)
    )
    """,
    "CREATE INDEX bulk_items_open ON bulk_items (job_id, place) WHERE result IS NULL",
    "CREATE INDEX bulk_items_of_comment ON bulk_items (comment_id)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
