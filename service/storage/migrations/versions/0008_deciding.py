"""Deciding: a message to the author, and decisions that undo another."""

from alembic import op

revision = "0008"
down_revision = "0007"

STEPS = (
    "ALTER TABLE decisions ADD COLUMN message text CHECK (length(message) BETWEEN 1 AND 1000)",
    "ALTER TABLE decisions ADD COLUMN undoes bigint REFERENCES decisions",
    "ALTER TABLE decisions ADD CONSTRAINT decisions_undo_names_another CHECK ((event = 'undo') = (undoes IS NOT NULL))",
    # Each decision can be undone once.
    "CREATE UNIQUE INDEX decisions_undone ON decisions (undoes) WHERE undoes IS NOT NULL",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
