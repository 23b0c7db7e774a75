"""What authors object to, and the decisions that answer them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class StoredAppeal:
    """An appeal as moderators see it: against which decision, in the author's words, and what came of it.

    `outcome` is `upheld` or `overturned`, None while nobody has answered. `decided_by` made the decision in question.
    """

    id: int
    decision_id: int
    decided_by: str
    body: str
    created_at: datetime
    answered_at: datetime | None
    answer_id: int | None
    outcome: str | None


def add(connection: Connection, *, site_id: int, comment_id: UUID, decision_id: int, body: str) -> bool:
    """Store an appeal. False when there was one against this decision, or another one is open."""
    row = connection.execute(
        text(
            "INSERT INTO appeals (site_id, comment_id, decision_id, body)"
            " VALUES (:site_id, :comment_id, :decision_id, :body) ON CONFLICT DO NOTHING RETURNING id"
        ),
        {"site_id": site_id, "comment_id": comment_id, "decision_id": decision_id, "body": body},
    ).one_or_none()
    return row is not None


_SELECT = """
    SELECT a.id, a.decision_id, d.decided_by, a.body, a.created_at, a.answered_at, a.answer_id,
           CASE WHEN answer.status = 'published' THEN 'overturned'
                WHEN answer.id IS NOT NULL THEN 'upheld' END AS outcome
    FROM appeals a JOIN decisions d ON d.id = a.decision_id LEFT JOIN decisions answer ON answer.id = a.answer_id
"""


def of_comment(connection: Connection, comment_id: UUID) -> list[StoredAppeal]:
    """All appeals about a comment, the oldest first."""
    rows = connection.execute(text(_SELECT + "WHERE a.comment_id = :id ORDER BY a.id"), {"id": comment_id})
    return [StoredAppeal(*row) for row in rows]


def against(connection: Connection, decision_id: int) -> StoredAppeal | None:
    """The appeal against this decision, if there was one."""
    row = connection.execute(text(_SELECT + "WHERE a.decision_id = :id"), {"id": decision_id}).one_or_none()
    return StoredAppeal(*row) if row else None


def open_of(connection: Connection, comment_id: UUID) -> StoredAppeal | None:
    """The appeal about this comment that waits for an answer."""
    row = connection.execute(
        text(_SELECT + "WHERE a.comment_id = :id AND a.answered_at IS NULL"), {"id": comment_id}
    ).one_or_none()
    return StoredAppeal(*row) if row else None


def open_among(connection: Connection, comment_ids: Sequence[UUID]) -> list[UUID]:
    """Those of these comments whose author waits for an answer."""
    query = text("SELECT comment_id FROM appeals WHERE comment_id = ANY(:ids) AND answered_at IS NULL")
    return list(connection.execute(query, {"ids": list(comment_ids)}).scalars())


def answer(connection: Connection, comment_ids: Sequence[UUID]) -> None:
    """Close the open appeals about these comments: the last decision about each is the answer."""
    connection.execute(
        text(
            """
            UPDATE appeals a SET answered_at = now(), answer_id = d.id
            FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
            CROSS JOIN LATERAL (SELECT max(id) AS id FROM decisions WHERE comment_id = wanted.id) d
            WHERE a.comment_id = wanted.id AND a.answered_at IS NULL
            """
        ),
        {"ids": list(comment_ids)},
    )


def reopen(connection: Connection, decision_ids: Sequence[int]) -> list[UUID]:
    """Open again what these decisions answered, since they are undone. Returns the comments."""
    rows = connection.execute(
        text(
            "UPDATE appeals SET answered_at = NULL, answer_id = NULL WHERE answer_id = ANY(:ids) RETURNING comment_id"
        ),
        {"ids": list(decision_ids)},
    )
    return list(rows.scalars())


def against_own(
    connection: Connection, comment_ids: Sequence[UUID], *, label: str, moderator_id: int | None
) -> set[UUID]:
    """Those of these comments about which an appeal waits that this moderator should not answer.

    Their own decision is objected to, and somebody else may decide on the site: a moderator, owner or admin in force.
    """
    parameters = {"ids": list(comment_ids), "label": label, "moderator_id": moderator_id}
    return set(connection.execute(_OPEN_AGAINST, parameters).scalars())


def answered_against(
    connection: Connection, answer_ids: Sequence[int], *, label: str, moderator_id: int | None
) -> set[UUID]:
    """The same of appeals that these decisions have answered: whose answer they should not take back."""
    parameters = {"ids": list(answer_ids), "label": label, "moderator_id": moderator_id}
    return set(connection.execute(_ANSWERED_AGAINST, parameters).scalars())


_AGAINST = """
    SELECT a.comment_id FROM appeals a JOIN decisions d ON d.id = a.decision_id
    WHERE {which} AND d.decided_by = :label AND EXISTS (
        SELECT FROM moderators m LEFT JOIN memberships s ON s.moderator_id = m.id AND s.site_id = a.site_id
        WHERE m.disabled_at IS NULL AND (m.is_admin OR s.role IN ('moderator', 'owner'))
          AND m.id IS DISTINCT FROM CAST(:moderator_id AS integer))
"""
_OPEN_AGAINST = text(_AGAINST.format(which="a.comment_id = ANY(:ids) AND a.answered_at IS NULL"))
_ANSWERED_AGAINST = text(_AGAINST.format(which="a.answer_id = ANY(:ids)"))
