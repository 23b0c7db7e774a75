"""Who works on a site, and the links that let them in."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, make_response, redirect, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from service.errors import Problem
from service.storage import people
from service.storage.actors import OWNERS, Actor
from service.usecases import manage_people
from service.usecases.manage_people import Handed
from service.web import access
from service.web.api.people import as_link, settled_name
from service.web.api.people_schemas import PersonIn, Role, RoleIn, SiteKey
from service.web.console.frame import chosen_site, complaints, desk_page
from service.web.context import runtime
from service.web.parsing import Closed, read_form, read_id

desk_people = APIBlueprint("desk_people", __name__, url_prefix="/desk/people", enable_openapi=False)

MOST_SHOWN = 500


class SiteForm(Closed):
    """On which site."""

    site: SiteKey


class ActForm(SiteForm):
    """What is done to somebody: a new role, or one of the buttons."""

    act: str = Field(pattern="^(role|remove|disable|enable|reset)$")
    role: Role | None = None


@desk_people.get("")
def index() -> Response:
    """The people of one site, whom somebody invited, and the form for the next."""
    return _page(access.require_actor(request, roles=OWNERS))


@desk_people.post("")
def invite() -> AnyResponse:
    """Show the link of whoever is new, this once."""
    actor = access.require_actor(request, roles=OWNERS)
    fields = read_form(request)
    try:
        form = PersonIn.read(fields)
        actor = access.require_actor(request, roles=OWNERS, site_key=form.site)
        name = settled_name(form.name)
        handed = manage_people.add_person(
            runtime().engine, name=name, site_id=actor.site_ids[form.site], role=form.role, by=actor
        )
    except Problem as problem:
        return _page(actor, problem, site=str(fields.get("site", "")), typed=fields)
    if handed is None:
        return redirect(url_for("desk_people.index", site=form.site, done="added"), 303)
    return _page(actor, site=form.site, handed=handed, handed_to=name)


@desk_people.post("/<int:moderator_id>")
def act(moderator_id: int) -> AnyResponse:
    """Change a role, remove, keep out, let in, or make a link to a new password."""
    access.require_actor(request, roles=OWNERS)
    form = ActForm.read(read_form(request))
    actor = access.require_actor(request, roles=OWNERS, site_key=form.site)
    try:
        handed = _do(form, read_id(moderator_id), actor)
    except Problem as problem:
        return _page(actor, problem, site=form.site)
    if handed:
        return _page(actor, site=form.site, handed=handed)
    return redirect(url_for("desk_people.index", site=form.site, done=form.act), 303)


@desk_people.post("/invitations/<int:link_id>/withdraw")
def withdraw(link_id: int) -> AnyResponse:
    """The link is worth nothing from now on."""
    actor = access.require_actor(request, roles=OWNERS)
    form = SiteForm.read(read_form(request))
    manage_people.withdraw_invitation(runtime().engine, read_id(link_id), by=actor)
    return redirect(url_for("desk_people.index", site=form.site, done="withdrawn"), 303)


def _do(form: ActForm, moderator_id: int, actor: Actor) -> Handed | None:
    engine, site_id = runtime().engine, actor.site_ids[form.site]
    if form.act == "reset":
        return manage_people.make_reset_link(engine, moderator_id, by=actor)
    if form.act == "remove":
        manage_people.remove_person(engine, moderator_id, site_id=site_id, by=actor)
    elif form.act == "role":
        role = RoleIn.read({"site": form.site, "role": form.role}).role
        manage_people.change_role(engine, moderator_id, site_id=site_id, role=role, by=actor)
    else:
        manage_people.disable_person(engine, moderator_id, is_disabled=form.act == "disable", by=actor)
    return None


_DONE = {
    "added": "They had an account already, and are on this site now.",
    "role": "The role is changed.",
    "remove": "They are not on this site any more. What they decided stays.",
    "disable": "They can't log in any more, and all their sessions have ended.",
    "enable": "They can log in again.",
    "withdrawn": "The invitation is worth nothing any more.",
}


def _page(actor: Actor, problem: Problem | None = None, *, site: str = "", **more: Any) -> Response:  # noqa: ANN401
    chosen, sites = chosen_site(actor, OWNERS, site or request.args.get("site", ""))
    site_id = actor.site_ids[chosen]
    with runtime().statements.connect() as connection:
        found = people.members(connection, site_id, after=0, limit=MOST_SHOWN)
        invited = people.invitations(connection, site_id)
    handed = more.pop("handed", None)
    page = desk_page(
        "desk/people.html",
        actor,
        sites=sites,
        site=chosen,
        people=found,
        invitations=invited,
        link=as_link(handed)["link"] if handed else None,
        expires_at=handed.expires_at if handed else None,
        done=_DONE.get(request.args.get("done", "")),
        problem=problem,
        errors=complaints(problem),
        **{"typed": {}, "handed_to": "", **more},
    )
    return make_response(page, problem.status if problem else 200)
