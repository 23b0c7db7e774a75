"""Which moderators want to be told of what waits, how often, and what each of them was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from service.vault import SealedEmail

MOST_AT_ONCE = 50
"""Comments in one digest; what is more is in the next."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of a mail, and where its comment stands now. `is_waiting` says whether the question is still open."""

    id: int
    moderator_id: int
    comment_id: UUID
    revision: int
    about: str
    decision_id: int
    used_at: datetime | None
    sent_at: datetime | None
    site_name: str
    page_url: str
    author_name: str
    body: str
    status: str
    reasons: tuple[str, ...]
    is_waiting: bool


def wishes(connection: Connection, moderator_id: int) -> dict[int, str]:
    """How often a moderator wants mail, by site id; what is left out is never."""
    rows = connection.execute(
        text("SELECT site_id, wish FROM mail_wishes WHERE moderator_id = :id"), {"id": moderator_id}
    )
    return {row.site_id: row.wish for row in rows}


def address_of(connection: Connection, moderator_id: int) -> tuple[str, bytes] | None:
    """The key's name and the sealed address."""
    row = connection.execute(
        text("SELECT email_key_id, email_ciphertext FROM moderator_addresses WHERE moderator_id = :id"),
        {"id": moderator_id},
    ).one_or_none()
    return (row.email_key_id, bytes(row.email_ciphertext)) if row else None


def save(connection: Connection, moderator_id: int, *, address: SealedEmail | None, wanted: Mapping[int, str]) -> None:
    """Keep a moderator's address and wishes; None forgets the address."""
    connection.execute(text("DELETE FROM moderator_addresses WHERE moderator_id = :id"), {"id": moderator_id})
    connection.execute(text("DELETE FROM mail_wishes WHERE moderator_id = :id"), {"id": moderator_id})
    if address is not None:
        connection.execute(
            text(
                "INSERT INTO moderator_addresses (moderator_id, email_key_id, email_ciphertext)"
                " VALUES (:id, :key_id, :ciphertext)"
            ),
            {"id": moderator_id, "key_id": address.key_id, "ciphertext": address.ciphertext},
        )
    connection.execute(
        text(
            "INSERT INTO mail_wishes (moderator_id, site_id, wish)"
            " SELECT :id, site_id, wish"
            " FROM unnest(CAST(:sites AS integer[]), CAST(:wishes AS text[])) AS w (site_id, wish)"
        ),
        {"id": moderator_id, "sites": list(wanted), "wishes": list(wanted.values())},
    )


# Only who is in force, still decides on the site and has an address is told. Crises and threats are told at once.
_ADD = text(
    """
    INSERT INTO notices (moderator_id, site_id, comment_id, revision, about, decision_id)
    SELECT w.moderator_id, c.site_id, c.id, c.revision, :about, d.id
    FROM comments c
    CROSS JOIN LATERAL (SELECT max(id) AS id FROM decisions WHERE comment_id = c.id) d
    JOIN mail_wishes w ON w.site_id = c.site_id
    JOIN moderators m ON m.id = w.moderator_id AND m.disabled_at IS NULL
    JOIN moderator_addresses a ON a.moderator_id = m.id
    LEFT JOIN memberships s ON s.moderator_id = m.id AND s.site_id = c.site_id
    WHERE c.id = ANY(:ids) AND d.id IS NOT NULL AND (m.is_admin OR s.role IN ('moderator', 'owner'))
    ON CONFLICT DO NOTHING
    RETURNING id, (SELECT rank FROM comments c WHERE c.id = comment_id) >= 8
        OR (SELECT wish FROM mail_wishes w WHERE w.moderator_id = notices.moderator_id AND w.site_id = notices.site_id)
           = 'at_once' AS is_urgent
    """
)
_SEND = text(
    """
    WITH mailed AS (
        INSERT INTO mails (site_id, event_key, kind, recipient, moderator_id, comment_id)
        SELECT site_id, 'notice:' || id, 'notice', 'moderator', moderator_id, comment_id FROM notices
        WHERE id = ANY(:ids) AND mail_id IS NULL
        ON CONFLICT (event_key) DO NOTHING RETURNING id, event_key
    ), linked AS (
        UPDATE notices n SET mail_id = m.id FROM mailed m WHERE m.event_key = 'notice:' || n.id AND n.id = ANY(:ids)
    )
    INSERT INTO tasks (kind, subject_id) SELECT 'mail', id FROM mailed RETURNING id
    """
)


