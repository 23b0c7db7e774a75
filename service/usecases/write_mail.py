"""Write a mail of the outbox: read the facts it is about, and put them into words and an address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from service.letters.paper import Letter
from service.letters.statement import Statement, write_statement
from service.storage import told
from service.storage.decisions import POLICY
from service.storage.mails import StoredMail
from service.vault import Vault


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
    return WRITERS[mail.kind](connection, mail, desk)


def _statement(connection: Connection, mail: StoredMail, desk: Desk) -> Written:
    found = told.decision(connection, mail.decision_id or 0, mail.author_id or 0)
    if found is None:
        raise NotWanted("gone")
    if not found.is_last and mail.finished_at is None:
        raise NotWanted("overtaken")
    statement = Statement(
        site_name=found.site_name,
        page_url=found.page_url,
        written_at=found.written_at,
        event=found.event,
        is_by_person=found.decided_by != POLICY,
        reason=in_words(found.reason_code),
        facts=found.reasons,
        message=found.message,
        appeal_url=None,
        help_lines=found.help_lines if found.reason_code == "crisis" else (),
    )
    return Written(_address(desk, found.email_key_id, found.email_ciphertext), write_statement(statement))


def in_words(code: str) -> str:
    """A reason's short code as people read it."""
    return code.replace("_", " ")


def _address(desk: Desk, key_id: str, ciphertext: bytes) -> str:
    address = desk.vault.open_email(key_id, ciphertext)
    if address is None:
        raise NotWanted("no_key")
    return address


WRITERS: dict[str, Callable[[Connection, StoredMail, Desk], Written]] = {"statement": _statement}
"""Who writes which kind of mail."""
