"""What waits is counted and folded from the index alone, without a look at the comments themselves."""

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.execute("DROP INDEX comments_waiting")
    op.execute(
        "CREATE INDEX comments_waiting ON comments (site_id, (-rank), id) INCLUDE (rank, reason_code, status)"
        " WHERE status = 'held' OR rank > 0"
    )
