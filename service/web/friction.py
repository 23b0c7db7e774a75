"""Friction for suspicious clients: their browsers compute a little before a comment is taken. Everybody else passes.

What makes a client suspicious is known at the door, without asking the database for each of them.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from flask import current_app
from redis.exceptions import RedisError

from service.credentials.proof_of_work import Done, Flaw, WorkKeys, check_work, new_challenge
from service.errors import ProofOfWorkRequired
from service.moderation.checks.behaviour import FASTEST_TYPING
from service.moderation.model import Suspicion
from service.runtime import Runtime
from service.storage import reputation
from service.storage.sites import Friction, Site
from service.usecases.submit import Submission
from service.web import limits
from service.web.context import runtime

EXTENSION = "greenroom.networks"
CANNOT = "none"
"""Sent as the solution by a browser that can't compute one."""

OLDEST_FORM = timedelta(days=1)
MANY = 3
"""From so many comments of one address within ten minutes on."""

NETWORKS_FRESH_FOR_S = 60.0
LATELY = timedelta(days=1)

_SENTENCES: Mapping[Flaw, str] = MappingProxyType(
    {
        Flaw.MISSING: "Solve the challenge and send the comment again with the solution as 'pow'.",
        Flaw.UNREADABLE: "The proof of work can't be read. Here is a new challenge.",
        Flaw.FOREIGN: "The proof of work is not for a challenge of this site. Here is a new one.",
        Flaw.EXPIRED: "The challenge has expired. Here is a new one.",
        Flaw.WRONG: "The proof of work is wrong. Here is a new challenge.",
        Flaw.USED: "This proof of work was used for another comment. Here is a new challenge.",
    }
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What the door knows of one submission. Where `is_form`, no script was at work, so nothing can be computed."""

    submission: Submission
    address_key: str
    work: str | None
    is_form: bool


class BadNetworks:
    """Networks from which a site gets nearly nothing but spam: at most a minute old, one query a minute and site."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: dict[int, tuple[float, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def of(self, site: Site) -> frozenset[str]:
        known = self._known.get(site.id)
        if known and time.monotonic() - known[0] < NETWORKS_FRESH_FOR_S:
            return known[1]
        with self._runtime.statements.connect() as connection:
            found = reputation.bad_networks(connection, site.id, since=self._runtime.now() - LATELY)
        with self._lock:
            self._known[site.id] = (time.monotonic(), found)
        return found


def is_asked_of(site: Site) -> bool:
    return site.intake.friction is not Friction.OFF


def suspicion_of(site: Site, visit: Visit) -> Suspicion | None:
    """What makes this client suspicious; None for everybody else."""
    submission = visit.submission
    age = runtime().vault.form_age(submission.form_token, runtime().now())
    if age is None or not FASTEST_TYPING <= age <= OLDEST_FORM:
        return Suspicion.FORM
    if limits.counted("recent", visit.address_key) >= MANY:
        return Suspicion.SEVERAL
    networks: BadNetworks = current_app.extensions[EXTENSION]
    if submission.client_address and _network(submission.client_address) in networks.of(site):
        return Suspicion.NETWORK
    return None


def has_worked(site: Site, visit: Visit) -> bool:
    """Whether a suspicious client has done its work. False for one that can't: a person has to look.

    Raises:
        ProofOfWorkRequired: it can, and has not.

    """
    if visit.work == CANNOT:
        return False
    flaw = _flaw(site, visit)
    if flaw is None or visit.is_form:
        return flaw is None
    challenge = new_challenge(_keys(), site.key, now=runtime().now())
    raise ProofOfWorkRequired(_SENTENCES[flaw], extra={"reason": flaw.value, "challenge": challenge})


def _network(address: str) -> str:
    return runtime().vault.traces_of(address).ip_prefix


def _flaw(site: Site, visit: Visit) -> Flaw | None:
    if visit.work is None:
        return Flaw.MISSING
    work = check_work(_keys(), visit.work, site.key)
    if isinstance(work, Flaw):
        return work
    return None if _spend(work, visit.submission.idempotency_key) else Flaw.USED


def _spend(work: Done, idempotency_key: str | None) -> bool:
    """Use a solution up: once, or again for the same comment that is sent again. Without Redis nobody remembers."""
    spender = runtime().vault.work_key(f"spender/{idempotency_key}").hex() if idempotency_key else ""
    left_s = max(1, int((work.until - runtime().now()).total_seconds()) + 1)
    try:
        earlier = runtime().redis.set(f"greenroom:pow:{work.mark}", spender, nx=True, get=True, ex=left_s)
    except RedisError:
        return True
    return earlier is None or (spender != "" and earlier == spender.encode())


def _keys() -> WorkKeys:
    vault = runtime().vault
    return WorkKeys(vault.work_key("challenge"), vault.work_key("answer"))
