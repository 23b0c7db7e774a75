"""What the tests of remote checks share: a server to ask, a store that forgets in time with the test's clock."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.gateways.remote.client import RemoteClient
from service.gateways.remote.model import Failure, RemoteAnswer, RemoteComment, RemoteFailed
from service.gateways.remote.settings import RemoteSettings
from tests.gateways.remote.service import Answer, Service, serving

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
COMMENT = RemoteComment(
    body="Tapering slowly worked for me.",
    blog="https://example.org",
    author_name="Ann",
    author_website="https://ann.example",
    page_url="https://example.org/post/",
    page_title="Ketamine",
    language="en-GB",
    author_email="ann.canary@example.net",
    client_address="203.0.113.77",
)
LOCAL = RemoteClient(is_private_allowed=True, clock=lambda: NOW)


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Service]]:
    with ExitStack() as running:
        yield lambda answer: running.enter_context(serving(answer))


def settings(**changes: Any) -> RemoteSettings:
    """Settings of a hook on this machine, with changes."""
    given = {
        "kind": "hook",
        "url": "http://127.0.0.1:1/ask",
        "secret_name": "hook",
        "allow_private_hosts": True,
        **changes,
    }
    return RemoteSettings.from_settings({name: value for name, value in given.items() if value is not None})


def failure_of(call: Callable[[], object]) -> Failure:
    """Why the call failed. What it says must be the one word and nothing else."""
    with pytest.raises(RemoteFailed) as caught:
        call()
    assert str(caught.value) == caught.value.reason.value
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value.reason


def passes(call: Callable[[], object]) -> bool:
    """Whether nothing stood in the way of the call."""
    try:
        call()
    except RemoteFailed:
        return False
    return True


@dataclass
class MemoryStore:
    """A store in a dictionary, with a clock that the test moves."""

    now: datetime = NOW
    is_away: bool = False
    values: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def read(self, key: str) -> int | None:
        if self.is_away:
            raise RemoteFailed(Failure.STORE_AWAY)
        value, ends_at = self.values.get(key, (0, self.now))
        return value if ends_at > self.now else None

    def write(self, key: str, value: int, *, expires_in: timedelta) -> None:
        self.read(key)
        self.values[key] = (value, self.now + expires_in)

    def count(self, key: str, *, expires_in: timedelta) -> int:
        counted = (self.read(key) or 0) + 1
        self.write(key, counted, expires_in=expires_in)
        return counted

    def claim(self, key: str, *, expires_in: timedelta) -> bool:
        if self.read(key) is not None:
            return False
        self.write(key, 1, expires_in=expires_in)
        return True

    def forget(self, *keys: str) -> None:
        for key in keys:
            self.read(key)
            self.values.pop(key, None)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@dataclass
class Scripted:
    """A check that does what it is told, in turn, and then answers nothing."""

    outcomes: list[RemoteFailed | tuple[RemoteAnswer, ...]] = field(default_factory=list)
    asked: list[RemoteComment] = field(default_factory=list)
    timeouts: list[float] = field(default_factory=list)
    name: str = "scripted"

    def ask(self, comment: RemoteComment, *, timeout: float) -> tuple[RemoteAnswer, ...]:
        self.asked.append(comment)
        self.timeouts.append(timeout)
        outcome = self.outcomes.pop(0) if self.outcomes else ()
        if isinstance(outcome, RemoteFailed):
            raise outcome
        return outcome
