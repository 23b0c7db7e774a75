"""Judgement: severity, what a reading knew, models that a site has learnt, and the task to learn."""

from alembic import op

revision = "0002"
down_revision = "0001"

STEPS = (
    # 0 for most; what a person must see first has more, and stands in front of the review queue.
    "ALTER TABLE comments ADD COLUMN severity smallint NOT NULL DEFAULT 0 CHECK (severity BETWEEN 0 AND 9)",
    "DROP INDEX comments_aside",
    "CREATE INDEX comments_aside ON comments (site_id, status, (-severity), id) WHERE status NOT IN ('pending', 'published')",
    "ALTER TABLE threads ADD COLUMN page_excerpt text CHECK (length(page_excerpt) <= 2000)",
    "ALTER TABLE decisions ADD COLUMN model_versions text[] NOT NULL DEFAULT '{}'",
    # What was known when a revision was read. Learning must see what the check saw: a reputation that is counted
    # later knows how this very comment was decided.
    """
    CREATE TABLE readings (
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        reputation jsonb NOT NULL,
        model_versions text[] NOT NULL,
        PRIMARY KEY (comment_id, revision),
        FOREIGN KEY (comment_id, revision) REFERENCES revisions
    )
    """,
    # Link hosts of what was decided, for their reputation.
    """
    CREATE TABLE comment_hosts (
        comment_id uuid NOT NULL REFERENCES comments,
        site_id integer NOT NULL,
        host text NOT NULL CHECK (length(host) <= 253),
        PRIMARY KEY (comment_id, host)
    )
    """,
    "CREATE INDEX comment_hosts_by_host ON comment_hosts (site_id, host, comment_id)",
    "CREATE INDEX comments_decided_by_author ON comments (author_id, id) WHERE status IN ('published', 'spam', 'rejected', 'removed')",
    "CREATE INDEX comments_decided_by_prefix ON comments (site_id, ip_prefix, id) WHERE ip_prefix IS NOT NULL AND status IN ('published', 'spam', 'rejected', 'removed')",
    """
    CREATE TABLE site_models (
        site_id integer NOT NULL REFERENCES sites,
        version integer NOT NULL,
        state text NOT NULL CHECK (state IN ('shadow', 'active', 'retired', 'refused')),
        shipped_version text NOT NULL,
        weights bytea NOT NULL CHECK (length(weights) <= 4194304),
        label_count integer NOT NULL,
        labels_up_to bigint NOT NULL,
        hold_from real CHECK (hold_from BETWEEN 0 AND 1),
        comparison jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (site_id, version)
    )
    """,
    "CREATE UNIQUE INDEX site_models_active ON site_models (site_id) WHERE state = 'active'",
    "CREATE UNIQUE INDEX site_models_shadow ON site_models (site_id) WHERE state = 'shadow'",
    # Decisions that teach: those of moderators.
    "ALTER TABLE decisions ADD COLUMN site_id integer REFERENCES sites",
    "ALTER TABLE decisions DISABLE TRIGGER decisions_are_append_only",
    "UPDATE decisions d SET site_id = c.site_id FROM comments c WHERE c.id = d.comment_id",
    "ALTER TABLE decisions ENABLE TRIGGER decisions_are_append_only",
    "ALTER TABLE decisions ALTER COLUMN site_id SET NOT NULL",
    "CREATE INDEX decisions_of_moderators ON decisions (site_id, id) WHERE decided_by LIKE 'moderator:%'",
    "ALTER TABLE tasks ALTER COLUMN comment_id DROP NOT NULL, ALTER COLUMN revision DROP NOT NULL",
    "ALTER TABLE tasks ADD COLUMN site_id integer REFERENCES sites",
    "ALTER TABLE tasks ADD CONSTRAINT tasks_about_something CHECK ((kind = 'learn') = (comment_id IS NULL AND site_id IS NOT NULL))",
    "CREATE UNIQUE INDEX tasks_learning ON tasks (site_id) WHERE kind = 'learn' AND done_at IS NULL",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
