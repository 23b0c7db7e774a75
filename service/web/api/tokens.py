"""API tokens of a site. For people who are logged in: a leaked token must not make others."""

from dataclasses import asdict
from datetime import timedelta

from apiflask import APIBlueprint
from flask import Response, request

from service.storage import tokens
from service.storage.actors import OWNERS
from service.storage.tokens import Scope, Token
from service.usecases.make_token import make_token, revoke_token
from service.vault import token_digest
from service.web import access
from service.web.answers import as_json, describe, refusals
from service.web.api.people import settled_name
from service.web.api.people_schemas import DoneOut, NewTokenOut, TokenIn, TokensOut, TokensQuery
from service.web.api.session import SESSION
from service.web.context import runtime
from service.web.parsing import read_body, read_id, read_query

tokens_api = APIBlueprint("tokens", __name__, tag="People")


@tokens_api.get("/api/v1/tokens")
@describe(TokensQuery, where="query")
@tokens_api.output(TokensOut, description="A page of tokens, also of those that were revoked.")
@tokens_api.doc(summary="List the tokens of a site", security=SESSION, responses=refusals(400, 401, 403, 422, 503))
def list_tokens() -> Response:
    """What is known of each; the tokens themselves are not known here."""
    query = TokensQuery.read(read_query(request))
    actor = access.require_person_with(request, roles=OWNERS, site_key=query.site)
    with runtime().statements.connect() as connection:
        found = tokens.page(connection, actor.site_ids[query.site], after=query.cursor, limit=query.limit + 1)
    shown = found[: query.limit]
    cursor = shown[-1].id if len(found) > query.limit else None
    return as_json({"tokens": [_shown(item) for item in shown], "next_cursor": cursor})


@tokens_api.post("/api/v1/tokens")
@describe(TokenIn)
@tokens_api.output(NewTokenOut, 201, description="The token, shown this once.")
@tokens_api.doc(summary="Make a token", security=SESSION, responses=refusals(400, 401, 403, 413, 415, 422, 503))
def add_token() -> Response:
    """It is stored as SHA-256 only, and never accepted in a URL."""
    access.require_person_with(request, roles=OWNERS)
    wanted = TokenIn.read(read_body(request))
    actor = access.require_person_with(request, roles=OWNERS, site_key=wanted.site)
    fresh = make_token(
        runtime().engine, scope_of(wanted, actor.site_ids[wanted.site]), name=settled_name(wanted.name), by=actor
    )
    with runtime().statements.connect() as connection:
        found = tokens.find(connection, token_digest(fresh.shown))
    return as_json({"id": found.id if found else 0, "token": fresh.shown}, status=201)


@tokens_api.delete("/api/v1/tokens/<int:token_id>")
@tokens_api.output(DoneOut, description="It is out of force.")
@tokens_api.doc(summary="Revoke a token", security=SESSION, responses=refusals(401, 403, 404, 503))
def revoke(token_id: int) -> Response:
    """At once, and for good."""
    actor = access.require_person_with(request, roles=OWNERS)
    revoke_token(runtime().engine, read_id(token_id), by=actor, site_ids=actor.sites_with(OWNERS))
    return as_json({"done": True})


def scope_of(wanted: TokenIn, site_id: int) -> Scope:
    """What the token may do that somebody asks for."""
    lasts = timedelta(days=wanted.days) if wanted.days else None
    return Scope(site_id, wanted.role, is_read_only=wanted.is_read_only, lasts=lasts)


def _shown(token: Token) -> dict[str, object]:
    found = asdict(token)
    for kept in ("site_id", "site_key"):
        del found[kept]
    return found
