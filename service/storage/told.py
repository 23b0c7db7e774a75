"""The facts that letters are written from, read when they are written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A decision and what its author is told of it; the address is still sealed."""

    comment_id: UUID
    language: str | None
    site_name: str
    page_url: str
    written_at: datetime
    event: str
    status: str
    decided_by: str
    decided_at: datetime
    reason_code: str
    reasons: tuple[str, ...]
    message: str | None
    help_lines: tuple[str, ...]
    is_last: bool
    email_key_id: str
    email_ciphertext: bytes


@dataclass(frozen=True, slots=True)
class ReportTold:
    """A report by law, the decision that answered it, and what its sender is told; the address is still sealed."""

    comment_id: UUID
    site_name: str
    page_url: str
    reported_at: datetime
    status: str
    decided_by: str
    reason_code: str
    is_last: bool
    contact_key_id: str
    contact_ciphertext: bytes


def report(connection: Connection, report_id: int) -> ReportTold | None:
    """What the reader is told who sent this report; None when nobody has answered it, or it is undone."""
    row = connection.execute(
        text(
            """
            SELECT r.comment_id, s.name AS site_name, t.page_url, r.created_at AS reported_at, d.status, d.decided_by,
                   d.reason_code,
                   NOT EXISTS (SELECT FROM decisions l WHERE l.comment_id = d.comment_id AND l.id > d.id) AS is_last,
                   r.contact_key_id, r.contact_ciphertext
            FROM reports r
            JOIN decisions d ON d.id = r.decision_id
            JOIN comments c ON c.id = r.comment_id
            JOIN threads t ON t.id = c.thread_id
            JOIN sites s ON s.id = r.site_id
            WHERE r.id = :id AND r.contact_key_id IS NOT NULL
            """
        ),
        {"id": report_id},
    ).one_or_none()
    return ReportTold(**{**row._mapping, "contact_ciphertext": bytes(row.contact_ciphertext)}) if row else None


def decision_of_author(connection: Connection, decision_id: int) -> DecisionTold | None:
    """The same for whoever wrote the comment; None where they left no address."""
    query = text("SELECT c.author_id FROM decisions d JOIN comments c ON c.id = d.comment_id WHERE d.id = :id")
    author_id = connection.execute(query, {"id": decision_id}).scalar_one_or_none()
    return None if author_id is None else decision(connection, decision_id, author_id)


def decision(connection: Connection, decision_id: int, author_id: int) -> DecisionTold | None:
    """What the author is told about this decision; `is_last` unless another one followed."""
    row = connection.execute(
        text(
            """
            SELECT d.comment_id, c.author_language AS language, s.name AS site_name,
                   s.intake, t.page_url, c.created_at AS written_at, d.event,
                   d.status,
                   d.decided_by, d.decided_at, d.reason_code, d.reasons, d.message,
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
        language=row.language,
        site_name=row.site_name,
        page_url=row.page_url,
        written_at=row.written_at,
        event=row.event,
        status=row.status,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason_code=row.reason_code,
        reasons=tuple(row.reasons),
        message=row.message,
        help_lines=tuple(row.intake.get("help_lines", ())),
        is_last=row.is_last,
        email_key_id=row.email_key_id,
        email_ciphertext=bytes(row.email_ciphertext),
    )
