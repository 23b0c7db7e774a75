"""Check what is due: claim a batch, gather facts, judge, and report what was found."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypedDict
from uuid import UUID

import structlog
from sqlalchemy import Connection, Engine

from service.moderation.checks import MODERATION_CHECKS, SPAM_CHECKS, BatchCheck, run_checks
from service.moderation.conditions import FewPublished
from service.moderation.fingerprint import fingerprint
from service.moderation.found_links import find_links
from service.moderation.hosts import MAX_HOST
from service.moderation.markdown import RENDERER_VERSION, render_html
from service.moderation.model import Ban, Facts, Label, Reputation, Signal, Similar, Status, Suspicion
from service.moderation.reading.language import language_of_text
from service.moderation.reading.reader import shipped_reader
from service.moderation.reading.site_model import SiteModel
from service.storage import (
    checking,
    decisions,
    email_domains,
    fingerprints,
    reputation,
    search,
    site_models,
    sites,
    tasks,
)
from service.storage.bans import Suspect
from service.storage.checking import Rendered, RevisionKey, Unchecked
from service.storage.fingerprints import Fingerprinted
from service.storage.reputation import Acquaintance, Known
from service.storage.search import Searchable, searchable
from service.storage.site_models import StoredModel
from service.storage.sites import Site
from service.storage.tasks import MAX_ATTEMPTS, Task
from service.usecases.ban import bans_met
from service.usecases.conclude import REMOTE, Found, conclude
from service.usecases.group import group
from service.usecases.local_time import local_time
from service.vault import Vault

RETRY_AFTER = timedelta(seconds=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a check needs from outside: keys, DNS, a clock, a guard that ends a check that hangs, and other workers.

    `wake` is told the kind and id of new tasks; it never raises.
    """

    engine: Engine
    vault: Vault
    look_up: Callable[[Collection[str]], Mapping[str, bool | None]]
    guard: Callable[[], AbstractContextManager[None]]
    wake: Callable[[Mapping[str, int]], None]
    now: Callable[[], datetime]
    worker: str
    lease: timedelta
    checks: Mapping[str, Sequence[BatchCheck]]


MAX_HOSTS = 20

CHECKS: Mapping[str, Sequence[BatchCheck]] = {
    "check_spam": SPAM_CHECKS,
    "check_moderation": MODERATION_CHECKS,
}


def check_due(kind: str, tools: Tools, *, retry_first: bool = False) -> int:
    """Check one batch of whatever is due of this kind. Returns how many tasks that were; 0 means none is due.

    The lease is committed before anything else: if the process dies in the middle, the tasks come back.
    """
    with tools.engine.begin() as connection:
        claimed = tasks.claim(connection, kind, worker=tools.worker, lease=tools.lease, retry_first=retry_first)
    worn_out = [task for task in claimed if task.is_worn_out]
    fresh = [task for task in claimed if not task.is_worn_out]
    findings: dict[int, tuple[Signal, ...]] = {task.id: (_gave_up(kind),) for task in worn_out}
    rendered: list[Rendered] = []
    known: list[Known] = []
    words: list[Searchable] = []
    if fresh:
        with tools.guard():
            facts = _gather(kind, fresh, tools)
            findings |= {task.id: () for task in fresh if task.id not in facts}
            findings |= _judge_all(kind, facts, tools)
            judged = [task for task in fresh if task.id in facts and task.id in findings]
            if kind == "check_moderation":
                rendered = [_render(task, facts[task.id]) for task in judged]
                words = [_searchable(task, facts[task.id]) for task in judged]
            else:
                known = [_known(task, facts[task.id]) for task in judged]
    failed = [task for task in fresh if task.id not in findings]
    findings |= {task.id: (_gave_up(kind),) for task in failed if task.is_last_attempt}
    with tools.engine.begin() as connection:
        locked = decisions.lock(connection, [task.comment_id for task in claimed])
        alive = {comment.id for comment in locked.values() if comment.status is not Status.ERASED}
        for task in failed:
            if not task.is_last_attempt:
                tasks.postpone(connection, task.id, RETRY_AFTER * task.attempts)
        reputation.save_known(connection, [item for item in known if item.comment_id in alive])
        search.save(connection, [item for item in words if item.comment_id in alive])
        found = [Found(task, findings[task.id]) for task in claimed if task.id in findings]
        to_ask = conclude(connection, locked, found, [item for item in rendered if item.comment_id in alive])
        given_up = {item.task.comment_id for item in found if item.has_failed}
        search.leave_for_later(connection, sorted(given_up & alive))
    if to_ask is not None:
        tools.wake({REMOTE: to_ask})
    return len(claimed)


