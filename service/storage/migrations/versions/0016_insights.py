"""Insights: what was decided on a site in a period, read in the order of an index."""

from alembic import op

revision = "0016"
down_revision = "0015"

STEPS = (
    "CREATE INDEX decisions_by_time ON decisions (site_id, decided_at)",
    "CREATE INDEX audit_log_of_action ON audit_log (action, id)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
