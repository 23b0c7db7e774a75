"""The spine: sites, threads, authors, comments, what was found out about them and what was decided."""

from alembic import op

revision = "0001"
down_revision = None

STEPS = (
    """
    CREATE TABLE sites (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL UNIQUE CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        origins text[] NOT NULL CHECK (cardinality(origins) > 0),
        intake jsonb NOT NULL DEFAULT '{}',
        policy_version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE policies (
        site_id integer NOT NULL REFERENCES sites,
        version integer NOT NULL,
        settings jsonb NOT NULL,
        changed_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (site_id, version)
    )
    """,
    # A page's key is a hash of its URL: a long URL would not fit into an index.
    """
    CREATE TABLE threads (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        page_key bytea NOT NULL CHECK (length(page_key) = 16),
        page_url text NOT NULL CHECK (length(page_url) <= 2000),
        page_title text CHECK (length(page_title) <= 300),
        published_count integer NOT NULL DEFAULT 0 CHECK (published_count >= 0),
        version bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (site_id, page_key)
    )
    """,
    # The e-mail address lives here and nowhere else, encrypted. Public reads never join this table.
    """
    CREATE TABLE authors (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        email_fingerprint bytea NOT NULL CHECK (length(email_fingerprint) = 32),
        email_key_id text NOT NULL,
        email_ciphertext bytea NOT NULL,
        proven_at timestamptz,
        last_seen_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (site_id, email_fingerprint)
    )
    """,
    """
    CREATE TABLE comments (
        id uuid PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        thread_id bigint NOT NULL REFERENCES threads,
        parent_id uuid REFERENCES comments,
        author_id bigint REFERENCES authors,
        author_name text NOT NULL CHECK (length(author_name) <= 100),
        author_website text CHECK (length(author_website) <= 2000),
        status text NOT NULL DEFAULT 'pending' CHECK (status IN
            ('pending', 'held', 'published', 'spam', 'rejected', 'removed', 'erased')),
        revision integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        edited_at timestamptz,
        published_at timestamptz,
        ip_hash bytea CHECK (length(ip_hash) = 16),
        ip_prefix cidr,
        form_age interval,
        is_honeypot_filled boolean NOT NULL DEFAULT false
    )
    """,
    "CREATE INDEX comments_published ON comments (thread_id, id) WHERE status = 'published'",
    "CREATE INDEX comments_published_replies ON comments (parent_id) WHERE status = 'published' AND parent_id IS NOT NULL",
    "CREATE INDEX comments_published_by_author ON comments (author_id) WHERE status = 'published'",
    "CREATE INDEX comments_aside ON comments (site_id, status, id) WHERE status NOT IN ('pending', 'published')",
    "CREATE INDEX comments_undecided ON comments (created_at) WHERE status = 'pending'",
    "CREATE INDEX comments_with_ip ON comments (created_at) WHERE ip_hash IS NOT NULL",
    """
    CREATE TABLE revisions (
        comment_id uuid NOT NULL REFERENCES comments,
        number integer NOT NULL,
        body text NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
        body_html text,
        renderer_version integer,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (comment_id, number)
    )
    """,
    """
    CREATE TABLE signals (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        check_name text NOT NULL,
        label text NOT NULL,
        score real NOT NULL CHECK (score BETWEEN 0 AND 1),
        detail text NOT NULL,
        spans jsonb NOT NULL DEFAULT '[]',
        created_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (comment_id, revision) REFERENCES revisions
    )
    """,
    "CREATE INDEX signals_of_comment ON signals (comment_id, revision)",
    """
    CREATE TABLE decisions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        event text NOT NULL,
        status text NOT NULL,
        decided_by text NOT NULL,
        reason_code text NOT NULL,
        reasons text[] NOT NULL,
        note text,
        signal_ids bigint[] NOT NULL DEFAULT '{}',
        policy_version integer,
        decided_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (comment_id, revision) REFERENCES revisions
    )
    """,
    "CREATE INDEX decisions_of_comment ON decisions (comment_id, id)",
    # What was decided is never rewritten: undo and appeal are new rows.
    """
    CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'decisions are append-only';
    END $$
    """,
    """
    CREATE TRIGGER decisions_are_append_only BEFORE UPDATE OR DELETE ON decisions
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()
    """,
    # due_at is also the lease: whoever takes a task moves it into the future.
    """
    CREATE TABLE tasks (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        attempts smallint NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        leased_by text,
        done_at timestamptz,
        outcome text CHECK (outcome IN ('reported', 'failed')),
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (comment_id, revision, kind),
        FOREIGN KEY (comment_id, revision) REFERENCES revisions
    )
    """,
    "CREATE INDEX tasks_undone ON tasks (kind, id) WHERE done_at IS NULL",
    """
    CREATE TABLE idempotency_keys (
        site_id integer NOT NULL REFERENCES sites,
        key_hash bytea NOT NULL CHECK (length(key_hash) = 32),
        body_hash bytea NOT NULL CHECK (length(body_hash) = 32),
        comment_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, key_hash)
    )
    """,
    "CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)",
    """
    CREATE TABLE fingerprints (
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        site_id integer NOT NULL,
        signature bytea NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (comment_id, revision)
    )
    """,
    "CREATE INDEX fingerprints_by_age ON fingerprints (created_at)",
    """
    CREATE TABLE fingerprint_bands (
        site_id integer NOT NULL,
        band bigint NOT NULL,
        comment_id uuid NOT NULL,
        revision integer NOT NULL,
        PRIMARY KEY (site_id, band, comment_id, revision),
        FOREIGN KEY (comment_id, revision) REFERENCES fingerprints ON DELETE CASCADE
    )
    """,
    "CREATE INDEX fingerprint_bands_of_comment ON fingerprint_bands (comment_id, revision)",
    """
    CREATE TABLE email_domains (
        fingerprint bytea PRIMARY KEY,
        is_deliverable boolean,
        checked_at timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE moderators (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
        password_hash text NOT NULL,
        must_change_password boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE memberships (
        site_id integer NOT NULL REFERENCES sites,
        moderator_id integer NOT NULL REFERENCES moderators,
        role text NOT NULL CHECK (role IN ('viewer', 'moderator', 'owner')),
        PRIMARY KEY (site_id, moderator_id)
    )
    """,
    """
    CREATE TABLE tokens (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site_id integer NOT NULL REFERENCES sites,
        role text NOT NULL CHECK (role IN ('viewer', 'moderator', 'owner', 'submitter')),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        digest bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
        last_used_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
    )
    """,
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
