"""The desk: sessions of moderators, instance admins, the audit log, and tasks that are about no comment."""

from alembic import op

revision = "0004"
down_revision = "0003"

STEPS = (
    "ALTER TABLE moderators ADD COLUMN is_admin boolean NOT NULL DEFAULT false",
    "ALTER TABLE moderators ADD COLUMN disabled_at timestamptz",
    """
    CREATE TABLE sessions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        moderator_id integer NOT NULL REFERENCES moderators,
        digest bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
        client text NOT NULL DEFAULT '' CHECK (length(client) <= 200),
        created_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ended_at timestamptz
    )
    """,
    "CREATE INDEX sessions_of_moderator ON sessions (moderator_id) WHERE ended_at IS NULL",
    # Who did what that is not a decision about a comment. Never rewritten, and without personal data of authors.
    """
    CREATE TABLE audit_log (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        site_id integer REFERENCES sites,
        actor text NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
        action text NOT NULL CHECK (action ~ '^[a-z][a-z_]{0,49}$'),
        subject text NOT NULL DEFAULT '' CHECK (length(subject) <= 200),
        details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object')
    )
    """,
    "CREATE INDEX audit_log_of_site ON audit_log (site_id, id)",
    "CREATE INDEX audit_log_of_actor ON audit_log (actor, id)",
    """
    CREATE FUNCTION refuse_rewriting_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit log is append-only';
    END $$
    """,
    """
    CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_the_audit_log()
    """,
    # A task is about a revision, about a site, or about a row of its kind's own table.
    "ALTER TABLE tasks ADD COLUMN subject_id bigint",
    "ALTER TABLE tasks DROP CONSTRAINT tasks_about_something",
    """
    ALTER TABLE tasks ADD CONSTRAINT tasks_about_something CHECK (
        (comment_id IS NULL) = (revision IS NULL)
        AND (comment_id IS NOT NULL OR site_id IS NOT NULL OR subject_id IS NOT NULL))
    """,
    "CREATE UNIQUE INDEX tasks_about_a_subject ON tasks (kind, subject_id) WHERE subject_id IS NOT NULL",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
