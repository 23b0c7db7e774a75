"""Feeds: the newest comments of a site, without looking at each of its threads."""

from alembic import op

revision = "0028"
down_revision = "0025"


def upgrade() -> None:
    op.execute("CREATE INDEX comments_of_site_seen ON comments (site_id, id) WHERE shown_revision IS NOT NULL")
