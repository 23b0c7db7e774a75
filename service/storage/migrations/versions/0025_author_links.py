"""Links that somebody asks for with an e-mail address, to see all that was written with it."""

from alembic import op

revision = "0025"
down_revision = "0024"

STEPS = (
    # Also for addresses that nobody wrote with: whoever asks must not notice. Kept for a day.
    """
    CREATE TABLE author_links (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        email_fingerprint bytea NOT NULL CHECK (length(email_fingerprint) = 32),
        language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
        created_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    "CREATE INDEX author_links_of_address ON author_links (site_id, email_fingerprint)",
    "ALTER TABLE mails ADD COLUMN link_id bigint REFERENCES author_links ON DELETE SET NULL",
    "CREATE INDEX mails_of_link ON mails (link_id) WHERE link_id IS NOT NULL",
    "ALTER TABLE mails DROP CONSTRAINT mails_recipient_check",
    "ALTER TABLE mails ADD CONSTRAINT mails_recipient_check"
    " CHECK (recipient IN ('author', 'reporter', 'moderator', 'asker'))",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
