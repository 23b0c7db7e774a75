"""Erasing: no text survives it, not even in decisions, and nothing comes back."""

from alembic import op

revision = "0021"
down_revision = "0028"

STEPS = (
    # What is erased has texts of no length.
    "ALTER TABLE revisions DROP CONSTRAINT revisions_body_check",
    "ALTER TABLE revisions ADD CONSTRAINT revisions_body_check CHECK (length(body) <= 20000)",
    # Who decided what and when is never rewritten. Reasons, note and message may quote the comment: they, and nothing
    # else, are forgotten with it.
    """
    CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.reasons = ARRAY['Forgotten with the comment.']
           AND NEW.note IS NULL AND NEW.message IS NULL
           AND to_jsonb(NEW) - ARRAY['reasons', 'note', 'message'] = to_jsonb(OLD) - ARRAY['reasons', 'note', 'message']
           AND EXISTS (SELECT FROM comments WHERE id = OLD.comment_id AND status = 'erased')
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'decisions are append-only';
    END $$
    """,
    """
    CREATE FUNCTION refuse_to_bring_back() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what is erased stays erased';
    END $$
    """,
    """
    CREATE TRIGGER erased_comments_stay_erased BEFORE UPDATE ON comments
    FOR EACH ROW WHEN (OLD.status = 'erased' AND NEW.status <> 'erased') EXECUTE FUNCTION refuse_to_bring_back()
    """,
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
