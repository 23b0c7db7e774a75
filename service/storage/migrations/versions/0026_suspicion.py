"""Why a comment that came without a proof of work should have had one."""

from alembic import op

revision = "0026"
down_revision = "0019"


def upgrade() -> None:
    op.execute("ALTER TABLE comments ADD COLUMN suspicion text")
