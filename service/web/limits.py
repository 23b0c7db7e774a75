"""How much one client may send. Counted in Redis for all processes together; alone, per process, when Redis is away."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from flask import Flask, current_app, g
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from limits import RateLimitItem, parse_many
from limits.storage import RedisStorage
from redis.exceptions import RedisError

from service.errors import RateLimited, Said
from service.gathering import Gathering
from service.runtime import Runtime

EXTENSION = "greenroom.limits"
PREFIX = "greenroom"
LIMITED_VIEW = "submit.submit"
ASK_AGAIN_AFTER_S = 2.0
"""A Redis that did not answer is left alone for this long: one request in two seconds finds out, no other waits."""

A_COMMENT_A_DAY = "5 per day"
"""Reports of one client about one comment: they are taken as one; the fifth tells that somebody means it. And mails
that the author of one comment may ask for."""

COUNTED_ONLY = "1000000000 per 10 minutes"
"""What is no limit: how many comments a client sent lately, for whoever is suspicious of that."""

PATIENT_S = 100
"""People count in seconds up to a minute and a half, in minutes above."""


class OneTripStorage(RedisStorage):
    """Redis counters, of which all that the requests of a moment need are raised by one command."""

    STORAGE_SCHEME = ["greenroom"]  # noqa: RUF012 - what the library's registry reads
    RAISE = """
        local counts = {}
        for position, key in ipairs(KEYS) do
            counts[position] = redis.call("INCR", key)
            if counts[position] == 1 then redis.call("EXPIRE", key, ARGV[position]) end
        end
        return counts
    """

    def initialize_storage(self, uri: str) -> None:
        super().initialize_storage(uri)
        self._raise = self.get_connection().register_script(self.RAISE)  # type: ignore[arg-type]

    def raise_together(self, requests: Sequence[Mapping[str, RateLimitItem]]) -> list[dict[str, int]]:
        """Count one for each key of each request, in order. Returns the new counts by key for each of them.

        Raises:
            RedisError: Redis is away; nothing is known to be counted.

        """
        keys = [self.prefixed_key(key) for items in requests for key in items]
        expiries = [item.get_expiry() for items in requests for item in items.values()]
        counts = iter(self._raise(keys, expiries))
        return [dict(zip(items, islice(counts, len(items)), strict=True)) for items in requests]

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        counted: int | None = g.get("limit_counts", {}).pop(key, None)
        return super().incr(key, expiry, amount) if counted is None else counted


@dataclass(slots=True)
class Away:
    """Until when Redis is not asked, in monotonic seconds."""

    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """`check` raises RateLimitExceeded when a count of this request is over its limit."""

    check: Callable[[], None]
    items: Mapping[str, list[RateLimitItem]]
    limiter: Limiter
    counting: Gathering[Mapping[str, RateLimitItem], dict[str, int]]
    away: Away


def install(app: Flask, runtime: Runtime) -> None:
    """Make `count` work in requests of this app."""
    settings = runtime.settings
    limiter = Limiter(
        key_func=lambda: "",
        strategy="fixed-window",
        storage_uri="greenroom://",
        storage_options={"connection_pool": runtime.redis.connection_pool},  # type: ignore[dict-item]
        in_memory_fallback_enabled=True,
        headers_enabled=False,
        key_prefix=PREFIX,
    )
    # Flask-Limiter would look at every request of the application that it is installed in. Ours counts where a
    # submission is admitted and nowhere else, so it gets an application of its own to put its hooks into.
    limiter.init_app(Flask("limits"))
    spelled = {
        "recent": COUNTED_ONLY,
        "address": settings.limit_address,
        "email": settings.limit_email,
        "site": settings.limit_site,
        "report": settings.limit_report,
        "report_comment": A_COMMENT_A_DAY,
        "preview": settings.limit_preview,
        "mail": settings.limit_mail,
        "mail_comment": A_COMMENT_A_DAY,
        "edit": settings.limit_edit,
    }

    def check() -> None:
        """Nothing but the limits around it."""

    # Flask-Limiter knows functions by name. Under the view's own name it reads our limits once a request, not twice.
    view = app.view_functions[LIMITED_VIEW]
    check.__module__, check.__qualname__ = view.__module__, view.__qualname__

    for scope, spelling in spelled.items():
        check = limiter.shared_limit(
            spelling,
            scope=scope,
            key_func=lambda scope=scope: g.limit_keys[scope],  # type: ignore[misc]
            exempt_when=lambda scope=scope: scope not in g.limit_keys,  # type: ignore[misc]
        )(check)
    storage = cast("OneTripStorage", limiter.storage)
    items = {scope: parse_many(spelling) for scope, spelling in spelled.items()}
    app.extensions[EXTENSION] = Limits(check, items, limiter, Gathering(storage.raise_together), Away())


def count(keys: Mapping[str, str], *, what: str = "comments") -> None:
    """Count one of them: under a key in each scope, like address, email and site, as far as they are given.

    Raises:
        RateLimited: that was one too many.

    """
    limits: Limits = current_app.extensions[EXTENSION]
    g.limit_keys = keys
    items = {item.key_for(PREFIX, key, scope): item for scope, key in keys.items() for item in limits.items[scope]}
    if _is_within(limits, items):
        return
    # Flask-Limiter has the word when a limit is exceeded or Redis is away: it falls back to memory, and says no.
    try:
        try:
            limits.check()
        except RedisError:
            # It goes over to its memory at the first request that fails; those that were under way at the same
            # time get the error itself. By now the memory counts.
            limits.check()
    except RateLimitExceeded:
        raise _problem(limits.limiter, what) from None


def counted(scope: str, key: str) -> int:
    """How many there were in this scope by the last `count` of this request; 0 while Redis is away."""
    limits: Limits = current_app.extensions[EXTENSION]
    counts: Mapping[str, int] = g.get("limit_counts", {})
    return max((counts.get(item.key_for(PREFIX, key, scope), 0) for item in limits.items[scope]), default=0)


def _is_within(limits: Limits, items: Mapping[str, RateLimitItem]) -> bool:
    """Count one for each key in Redis. False when a limit is exceeded, or when Redis can't be asked."""
    if time.monotonic() < limits.away.until:
        return False
    try:
        g.limit_counts = limits.counting.do(items)
    except RedisError:
        limits.away.until = time.monotonic() + ASK_AGAIN_AFTER_S
        return False
    return all(g.limit_counts[key] <= item.amount for key, item in items.items())


def _problem(limiter: Limiter, what: str) -> RateLimited:
    """A 429 that says when to come back."""
    limit = limiter.current_limit
    wait = max(1, math.ceil(limit.window.reset_time - time.time())) if limit else 60
    headers = {"Retry-After": str(wait)}
    if limit:
        headers |= {
            "RateLimit-Limit": str(limit.limit.amount),
            "RateLimit-Remaining": str(limit.remaining),
            "RateLimit-Reset": str(wait),
        }
    count, unit = (wait, "seconds") if wait < PATIENT_S else (math.ceil(wait / 60), "minutes")
    sentence = f"Too many {what} in a short time. Please try again in {count} {unit}."
    said = Said(f"rate_limited.{what}", {"again": Said(f"again_in_{unit}", {"count": count})})
    return RateLimited(sentence, headers=headers, said=said)
