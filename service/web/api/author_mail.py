"""Mail that authors ask for: to prove that an address is theirs."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Request, Response, request

from service.usecases.prove import ask_for_proof
from service.web import access, limits
from service.web.answers import as_json, describe, refusals
from service.web.api.author_mail_schemas import NothingIn, ProofOut
from service.web.context import runtime
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


def count_mail(request: Request, keys: dict[str, str] | None = None) -> None:
    """Count a mail that this client asks for.

    Raises:
        RateLimited: that was one too many.

    """
    address = access.client_address(request, runtime().settings)
    limits.count({"mail": runtime().vault.limit_key(address), **(keys or {})}, what="mails")
