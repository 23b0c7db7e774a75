"""A few numbers that outlive a job, in Redis: every job is a process of its own and remembers nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, cast

from redis import Redis
from redis.exceptions import RedisError

from service.gateways.remote.model import Failure, RemoteFailed

PREFIX = "LIMITS:remote:"
"""The user that `make-secrets.sh` gives us in Valkey may write LIMITS:* and rq:* only."""


class Store(Protocol):
    """Whole numbers by key. Every method raises RemoteFailed(store_away) when the store can't be reached."""

    def read(self, key: str) -> int | None: ...

    def write(self, key: str, value: int, *, expires_in: timedelta) -> None: ...

    def count(self, key: str, *, expires_in: timedelta) -> int:
        """Add one and return the sum. The number is forgotten `expires_in` after it was last counted."""
        ...

    def claim(self, key: str, *, expires_in: timedelta) -> bool:
        """Whether we are the first to claim this key, of all processes."""
        ...

    def forget(self, *keys: str) -> None: ...


@dataclass(frozen=True, slots=True)
class RedisStore:
    """Keys hold a site's number, a day and words of ours; values are counts and times. Nothing about a person."""

    redis: Redis

    def read(self, key: str) -> int | None:
        with _or_away():
            value = cast("bytes | None", self.redis.get(PREFIX + key))
        return None if value is None else int(value)

    def write(self, key: str, value: int, *, expires_in: timedelta) -> None:
        with _or_away():
            self.redis.set(PREFIX + key, value, ex=expires_in)

    def count(self, key: str, *, expires_in: timedelta) -> int:
        with _or_away(), self.redis.pipeline() as pipeline:
            pipeline.incr(PREFIX + key)
            pipeline.expire(PREFIX + key, expires_in)
            counted, _ = pipeline.execute()
        return int(counted)

    def claim(self, key: str, *, expires_in: timedelta) -> bool:
        with _or_away():
            return bool(self.redis.set(PREFIX + key, 1, nx=True, ex=expires_in))

    def forget(self, *keys: str) -> None:
        with _or_away():
            self.redis.delete(*(PREFIX + key for key in keys))


@contextmanager
def _or_away() -> Iterator[None]:
    try:
        yield
    except RedisError:
        raise RemoteFailed(Failure.STORE_AWAY) from None
