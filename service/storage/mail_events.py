"""What makes mails: each kind of event queues what is to be told of it, in the event's own transaction."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, text

MOST_A_DAY = 10
"""Mails to one address in a day: whoever types somebody else's can't have it flooded."""

# What is queued is queued together with its task. Rows that are there already are left alone: event_key says so.
_QUEUE = """
    , added AS (
        INSERT INTO mails (site_id, event_key, kind, recipient, author_id, moderator_id, comment_id, decision_id,
                           report_id, appeal_id)
        SELECT site_id, event_key, kind, recipient, author_id, moderator_id, comment_id, decision_id, report_id,
               appeal_id
        FROM wanted
        ON CONFLICT (event_key) DO NOTHING RETURNING id
    )
    INSERT INTO tasks (kind, subject_id, due_at) SELECT 'mail', id, now() + :after FROM added RETURNING id
"""

# The last decision about each comment whose author has an address, up to so many mails to each of them in a day.
_TOLD = """
    WITH told AS (
        SELECT d.*, c.author_id, 'statement:' || d.comment_id || ':' || d.id AS event_key,
               row_number() OVER (PARTITION BY c.author_id ORDER BY d.id) + (
                   SELECT count(*) FROM mails m
                   WHERE m.author_id = c.author_id AND m.created_at > now() - interval '1 day') AS place
        FROM comments c
        CROSS JOIN LATERAL (SELECT * FROM decisions d WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1) d
        WHERE c.author_id IS NOT NULL AND {condition}
          AND NOT EXISTS (SELECT FROM authors a WHERE a.id = c.author_id AND a.no_mail_since IS NOT NULL)
          AND NOT EXISTS (SELECT FROM mails m WHERE m.event_key = 'statement:' || d.comment_id || ':' || d.id)
    ), wanted AS (
        SELECT site_id, event_key, 'statement' AS kind, 'author' AS recipient, author_id,
               CAST(NULL AS integer) AS moderator_id, comment_id, id AS decision_id, CAST(NULL AS bigint) AS report_id,
               CAST(NULL AS bigint) AS appeal_id
        FROM told WHERE place <= :most ORDER BY id
    )
"""
_STATEMENTS = text(_TOLD.format(condition="c.id = ANY(:ids) AND d.event IN ('reject', 'remove')") + _QUEUE)
_ANSWERED = """
    WITH answered AS (
        SELECT r.*, row_number() OVER (PARTITION BY r.contact_fingerprint ORDER BY r.id) + (
                   SELECT count(*) FROM mails m JOIN reports o ON o.id = m.report_id
                   WHERE o.contact_fingerprint = r.contact_fingerprint AND m.created_at > now() - interval '1 day'
               ) AS place
        FROM reports r
        WHERE r.comment_id = ANY(:ids) AND r.reason = 'legal' AND r.contact_key_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM mails m WHERE m.report_id = r.id AND m.decision_id = r.decision_id)
          AND r.decision_id = (SELECT max(id) FROM decisions d WHERE d.comment_id = r.comment_id)
    ), wanted AS (
        SELECT site_id, 'outcome:' || comment_id || ':' || id || ':' || decision_id AS event_key, 'outcome' AS kind,
               'reporter' AS recipient, CAST(NULL AS bigint) AS author_id, CAST(NULL AS integer) AS moderator_id,
               comment_id, decision_id, id AS report_id, CAST(NULL AS bigint) AS appeal_id
        FROM answered WHERE place <= :most ORDER BY id
    )
"""
_APPEALED = """
    WITH wanted AS (
        SELECT a.site_id, 'appeal:' || a.comment_id || ':' || a.id || ':' || d.id AS event_key,
               'appeal_answer' AS kind, 'author' AS recipient, c.author_id, CAST(NULL AS integer) AS moderator_id,
               a.comment_id, d.id AS decision_id, CAST(NULL AS bigint) AS report_id, a.id AS appeal_id
        FROM appeals a JOIN comments c ON c.id = a.comment_id JOIN decisions d ON d.id = a.answer_id
        WHERE a.comment_id = ANY(:ids) AND c.author_id IS NOT NULL AND d.event NOT IN ('reject', 'remove', 'spam')
          AND NOT EXISTS (SELECT FROM authors w WHERE w.id = c.author_id AND w.no_mail_since IS NOT NULL)
          AND d.id = (SELECT max(id) FROM decisions l WHERE l.comment_id = a.comment_id)
    )
