"""The review queue: what waits on all of a moderator's sites, as a list with filters."""

import re
from dataclasses import asdict, replace
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import FieldError, invalid
from service.gateways.email_addresses import read_email
from service.moderation.rank import MEANING, Rank
from service.storage import authors, review_counts
from service.storage import review as stored
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.storage.review_filter import ReviewFilter
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.queue_schemas import QueueCountsOut, QueueFilter, QueuePageOut, QueueQuery, SearchIn
from service.web.context import runtime
from service.web.parsing import read_body, read_query

queue_api = APIBlueprint("queue", __name__, tag="Review")

_ADDRESS = re.compile(r"[^\s@]@[^\s@]")

ORDER = {
    "explanation": "What a person must see soonest comes first; among equals, what has waited longest.",
    "ranks": [{"rank": rank.value, "name": rank.name.lower(), "meaning": MEANING[rank]} for rank in MEANING],
}


@queue_api.get("/api/v1/review/comments")
@describe(QueueQuery, where="query")
@queue_api.output(QueuePageOut, description="A page of the review queue.")
@queue_api.doc(summary="List the review queue", security=MODERATORS, responses=refusals(400, 401, 403, 422, 503))
def list_review() -> Response:
    """What waits on all of your sites, or what matches the filters. Filters that are given must all be true."""
    query = QueueQuery.read(read_query(request))
    keep_addresses_out_of_urls(query)
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    return _page(filter_of(query, actor), query)


@queue_api.get("/api/v1/review/counts")
@describe(QueueFilter, where="query")
@queue_api.output(QueueCountsOut, description="How many comments match, by site, reason, label and rank.")
@queue_api.doc(summary="Count the review queue", security=MODERATORS, responses=refusals(400, 401, 403, 422, 503))
def count_review() -> Response:
    """With the filters of the list."""
    query = QueueFilter.read(read_query(request))
    keep_addresses_out_of_urls(query)
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    with runtime().statements.connect() as connection:
        return as_json(asdict(review_counts.count(connection, filter_of(query, actor))))


@queue_api.post("/api/v1/review/search")
@describe(SearchIn)
@queue_api.output(QueuePageOut, description="A page of what was found, in the order of the queue.")
@queue_api.doc(
    summary="Search the review queue",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 413, 415, 422, 503),
)
def search_review() -> Response:
    """The list with its filters as a body. A `text` that is an e-mail address finds who wrote with it: exactly, and for
    moderators and owners only.
    """
    query = SearchIn.read(read_body(request))
    roles = DECIDERS if as_address(query.text) else EVERY_ROLE
    actor = access.require_actor(request, roles=roles, site_key=query.site)
    return _page(resolved_filter(query, actor), query)


def resolved_filter(query: QueueFilter, actor: Actor) -> ReviewFilter:
    """The question as storage understands it. An e-mail address has become those who wrote with it."""
    wanted, address = filter_of(query, actor), as_address(query.text)
    return by_address(wanted, address, actor) if address else wanted


def _page(wanted: ReviewFilter, query: QueueQuery) -> Response:
    with runtime().statements.connect() as connection:
        found = stored.page(connection, wanted, after=place(query.cursor), limit=query.limit + 1)
    shown = found[: query.limit]
    cursor = f"{shown[-1].rank}.{shown[-1].id}" if len(found) > query.limit else None
    return as_json({"comments": [asdict(item) for item in shown], "next_cursor": cursor, "order": ORDER})


def keep_addresses_out_of_urls(query: QueueFilter) -> None:
    """Refuse to search for an e-mail address by GET: addresses of pages end up in logs and histories."""
    if query.text and _ADDRESS.search(query.text):
        raise invalid(
            [FieldError("/text", "email_in_url", "Send an e-mail address as the body of POST /api/v1/review/search.")]
        )


def as_address(asked: str | None) -> str | None:
    """The e-mail address that was asked for; None when it is something else."""
    try:
        return read_email(asked.strip()) if asked else None
    except ValueError:
        return None


def by_address(wanted: ReviewFilter, address: str, actor: Actor) -> ReviewFilter:
    """Who wrote with this address, on the sites where the actor may decide."""
    site_ids = [site_id for site_id in wanted.site_ids if actor.may(DECIDERS, site_id)]
    fingerprint = runtime().vault.email_fingerprint(address)
    with runtime().statements.connect() as connection:
        found = set(authors.with_email(connection, fingerprint, site_ids=site_ids))
    if wanted.author_ids is not None:
        found &= set(wanted.author_ids)
    return replace(wanted, site_ids=tuple(site_ids), author_ids=tuple(sorted(found)), text=None)


def filter_of(query: QueueFilter, actor: Actor) -> ReviewFilter:
    """The question as storage understands it, about sites that the actor may see only."""
    site_ids = actor.sites_with(EVERY_ROLE) if query.site is None else [actor.site_ids[query.site]]
    return ReviewFilter(
        site_ids=tuple(site_ids),
        status=query.status,
        reason=query.reason,
        label=query.label,
        thread_id=query.thread,
        author_ids=None if query.author is None else (query.author,),
        language=query.language,
        older_than=query.older_than,
        newer_than=query.newer_than,
        min_score=query.min_score,
        max_score=query.max_score,
        text=query.text,
        rank=None if query.waiting_for is None else Rank[query.waiting_for.upper()],
    )


def place(cursor: str | None) -> stored.Place | None:
    """Where the page before ended."""
    if cursor is None:
        return None
    rank, _, comment_id = cursor.partition(".")
    return stored.Place(int(rank), UUID(comment_id))
