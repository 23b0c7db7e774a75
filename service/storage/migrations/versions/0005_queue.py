"""The review queue: rank and reason beside the status, one order for every status, and the language of a reading."""

from alembic import op

revision = "0005"
down_revision = "0004"

STEPS = (
    # How soon a person must see it: 9 a crisis, 8 a threat, 7 escalated for something else, 5 a report, 4 an appeal,
    # 0 the rest. Of what is not held, only what a reader or its author has asked about has one.
    "ALTER TABLE comments ADD COLUMN rank smallint NOT NULL DEFAULT 0 CHECK (rank BETWEEN 0 AND 9)",
    "UPDATE comments SET rank = least(9, 6 + severity) WHERE status = 'held' AND severity > 0",
    # As the status is the last decision's cached word, this is its cached reason: counted and filtered by the thousand.
    "ALTER TABLE comments ADD COLUMN reason_code text",
    """
    UPDATE comments c SET reason_code = d.reason_code
    FROM (SELECT DISTINCT ON (comment_id) comment_id, reason_code FROM decisions ORDER BY comment_id, id DESC) d
    WHERE d.comment_id = c.id
    """,
    "DROP INDEX comments_aside",
    "CREATE INDEX comments_waiting ON comments (site_id, (-rank), id) WHERE status = 'held' OR rank > 0",
    "CREATE INDEX comments_in_order ON comments (site_id, status, (-rank), id) WHERE status NOT IN ('pending', 'erased')",
    "ALTER TABLE readings ADD COLUMN language text CHECK (length(language) BETWEEN 2 AND 8)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