"""
# Of comments that are published now, though their authors have got a statement that says why they are not.
_SHOWN_AFTER_ALL = """
    WITH wanted AS (
        SELECT c.site_id, 'shown:' || c.id || ':' || d.id AS event_key, 'shown' AS kind, 'author' AS recipient,
               c.author_id, CAST(NULL AS integer) AS moderator_id, c.id AS comment_id, d.id AS decision_id,
               CAST(NULL AS bigint) AS report_id, CAST(NULL AS bigint) AS appeal_id
        FROM comments c
        JOIN authors a ON a.id = c.author_id AND a.no_mail_since IS NULL
        CROSS JOIN LATERAL (SELECT max(id) AS id FROM decisions WHERE comment_id = c.id) d
        CROSS JOIN LATERAL (
            SELECT kind, decision_id FROM mails m
            WHERE m.comment_id = c.id AND (m.kind = 'statement' AND m.state = 'sent'
                                           OR m.kind IN ('shown', 'appeal_answer') AND m.state <> 'dropped')
            ORDER BY m.id DESC LIMIT 1
        ) told
        WHERE c.id = ANY(:ids) AND c.status = 'published' AND told.kind = 'statement'
    )
"""
_SHOWN = text(_SHOWN_AFTER_ALL + _QUEUE)
_APPEAL_ANSWERS = text(_APPEALED + _QUEUE)
_OUTCOMES = text(_ANSWERED + _QUEUE)
_OVERDUE = text(
    _TOLD.format(
        condition="""c.status = 'held' AND d.event IN ('hold', 'recall', 'undo')
          AND d.decided_at BETWEEN now() - :longest AND now() - :held_for"""
    )
    + _QUEUE
)
# Of somebody who wants replies by mail, once the comment is public: whether the address wants that, too. No second one
# while the link of the first one works: it is good for all comments of the author.
_ASKED = """
    WITH asked AS (
        SELECT DISTINCT ON (s.author_id) s.id, s.site_id, s.author_id, s.comment_id
        FROM subscriptions s
        JOIN comments c ON c.id = s.comment_id
        JOIN authors a ON a.id = s.author_id
        WHERE s.comment_id = ANY(:ids) AND c.shown_revision IS NOT NULL AND s.ended_at IS NULL AND s.asked_at IS NULL
          AND a.replies_confirmed_at IS NULL AND a.no_mail_since IS NULL
          AND NOT EXISTS (
              SELECT FROM subscriptions o WHERE o.author_id = s.author_id AND o.asked_at > now() - :works_for)
          AND :most > (
              SELECT count(*) FROM mails m
              WHERE m.author_id = s.author_id AND m.created_at > now() - interval '1 day')
        ORDER BY s.author_id, s.id
    ), noted AS (
        UPDATE subscriptions SET asked_at = now() WHERE id IN (SELECT id FROM asked)
    ), wanted AS (
        SELECT site_id, 'confirm_replies:' || comment_id AS event_key, 'confirm_replies' AS kind,
               'author' AS recipient, author_id, CAST(NULL AS integer) AS moderator_id, comment_id,
               CAST(NULL AS bigint) AS decision_id, CAST(NULL AS bigint) AS report_id,
               CAST(NULL AS bigint) AS appeal_id
        FROM asked
    )
"""
_CONFIRMATIONS = text(_ASKED + _QUEUE)

# What others have answered to somebody who wants to know, each answer once. Nobody is told of an own answer.
_REPLIED = """
    WITH replied AS (
        SELECT r.id, r.site_id, s.author_id, row_number() OVER (PARTITION BY s.author_id ORDER BY r.id) + (
                   SELECT count(*) FROM mails m
                   WHERE m.author_id = s.author_id AND m.created_at > now() - interval '1 day') AS place
        FROM comments r
        JOIN subscriptions s ON s.comment_id = r.parent_id
        JOIN authors a ON a.id = s.author_id
        JOIN sites ON sites.id = r.site_id
        WHERE r.id = ANY(:ids) AND r.shown_revision IS NOT NULL AND r.author_id IS DISTINCT FROM s.author_id
          AND s.ended_at IS NULL AND a.replies_confirmed_at IS NOT NULL AND a.no_mail_since IS NULL
          AND coalesce(CAST(sites.intake->>'replies_by_mail' AS boolean), true)
          AND NOT EXISTS (SELECT FROM mails m WHERE m.event_key = 'reply:' || r.id)
    ), wanted AS (
        SELECT site_id, 'reply:' || id AS event_key, 'reply' AS kind, 'author' AS recipient, author_id,
               CAST(NULL AS integer) AS moderator_id, id AS comment_id, CAST(NULL AS bigint) AS decision_id,
               CAST(NULL AS bigint) AS report_id, CAST(NULL AS bigint) AS appeal_id
        FROM replied WHERE place <= :most ORDER BY id
    )
