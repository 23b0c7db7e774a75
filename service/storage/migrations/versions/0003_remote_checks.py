"""Remote checks: which service a site asks, and how; NULL asks nobody."""

from alembic import op

revision = "0003"
down_revision = "0002"

STEPS = ("ALTER TABLE sites ADD COLUMN remote jsonb CHECK (jsonb_typeof(remote) = 'object')",)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
