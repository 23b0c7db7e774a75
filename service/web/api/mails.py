"""The outbox: which mails were written, what became of them, and what stands in them."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import NotFound
from service.storage import mails as stored
from service.storage.actors import OWNERS, Actor
from service.storage.mails import StoredMail
from service.usecases.write_mail import Desk, NotWanted, write
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.mails_schemas import MailDetailOut, MailPageOut, MailsQuery
from service.web.context import runtime
from service.web.parsing import read_query

mails_api = APIBlueprint("mails", __name__, tag="Review")


@mails_api.get("/api/v1/review/mails")
@describe(MailsQuery, where="query")
@mails_api.output(MailPageOut, description="A page of the outbox.")
@mails_api.doc(summary="List the outbox", security=MODERATORS, responses=refusals(400, 401, 403, 422, 503))
def list_mails() -> Response:
    """Mails about the sites that you own, the newest first."""
    query = MailsQuery.read(read_query(request))
    actor = access.require_actor(request, roles=OWNERS, site_key=query.site)
    return as_json(mail_page(actor, query))


@mails_api.get("/api/v1/review/mails/<int:mail_id>")
@mails_api.output(MailDetailOut, description="The mail as it is, or was, written.")
@mails_api.doc(summary="Show one mail", security=MODERATORS, responses=refusals(401, 403, 404, 503))
def show_mail(mail_id: int) -> Response:
    """Its text is put together anew each time: the outbox holds neither texts nor addresses."""
    actor = access.require_actor(request, roles=OWNERS)
    return as_json(mail_detail(actor, mail_id))


def mail_page(actor: Actor, query: MailsQuery) -> dict[str, Any]:
    """The page as it goes out."""
    site_ids = [actor.site_ids[query.site]] if query.site else actor.sites_with(OWNERS)
    with runtime().statements.connect() as connection:
        found = stored.page(
            connection, site_ids=site_ids, state=query.state, before=query.cursor, limit=query.limit + 1
        )
    shown = found[: query.limit]
    return {
        "mails": [_mail(actor, mail) for mail in shown],
        "next_cursor": shown[-1].id if len(found) > query.limit else None,
    }


def mail_detail(actor: Actor, mail_id: int) -> dict[str, Any]:
    """One mail with its text, as far as this owner may read it.

    Raises:
        NotFound: no site of theirs has such a mail.

    """
    with runtime().statements.connect() as connection:
        mail = stored.find(connection, mail_id) if mail_id < 2**63 else None
        if mail is None or not actor.may(OWNERS, mail.site_id):
            raise NotFound("There is no such mail on your sites.")
        try:
            written = write(connection, mail, Desk(runtime().vault, runtime().settings.base_url, runtime().now()))
        except NotWanted:
            return {"mail": _mail(actor, mail), "to": None, "subject": None, "text": None}
    letter = written.letter
    return {
        "mail": _mail(actor, mail),
        "to": masked(written.to),
        "subject": letter.subject,
        "text": letter.text if _may_use_links(actor, mail) else letter.public_text,
    }


def _may_use_links(actor: Actor, mail: StoredMail) -> bool:
    """Whoever holds a link of a mail decides or objects in its addressee's name, so only the addressee sees it.

    Where nothing is ever sent, in the demonstration that `greenroom up` is, its admin stands for everybody.
    """
    is_addressee = mail.moderator_id is not None and mail.moderator_id == actor.moderator_id
    return is_addressee or (actor.is_admin and runtime().settings.is_demo)


def _mail(actor: Actor, mail: StoredMail) -> dict[str, Any]:
    keys = {site_id: key for key, site_id in actor.site_ids.items()}
    return {
        "id": mail.id,
        "site": keys[mail.site_id],
        "kind": mail.kind,
        "recipient": mail.recipient,
        "comment_id": mail.comment_id,
        "state": mail.state,
        "problem": mail.problem,
        "attempts": mail.attempts,
        "created_at": mail.created_at,
        "finished_at": mail.finished_at,
        "due_at": None if mail.finished_at else mail.due_at,
    }


def masked(address: str) -> str:
    """An address that can be told from others and not written to: `a…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
