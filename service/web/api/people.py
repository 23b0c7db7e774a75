"""Who works on a site: listed, invited, promoted, shown out. For people who are logged in, not for tokens."""

from dataclasses import asdict

from apiflask import APIBlueprint
from flask import Response, request, url_for

from service.errors import FieldError, invalid
from service.moderation.text import TextProblem, normalise_name
from service.storage import people
from service.storage.actors import OWNERS
from service.usecases import manage_people
from service.usecases.accept_link import accept_link
from service.usecases.manage_people import Handed
from service.web import access
from service.web.answers import as_json, describe, refusals
from service.web.api.people_schemas import (
    AcceptedLinkOut,
    DisabledIn,
    DoneOut,
    EmptyIn,
    HandedOut,
    LinkIn,
    PeopleOut,
    PeopleQuery,
    PersonIn,
    RoleIn,
    SiteQuery,
)
from service.web.api.session import SESSION
from service.web.attempts import LONGEST_NAME
from service.web.context import runtime
from service.web.parsing import read_body, read_id, read_query

people_api = APIBlueprint("people", __name__, tag="People")

_CHANGED = refusals(400, 401, 403, 404, 409, 413, 415, 422, 503)
_DONE = {"done": True}


@people_api.get("/api/v1/people")
@describe(PeopleQuery, where="query")
@people_api.output(PeopleOut, description="A page of people, and all invitations.")
@people_api.doc(summary="List the people of a site", security=SESSION, responses=refusals(400, 401, 403, 422, 503))
def list_people() -> Response:
    """In the order in which they came."""
    query = PeopleQuery.read(read_query(request))
    actor = access.require_person_with(request, roles=OWNERS, site_key=query.site)
    site_id = actor.site_ids[query.site]
    with runtime().statements.connect() as connection:
        found = people.members(connection, site_id, after=query.cursor, limit=query.limit + 1)
        invited = people.invitations(connection, site_id)
    shown = found[: query.limit]
    return as_json(
        {
            "people": [asdict(item) for item in shown],
            "invitations": [asdict(item) for item in invited],
            "next_cursor": shown[-1].id if len(found) > query.limit else None,
        }
    )


@people_api.post("/api/v1/people")
@describe(PersonIn)
@people_api.output(HandedOut, 201, description="A link for somebody new; whoever was there already is on the site.")
@people_api.doc(summary="Invite somebody", security=SESSION, responses=_CHANGED)
def add_person() -> Response:
    """The link works once, for 72 hours."""
    access.require_person_with(request, roles=OWNERS)
    wanted = PersonIn.read(read_body(request))
    actor = access.require_person_with(request, roles=OWNERS, site_key=wanted.site)
    handed = manage_people.add_person(
        runtime().engine,
        name=settled_name(wanted.name),
        site_id=actor.site_ids[wanted.site],
        role=wanted.role,
        by=actor,
    )
    return as_json(as_link(handed), status=201)


@people_api.put("/api/v1/people/<int:moderator_id>/role")
@describe(RoleIn)
@people_api.output(DoneOut, description="They have this role now.")
@people_api.doc(summary="Change somebody's role", security=SESSION, responses=_CHANGED)
def change_role(moderator_id: int) -> Response:
    """On one site. Its last owner stays its owner."""
    access.require_person_with(request, roles=OWNERS)
    wanted = RoleIn.read(read_body(request))
    actor = access.require_person_with(request, roles=OWNERS, site_key=wanted.site)
    manage_people.change_role(
        runtime().engine, read_id(moderator_id), site_id=actor.site_ids[wanted.site], role=wanted.role, by=actor
    )
    return as_json(_DONE)


@people_api.delete("/api/v1/people/<int:moderator_id>/role")
@describe(SiteQuery, where="query")
@people_api.output(DoneOut, description="They have no role there any more.")
@people_api.doc(
    summary="Remove somebody from a site", security=SESSION, responses=refusals(400, 401, 403, 404, 409, 422, 503)
)
def remove_person(moderator_id: int) -> Response:
    """Its last owner stays. What they decided stays as well."""
    access.require_person_with(request, roles=OWNERS)
    query = SiteQuery.read(read_query(request))
    actor = access.require_person_with(request, roles=OWNERS, site_key=query.site)
    manage_people.remove_person(runtime().engine, read_id(moderator_id), site_id=actor.site_ids[query.site], by=actor)
    return as_json(_DONE)


@people_api.put("/api/v1/people/<int:moderator_id>/disabled")
@describe(DisabledIn)
@people_api.output(DoneOut, description="They are kept out, or let in again.")
@people_api.doc(summary="Keep somebody out", security=SESSION, responses=_CHANGED)
def disable_person(moderator_id: int) -> Response:
    """All their sessions end. An owner does that with people of the own sites only."""
    actor = access.require_person_with(request, roles=OWNERS)
    wanted = DisabledIn.read(read_body(request))
    manage_people.disable_person(runtime().engine, read_id(moderator_id), is_disabled=wanted.is_disabled, by=actor)
    return as_json(_DONE)


@people_api.post("/api/v1/people/<int:moderator_id>/reset")
@describe(EmptyIn)
@people_api.output(HandedOut, 201, description="A link to a new password.")
@people_api.doc(summary="Make a link to a new password", security=SESSION, responses=_CHANGED)
def reset_person(moderator_id: int) -> Response:
    """It works once, for an hour. An owner does that for people of the own sites only."""
    actor = access.require_person_with(request, roles=OWNERS)
    EmptyIn.read(read_body(request))
    return as_json(
        as_link(manage_people.make_reset_link(runtime().engine, read_id(moderator_id), by=actor)), status=201
    )


@people_api.delete("/api/v1/people/invitations/<int:link_id>")
@people_api.output(DoneOut, description="The link is worth nothing from now on.")
@people_api.doc(summary="Withdraw an invitation", security=SESSION, responses=refusals(401, 403, 404, 503))
def withdraw(link_id: int) -> Response:
    """Before it is accepted."""
    actor = access.require_person_with(request, roles=OWNERS)
    manage_people.withdraw_invitation(runtime().engine, read_id(link_id), by=actor)
    return as_json(_DONE)


@people_api.post("/api/v1/links")
@describe(LinkIn)
@people_api.output(AcceptedLinkOut, 201, description="They can log in now.")
@people_api.doc(
    summary="Accept an invitation, or choose a new password",
    responses=refusals(400, 403, 404, 409, 413, 415, 422, 503),
)
def accept() -> Response:
    """With a link that an owner made. It works once."""
    access.require_own_origin(request)
    wanted = LinkIn.read(read_body(request))
    return as_json({"name": accept_link(runtime().engine, wanted.token, password=wanted.new_password)}, status=201)


def settled_name(raw: str) -> str:
    """A name as it is stored.

    Raises:
        Invalid: it can't be one.

    """
    try:
        name = normalise_name(raw, max_length=LONGEST_NAME)
    except TextProblem as problem:
        raise invalid([FieldError("/name", problem.code, problem.detail)]) from None
    if ":" in name:
        raise invalid([FieldError("/name", "colon", "A name has no colon: history writes one before it.")])
    return name


def as_link(handed: Handed | None) -> dict[str, object]:
    """A link as it is shown to whoever made it."""
    if handed is None:
        return {"link": None, "expires_at": None}
    path = url_for("desk_links.look", token=handed.token)
    return {"link": runtime().settings.base_url + path, "expires_at": handed.expires_at}
