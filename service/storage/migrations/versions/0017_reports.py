"""Reports: what readers say about published comments, and the mails that answer them."""

from alembic import op

revision = "0017"
down_revision = "0016"

STEPS = (
    # reporter_hash tells clients apart, and is forgotten like every other trace of an address.
    """
    CREATE TABLE reports (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        reason text NOT NULL CHECK (reason ~ '^[a-z][a-z_]{0,29}$'),
        body text CHECK (length(body) BETWEEN 1 AND 2000),
        contact_key_id text,
        contact_ciphertext bytea,
        contact_fingerprint bytea CHECK (length(contact_fingerprint) = 32),
        reporter_hash bytea CHECK (length(reporter_hash) = 16),
        created_at timestamptz NOT NULL DEFAULT now(),
        resolved_at timestamptz,
        decision_id bigint REFERENCES decisions,
        FOREIGN KEY (comment_id, revision) REFERENCES revisions,
        CHECK ((contact_key_id IS NULL) = (contact_ciphertext IS NULL)),
        CHECK ((resolved_at IS NULL) = (decision_id IS NULL))
    )
    """,
    "CREATE INDEX reports_of_comment ON reports (comment_id, id)",
    "CREATE UNIQUE INDEX reports_open_of_client ON reports (comment_id, reporter_hash) WHERE resolved_at IS NULL",
    "CREATE INDEX reports_with_client ON reports (created_at) WHERE reporter_hash IS NOT NULL",
    "ALTER TABLE mails ADD COLUMN report_id bigint REFERENCES reports",
    "ALTER TABLE mails ADD CHECK ((recipient = 'reporter') = (report_id IS NOT NULL))",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
