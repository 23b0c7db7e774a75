"""Replies: which comments' authors want mail about replies to them, and which addresses have confirmed that."""

from alembic import op

revision = "0023"
down_revision = "0020"

STEPS = (
    # Asked for with a comment. It is worth nothing until the author's address has confirmed, once for the site.
    """
    CREATE TABLE subscriptions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        author_id bigint NOT NULL REFERENCES authors,
        comment_id uuid NOT NULL UNIQUE REFERENCES comments,
        created_at timestamptz NOT NULL DEFAULT now(),
        asked_at timestamptz,
        ended_at timestamptz
    )
    """,
    "CREATE INDEX subscriptions_of_author ON subscriptions (author_id)",
    "ALTER TABLE authors ADD COLUMN replies_confirmed_at timestamptz",
    # Somebody with this address wants nothing of this site, whoever types it.
    "ALTER TABLE authors ADD COLUMN no_mail_since timestamptz",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
