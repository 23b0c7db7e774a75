"""Rules: what each was met by, what a signal's rule asks for, and why a policy was changed."""

from alembic import op

revision = "0007"
down_revision = "0006"

STEPS = (
    "ALTER TABLE signals ADD COLUMN rule_id text CHECK (length(rule_id) <= 50)",
    "ALTER TABLE signals ADD COLUMN verdict text CHECK (verdict IN ('hold', 'spam', 'reject', 'escalate'))",
    # The key is the promise that a rule is counted once for a text, however often a check reports.
    """
    CREATE TABLE rule_hits (
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        rule_id text NOT NULL CHECK (length(rule_id) <= 50),
        site_id integer NOT NULL REFERENCES sites,
        is_shadow boolean NOT NULL,
        verdict text NOT NULL CHECK (verdict IN ('hold', 'spam', 'reject', 'escalate')),
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (comment_id, revision, rule_id),
        FOREIGN KEY (comment_id, revision) REFERENCES revisions
    )
    """,
    "CREATE INDEX rule_hits_of_rule ON rule_hits (site_id, rule_id, is_shadow, at)",
    "ALTER TABLE policies ADD COLUMN note text NOT NULL DEFAULT '' CHECK (length(note) <= 300)",
    "ALTER TABLE policies ADD COLUMN restored_from integer",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
