"""Bans at the desk: who is banned on a site, banning somebody from a comment of theirs, and lifting it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for
from sqlalchemy import Connection

from service.errors import Invalid
from service.moderation.model import BanEffect, BanKind
from service.storage import bans, review
from service.storage.actors import DECIDERS, Actor
from service.storage.bans import NewBan
from service.storage.review import ReviewItem
from service.usecases.ban import ban, host_of, lift_ban
from service.web import access
from service.web.console import wording
from service.web.console.bans_schemas import DAYS, BanForm, BansQuery, LiftForm
from service.web.console.frame import complaints, desk_page
from service.web.context import runtime
from service.web.parsing import read_form, read_query

desk_bans = APIBlueprint("desk_bans", __name__, url_prefix="/desk/bans", enable_openapi=False)

PAGE = 200


@desk_bans.get("/")
def index() -> str:
    """Those in force, and with a comment the form to ban whoever sent it."""
    query = BansQuery.read({name: value for name, value in read_query(request).items() if value != ""})
    actor = access.require_actor(request, roles=DECIDERS, site_key=query.site)
    return _page(actor, query)


@desk_bans.post("/")
def add() -> Response:
    """Ban from now on, and show the list."""
    actor = access.require_actor(request, roles=DECIDERS)
    typed = read_form(request)
    site, comment, back = typed.get("site"), typed.get("comment_id"), typed.get("back")
    try:
        form = BanForm.read(
            {name: value for name, value in typed.items() if value != "" or name not in {"comment_id", "back"}}
        )
        actor = access.require_actor(request, roles=DECIDERS, site_key=form.site)
        ban(runtime().engine, _new(form, actor), by=actor, now=runtime().now())
    except Invalid as problem:
        hidden = {"site": site, "comment": comment, "back": back}
        query = BansQuery.read({name: value for name, value in hidden.items() if value})
        actor = access.require_actor(request, roles=DECIDERS, site_key=query.site)
        return Response(_page(actor, query, problem=problem, typed=typed), problem.status)
    return redirect(url_for("desk_bans.index", site=form.site, back=form.back), 303)  # type: ignore[return-value]


@desk_bans.post("/<int:ban_id>/lift")
def lift(ban_id: int) -> Response:
    """End the ban, and show the list."""
    actor = access.require_actor(request, roles=DECIDERS)
    form = LiftForm.read(read_form(request))
    actor = access.require_actor(request, roles=DECIDERS, site_key=form.site)
    lift_ban(runtime().engine, ban_id, site_id=actor.site_ids[form.site], by=actor, now=runtime().now())
    return redirect(url_for("desk_bans.index", site=form.site), 303)  # type: ignore[return-value]


def _new(form: BanForm, actor: Actor) -> NewBan:
    kind = BanKind(form.kind)
    value = form.value if kind in {BanKind.HOST, BanKind.NAME} else None
    if kind is BanKind.HOST and value:
        value = host_of(value)
    expires_at = runtime().now() + timedelta(days=DAYS[form.lasts]) if DAYS[form.lasts] else None
    return NewBan(
        actor.site_ids[form.site], kind, value, BanEffect(form.effect), form.reason, form.comment_id, expires_at
    )


def _page(
    actor: Actor, query: BansQuery, *, problem: Invalid | None = None, typed: Mapping[str, Any] | None = None
) -> str:
    sites = sorted(key for key, site_id in actor.site_ids.items() if actor.may(DECIDERS, site_id))
    site = query.site or sites[0]
    now = runtime().now()
    with runtime().statements.connect() as connection:
        found = bans.page(
            connection,
            actor.site_ids[site],
            now=now,
            only_in_force=query.state == "in_force",
            before=query.cursor,
            limit=PAGE + 1,
        )
        about = _about(connection=connection, actor=actor, comment_id=query.comment) if query.comment else None
    return desk_page(
        "desk/bans.html",
        actor,
        bans=[
            {"ban": one, "by": wording.decided_by(one.made_by), "age": wording.age(one.created_at, now)}
            for one in found[:PAGE]
        ],
        next_cursor=found[PAGE - 1].id if len(found) > PAGE else None,
        is_further=query.cursor is not None,
        about=about,
        back=query.back,
        typed=typed or {},
        site=site,
        sites=sites,
        state=query.state,
        kinds=wording.BAN_KINDS,
        effects=wording.BAN_EFFECTS,
        problem=problem,
        errors=complaints(problem),
    )


def _about(*, connection: Connection, actor: Actor, comment_id: UUID) -> ReviewItem | None:
    """The comment of whoever is to be banned, when it is on a site of theirs."""
    return review.find(connection, comment_id, site_ids=actor.sites_with(DECIDERS))