def _gather(kind: str, claimed: Sequence[Task], tools: Tools) -> dict[int, Facts]:
    """The facts about each task's revision. No transaction is open while DNS is asked.

    A revision that is not the present one any more, or whose comment is erased, is left out.
    """
    with tools.engine.begin() as connection:
        unchecked = checking.load_to_check(connection, [_key(task) for task in claimed])
        known_sites = sites.by_ids(connection, list({item.site_id for item in unchecked.values()}))
        similar: Mapping[RevisionKey, tuple[Similar, ...]] = {}
        reputations: Mapping[RevisionKey, Reputation] = {}
        models: Mapping[int, StoredModel] = {}
        published: Mapping[UUID, int] = {}
        banned: Mapping[RevisionKey, Ban] = {}
        if kind == "check_spam":
            similar = _recall(connection, list(unchecked.values()), tools.now())
            reputations = _recall_reputations(connection, list(unchecked.values()), known_sites)
            models = site_models.active(connection, list(known_sites))
        else:
            published = _published_before(connection, list(unchecked.values()), known_sites)
            banned = _bans_met(connection, list(unchecked.values()), known_sites, tools.now())
    domains = _domains(unchecked.values(), tools) if kind == "check_spam" else {}
    deliverable = _deliverability(set(domains.values()), tools)
    return {
        task.id: replace(
            facts_of(unchecked[_key(task)], known_sites[unchecked[_key(task)].site_id]),
            reputation=reputations.get(_key(task), Reputation()),
            **_site_model(models.get(unchecked[_key(task)].site_id)),
            similar=similar.get(_key(task), ()),
            ban=banned.get(_key(task)),
            published_before=published.get(task.comment_id, 0),
            email_domain=domains.get(task.comment_id),
            is_email_deliverable=deliverable.get(domains.get(task.comment_id, "")),
        )
        for task in claimed
        if _key(task) in unchecked
    }


def _key(task: Task) -> RevisionKey:
    return task.comment_id, task.revision


def facts_of(item: Unchecked, site: Site) -> Facts:
    """Return what a revision's own row and its site say; history and DNS are added by whoever asks them."""
    return Facts(
        body=item.body,
        author_name=item.author_name,
        author_website=item.author_website,
        page_title=item.page_title,
        page_url=item.page_url,
        page_excerpt=item.page_excerpt,
        own_hosts=site.own_hosts,
        form_age=item.form_age,
        is_honeypot_filled=item.is_honeypot_filled,
        suspicion=Suspicion(item.suspicion) if item.suspicion else None,
        author_age=None if item.author_since is None else item.created_at - item.author_since,
        local_time=local_time(item.created_at, site.policy.time_zone),
        policy=site.policy,
    )


def _published_before(
    connection: Connection, items: Sequence[Unchecked], known_sites: Mapping[int, Site]
) -> Mapping[UUID, int]:
    """How many published comments the author of each of these has, where a rule of the site asks."""
    asking = {
        site.id
        for site in known_sites.values()
        if any(isinstance(rule.condition, FewPublished) for rule in site.policy.rules)
    }
    return checking.published_before(connection, [item.comment_id for item in items if item.site_id in asking])


def _bans_met(
    connection: Connection, items: Sequence[Unchecked], known_sites: Mapping[int, Site], now: datetime
) -> Mapping[RevisionKey, Ban]:
    suspects = [
        Suspect((item.comment_id, item.revision), item.site_id, _foreign_hosts(item, known_sites[item.site_id]))
        for item in items
    ]
    names = {(item.comment_id, item.revision): item.author_name for item in items}
    return bans_met(connection, suspects, names, now=now)


def _recall(
    connection: Connection, items: Sequence[Unchecked], now: datetime
) -> Mapping[RevisionKey, tuple[Similar, ...]]:
    """Remember these texts, then look for earlier ones like them."""
    marked = [
        Fingerprinted(
            item.comment_id, item.revision, item.site_id, item.thread_id, item.author_id, item.created_at, mark
        )
        for item in items
        if (mark := fingerprint(item.body))
    ]
    fingerprints.remember(connection, marked)
    if not marked:
        return {}
    near = fingerprints.neighbours(connection, marked, now=now)
    group(connection, near)
    return {key: tuple(other.similar for other in others) for key, others in near.items()}


