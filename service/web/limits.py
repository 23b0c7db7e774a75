"""How much one client may send. Counted in Redis for all processes together; alone, per process, when Redis is away."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, g
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded

from service.errors import Problem, RateLimited
from service.runtime import Runtime
from service.web import problems

EXTENSION = "greenroom.limits"
PATIENT_S = 100
"""People count in seconds up to a minute and a half, in minutes above."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Each call counts one submission and raises RateLimitExceeded when that was one too many."""

    count_address: Callable[[], None]
    count_site: Callable[[], None]
    count_email: Callable[[], None]


def install(app: Flask, runtime: Runtime) -> None:
    """Make `limits()` work in requests of this app."""
    limiter = Limiter(
        key_func=lambda: "",
        app=app,
        strategy="fixed-window",
        storage_uri=runtime.redis_url.replace("unix://", "redis+unix://", 1),
        storage_options={"connection_pool": runtime.redis.connection_pool},  # type: ignore[dict-item]
        in_memory_fallback_enabled=True,
        headers_enabled=False,
        key_prefix="greenroom",
    )
    settings = runtime.settings

    @limiter.shared_limit(settings.limit_address, scope="address", key_func=lambda: g.limit_key)
    def count_address() -> None:
        """Keyed hash of the client's address: IPv4 whole, IPv6 by /64."""

    @limiter.shared_limit(settings.limit_site, scope="site", key_func=lambda: g.limit_key)
    def count_site() -> None:
        """The site's key."""

    @limiter.shared_limit(settings.limit_email, scope="email", key_func=lambda: g.limit_key)
    def count_email() -> None:
        """Keyed hash of the author's e-mail address."""

    app.extensions[EXTENSION] = Limits(count_address, count_site, count_email)
    app.register_error_handler(RateLimitExceeded, lambda _: problems.render(_problem(limiter)))


def count(what: str, key: str) -> None:
    """Count one submission under `key` against the limit per `what`: address, site or email.

    Raises:
        RateLimitExceeded: that was one too many; it becomes a 429.

    """
    g.limit_key = key
    getattr(current_app.extensions[EXTENSION], f"count_{what}")()


def _problem(limiter: Limiter) -> Problem:
    """A 429 that says when to come back."""
    limit = limiter.current_limit
    wait = max(1, math.ceil(limit.reset_at - time.time())) if limit else 60
    headers = {"Retry-After": str(wait)}
    if limit:
        headers |= {
            "RateLimit-Limit": str(limit.limit.amount),
            "RateLimit-Remaining": str(limit.remaining),
            "RateLimit-Reset": str(wait),
        }
    duration = f"{wait} seconds" if wait < PATIENT_S else f"{math.ceil(wait / 60)} minutes"
    return RateLimited(f"Too many comments in a short time. Please try again in {duration}.", headers=headers)
