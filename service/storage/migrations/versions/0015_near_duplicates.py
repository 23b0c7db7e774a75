"""Near-duplicates: which comments say nearly the same, as groups that a moderator can decide together."""

from alembic import op

revision = "0015"
down_revision = "0014"

STEPS = (
    # A group is named by the comment that was there first.
    """
    CREATE TABLE near_duplicates (
        comment_id uuid PRIMARY KEY REFERENCES comments ON DELETE CASCADE,
        group_id uuid NOT NULL
    )
    """,
    "CREATE INDEX near_duplicates_of_group ON near_duplicates (group_id, comment_id)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
