"""Own comments: which text readers see, the author's token and language, and erasing for good."""

from alembic import op

revision = "0020"
down_revision = "0026"

STEPS = (
    # Which of its texts readers see; NULL for none. An edited comment may show its old text while the new one is checked.
    "ALTER TABLE comments ADD COLUMN shown_revision integer",
    "UPDATE comments SET shown_revision = revision WHERE status = 'published'",
    # The promise that nothing is published unchecked, where nobody gets past it: a text is seen because its comment is
    # published with it, or because it was before a newer one came.
    """
    ALTER TABLE comments ADD CONSTRAINT comments_show_what_was_published CHECK (
        CASE WHEN status = 'published' THEN shown_revision IS NOT NULL AND shown_revision = revision
             WHEN status IN ('pending', 'held') THEN shown_revision IS NULL OR shown_revision < revision
             ELSE shown_revision IS NULL END)
    """,
    "CREATE INDEX comments_seen ON comments (thread_id, id) WHERE shown_revision IS NOT NULL OR status = 'erased'",
    """
    CREATE INDEX comments_seen_replies ON comments (parent_id) INCLUDE (shown_revision)
        WHERE parent_id IS NOT NULL AND (shown_revision IS NOT NULL OR status = 'erased')
    """,
    "DROP INDEX comments_published",
    "DROP INDEX comments_published_replies",
    # What readers saw after each decision: undoing one brings that back.
    "ALTER TABLE decisions ADD COLUMN shown_revision integer",
    "ALTER TABLE decisions DISABLE TRIGGER decisions_are_append_only",
    "UPDATE decisions SET shown_revision = revision WHERE status = 'published'",
    "ALTER TABLE decisions ENABLE TRIGGER decisions_are_append_only",
    # Of the author's token only its SHA-256; NULL where it opens nothing any more.
    "ALTER TABLE comments ADD COLUMN author_token_hash bytea CHECK (length(author_token_hash) = 32)",
    "ALTER TABLE comments ADD COLUMN author_language text CHECK (length(author_language) <= 35)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
