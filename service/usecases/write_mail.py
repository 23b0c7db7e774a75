"""Write a mail of the outbox: read the facts it is about, and put them into words and an address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from service.languages.catalogue import best_language
from service.letters.appeal_answer import AppealAnswer, write_appeal_answer
from service.letters.author_link import LinkAsked, write_author_link
from service.letters.confirm_replies import Question, write_question
from service.letters.outcome import Outcome, write_outcome
from service.letters.paper import Letter
from service.letters.proof import ProofAsked, write_proof
from service.letters.reply import Reply, write_reply
from service.letters.shown import ShownAfterAll, write_shown
from service.letters.statement import Statement, write_statement
from service.letters.to_moderator import Item, write_to_moderator
from service.moderation.model import Status
from service.moderation.reasons import CATALOGUE
from service.moderation.states import Event
from service.storage import author_links, notices, proofs, reply_mails, subscriptions, told
from service.storage.decisions import POLICY
from service.storage.mails import StoredMail
from service.storage.notices import Notice
from service.storage.told import DecisionTold
from service.usecases import own_words, prove
from service.usecases.appeal import WITHIN
from service.usecases.decide_by_mail import ACTIONS
from service.usecases.replies import WORKS_FOR
from service.vault import Vault

TITLES = {reason.code: reason.title for reason in CATALOGUE}


@dataclass(frozen=True, slots=True)
class Desk:
    """What letters need to know of this instance: keys, its address, the time."""

    vault: Vault
    base_url: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """A letter with the address that it goes to."""

    to: str
    letter: Letter


class NotWanted(Exception):
    """There is nothing to send any more. `reason` is a short word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def write(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    """The mail as it would be sent now.

    Raises:
        NotWanted: what it was about has changed, or its address can't be read.

    """
    is_unasked = mail.recipient == "author" and mail.finished_at is None
    if is_unasked and subscriptions.wants_no_mail(connection, mail.author_id or 0):
        raise NotWanted("not_wanted")
    return WRITERS[mail.kind](connection, mail, desk)


def _standing_decision(connection: Connection, mail: StoredMail) -> DecisionTold:
    """The decision that an author is told of. One that was overtaken is told no more, but shown where it was sent."""
    found = told.decision(connection, mail.decision_id or 0, mail.author_id or 0)
    if found is None:
        raise NotWanted("gone")
    if not found.is_last and mail.finished_at is None:
        raise NotWanted("overtaken")
    return found


def _statement(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = _standing_decision(connection, mail)
    statement = Statement(
        language=best_language(found.language),
        site_name=found.site_name,
        page_url=found.page_url,
        written_at=found.written_at,
        event=Event.HOLD if found.event == Event.UNDO else found.event,  # what was taken back waits again
        is_by_person=found.decided_by != POLICY,
        reason_code=found.reason_code,
        facts=found.reasons,
        message=found.message,
        appeal_url=_appeal_url(found, mail.decision_id or 0, desk),
        appeal_days=WITHIN.days,
        help_lines=found.help_lines if found.reason_code == "crisis" else (),
    )
    return Written(_address(desk, found.email_key_id, found.email_ciphertext), write_statement(statement))


def _appeal_url(found: DecisionTold, decision_id: int, desk: Desk) -> str | None:
    """Where the author can object to this decision; nowhere any more after thirty days."""
    if desk.now - found.decided_at > WITHIN:
        return None
    return f"{desk.base_url}/appeals/{desk.vault.appeal_token(found.comment_id, decision_id)}"


def _appeal_answer(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = _standing_decision(connection, mail)
    answered = AppealAnswer(
        language=best_language(found.language),
        site_name=found.site_name,
        page_url=found.page_url,
        is_published=found.status == Status.PUBLISHED,
        message=found.message,
    )
    return Written(_address(desk, found.email_key_id, found.email_ciphertext), write_appeal_answer(answered))


def _shown(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = _standing_decision(connection, mail)
    shown = ShownAfterAll(
        language=best_language(found.language),
        site_name=found.site_name,
        page_url=found.page_url,
        message=found.message,
    )
    return Written(_address(desk, found.email_key_id, found.email_ciphertext), write_shown(shown))


def _outcome(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = told.report(connection, mail.report_id or 0)
    if found is None:
        raise NotWanted("gone")
    if not found.is_last and mail.finished_at is None:
        raise NotWanted("overtaken")
    outcome = Outcome(
        site_name=found.site_name,
        page_url=found.page_url,
        reported_at=found.reported_at,
        is_published=found.status == Status.PUBLISHED,
        is_erased=found.status == Status.ERASED,
        reason=in_words(found.reason_code),
    )
    return Written(_address(desk, found.contact_key_id, found.contact_ciphertext), write_outcome(outcome))


def _confirm_replies(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = subscriptions.of_comment(connection, mail.comment_id) if mail.comment_id else None
    if found is None:
        raise NotWanted("gone")
    is_open = found.is_public and found.confirmed_at is None and not found.is_over
    if not is_open and mail.finished_at is None:
        raise NotWanted("overtaken")
    question = Question(
        language=best_language(found.language),
        site_name=found.site_name,
        page_url=found.page_url,
        confirm_url=f"{desk.base_url}/replies/{desk.vault.letter_token('replies', found.id)}",
        unsubscribe_url=_unsubscribe_url(found.id, desk),
        days=WORKS_FOR.days,
    )
    return Written(_address(desk, found.email_key_id, found.email_ciphertext), write_question(question))


def _reply(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = reply_mails.find(connection, mail.comment_id) if mail.comment_id else None
    if found is None:
        raise NotWanted("gone")
    if mail.finished_at is None and not found.is_wanted:
        raise NotWanted("not_wanted")
    if mail.finished_at is None and not found.is_public:
        raise NotWanted("overtaken")
    reply = Reply(
        language=best_language(found.language),
        site_name=found.site_name,
        permalink=f"{found.page_url}#comment-{mail.comment_id}",
        author_name=found.author_name,
        body=found.body,
        unsubscribe_url=_unsubscribe_url(found.subscription_id, desk),
    )
    return Written(_address(desk, found.email_key_id, found.email_ciphertext), write_reply(reply))


def _proof(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = proofs.find(connection, mail.proof_id) if mail.proof_id else None
    if found is None:
        raise NotWanted("gone")
    if mail.finished_at is None and (found.confirmed_at is not None or found.status == Status.SPAM):
        raise NotWanted("overtaken")
    asked = ProofAsked(
        language=best_language(found.language),
        site_name=found.site_name,
        page_url=found.page_url,
        confirm_url=f"{desk.base_url}/proofs/{desk.vault.letter_token('proof', found.id)}",
        hours=prove.WORKS_FOR // timedelta(hours=1),
    )
    return Written(_address(desk, found.email_key_id, found.email_ciphertext), write_proof(asked))


def _author_link(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = author_links.find(connection, mail.link_id) if mail.link_id else None
    if found is None:
        raise NotWanted("gone")
    if found.author is None:
        raise NotWanted("unknown_address")
    if found.place > own_words.MOST_LINKS_A_DAY:
        raise NotWanted("too_many")
    asked = LinkAsked(
        language=found.language,
        site_name=found.site_name,
        url=f"{desk.base_url}/my-comments/{desk.vault.letter_token('own', found.id)}",
        hours=own_words.WORKS_FOR // timedelta(hours=1),
    )
    author = found.author
    return Written(_address(desk, author.email_key_id, author.email_ciphertext), write_author_link(asked))


def _unsubscribe_url(subscription_id: int, desk: Desk) -> str:
    return f"{desk.base_url}/unsubscribe/{desk.vault.letter_token('unsubscribe', subscription_id)}"


def in_words(code: str) -> str:
    """A reason's short code as people read it in the middle of a letter."""
    title = TITLES.get(code, code.replace("_", " "))
    return title[:1].lower() + title[1:]


def _address(desk: Desk, key_id: str, ciphertext: bytes) -> str:
    address = desk.vault.open_email(key_id, ciphertext)
    if address is None:
        raise NotWanted("no_key")
    return address


def _to_moderator(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    moderator_id = mail.moderator_id or 0
    sealed = notices.address_of(connection, moderator_id)
    is_wanted = notices.is_still_wanted(connection, moderator_id, mail.site_id)
    if (mail.finished_at is None and not is_wanted) or sealed is None:
        raise NotWanted("not_wanted")
    found = notices.of_mail(connection, mail.id)
    shown = [notice for notice in found if notice.is_waiting or mail.finished_at is not None]
    if not shown:
        raise NotWanted("overtaken")
    items = tuple(
        Item(notice.about, notice.page_url, notice.author_name, notice.reasons, notice.body, _links(notice, desk))
        for notice in shown
    )
    return Written(_address(desk, *sealed), write_to_moderator(shown[0].site_name, items, f"{desk.base_url}/desk/"))


def _links(notice: Notice, desk: Desk) -> tuple[tuple[str, str], ...]:
    return tuple(
        (action.capitalize(), f"{desk.base_url}/decide/{desk.vault.notice_token(notice.id, action)}")
        for action in ACTIONS
    )


WRITERS: dict[str, Callable[[Connection, StoredMail, Desk], Written]] = {
    "statement": _statement,
    "outcome": _outcome,
    "appeal_answer": _appeal_answer,
    "shown": _shown,
    "confirm_replies": _confirm_replies,
    "reply": _reply,
    "proof": _proof,
    "author_link": _author_link,
    "notice": _to_moderator,
    "digest": _to_moderator,
}
"""Who writes which kind of mail."""
