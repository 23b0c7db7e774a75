"""Whose comment it is: the one place that looks at an author's token, and what an author is told."""

from uuid import UUID

from flask import Request

from service.errors import Unauthorised
from service.languages.catalogue import Catalogue
from service.moderation.model import Label, Status
from service.storage import comments
from service.storage.comments import Standing
from service.usecases.edit import edit_comment
from service.usecases.own_comment import is_author, is_decided_by_person, told_shown_revision, told_status
from service.usecases.submit import normal_text
from service.web import access, limits
from service.web.context import runtime
from service.web.language import catalogue_of

AUTHOR_COOKIE = "greenroom_author"


def find_own(request: Request, comment_id: UUID) -> Standing:
    """The comment, for whoever shows its author's token as a bearer token.

    Raises:
        Unauthorised: no token, that of another comment, one that is too old, or the comment is erased.

    """
    standing = _opened_by(access.bearer(request), comment_id)
    if standing is None:
        raise Unauthorised(
            "Send the author_token of this comment as a bearer token.",
            headers={"WWW-Authenticate": 'Bearer realm="greenroom"'},
        )
    return standing


def find_own_by_cookie(request: Request, comment_id: UUID) -> Standing | None:
    """The comment, for the browser that sent it without JavaScript; None for any other."""
    return _opened_by(request.cookies.get(AUTHOR_COOKIE), comment_id)


def _opened_by(token: str | None, comment_id: UUID) -> Standing | None:
    if not token:
        return None
    with runtime().statements.connect() as connection:
        standing = comments.standing(connection, comment_id)
    lifetime = runtime().settings.author_token_lifetime
    is_own = standing is not None and is_author(token, standing, now=runtime().now(), lifetime=lifetime)
    return standing if is_own else None


def count_edit(request: Request) -> None:
    """Count one change or deletion of a comment against the limit.

    Raises:
        RateLimited: that was one too many from this address.

    """
    address = access.client_address(request, runtime().settings)
    limits.count({"edit": runtime().vault.limit_key(address)}, what="edits")


def change(comment_id: UUID, standing: Standing, *, body: str, revision: int) -> Standing:
    """Take an author's new text in, and have it checked. Returns where the comment stands now.

    Raises:
        Invalid: the text can't be taken.
        Problem: as `edit_comment` says.

    """
    text = normal_text(body, standing.intake)
    edited = edit_comment(runtime().engine, comment_id, body=text, revision=revision, now=runtime().now())
    if edited.tasks:
        runtime().messenger.tell(edited.tasks)
    return edited.standing


def help_lines_for(standing: Standing) -> list[str]:
    """The site's help lines, for the author of a comment that waits because it speaks of a crisis."""
    is_in_crisis = standing.status == Status.HELD and standing.reason_code == Label.CRISIS
    return list(standing.intake.help_lines) if is_in_crisis else []


def told_of(standing: Standing, request: Request) -> tuple[str, str]:
    """What an author is told, in the language of the request: one of four states, and why."""
    return told_in(standing, catalogue_of(request))


def told_in(standing: Standing, said: Catalogue) -> tuple[str, str]:
    """The same in a language that is known already."""
    state = state_of(standing)
    return state, said.say("pages", f"status.{_why(state, standing)}")


def state_of(standing: Standing) -> str:
    """One of the four states that an author is told."""
    return _state(told_status(standing))


def _state(status: Status) -> str:
    shown = {Status.PENDING, Status.HELD, Status.PUBLISHED}
    return status.value if status in shown else "not_published"


def _why(state: str, standing: Standing) -> str:
    if state == "not_published":
        return "refused_by_person" if is_decided_by_person(standing) else "refused_by_checks"
    is_change = state != "published" and told_shown_revision(standing) is not None
    return f"change_{state}" if is_change else state
