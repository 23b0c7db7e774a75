"""The review queue: what waits on all of a moderator's sites, as a list with filters."""

from dataclasses import asdict
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.moderation.rank import MEANING
from service.storage import review as stored
from service.storage.actors import EVERY_ROLE, Actor
from service.storage.review_filter import ReviewFilter
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.queue_schemas import QueueFilter, QueuePageOut, QueueQuery
from service.web.context import runtime
from service.web.parsing import read_query

queue_api = APIBlueprint("queue", __name__, tag="Review")

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
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    with runtime().statements.connect() as connection:
        found = stored.page(connection, filter_of(query, actor), after=_place(query.cursor), limit=query.limit + 1)
    shown = found[: query.limit]
    cursor = f"{shown[-1].rank}.{shown[-1].id}" if len(found) > query.limit else None
    return as_json({"comments": [asdict(item) for item in shown], "next_cursor": cursor, "order": ORDER})


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
    )


def _place(cursor: str | None) -> stored.Place | None:
    if cursor is None:
        return None
    rank, _, comment_id = cursor.partition(".")
    return stored.Place(int(rank), UUID(comment_id))
