"""The outbox as pages: what was sent, what would be, and what went wrong."""

from apiflask import APIBlueprint
from flask import request

from service.storage.actors import OWNERS
from service.web import access
from service.web.api.mails import mail_detail, mail_page
from service.web.api.mails_schemas import MailsQuery
from service.web.console.frame import desk_page
from service.web.parsing import read_query

desk_mails = APIBlueprint("desk_mails", __name__, url_prefix="/desk/mails", enable_openapi=False)


@desk_mails.get("/")
def index() -> str:
    """The newest mails of one's own sites."""
    query = MailsQuery.read({name: value for name, value in read_query(request).items() if value})
    actor = access.require_actor(request, roles=OWNERS, site_key=query.site)
    page = mail_page(actor, query)
    return desk_page(
        "desk/mails.html", actor, page=page, query=query, sites=sorted(actor.site_ids),
        is_keeping=any(mail["state"] == "kept" for mail in page["mails"]),
    )  # fmt: skip


@desk_mails.get("/<int:mail_id>")
def show(mail_id: int) -> str:
    """One mail as its addressee reads it."""
    actor = access.require_actor(request, roles=OWNERS)
    return desk_page("desk/mail.html", actor, found=mail_detail(actor, mail_id))
