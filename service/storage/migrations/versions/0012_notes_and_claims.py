"""Private notes about comments, and claims: who has one open."""

from alembic import op

revision = "0012"
down_revision = "0011"

STEPS = (
    """
    CREATE TABLE notes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        comment_id uuid NOT NULL REFERENCES comments,
        written_by text NOT NULL CHECK (length(written_by) BETWEEN 1 AND 200),
        body text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
        written_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    "CREATE INDEX notes_of_comment ON notes (comment_id, id)",
    # A lease that ends by itself: nothing depends on it but what others are shown.
    """
    CREATE TABLE claims (
        comment_id uuid PRIMARY KEY REFERENCES comments,
        claimed_by text NOT NULL CHECK (length(claimed_by) BETWEEN 1 AND 200),
        until timestamptz NOT NULL
    )
    """,
    "CREATE INDEX comments_held_by_author ON comments (author_id) WHERE status = 'held'",
    # Forgotten for good means also what moderators wrote about it.
    """
    CREATE OR REPLACE FUNCTION forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM comment_words WHERE comment_id = NEW.id;
        DELETE FROM notes WHERE comment_id = NEW.id;
        RETURN NULL;
    END $$
    """,
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