def add(connection: Connection, comment_ids: Sequence[UUID], about: str) -> list[int]:
    """Note what moderators are to be told of these comments. Returns the tasks of what is told at once."""
    rows = connection.execute(_ADD, {"ids": list(comment_ids), "about": about}).all()
    urgent = [row.id for row in rows if row.is_urgent]
    return list(connection.execute(_SEND, {"ids": urgent}).scalars()) if urgent else []


_DUE = text(
    """
    SELECT n.moderator_id, n.site_id, max(n.id) AS last_id
    FROM notices n JOIN mail_wishes w ON w.moderator_id = n.moderator_id AND w.site_id = n.site_id
    WHERE n.mail_id IS NULL AND n.created_at > now() - interval '3 days'
      AND NOT EXISTS (
        SELECT FROM mails m WHERE m.kind = 'digest' AND m.moderator_id = n.moderator_id AND m.site_id = n.site_id
          AND m.created_at > now() - CASE w.wish WHEN 'daily' THEN interval '1 day' ELSE interval '1 hour' END)
    GROUP BY n.moderator_id, n.site_id
    """
)
_DIGEST = text(
    """
    WITH mailed AS (
        INSERT INTO mails (site_id, event_key, kind, recipient, moderator_id)
        VALUES (:site_id, 'digest:' || :moderator_id || ':' || :site_id || ':' || :last_id, 'digest', 'moderator',
                :moderator_id)
        ON CONFLICT (event_key) DO NOTHING RETURNING id
    ), linked AS (
        UPDATE notices SET mail_id = (SELECT id FROM mailed) WHERE id IN (
            SELECT id FROM notices
            WHERE moderator_id = :moderator_id AND site_id = :site_id AND mail_id IS NULL
            ORDER BY id LIMIT :most)
    )
    INSERT INTO tasks (kind, subject_id) SELECT 'mail', id FROM mailed RETURNING id
    """
)


def add_digests(connection: Connection) -> int:
    """Bundle what waits to be told, for everybody whose last digest is long enough ago. Returns how many mails."""
    due = connection.execute(_DUE).all()
    for row in due:
        parameters = {"moderator_id": row.moderator_id, "site_id": row.site_id, "last_id": row.last_id}
        connection.execute(_DIGEST, {**parameters, "most": MOST_AT_ONCE})
    return len(due)


_SELECT = """
    SELECT n.id, n.moderator_id, n.comment_id, n.revision, n.about, n.decision_id, n.used_at, m.created_at AS sent_at,
           s.name AS site_name, t.page_url, c.author_name, r.body, c.status, d.reasons,
           c.revision = n.revision AND n.used_at IS NULL AND (c.status = 'held' OR c.rank > 0) AS is_waiting
    FROM notices n
    JOIN comments c ON c.id = n.comment_id
    JOIN revisions r ON r.comment_id = n.comment_id AND r.number = n.revision
    JOIN decisions d ON d.id = n.decision_id
    JOIN threads t ON t.id = c.thread_id
    JOIN sites s ON s.id = n.site_id
    LEFT JOIN mails m ON m.id = n.mail_id
"""


def of_mail(connection: Connection, mail_id: int) -> list[Notice]:
    rows = connection.execute(text(_SELECT + "WHERE n.mail_id = :id ORDER BY n.id"), {"id": mail_id})
    return [Notice(**{**row._mapping, "reasons": tuple(row.reasons)}) for row in rows]


def find(connection: Connection, notice_id: int, *, is_locked: bool = False) -> Notice | None:
    """One notice; locked, when a decision is to use it up."""
    query = _SELECT + "WHERE n.id = :id" + (" FOR NO KEY UPDATE OF n" if is_locked else "")
    row = connection.execute(text(query), {"id": notice_id}).one_or_none()
    return Notice(**{**row._mapping, "reasons": tuple(row.reasons)}) if row else None


def use_up(connection: Connection, notice_id: int) -> None:
    """Let none of its links decide again."""
    connection.execute(text("UPDATE notices SET used_at = now() WHERE id = :id"), {"id": notice_id})


def is_still_wanted(connection: Connection, moderator_id: int, site_id: int) -> bool:
    """Whether the moderator is in force, decides on the site and wants mail about it."""
    query = text(
        """
        SELECT EXISTS (
            SELECT FROM moderators m JOIN mail_wishes w ON w.moderator_id = m.id AND w.site_id = :site_id
            LEFT JOIN memberships s ON s.moderator_id = m.id AND s.site_id = :site_id
            WHERE m.id = :id AND m.disabled_at IS NULL AND (m.is_admin OR s.role IN ('moderator', 'owner')))
        """
    )
    return bool(connection.execute(query, {"id": moderator_id, "site_id": site_id}).scalar_one())
