"""How moderation goes: backlog, waiting times, reasons, the machine's share and its mistakes."""

from dataclasses import asdict

from apiflask import APIBlueprint
from flask import Response, request

from service.storage.actors import EVERY_ROLE, Actor
from service.usecases.look_back import LookBack, look_back
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.insights_schemas import InsightsOut, InsightsQuery
from service.web.context import runtime
from service.web.parsing import read_query

insights_api = APIBlueprint("insights", __name__, tag="Review")


@insights_api.get("/api/v1/review/insights")
@describe(InsightsQuery, where="query")
@insights_api.output(InsightsOut, description="How moderation goes.")
@insights_api.doc(summary="Look back", security=MODERATORS, responses=refusals(400, 401, 403, 422, 503))
def show_insights() -> Response:
    """On one site or on all of one's own, in the last so many days."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    query = InsightsQuery.read(read_query(request))
    if query.site:
        access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    found = insights_for(actor, query)
    people = found.by_people
    return as_json(
        {
            "since": found.period.since,
            "until": found.period.until,
            "backlog": asdict(found.backlog),
            "waited": asdict(people.waited),
            "shares": {
                "by_machine": found.by_machine,
                "by_people": people.waited.decided,
                "machine_share": found.machine_share,
                "taken_down_later": people.taken_down_later,
                "let_through_later": people.let_through_later,
            },
            "by_reason": [asdict(item) for item in people.reasons],
            "by_moderator": [asdict(item) for item in found.by_moderator],
            "by_check": [asdict(item) for item in people.checks],
            "by_day": [asdict(item) for item in found.by_day],
        }
    )


def insights_for(actor: Actor, query: InsightsQuery) -> LookBack:
    """Of the site that was asked for, else of all on which they have a role."""
    site_ids = (actor.site_ids[query.site],) if query.site else tuple(actor.sites_with(EVERY_ROLE))
    return look_back(runtime().engine, site_ids=site_ids, days=query.days, now=runtime().now(), by=actor)
