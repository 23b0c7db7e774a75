"""Appeals: an author asks once about a decision, and another person looks again."""

from alembic import op

revision = "0018"
down_revision = "0017"

STEPS = (
    """
    CREATE TABLE appeals (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        comment_id uuid NOT NULL REFERENCES comments,
        decision_id bigint NOT NULL UNIQUE REFERENCES decisions,
        body text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
        created_at timestamptz NOT NULL DEFAULT now(),
        answered_at timestamptz,
        answer_id bigint REFERENCES decisions,
        CHECK ((answered_at IS NULL) = (answer_id IS NULL))
    )
    """,
    "CREATE INDEX appeals_of_comment ON appeals (comment_id, id)",
    "CREATE UNIQUE INDEX appeals_open ON appeals (comment_id) WHERE answered_at IS NULL",
    "ALTER TABLE mails ADD COLUMN appeal_id bigint REFERENCES appeals",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
