"""Bans of a site: list, add, lift."""

from dataclasses import asdict

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import NotFound
from service.moderation.model import BanEffect, BanKind
from service.storage import bans as stored
from service.storage.actors import DECIDERS
from service.storage.bans import NewBan
from service.usecases.ban import ban, host_of, lift_ban
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.bans_schemas import BanIn, BanOut, BansOut, BansQuery
from service.web.api.queue_schemas import BIGGEST_ID
from service.web.context import runtime
from service.web.parsing import read_body, read_query

bans_api = APIBlueprint("bans", __name__, tag="Review")


@bans_api.get("/api/v1/sites/<site_key>/bans")
@describe(BansQuery, where="query")
@bans_api.output(BansOut, description="Bans, the newest first.")
@bans_api.doc(summary="List a site's bans", security=MODERATORS, responses=refusals(400, 401, 403, 422, 503))
def list_bans(site_key: str) -> Response:
    """Those in force; with `state=any` also those that are over."""
    actor = access.require_actor(request, roles=DECIDERS, site_key=site_key)
    query = BansQuery.read(read_query(request))
    with runtime().statements.connect() as connection:
        found = stored.page(
            connection,
            actor.site_ids[site_key],
            now=runtime().now(),
            only_in_force=query.state == "in_force",
            before=query.cursor,
            limit=query.limit + 1,
        )
    shown = found[: query.limit]
    cursor = shown[-1].id if len(found) > query.limit else None
    return as_json({"bans": [asdict(one) for one in shown], "next_cursor": cursor})


@bans_api.post("/api/v1/sites/<site_key>/bans")
@describe(BanIn)
@bans_api.output(BanOut, 201, description="The ban is in force.")
@bans_api.doc(summary="Ban somebody", security=MODERATORS, responses=refusals(400, 401, 403, 413, 415, 422, 503))
def add_ban(site_key: str) -> Response:
    """For comments that arrive from now on. An e-mail address and a network are never sent: point at a comment."""
    actor = access.require_actor(request, roles=DECIDERS, site_key=site_key)
    sent = BanIn.read(read_body(request))
    kind = BanKind(sent.kind)
    value = host_of(sent.value) if kind is BanKind.HOST and sent.value else sent.value
    new = NewBan(
        actor.site_ids[site_key], kind, value, BanEffect(sent.effect), sent.reason, sent.comment_id, sent.expires_at
    )
    return as_json(asdict(ban(runtime().engine, new, by=actor, now=runtime().now())), status=201)


@bans_api.delete("/api/v1/sites/<site_key>/bans/<int:ban_id>")
@bans_api.output(BanOut, description="The ban is over.")
@bans_api.doc(summary="Lift a ban", security=MODERATORS, responses=refusals(401, 403, 404, 503))
def end_ban(site_key: str, ban_id: int) -> Response:
    """It stays in the list, with who lifted it and when."""
    actor = access.require_actor(request, roles=DECIDERS, site_key=site_key)
    if ban_id > BIGGEST_ID:
        raise NotFound("This site has no such ban.")
    lifted = lift_ban(runtime().engine, ban_id, site_id=actor.site_ids[site_key], by=actor, now=runtime().now())
    return as_json(asdict(lifted))
