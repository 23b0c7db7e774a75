"""One's own mail about what waits: the address and how often, per site."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import FieldError, invalid
from service.gateways.email_addresses import read_email
from service.storage import notices
from service.storage.actors import DECIDERS, Actor
from service.usecases.notify import choose_mail
from service.vault import SealedEmail, mask_email
from service.web import access
from service.web.answers import as_json, describe, refusals
from service.web.api.own_mail_schemas import OwnMailIn, OwnMailOut
from service.web.context import runtime
from service.web.parsing import read_body

own_mail_api = APIBlueprint("own_mail", __name__, tag="People")
SESSION: list[str | dict[str, list[object]]] = ["session"]


@own_mail_api.get("/api/v1/session/mail")
@own_mail_api.output(OwnMailOut, description="Where it goes, and how often.")
@own_mail_api.doc(summary="Show one's own mail wishes", security=SESSION, responses=refusals(401, 403, 503))
def show() -> Response:
    """The address is masked, also for oneself."""
    return as_json(own_mail(access.require_person(request)))


@own_mail_api.put("/api/v1/session/mail")
@describe(OwnMailIn)
@own_mail_api.output(OwnMailOut, description="As it is now.")
@own_mail_api.doc(
    summary="Choose one's own mail", security=SESSION, responses=refusals(400, 401, 403, 413, 415, 422, 503)
)
def choose() -> Response:
    """Each mail holds the comment, the reasons, and a link for each decision that opens a page with one button."""
    actor = access.require_person(request)
    keep(actor, OwnMailIn.read(read_body(request)))
    return as_json(own_mail(actor))


def own_mail(actor: Actor) -> dict[str, Any]:
    """The wishes as they go out."""
    with runtime().statements.connect() as connection:
        wishes = notices.wishes(connection, actor.moderator_id or 0)
        sealed = notices.address_of(connection, actor.moderator_id or 0)
    address = runtime().vault.open_email(*sealed) if sealed else None
    keys = {site_id: key for key, site_id in actor.site_ids.items()}
    return {
        "email_masked": mask_email(address) if address else None,
        "wishes": [
            {"site": keys[site_id], "wish": wishes.get(site_id, "never")} for site_id in actor.sites_with(DECIDERS)
        ],
    }


def keep(actor: Actor, sent: OwnMailIn) -> None:
    """Store what was chosen.

    Raises:
        Invalid: this is no address, or somebody wants mail and left none.

    """
    address = _address(actor, sent.email)
    wanted = {item.site: item.wish for item in sent.wishes if item.wish != "never"}
    if wanted and address is None:
        raise invalid([FieldError("/email", "required", "Say where the mail shall go.")])
    choose_mail(runtime().engine, by=actor, address=address, wanted=wanted)


def _address(actor: Actor, raw: str | None) -> SealedEmail | None:
    if raw is None:
        with runtime().statements.connect() as connection:
            sealed = notices.address_of(connection, actor.moderator_id or 0)
        present = runtime().vault.open_email(*sealed) if sealed else None
        return runtime().vault.seal_email(present) if present else None
    if not raw.strip():
        return None
    try:
        return runtime().vault.seal_email(read_email(raw.strip()))
    except ValueError as problem:
        raise invalid([FieldError("/email", "invalid", str(problem))]) from None
