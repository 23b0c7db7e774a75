"""The audit log as a page, with filters and two ways to take it along."""

from datetime import UTC, datetime, time, timedelta

from apiflask import APIBlueprint
from flask import request, url_for
from pydantic import Field

from service.storage import audit_log
from service.storage.actors import OWNERS
from service.web import access
from service.web.api.audit import filter_for
from service.web.api.audit_schemas import Action, AuditQuery
from service.web.api.people_schemas import SiteKey
from service.web.console.frame import chosen_site, desk_page
from service.web.context import runtime
from service.web.parsing import LARGEST_ID, ClosedQuery, read_query

desk_audit = APIBlueprint("desk_audit", __name__, url_prefix="/desk/audit", enable_openapi=False)

PAGE = 50
_DAY = r"^\d{4}-\d\d-\d\d$"


class AuditPageForm(ClosedQuery):
    """The filters as the page has them: days instead of moments, and a name as it is written."""

    site: SiteKey | None = None
    actor: str | None = Field(None, max_length=200)
    action: Action | None = None
    since: str | None = Field(None, pattern=_DAY)
    until: str | None = Field(None, pattern=_DAY)
    cursor: int | None = Field(None, ge=1, le=LARGEST_ID)

    def query(self) -> AuditQuery:
        """The same as the API asks it; `until` includes the whole day."""
        return AuditQuery(
            site=self.site,
            actor=_label(self.actor),
            action=self.action,
            since=_midnight(self.since),
            until=_midnight(self.until, days_later=1),
        )


@desk_audit.get("")
def index() -> str:
    """The newest first."""
    actor = access.require_actor(request, roles=OWNERS)
    form = AuditPageForm.read({name: value for name, value in read_query(request).items() if value != ""})
    _, sites = chosen_site(actor, OWNERS, form.site or "")
    query = form.query()
    with runtime().statements.connect() as connection:
        found = audit_log.page(connection, filter_for(actor, query), before=form.cursor, limit=PAGE + 1)
    kept = form.model_dump(exclude_none=True, exclude={"cursor"})
    asked = query.model_dump(mode="json", exclude_none=True)
    return desk_page(
        "desk/audit.html",
        actor,
        rows=found[:PAGE],
        form=form,
        sites=sites,
        next_url=url_for("desk_audit.index", **kept, cursor=found[PAGE - 1].id) if len(found) > PAGE else None,
        exports={kind: url_for("audit.export_audit", **asked, format=kind) for kind in ("csv", "jsonl")},
    )


def _label(name: str | None) -> str | None:
    """How history names somebody, from how people write it."""
    if not name or name.startswith("moderator:") or " " in name.strip():
        return name
    return f"moderator:{name.strip()}"


def _midnight(day: str | None, *, days_later: int = 0) -> datetime | None:
    """The beginning of a day in UTC; None for one that is in no calendar."""
    if day is None:
        return None
    try:
        found = datetime.strptime(day, "%Y-%m-%d").date()  # noqa: DTZ007 - only the day is taken
        return datetime.combine(found + timedelta(days=days_later), time(), UTC)
    except (ValueError, OverflowError):
        return None