def _recall_reputations(
    connection: Connection, items: Sequence[Unchecked], known_sites: Mapping[int, Site]
) -> Mapping[RevisionKey, Reputation]:
    """Note what these comments can be known by, then look up what was decided before about the same."""
    acquaintances = [
        Acquaintance(
            comment_id=item.comment_id,
            revision=item.revision,
            site_id=item.site_id,
            author_id=item.author_id,
            ip_prefix=item.ip_prefix,
            hosts=_foreign_hosts(item, known_sites[item.site_id]),
        )
        for item in items
    ]
    reputation.remember_hosts(connection, acquaintances)
    return reputation.reputations(connection, acquaintances)


def _foreign_hosts(item: Unchecked, site: Site) -> tuple[str, ...]:
    """The first 20 hosts that a comment and its author's website link to, the site's own left out."""
    links = find_links(item.body)
    if item.author_website:
        links += find_links(item.author_website)
    hosts = dict.fromkeys(link.host for link in links if len(link.host) <= MAX_HOST and link.host not in site.own_hosts)
    return tuple(hosts)[:MAX_HOSTS]


class _Own(TypedDict):
    """The site's own model among the facts."""

    site_model: SiteModel | None
    site_model_version: int | None


def _site_model(stored: StoredModel | None) -> _Own:
    """The site's own model; none when it was made for another release's reader."""
    if stored is None or stored.shipped_version != shipped_reader().version:
        return _Own(site_model=None, site_model_version=None)
    return _Own(site_model=_read_site_model(stored.weights), site_model_version=stored.version)


@lru_cache(maxsize=16)
def _read_site_model(weights: bytes) -> SiteModel:
    return SiteModel.from_bytes(weights)


def _domains(items: Collection[Unchecked], tools: Tools) -> dict[UUID, str]:
    """The e-mail domain of each comment that came with an address."""
    domains = {}
    for item in items:
        if item.email_key_id and item.email_ciphertext:
            address = tools.vault.open_email(item.email_key_id, bytes(item.email_ciphertext))
            if address:
                domains[item.comment_id] = address.rpartition("@")[2].lower()
    return domains


def _deliverability(domains: Collection[str], tools: Tools) -> Mapping[str, bool | None]:
    """Whether mail reaches each domain, from memory or from DNS."""
    if not domains:
        return {}
    names = {tools.vault.domain_fingerprint(domain): domain for domain in domains}
    with tools.engine.begin() as connection:
        known = email_domains.recall(connection, list(names), now=tools.now())
    answers = {names[mark]: answer for mark, answer in known.items()}
    asked = tools.look_up([domain for domain in domains if domain not in answers])
    if asked:
        with tools.engine.begin() as connection:
            marks = {tools.vault.domain_fingerprint(domain): answer for domain, answer in asked.items()}
            email_domains.remember(connection, marks, now=tools.now())
    return answers | dict(asked)


def _judge_all(kind: str, facts: Mapping[int, Facts], tools: Tools) -> dict[int, tuple[Signal, ...]]:
    """Signals by task id. A comment that a check can't take is left out; the others don't suffer for it."""
    checks = tools.checks[kind]
    try:
        return dict(zip(facts, run_checks(checks, list(facts.values())), strict=True))
    except Exception:  # noqa: BLE001 - whatever a check raises, the rest of the batch is judged alone
        log.warning("batch_failed", kind=kind, tasks=len(facts))
    found = {}
    for task_id, item in facts.items():
        try:
            (found[task_id],) = run_checks(checks, [item])
        except Exception as error:  # noqa: BLE001 - noted, tried again, and held after the last attempt
            log.warning("check_failed", kind=kind, task=task_id, reason=type(error).__name__)
    return found


def _render(task: Task, facts: Facts) -> Rendered:
    return Rendered(task.comment_id, task.revision, render_html(facts.body), RENDERER_VERSION)


def _searchable(task: Task, facts: Facts) -> Searchable:
    return searchable(
        task.comment_id, task.revision, author_name=facts.author_name, page_title=facts.page_title, body=facts.body
    )


def _known(task: Task, facts: Facts) -> Known:
    models = [f"shipped:{shipped_reader().version}"]
    if facts.site_model is not None:
        models.append(f"site:{facts.site_model_version}")
    language = language_of_text(facts.body, facts.language)
    return Known(task.comment_id, task.revision, facts.reputation, tuple(models), language)


def _gave_up(kind: str) -> Signal:
    name = kind.removeprefix("check_")
    return Signal(name, Label.UNCHECKED, 1.0, f"The {name} check failed {MAX_ATTEMPTS} times, so a person has to look.")
