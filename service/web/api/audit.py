"""The audit log: who did what that is no decision about a comment."""

from dataclasses import asdict

from apiflask import APIBlueprint
from flask import Response, request

from service.storage import audit_log
from service.storage.actors import OWNERS, Actor
from service.storage.audit_log import AuditFilter
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.audit_schemas import AuditExportQuery, AuditPageOut, AuditPageQuery, AuditQuery
from service.web.audit_export import as_csv, as_json_lines
from service.web.context import runtime
from service.web.parsing import read_query

audit_api = APIBlueprint("audit", __name__, tag="Review")

_LINES = {"schema": {"type": "string"}}
_EXPORT = {200: {"description": "A file.", "content": {"text/csv": _LINES, "application/jsonl": _LINES}}}
_REFUSED = refusals(400, 401, 403, 422, 503)


@audit_api.get("/api/v1/audit")
@describe(AuditPageQuery, where="query")
@audit_api.output(AuditPageOut, description="A page of the audit log.")
@audit_api.doc(summary="Read the audit log", security=MODERATORS, responses=_REFUSED)
def list_audit() -> Response:
    """The newest first. An admin also reads what is about no site: logins, passwords, people kept out."""
    actor = access.require_actor(request, roles=OWNERS)
    query = AuditPageQuery.read(read_query(request))
    wanted = filter_for(actor, query)
    with runtime().statements.connect() as connection:
        found = audit_log.page(connection, wanted, before=query.cursor, limit=query.limit + 1)
    shown = found[: query.limit]
    cursor = shown[-1].id if len(found) > query.limit else None
    return as_json({"rows": [asdict(row) for row in shown], "next_cursor": cursor})


@audit_api.get("/api/v1/audit/export")
@describe(AuditExportQuery, where="query")
@audit_api.doc(summary="Export the audit log", security=MODERATORS, responses=_EXPORT | _REFUSED)
def export_audit() -> Response:
    """All rows that match, as CSV for a spreadsheet or as JSON lines for a program, while they are read."""
    actor = access.require_actor(request, roles=OWNERS)
    query = AuditExportQuery.read(read_query(request))
    rows = audit_log.everything(runtime().statements, filter_for(actor, query))
    lines, kind = (as_csv(rows), "text/csv") if query.format == "csv" else (as_json_lines(rows), "application/jsonl")
    response = Response(lines, mimetype=kind)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="greenroom-audit.{query.format}"'
    return response


def filter_for(actor: Actor, query: AuditQuery) -> AuditFilter:
    """What was asked for, on sites that are theirs.

    Raises:
        Forbidden: they don't own the site.

    """
    if query.site is not None:
        access.require_actor(request, roles=OWNERS, site_key=query.site)
    site_ids = (actor.site_ids[query.site],) if query.site else tuple(actor.sites_with(OWNERS))
    return AuditFilter(
        site_ids,
        with_instance=actor.is_admin and query.site is None,
        actor=query.actor,
        action=query.action,
        since=query.since,
        until=query.until,
    )
