"""Bans: an author, a network, a website or a kind of name that a site wants no comments from."""

from alembic import op

revision = "0014"
down_revision = "0013"

STEPS = (
    # An e-mail address is known by its keyed fingerprint only; who bans it points at a comment.
    """
    CREATE TABLE bans (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        kind text NOT NULL CHECK (kind IN ('email', 'network', 'host', 'name')),
        digest bytea CHECK (length(digest) = 32),
        network cidr,
        value text CHECK (length(value) BETWEEN 1 AND 500),
        effect text NOT NULL CHECK (effect IN ('hold', 'reject', 'shadow')),
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
        comment_id uuid REFERENCES comments ON DELETE SET NULL,
        made_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        lifted_by text,
        lifted_at timestamptz,
        CHECK ((kind = 'email') = (digest IS NOT NULL)),
        CHECK ((kind = 'network') = (network IS NOT NULL)),
        CHECK ((kind IN ('host', 'name')) = (value IS NOT NULL)),
        CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
    )
    """,
    "CREATE INDEX bans_of_site ON bans (site_id, id)",
    "CREATE INDEX bans_in_force ON bans (site_id, kind) WHERE lifted_at IS NULL",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
