"""Logging in: sessions that still lack a step, and guesses counted where they survive everything."""

from alembic import op

revision = "0009"
down_revision = "0008"

STEPS = (
    # Only an open session lets anybody in. The others are on their way: a code or a new password is missing.
    """
    ALTER TABLE sessions ADD COLUMN stage text NOT NULL DEFAULT 'open'
        CHECK (stage IN ('open', 'code', 'password', 'enrol'))
    """,
    "ALTER TABLE moderators ADD COLUMN password_changed_at timestamptz",
    # A key is a keyed hash of a name, an address or a browser: what was typed is not kept.
    """
    CREATE TABLE guesses (
        key bytea PRIMARY KEY CHECK (length(key) = 32),
        count integer NOT NULL DEFAULT 1,
        last_at timestamptz NOT NULL DEFAULT now(),
        free_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    "CREATE INDEX guesses_by_age ON guesses (last_at)",
    "CREATE INDEX sessions_by_age ON sessions (expires_at)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
