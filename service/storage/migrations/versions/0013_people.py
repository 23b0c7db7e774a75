"""People: a second step at the login, links that let somebody in once, and tokens with a scope and an end."""

from alembic import op

revision = "0013"
down_revision = "0012"

STEPS = (
    # The secret of an authenticator is encrypted as e-mail addresses are. It counts once it was confirmed; of each time
    # step one code is taken, so that nobody uses one that they saw.
    "ALTER TABLE moderators ADD COLUMN totp_key_id text",
    "ALTER TABLE moderators ADD COLUMN totp_ciphertext bytea",
    "ALTER TABLE moderators ADD COLUMN totp_confirmed_at timestamptz",
    "ALTER TABLE moderators ADD COLUMN totp_step bigint NOT NULL DEFAULT 0",
    """
    CREATE TABLE recovery_codes (
        moderator_id integer NOT NULL REFERENCES moderators,
        digest bytea NOT NULL CHECK (length(digest) = 32),
        used_at timestamptz,
        PRIMARY KEY (moderator_id, digest)
    )
    """,
    "ALTER TABLE sites ADD COLUMN owners_need_totp boolean NOT NULL DEFAULT false",
    # An invitation makes a moderator when it is accepted; a reset lets one choose a new password.
    """
    CREATE TABLE links (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        digest bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
        moderator_id integer REFERENCES moderators,
        site_id integer REFERENCES sites,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        role text CHECK (role IN ('viewer', 'moderator', 'owner')),
        made_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CONSTRAINT links_invite_or_reset CHECK ((moderator_id IS NULL) = (site_id IS NOT NULL AND role IS NOT NULL))
    )
    """,
    "CREATE INDEX links_of_site ON links (site_id, id) WHERE used_at IS NULL",
    "CREATE INDEX links_of_moderator ON links (moderator_id) WHERE used_at IS NULL AND moderator_id IS NOT NULL",
    "ALTER TABLE tokens ADD COLUMN is_read_only boolean NOT NULL DEFAULT false",
    "ALTER TABLE tokens ADD COLUMN expires_at timestamptz",
    "ALTER TABLE tokens ADD COLUMN made_by text",
    "CREATE INDEX memberships_of_moderator ON memberships (moderator_id)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
