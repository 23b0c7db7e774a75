"""Ask the services that sites name in their settings about what is due, and add what they answer to the evidence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import NamedTuple

import structlog
from sqlalchemy import Engine

from service.gateways.remote.guard import Asked, RemoteGuard
from service.gateways.remote.model import Failure, RemoteComment, RemoteFailed
from service.gateways.remote.settings import RemoteSettings
from service.moderation.model import Label, Signal
from service.storage import checking, decisions, sites, tasks
from service.storage.checking import Unchecked
from service.storage.sites import Site
from service.storage.tasks import Task
from service.usecases.conclude import REMOTE, Found, conclude
from service.vault import Vault

RETRY_AFTER = timedelta(seconds=1)
PASSING = frozenset({
    Failure.TIMEOUT, Failure.UNREACHABLE, Failure.SERVER_ERROR, Failure.STORE_AWAY, Failure.NO_TIME,
})  # fmt: skip
"""Failures after which a service is asked about the same comment once more; any other would be the same again."""

SITES_AT_ONCE = 8
REPORTING = timedelta(seconds=5)
"""What is left of the lease for reporting when the last service has answered."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """What asking needs from outside. `guard_of` connects to nothing."""

    engine: Engine
    vault: Vault
    guard_of: Callable[[int, RemoteSettings], RemoteGuard]
    now: Callable[[], datetime]
    worker: str
    lease: timedelta


class _Question(NamedTuple):
    task: Task
    item: Unchecked


def ask_due(asker: Asker, *, retry_first: bool = False) -> int:
    """Ask about one batch of what is due. Returns how many tasks that were; 0 means none is due.

    No transaction is open while a service is asked. Each site's comments are decided as soon as its own service has
    answered: nobody waits for the slow service of another site.
    """
    with asker.engine.begin() as connection:
        claimed = tasks.claim(connection, REMOTE, worker=asker.worker, lease=asker.lease, retry_first=retry_first)
    if not claimed:
        return 0
    with asker.engine.begin() as connection:
        items = checking.load(connection, [(task.comment_id, task.revision) for task in claimed])
        waiting = checking.still_pending(connection, list(items))
        known_sites = sites.by_ids(connection, list({item.site_id for item in items.values()}))
    questions: dict[int, list[_Question]] = {}
    answered_already = []
    for task in claimed:
        item = items.get((task.comment_id, task.revision))
        if item and (task.comment_id, task.revision) in waiting and known_sites[item.site_id].remote is not None:
            questions.setdefault(item.site_id, []).append(_Question(task, item))
        else:  # a moderator was quicker, the author wrote something else, or nobody is to be asked any more
            answered_already.append(Found(task, ()))
    _report(asker, answered_already, ())
    for found, again in _ask_sites(asker, questions, known_sites):
        _report(asker, found, again)
    return len(claimed)


def _report(asker: Asker, found: Sequence[Found], again: Sequence[Task]) -> None:
    with asker.engine.begin() as connection:
        for task in again:
            tasks.postpone(connection, task.id, RETRY_AFTER * task.attempts)
        if found:
            locked = decisions.lock(connection, [item.task.comment_id for item in found])
            conclude(connection, locked, found)


_Outcome = tuple[list[Found], list[Task]]
"""What is to be reported, and which tasks are to be tried again."""


def _ask_sites(
    asker: Asker, questions: Mapping[int, list[_Question]], known_sites: Mapping[int, Site]
) -> Iterator[_Outcome]:
    """Yield what became of each site's questions, in the order in which the services finish."""
    if not questions:
        return
    with ThreadPoolExecutor(min(SITES_AT_ONCE, len(questions)), thread_name_prefix="site") as pool:
        running = [pool.submit(_ask_site, asker, known_sites[site], asked) for site, asked in questions.items()]
        for outcome in as_completed(running):
            yield outcome.result()


def _ask_site(asker: Asker, site: Site, questions: Sequence[_Question]) -> _Outcome:
    try:
        settings = RemoteSettings.from_settings(site.remote or {})
    except ValueError:
        log.warning("remote_settings_wrong", site=site.id)
        return [Found(question.task, _no_answer("its settings can't be read")) for question in questions], []
    worn_out = [question for question in questions if question.task.is_worn_out]
    fresh = [question for question in questions if not question.task.is_worn_out]
    answers: Sequence[Asked] = ()
    if fresh:
        answers = asker.guard_of(site.id, settings).ask_each(
            [_told(asker.vault, site, settings, question.item) for question in fresh],
            now=asker.now(),
            within=max(1.0, (asker.lease - REPORTING).total_seconds()),
        )
    found = [Found(question.task, _without(settings, "its process ended")) for question in worn_out]
    again = []
    for question, answer in zip(fresh, answers, strict=True):
        if isinstance(answer, RemoteFailed) and answer.reason in PASSING and not question.task.is_last_attempt:
            again.append(question.task)
        else:
            found.append(Found(question.task, _signals(settings, answer)))
    return found, again


def _told(vault: Vault, site: Site, settings: RemoteSettings, item: Unchecked) -> RemoteComment:
    """What the service may be told. The e-mail stays sealed unless it is allowed to leave."""
    email = None
    if settings.may_send_email and item.email_key_id and item.email_ciphertext:
        email = vault.open_email(item.email_key_id, bytes(item.email_ciphertext))
    return RemoteComment(
        body=item.body,
        blog=site.origins[0],
        author_name=item.author_name,
        author_website=item.author_website,
        page_url=item.page_url,
        page_title=item.page_title,
        author_email=email,
        client_address=_network_address(item.ip_prefix) if settings.may_send_address else None,
    )


def _network_address(ip_prefix: str | None) -> str | None:
    """The first address of the author's network: no more than that is stored."""
    return None if ip_prefix is None else str(ip_network(ip_prefix).network_address)


def _signals(settings: RemoteSettings, answer: Asked) -> tuple[Signal, ...]:
    if isinstance(answer, RemoteFailed):
        return _without(settings, answer.reason.value.replace("_", " "))
    return tuple(Signal("remote", Label(found.label), found.score, found.detail) for found in answer)


def _without(settings: RemoteSettings, why: str) -> tuple[Signal, ...]:
    return _no_answer(why) if settings.on_failure == "hold" else ()


def _no_answer(why: str) -> tuple[Signal, ...]:
    sentence = f"This site's remote check gave no answer ({why}), so a person has to look."
    return (Signal("remote", Label.UNCHECKED, 1.0, sentence),)
