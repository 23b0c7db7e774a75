"""The numbers in a real Valkey, and without one."""

import socket
import time
from datetime import timedelta
from pathlib import Path

import pytest

from service.gateways.job_queue import connect_redis
from service.gateways.remote.store import PREFIX, RedisStore
from tests.gateways.remote.conftest import failure_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def kept(runtime):
    return RedisStore(runtime.redis)


def test_numbers_are_kept_counted_and_forgotten(kept, runtime):
    """And every one of them ends by itself."""
    kept.write("a", 5, expires_in=MINUTE)
    assert [kept.count("b", expires_in=MINUTE) for _ in range(3)] == [1, 2, 3]
    assert (kept.read("a"), kept.read("b"), kept.read("c")) == (5, 3, None)
    assert [kept.claim("c", expires_in=MINUTE), kept.claim("c", expires_in=MINUTE)] == [True, False]
    assert all(0 < runtime.redis.ttl(key) <= 60 for key in runtime.redis.keys("*"))

    kept.forget("a", "b")

    assert (kept.read("a"), kept.read("b")) == (None, None)


def test_a_claim_ends(kept):
    """A process that died with it is not waited for."""
    kept.claim("a", expires_in=timedelta(seconds=1))
    ends_at = time.monotonic() + 5

    while not kept.claim("a", expires_in=MINUTE):
        assert time.monotonic() < ends_at
        time.sleep(0.05)


def test_valkey_lets_us_have_these_keys():
    """The user that make-secrets.sh makes may write them."""
    allowed = (Path(__file__).parents[3] / "make-secrets.sh").read_text()

    assert f"~{PREFIX.split(':')[0]}:*" in allowed


CALLS = [
    lambda store: store.read("a"),
    lambda store: store.write("a", 1, expires_in=MINUTE),
    lambda store: store.count("a", expires_in=MINUTE),
    lambda store: store.claim("a", expires_in=MINUTE),
    lambda store: store.forget("a"),
]


@pytest.mark.parametrize("call", CALLS)
def test_a_redis_that_is_away_is_one_word(call):
    """Nobody listens on this port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert failure_of(lambda: call(RedisStore(connect_redis(f"redis://127.0.0.1:{port}/0")))) == "store_away"


@pytest.mark.parametrize("call", CALLS)
def test_a_redis_that_hangs_is_not_waited_for(call):
    """It accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        store = RedisStore(connect_redis(f"redis://127.0.0.1:{listener.getsockname()[1]}/0"))
        began = time.monotonic()

        assert failure_of(lambda: call(store)) == "store_away"
        assert time.monotonic() - began < 1.5
