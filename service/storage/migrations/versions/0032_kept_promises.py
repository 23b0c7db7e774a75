"""A bound of a site's model stands beside the promise that it keeps, so that it keeps no other one."""

from alembic import op

revision = "0032"
down_revision = "0029"


def upgrade() -> None:
    op.execute("ALTER TABLE site_models ADD COLUMN kept_promise double precision CHECK (kept_promise BETWEEN 0 AND 1)")
