"""Send what is due of the outbox, one mail at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine

from service.gateways.mail import Mail, MailDelayed, Mailer, MailRefused
from service.storage import mails
from service.storage.mails import MailTask
from service.usecases.write_mail import Desk, NotWanted, write
from service.vault import Vault

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""After each attempt that failed; after the last of them, two days on, a mail is given up."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Postman:
    """What sending needs from outside. Without a mailer nothing leaves: mails are kept, to be read at the desk."""

    engine: Engine
    vault: Vault
    mailer: Mailer | None
    base_url: str
    now: Callable[[], datetime]
    worker: str
    lease: timedelta


def send_due(postman: Postman) -> int:
    """Send one mail that is due. Returns how many that were: 1, or 0 when none is.

    The lease is committed before the server hears of it, and no transaction is open meanwhile. When this process dies
    between the server's answer and ours to the database, the mail is sent again: at least once, under one Message-ID.
    """
    with postman.engine.begin() as connection:
        task = mails.claim(connection, worker=postman.worker, lease=postman.lease)
    if task is None:
        return 0
    try:
        mail = _write(postman, task)
    except NotWanted as why:
        _finish(postman, task, "dropped", why.reason)
        return 1
    if postman.mailer is None:
        _finish(postman, task, "kept")
    else:
        _hand_over(postman, postman.mailer, task, mail)
    return 1


def _write(postman: Postman, task: MailTask) -> Mail:
    desk = Desk(postman.vault, postman.base_url, postman.now())
    with postman.engine.begin() as connection:
        stored = mails.find(connection, task.mail_id)
        if stored is None:
            raise NotWanted("gone")
        written = write(connection, stored, desk)
    letter = written.letter
    mark = postman.vault.mail_mark(stored.event_key)
    return Mail(
        to=written.to, subject=letter.subject, text=letter.text, mark=mark, at=desk.now, language=letter.language,
        unsubscribe_url=letter.unsubscribe_url,
    )  # fmt: skip


def _hand_over(postman: Postman, mailer: Mailer, task: MailTask, mail: Mail) -> None:
    try:
        mailer.send(mail)
    except MailRefused as why:
        _finish(postman, task, "failed", why.reason)
    except MailDelayed as why:
        if task.attempts > len(PAUSES):
            _finish(postman, task, "failed", why.reason)
            return
        log.warning("mail_delayed", mail=task.mail_id, reason=why.reason, attempts=task.attempts)
        with postman.engine.begin() as connection:
            mails.delay(connection, task, why.reason, by=PAUSES[task.attempts - 1])
    else:
        _finish(postman, task, "sent")


def _finish(postman: Postman, task: MailTask, state: str, problem: str | None = None) -> None:
    if state == "failed":
        log.warning("mail_failed", mail=task.mail_id, reason=problem, attempts=task.attempts)
    with postman.engine.begin() as connection:
        mails.finish(connection, task, state, problem)
