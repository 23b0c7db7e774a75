"""API tokens of a site: made, shown once, revoked."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response, make_response, redirect, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from service.errors import Problem
from service.storage import tokens
from service.storage.actors import OWNERS, Actor
from service.usecases.make_token import make_token, revoke_token
from service.web import access
from service.web.api.people import settled_name
from service.web.api.people_schemas import LONGEST_DAYS, SiteKey, TokenIn, TokenRole
from service.web.api.tokens import scope_of
from service.web.console.frame import chosen_site, complaints, desk_page
from service.web.context import runtime
from service.web.parsing import Closed, read_form, read_id

desk_tokens = APIBlueprint("desk_tokens", __name__, url_prefix="/desk/tokens", enable_openapi=False)

MOST_SHOWN = 500


class TokenForm(Closed):
    """A token as the page asks for it; an empty number of days is for ever."""

    site: SiteKey
    role: TokenRole
    name: str = Field(min_length=1, max_length=100)
    is_read_only: Annotated[bool, Field(strict=False)] = False
    days: Annotated[int, Field(strict=False, ge=1, le=LONGEST_DAYS)] | None = None


class SiteForm(Closed):
    """On which site."""

    site: SiteKey


@desk_tokens.get("")
def index() -> Response:
    """The tokens of one site, and the form for the next."""
    return _page(access.require_actor(request, roles=OWNERS))


@desk_tokens.post("")
def add() -> Response:
    """Show the token, this once."""
    actor = access.require_actor(request, roles=OWNERS)
    fields = read_form(request)
    try:
        form = TokenForm.read(fields)
        actor = access.require_actor(request, roles=OWNERS, site_key=form.site)
        scope = scope_of(TokenIn(**form.model_dump()), actor.site_ids[form.site])
        fresh = make_token(runtime().engine, scope, name=settled_name(form.name), by=actor)
    except Problem as problem:
        return _page(actor, problem, site=str(fields.get("site", "")), typed=fields)
    return _page(actor, site=form.site, fresh=fresh.shown)


@desk_tokens.post("/<int:token_id>/revoke")
def revoke(token_id: int) -> AnyResponse:
    """At once, and for good."""
    actor = access.require_actor(request, roles=OWNERS)
    form = SiteForm.read(read_form(request))
    revoke_token(runtime().engine, read_id(token_id), by=actor, site_ids=actor.sites_with(OWNERS))
    return redirect(url_for("desk_tokens.index", site=form.site, done="revoked"), 303)


def _page(actor: Actor, problem: Problem | None = None, *, site: str = "", **more: Any) -> Response:  # noqa: ANN401
    chosen, sites = chosen_site(actor, OWNERS, site or request.args.get("site", ""))
    with runtime().statements.connect() as connection:
        found = tokens.page(connection, actor.site_ids[chosen], after=0, limit=MOST_SHOWN)
    page = desk_page(
        "desk/tokens.html",
        actor,
        sites=sites,
        site=chosen,
        tokens=found,
        now=runtime().now(),
        base_url=runtime().settings.base_url,
        done="The token is out of force." if request.args.get("done") == "revoked" else None,
        problem=problem,
        errors=complaints(problem),
        **{"typed": {}, "fresh": None, **more},
    )
    return make_response(page, problem.status if problem else 200)
