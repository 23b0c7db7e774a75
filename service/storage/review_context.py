"""What stands around a comment: its page, what it answers, and the policy that judged it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from service.moderation.model import Policy
from service.moderation.policy import policy_from_settings


@dataclass(frozen=True, slots=True)
class Answered:
    """The comment that another one answers."""

    id: UUID
    status: str
    author_name: str
    body: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a comment stands under."""

    page_url: str
    page_title: str | None
    published_count: int


@dataclass(frozen=True, slots=True)
class Html:
    """A text as it was rendered, and by which version of the renderer; neither where nobody has."""

    body_html: str | None
    renderer_version: int | None


def answered_by(connection: Connection, comment_id: UUID) -> Answered | None:
    row = connection.execute(
        text(
            """
            SELECT p.id, p.status, p.author_name, r.body,
                   least(greatest(p.created_at, '0001-01-02 00:00Z'), '9999-12-30 00:00Z') AS created_at
            FROM comments c JOIN comments p ON p.id = c.parent_id
            JOIN revisions r ON r.comment_id = p.id AND r.number = p.revision
            WHERE c.id = :id AND p.status <> 'erased'
            """
        ),
        {"id": comment_id},
    ).one_or_none()
    return Answered(*row) if row else None


def page_of(connection: Connection, thread_id: int) -> Page:
    query = text("SELECT page_url, page_title, published_count FROM threads WHERE id = :id")
    return Page(*connection.execute(query, {"id": thread_id}).one())


def html_of(connection: Connection, comment_id: UUID, revision: int) -> Html:
    query = text("SELECT body_html, renderer_version FROM revisions WHERE comment_id = :id AND number = :revision")
    return Html(*connection.execute(query, {"id": comment_id, "revision": revision}).one())


def policy_that_judged(connection: Connection, comment_id: UUID) -> Policy | None:
    """The version of the policy behind the machine's last decision. None before one, or where it can't be read."""
    row = connection.execute(
        text(
            """
            SELECT p.version, p.settings FROM decisions d
            JOIN policies p ON p.site_id = d.site_id AND p.version = d.policy_version
            WHERE d.comment_id = :id AND d.policy_version IS NOT NULL ORDER BY d.id DESC LIMIT 1
            """
        ),
        {"id": comment_id},
    ).one_or_none()
    try:
        return policy_from_settings(row.version, row.settings) if row else None
    except ValueError:  # of another release; the comment is shown without it
        return None
