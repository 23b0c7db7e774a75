"""The thread of a page as HTML of ours shows it: what stands in it, in which order, and where its links lead."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from flask import request, url_for
from pydantic import Field

from service.errors import FieldError, OriginNotAllowed, Said, invalid
from service.moderation.page_url import PageUrlProblem, canonicalise_page_url, origin_of
from service.storage import comments
from service.storage.comments import Order, PublishedComment
from service.storage.sites import Site
from service.usecases.read_thread import safe_html
from service.usecases.submit import field_error_of_url
from service.web.api.schemas import MAX_PAGE, MAX_URL
from service.web.context import runtime
from service.web.forms import new_form
from service.web.language import LANGUAGE, LONGEST_TAG, kept_language
from service.web.parsing import ClosedQuery

DEEPEST = 3
"""Replies below this depth stand beside what they answer, and name it: further to the side nobody can read them."""


class Address(Protocol):
    """Where the thread of this page is shown otherwise."""

    def __call__(
        self,
        *,
        anchor: str | None = None,
        order: Order = "oldest",
        cursor: str | None = None,
        reply_to: UUID | None = None,
    ) -> str: ...


def address_in(endpoint: str, *, base_url: str = "", **kept: str | None) -> Address:
    """Addresses of the view that shows it; `kept` stands in each of them."""

    def address(
        *,
        anchor: str | None = None,
        order: Order = "oldest",
        cursor: str | None = None,
        reply_to: UUID | None = None,
    ) -> str:
        shown = {**kept, **kept_language(request), "cursor": cursor, "reply_to": reply_to}
        if order != "oldest":
            shown["order"] = order
        return base_url + url_for(endpoint, _anchor=anchor, **shown)

    return address


class ThreadPageQuery(ClosedQuery):
    """Which thread is shown, and how."""

    page_url: str = Field(
        description="Address of the page; must belong to one of the site's origins.", max_length=MAX_URL
    )
    page_title: str = Field("", description="For the form: what the page is called.", max_length=300)
    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)
    order: Literal["oldest", "newest"] = Field("oldest", description="`newest` is one list, with no replies below.")
    cursor: UUID | None = Field(None, description="From a link to further comments.")
    reply_to: UUID | None = Field(None, description="Id of the comment that the form answers.")


@dataclass(frozen=True, slots=True)
class ShownComment:
    """One comment and what answers it."""

    id: UUID
    parent_id: UUID | None
    parent_author: str | None
    is_erased: bool
    is_edited: bool
    author_name: str
    author_website: str | None
    body_html: str
    created_at: datetime
    replies: list["ShownComment"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A page of a thread. `next_cursor` leads to the next one."""

    comments: list[ShownComment]
    total: int
    order: Order
    is_first: bool
    next_cursor: str | None
    page_url: str
    ids: frozenset[UUID]
    """Of the comments that stand on this page: only to those can one jump."""


def page_of(site: Site, raw: str) -> str:
    """The address of the page in its one spelling.

    Raises:
        Invalid: it is no address.
        OriginNotAllowed: it is not a page of this site.

    """
    try:
        page_url = canonicalise_page_url(raw)
    except PageUrlProblem as problem:
        raise invalid([field_error_of_url("/page_url", problem)]) from None
    if origin_of(page_url) not in site.origins:
        sentence = "That page doesn't belong to this site."
        errors = [FieldError("/page_url", "origin_not_allowed", sentence)]
        raise OriginNotAllowed(sentence, errors=errors, said=Said("origin_not_allowed.page"))
    return page_url


def read_thread(
    site: Site, page_url: str, *, after: UUID | None = None, order: Order = "oldest", limit: int = MAX_PAGE
) -> ShownThread:
    """What readers see of this page's thread."""
    with runtime().statements.connect() as connection:
        thread = comments.thread_state(connection, site_id=site.id, page_url=page_url)
        found = (
            comments.published_page(connection, thread.id, after=after, limit=limit + 1, order=order) if thread else []
        )
    shown = found[:limit]
    return ShownThread(
        comments=nested(shown) if order == "oldest" else [_shown(comment) for comment in shown],
        total=thread.published_count if thread else 0,
        order=order,
        is_first=after is None,
        next_cursor=str(shown[-1].id) if len(found) > limit else None,
        page_url=page_url,
        ids=frozenset(comment.id for comment in shown),
    )


def nested(found: list[PublishedComment]) -> list[ShownComment]:
    """Replies below what they answer, as deep as one can read; a reply to something elsewhere stands at the top."""
    top: list[ShownComment] = []
    places: dict[UUID, tuple[list[ShownComment], int]] = {}
    for comment in found:
        shown = _shown(comment)
        siblings, depth = places.get(comment.parent_id, (top, 0)) if comment.parent_id else (top, 0)
        siblings.append(shown)
        is_deepest = depth == DEEPEST
        places[comment.id] = (siblings, depth) if is_deepest else (shown.replies, depth + 1)
    return top


def form_for(site: Site, page_url: str, *, page_title: str, reply_to: UUID | None, address: Address) -> dict[str, Any]:
    """An empty form for the thread of this page, as a reply where there is somebody to answer."""
    parent = None
    if reply_to is not None:
        with runtime().statements.connect() as connection:
            parent = comments.shown(connection, reply_to)
    is_here = parent is not None and (parent.site_key, parent.page_url) == (site.key, page_url)
    form = new_form(
        site,
        page_url=page_url,
        page_title=page_title,
        parent_id=str(reply_to) if is_here else "",
        parent_author=parent.author_name if parent and is_here else "",
    )
    form["cancel_url"] = address(anchor="reply")
    return form


def thread_query(**given: str) -> ThreadPageQuery:
    """What a page is asked for. `given` stands whatever the query says; what it doesn't know it does not mind.

    Raises:
        Invalid: something that it does know is wrong.

    """
    asked = {name: request.args[name] for name in ThreadPageQuery.model_fields if name in request.args}
    return ThreadPageQuery.read({**asked, **given})


def _shown(comment: PublishedComment) -> ShownComment:
    return ShownComment(
        id=comment.id,
        parent_id=comment.parent_id,
        parent_author=comment.parent_author,
        is_erased=comment.is_erased,
        is_edited=comment.edited_at is not None,
        author_name=comment.author_name,
        author_website=comment.author_website,
        body_html=safe_html(comment),
        created_at=comment.created_at,
    )
