"""Proofs: browsers that have shown that an e-mail address is theirs, and the comments that they sent."""

from alembic import op

revision = "0024"
down_revision = "0023"

STEPS = (
    # A browser holds the token; it is worth nothing before the address has confirmed it.
    """
    CREATE TABLE proofs (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        author_id bigint NOT NULL REFERENCES authors,
        comment_id uuid NOT NULL REFERENCES comments,
        token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
        created_at timestamptz NOT NULL DEFAULT now(),
        confirmed_at timestamptz
    )
    """,
    "CREATE INDEX proofs_of_author ON proofs (author_id)",
    "ALTER TABLE comments ADD COLUMN is_proven boolean NOT NULL DEFAULT false",
    "ALTER TABLE mails ADD COLUMN proof_id bigint REFERENCES proofs ON DELETE SET NULL",
    "CREATE INDEX mails_of_proof ON mails (proof_id) WHERE proof_id IS NOT NULL",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
