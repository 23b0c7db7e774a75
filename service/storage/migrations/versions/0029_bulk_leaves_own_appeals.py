"""A bulk decision leaves alone what another person should answer."""

from alembic import op

revision = "0029"
down_revision = "0021"

STATEMENTS = (
    "ALTER TABLE bulk_items DROP CONSTRAINT bulk_items_result_check",
    """
    ALTER TABLE bulk_items ADD CONSTRAINT bulk_items_result_check CHECK (result IN
        ('done', 'changed', 'already', 'gone', 'forbidden', 'own_appeal', 'impossible', 'failed', 'stopped'))
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
