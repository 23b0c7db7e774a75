"""The facts that letters are written from, read when they are written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A decision and what its author is told of it; the address is still sealed."""

    comment_id: UUID
    site_name: str
    page_url: str
    written_at: datetime
    event: str
    decided_by: str
    decided_at: datetime
    reason_code: str
    reasons: tuple[str, ...]
    message: str | None
    help_lines: tuple[str, ...]
    is_last: bool
    email_key_id: str
    email_ciphertext: bytes


def decision(connection: Connection, decision_id: int, author_id: int) -> DecisionTold | None:
    """What the author is told about this decision; `is_last` unless another one followed."""
    row = connection.execute(
        text(
            """
            SELECT d.comment_id, s.name AS site_name, s.intake, t.page_url, c.created_at AS written_at, d.event,
                   d.decided_by, d.decided_at, d.reason_code, d.reasons,
                   NOT EXISTS (SELECT FROM decisions l WHERE l.comment_id = d.comment_id AND l.id > d.id) AS is_last,
                   a.email_key_id, a.email_ciphertext
            FROM decisions d
            JOIN comments c ON c.id = d.comment_id
            JOIN threads t ON t.id = c.thread_id
            JOIN sites s ON s.id = d.site_id
            JOIN authors a ON a.id = :author_id
            WHERE d.id = :id
            """
        ),
        {"id": decision_id, "author_id": author_id},
    ).one_or_none()
    if row is None:
        return None
    return DecisionTold(
        comment_id=row.comment_id,
        site_name=row.site_name,
        page_url=row.page_url,
        written_at=row.written_at,
        event=row.event,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason_code=row.reason_code,
        reasons=tuple(row.reasons),
        message=None,
        help_lines=tuple(row.intake.get("help_lines", ())),
        is_last=row.is_last,
        email_key_id=row.email_key_id,
        email_ciphertext=bytes(row.email_ciphertext),
    )
