"""Mail that authors ask for: to prove that an address is theirs, or to see all that they wrote."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Request, Response, request

from service.errors import FieldError, NotAnAddress, invalid
from service.gateways.email_addresses import read_email
from service.languages.catalogue import best_language
from service.storage.sites import Site
from service.usecases.own_words import ask_for_link
from service.usecases.prove import ask_for_proof
from service.web import access, limits
from service.web.answers import as_json, describe, refusals
from service.web.api.author_mail_schemas import AuthorLinkIn, AuthorLinkOut, NothingIn, ProofOut
from service.web.context import runtime, site_of
from service.web.language import language_of
from service.web.own import find_own
from service.web.parsing import read_body

author_mail_api = APIBlueprint("author_mail", __name__, tag="Comments")


@author_mail_api.post("/api/v1/comments/<uuid:comment_id>/proof")
@describe(NothingIn)
@author_mail_api.output(ProofOut, 202, description="A mail is on its way, unless the address has had enough today.")
@author_mail_api.doc(
    summary="Prove that the e-mail address of one's own comment is one's own",
    description="Needs the `author_token` that came with the 202, as a bearer token. The address gets a mail with a"
    " link that works for 72 hours. Once its button was pressed, `proof` is valid for a year: sent with more comments"
    " of the same address on this site, it makes them those of a known author.",
    security="author_token",
    responses=refusals(400, 401, 404, 409, 413, 415, 422, 429, 503),
)
def prove(comment_id: UUID) -> Response:
    """The answer is the same whatever the address is and whoever else asked."""
    find_own(request, comment_id)
    count_mail(request, {"mail_comment": str(comment_id)})
    if request.content_length:
        NothingIn.read(read_body(request))
    asked = ask_for_proof(runtime().engine, comment_id)
    if asked.tasks:
        runtime().messenger.tell(asked.tasks)
    return as_json({"proof": asked.token}, status=202)


@author_mail_api.post("/api/v1/sites/<site_key>/authors/link")
@describe(AuthorLinkIn)
@author_mail_api.output(
    AuthorLinkOut, 202, description="A mail is on its way, if somebody wrote with the address here."
)
@author_mail_api.doc(
    summary="Ask for a link to everything that one wrote",
    description="The link goes to the address by mail and works for 24 hours. The answer, and its time, are the same"
    " whether anybody wrote with the address or not. At most three a day to one address.",
    responses=refusals(400, 403, 404, 413, 415, 422, 429, 503),
)
def send_link(site_key: str) -> Response:
    site = site_of(site_key)
    sent = AuthorLinkIn.read(read_body(request))
    send_author_link(request, site, sent.email, language=best_language(sent.lang, language_of(request)))
    return as_json({"status": "received"}, status=202)


def send_author_link(request: Request, site: Site, raw: str, *, language: str) -> None:
    """Queue the mail with the link, whether anybody wrote with the address or not.

    Raises:
        OriginNotAllowed: the request comes from a page of somebody else.
        RateLimited: this client has asked too often.
        Invalid: this is no address.

    """
    access.require_origin(request, site, own_origin=runtime().settings.base_url)
    count_mail(request)
    try:
        address = read_email(raw.strip())
    except NotAnAddress as problem:
        raise invalid([FieldError("/email", "invalid", str(problem), problem.said)]) from None
    runtime().messenger.tell(ask_for_link(runtime().engine, site, address, language=language, vault=runtime().vault))


def count_mail(request: Request, keys: dict[str, str] | None = None) -> None:
    """Count a mail that this client asks for.

    Raises:
        RateLimited: that was one too many.

    """
    address = access.client_address(request, runtime().settings)
    limits.count({"mail": runtime().vault.limit_key(address), **(keys or {})}, what="mails")
