"""Search: the words of every comment in an index of their own."""

from alembic import op

revision = "0010"
down_revision = "0009"

STEPS = (
    # `words` is NULL until somebody has read them: for what was here before, the relay does.
    """
    CREATE TABLE comment_words (
        comment_id uuid PRIMARY KEY REFERENCES comments,
        revision integer NOT NULL,
        words tsvector
    )
    """,
    "CREATE INDEX comment_words_found ON comment_words USING gin (words) WITH (gin_pending_list_limit = 1024)",
    "CREATE INDEX comment_words_unread ON comment_words (comment_id) WHERE words IS NULL",
    "INSERT INTO comment_words (comment_id, revision) SELECT id, 0 FROM comments WHERE status <> 'erased'",
    # Forgotten for good means that nothing is found any more, whoever erases.
    """
    CREATE FUNCTION forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM comment_words WHERE comment_id = NEW.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER erased_comments_are_not_found AFTER UPDATE OF status ON comments
    FOR EACH ROW WHEN (NEW.status = 'erased') EXECUTE FUNCTION forget_words()
    """,
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