"""
_REPLIES = text(_REPLIED + _QUEUE)

# What was not told because it was taken down before its mail went out is told when it comes back.
_TELL_AFTER_ALL = text(
    """
    WITH back AS (
        UPDATE mails SET state = 'waiting', problem = NULL, finished_at = NULL
        WHERE event_key = ANY(:event_keys) AND state = 'dropped' AND problem = 'overtaken'
        RETURNING id
    )
    UPDATE tasks SET done_at = NULL, outcome = NULL, attempts = 0, due_at = now() + :after
    WHERE kind = 'mail' AND subject_id IN (SELECT id FROM back)
    """
)

MOST_PROOFS_A_DAY = 3

# To the address that a comment came with, so many a day, however many comments come with it.
_PROOF = text(
    """
    WITH asked AS (
        SELECT p.* FROM proofs p JOIN authors a ON a.id = p.author_id
        WHERE p.id = :id AND a.no_mail_since IS NULL
          AND :most > (
              SELECT count(*) FROM mails m
              WHERE m.author_id = p.author_id AND m.created_at > now() - interval '1 day')
          AND :most_proofs > (
              SELECT count(*) FROM mails m
              WHERE m.author_id = p.author_id AND m.kind = 'proof' AND m.created_at > now() - interval '1 day')
    ), added AS (
        INSERT INTO mails (site_id, event_key, kind, recipient, author_id, comment_id, proof_id)
        SELECT site_id, 'proof:' || id, 'proof', 'author', author_id, comment_id, id FROM asked
        ON CONFLICT (event_key) DO NOTHING RETURNING id
    )
    INSERT INTO tasks (kind, subject_id) SELECT 'mail', id FROM added RETURNING id
    """
)


def add_statements(connection: Connection, comment_ids: Sequence[UUID], *, after: timedelta) -> list[int]:
    """Queue what the authors of these comments are to be told about the last decision. Returns the new tasks.

    Only a rejection or a removal is told of, only to an author with an address, and each only once.
    """
    parameters = {"ids": list(comment_ids), "after": after, "most": MOST_A_DAY}
    return list(connection.execute(_STATEMENTS, parameters).scalars())


def add_overdue_holds(connection: Connection, *, held_for: timedelta, longest: timedelta) -> list[int]:
    """Queue statements about comments that have been held for so long. Returns the new tasks.

    What has waited for longer than `longest` is left out: whoever begins to send mail must not begin with old news.
    """
    parameters = {"held_for": held_for, "longest": longest, "after": timedelta(), "most": MOST_A_DAY}
    return list(connection.execute(_OVERDUE, parameters).scalars())


def add_appeal_answers(connection: Connection, comment_ids: Sequence[UUID], *, after: timedelta) -> list[int]:
    """Queue what authors are to be told whose appeals the last decision answers. Returns the new tasks.

    A rejection, of a comment that was only held, has a statement of reasons of its own.
    """
    return list(connection.execute(_APPEAL_ANSWERS, {"ids": list(comment_ids), "after": after}).scalars())


def add_shown(connection: Connection, comment_ids: Sequence[UUID], *, after: timedelta) -> list[int]:
    """Queue for authors who were sent a statement that their comment is shown after all. Returns the new tasks."""
    return list(connection.execute(_SHOWN, {"ids": list(comment_ids), "after": after}).scalars())


def add_outcomes(connection: Connection, comment_ids: Sequence[UUID], *, after: timedelta) -> list[int]:
    """Queue answers to those who reported these comments by law and left an address. Returns the new tasks."""
    parameters = {"ids": list(comment_ids), "after": after, "most": MOST_A_DAY}
    return list(connection.execute(_OUTCOMES, parameters).scalars())


def add_confirmations(
    connection: Connection, comment_ids: Sequence[UUID], *, after: timedelta, works_for: timedelta
) -> list[int]:
    """Queue the question whether mail about replies is wanted, for those of these comments whose authors asked for it.

    Returns the new tasks. The link of such a mail works for so long, and no other is queued meanwhile.
    """
    parameters = {"ids": list(comment_ids), "after": after, "works_for": works_for, "most": MOST_A_DAY}
    return list(connection.execute(_CONFIRMATIONS, parameters).scalars())


def add_replies(connection: Connection, comment_ids: Sequence[UUID], *, after: timedelta) -> list[int]:
    """Queue what those are to be told whom these published comments answer. Returns the new tasks."""
    event_keys = [f"reply:{comment_id}" for comment_id in comment_ids]
    connection.execute(_TELL_AFTER_ALL, {"event_keys": event_keys, "after": after})
    parameters = {"ids": list(comment_ids), "after": after, "most": MOST_A_DAY}
    return list(connection.execute(_REPLIES, parameters).scalars())


def add_proof(connection: Connection, proof_id: int) -> list[int]:
    """Queue the question whether an address is its browser's, unless it was asked too often today."""
    parameters = {"id": proof_id, "most": MOST_A_DAY, "most_proofs": MOST_PROOFS_A_DAY}
    return list(connection.execute(_PROOF, parameters).scalars())
