"""How moderation goes, as a page: figures, plots, and each plot as a table."""

from apiflask import APIBlueprint
from flask import request

from service.storage.actors import EVERY_ROLE
from service.web import access
from service.web.api.insights import insights_for
from service.web.api.insights_schemas import InsightsQuery
from service.web.console import charts
from service.web.console.frame import chosen_site, desk_page
from service.web.context import runtime
from service.web.parsing import read_query

desk_insights = APIBlueprint("desk_insights", __name__, url_prefix="/desk/insights", enable_openapi=False)

PERIODS = (7, 30, 90, 365)


@desk_insights.get("")
def index() -> str:
    """Of one site or all of one's own."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    query = InsightsQuery.read({name: value for name, value in read_query(request).items() if value != ""})
    _, sites = chosen_site(actor, EVERY_ROLE, query.site or "")
    found = insights_for(actor, query)
    backlog, now = found.backlog, runtime().now()
    return desk_page(
        "desk/insights.html",
        actor,
        query=query,
        sites=sites,
        periods=PERIODS,
        found=found,
        oldest=_span((now - backlog.oldest_at).total_seconds() if backlog.oldest_at else None),
        median=_span(found.by_people.waited.median_s),
        p90=_span(found.by_people.waited.p90_s),
        ages=charts.bars(
            [
                ("under an hour", backlog.under_an_hour),
                ("an hour to a day", backlog.under_a_day),
                ("one to three days", backlog.under_three_days),
                ("longer", backlog.longer),
            ]
        ),
        days=charts.columns(found.by_day),
        reasons=charts.bars([(item.name.replace("_", " "), item.count) for item in found.by_people.reasons]),
        people=charts.bars([(item.name.removeprefix("moderator:"), item.count) for item in found.by_moderator]),
    )


def _span(seconds: float | None) -> str | None:
    return None if seconds is None else charts.duration(seconds)
