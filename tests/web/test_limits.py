"""How much one client may send, counted for all processes together."""

import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from service.cli.embedded import valkey_part, wait_for_valkey
from service.cli.supervisor import Supervisor
from service.runtime import Runtime
from service.storage import sites
from service.storage.sites import Intake, Site
from tests.conftest import ORIGIN, MakeRuntime, Rows, make_app, typed

URL = "/api/v1/sites/blog/comments"
ALLOWED, REFUSED = 202, 429
Instance = Callable[..., FlaskClient]


@pytest.fixture
def instance(make_runtime: MakeRuntime, site: Site) -> Instance:
    """One more web process with these settings, as far as a test can tell."""
    return lambda **settings: make_app(make_runtime(**settings)).test_client()


def post(
    client: FlaskClient, *, peer: str = "203.0.113.5", headers: dict[str, str] | None = None, **changes: Any
) -> TestResponse:
    return client.post(
        URL, json=typed(**changes), headers=headers or {"Origin": ORIGIN}, environ_base={"REMOTE_ADDR": peer}
    )


def statuses(client: FlaskClient, count: int, **how: Any) -> list[int]:
    return [post(client, **how).status_code for _ in range(count)]


class TestWhatIsCounted:
    """Address, e-mail, site."""

    def test_one_address_may_send_so_many(self, instance: Instance) -> None:
        """The next one is refused; another address is not."""
        client = instance(limit_address="3 per hour")

        assert statuses(client, 4) == [ALLOWED] * 3 + [REFUSED]
        assert statuses(client, 1, peer="203.0.113.6") == [ALLOWED]

    def test_the_refusal_says_when_to_come_back(self, instance: Instance) -> None:
        """Retry-After and RateLimit headers for programs, a sentence for people."""
        client = instance(limit_address="2 per hour")
        statuses(client, 2)
        answer = post(client)

        assert answer.status_code == REFUSED
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["code"] == "rate_limited"
        assert 0 < int(answer.headers["Retry-After"]) <= 3601
        assert answer.headers["RateLimit-Limit"] == "2"
        assert answer.headers["RateLimit-Remaining"] == "0"
        assert answer.headers["RateLimit-Reset"] == answer.headers["Retry-After"]
        assert re.search(r"try again in \d+ (seconds|minutes)", answer.get_json()["detail"])
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN

    @pytest.mark.parametrize("same", ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0DB8:0001:0002::7"])
    def test_ipv6_is_counted_by_its_64(self, instance: Instance, same: str) -> None:
        """A whole /64 belongs to one household; its neighbour is somebody else."""
        client = instance(limit_address="1 per hour")

        assert statuses(client, 1, peer="2001:db8:1:2:3::1") == [ALLOWED]
        assert statuses(client, 1, peer=same) == [REFUSED]
        assert statuses(client, 1, peer="2001:db8:1:3::1") == [ALLOWED]

    def test_ipv4_inside_ipv6_is_ipv4(self, instance: Instance) -> None:
        """On a socket that speaks both, all of IPv4 is not one household."""
        client = instance(limit_address="1 per hour")

        assert statuses(client, 1, peer="::ffff:203.0.113.5") == [ALLOWED]
        assert statuses(client, 1, peer="203.0.113.5") == [REFUSED]
        assert statuses(client, 1, peer="::ffff:203.0.113.6") == [ALLOWED]

    def test_one_email_may_send_so_many_from_wherever(self, instance: Instance) -> None:
        """However it is written; another one is not affected."""
        client = instance(limit_email="2 per hour")
        sent = [
            post(client, peer=f"203.0.113.{n}", author_email=email).status_code
            for n, email in enumerate(("a@example.org", "A@Example.ORG", " a@example.org ", "b@example.org"))
        ]

        assert sent == [ALLOWED, ALLOWED, REFUSED, ALLOWED]

    @pytest.mark.parametrize("nothing", [None, "", "  "])
    def test_people_without_an_email_do_not_share_a_limit(
        self, instance: Instance, runtime: Runtime, site: Site, nothing: str | None
    ) -> None:
        """Where the e-mail is optional, leaving it out is not an author."""
        with runtime.engine.begin() as connection:
            sites.change(connection, site, replace(site, intake=Intake(is_email_required=False)), changed_by="test")
        client = instance(limit_email="1 per hour")

        sent = [post(client, peer=f"203.0.113.{n}", author_email=nothing).status_code for n in range(3)]
        assert sent == [ALLOWED] * 3

    def test_one_site_may_take_so_many(self, instance: Instance) -> None:
        """From all addresses together."""
        client = instance(limit_site="3 per hour")

        sent = [post(client, peer=f"203.0.113.{n}", author_email=f"a{n}@example.org").status_code for n in range(4)]
        assert sent == [ALLOWED] * 3 + [REFUSED]

    def test_several_limits_hold_at_once(self, instance: Instance) -> None:
        """`2 per minute;3 per day`: whichever is reached first."""
        assert statuses(instance(limit_address="50 per minute;3 per day"), 4) == [ALLOWED] * 3 + [REFUSED]

    def test_refused_posts_count_too(self, instance: Instance, rows: Rows) -> None:
        """Nobody tries a thousand variants for free, nor with bodies that can't be read."""
        client = instance(limit_address="3 per hour")
        for raw in (b"{}", b"{", b"\xff"):
            answer = client.post(
                URL, data=raw, content_type="application/json", headers={"Origin": ORIGIN},
                environ_base={"REMOTE_ADDR": "203.0.113.5"},
            )  # fmt: skip
            assert answer.status_code in {400, 422}

        assert statuses(client, 1) == [REFUSED]
        assert rows("SELECT count(*) FROM comments") == [(0,)]

    def test_reading_is_not_limited(self, instance: Instance) -> None:
        """Limits are for those who write."""
        client = instance(limit_address="1 per hour", limit_site="1 per hour")
        post(client)
        post(client)

        answers = [client.get(URL, query_string={"page_url": f"{ORIGIN}/post/"}).status_code for _ in range(5)]
        assert answers == [200] * 5


class TestSubmitters:
    """The site's own server sends for many."""

    def test_it_is_not_held_to_the_limit_per_address(self, instance: Instance, bearer: Any) -> None:
        """One machine carries all visitors."""
        client, headers = instance(limit_address="1 per hour"), bearer("submitter")

        assert statuses(client, 3, headers=headers, author_ip="198.51.100.7") == [ALLOWED] * 3

    def test_it_is_held_to_the_others(self, instance: Instance, bearer: Any) -> None:
        """A leaked token can't flood a site."""
        headers = bearer("submitter")

        assert statuses(instance(limit_site="2 per hour"), 3, headers=headers) == [ALLOWED, ALLOWED, REFUSED]
        by_email = statuses(instance(limit_email="2 per hour"), 3, headers=headers, author_email="z@example.org")
        assert by_email == [ALLOWED, ALLOWED, REFUSED]


class TestTogether:
    """One count for all processes."""

    def test_two_processes_share_a_limit(self, instance: Instance) -> None:
        """It is not doubled by a second web process."""
        first, second = (instance(limit_address="3 per hour") for _ in range(2))

        assert [statuses(client, 1)[0] for client in (first, second, first, second, first)] == [ALLOWED] * 3 + [
            REFUSED
        ] * 2

    def test_redis_knows_nobody(self, instance: Instance, runtime: Runtime) -> None:
        """Promise 4: what a limit is counted under is a keyed hash, of an address and of an e-mail alike."""
        instance_limits = {"limit_address": "9 per hour", "limit_email": "9 per hour", "limit_site": "9 per hour"}
        client = instance(**instance_limits)
        post(client, peer="203.0.113.5", author_email="very.hidden@example.org")
        post(client, peer="2001:db8:1:2:3::1", author_email="very.hidden@example.org")

        keys = [key.decode() for key in runtime.redis.scan_iter("*greenroom*", count=1000) if b"rq:" not in key]
        assert len(keys) >= 4
        for key in keys:
            for secret in ("203.0.113", "2001:db8", "hidden", "example.org", "@"):
                assert secret not in key.lower()


@dataclass
class OwnValkey:
    """A Valkey that a test may stop."""

    folder: Path
    url: str
    supervisor: Supervisor

    def stop(self) -> None:
        self.supervisor.stop()

    def start(self) -> None:
        part, _ = valkey_part(self.folder)
        self.supervisor.start(part)
        wait_for_valkey(self.url, self.supervisor)

    def signal(self, number: signal.Signals) -> None:
        import os

        os.kill(int((self.folder / "run" / "valkey.pid").read_text()), number)


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[OwnValkey]:
    for name in ("run", "logs"):
        (tmp_path / name).mkdir()
    valkey = OwnValkey(tmp_path, valkey_part(tmp_path)[1], Supervisor(tmp_path / "run", print))
    valkey.start()
    yield valkey
    valkey.stop()


class TestWithoutRedis:
    """T40: degrade per process, never to nothing and never to 500."""

    def test_stopped_redis_leaves_each_process_its_own_count(self, instance: Instance, own_valkey: OwnValkey) -> None:
        """Limited per process while it is away; together again once it is back."""
        settings = {"redis_url": own_valkey.url, "limit_address": "3 per hour"}
        first, second = instance(**settings), instance(**settings)
        assert statuses(first, 1) == [ALLOWED]
        own_valkey.stop()

        assert statuses(first, 4) == [ALLOWED] * 3 + [REFUSED]
        assert statuses(second, 4) == [ALLOWED] * 3 + [REFUSED]

    def test_redis_that_comes_back_counts_again(
        self, instance: Instance, own_valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without a restart of ours: keys appear in it."""
        client = instance(redis_url=own_valkey.url, limit_address="100 per hour")
        own_valkey.stop()
        assert statuses(client, 1) == [ALLOWED]
        own_valkey.start()
        redis = Redis.from_url(own_valkey.url)
        assert not _limit_keys(redis)

        _let_time_pass(monkeypatch, timedelta(hours=1))
        assert statuses(client, 2) == [ALLOWED] * 2
        assert _limit_keys(redis)

    def test_redis_away_from_the_start_stops_nobody(self, instance: Instance, own_valkey: OwnValkey) -> None:
        """A web process that starts before Redis serves."""
        own_valkey.stop()

        assert statuses(instance(redis_url=own_valkey.url, limit_address="2 per hour"), 3) == [ALLOWED] * 2 + [REFUSED]

    def test_hanging_redis_is_given_up_soon(self, instance: Instance, own_valkey: OwnValkey) -> None:
        """SIGSTOP: the first post waits for a moment, the following ones do not; nothing fails."""
        client = instance(redis_url=own_valkey.url, limit_address="3 per hour")
        own_valkey.signal(signal.SIGSTOP)
        try:
            assert statuses(client, 4) == [ALLOWED] * 3 + [REFUSED]
        finally:
            own_valkey.signal(signal.SIGCONT)


def _limit_keys(redis: Redis) -> list[bytes]:
    return [key for key in redis.scan_iter("*", count=1000) if not key.startswith(b"rq:")]


def _let_time_pass(monkeypatch: pytest.MonkeyPatch, passed: timedelta) -> None:
    """Flask-Limiter asks a lost Redis again after a while: let that while be over."""
    import time

    now = time.time
    monkeypatch.setattr("flask_limiter._extension.time.time", lambda: now() + passed.total_seconds(), raising=True)


class TestWhoseAddress:
    """T39: X-Forwarded-For is what a client says, unless a proxy of ours said it."""

    def seen(self, rows: Rows, instance: Instance, forwarded: str | None, *, peer: str, **settings: Any) -> str:
        """The /24 or /48 that the instance takes the client for."""
        headers = {"Origin": ORIGIN} | ({"X-Forwarded-For": forwarded} if forwarded is not None else {})
        answer = post(instance(**settings), peer=peer, headers=headers)
        assert answer.status_code == ALLOWED
        ((prefix,),) = rows("SELECT ip_prefix::text FROM comments ORDER BY id DESC LIMIT 1")
        return str(prefix)

    @pytest.mark.parametrize(
        ("proxies", "hops", "peer", "forwarded", "expected"),
        [
            ("", 1, "203.0.113.5", "198.51.100.7", "203.0.113.0/24"),
            ("10.0.0.0/8", 1, "203.0.113.5", "198.51.100.7", "203.0.113.0/24"),
            ("10.0.0.0/8", 1, "10.1.2.3", "198.51.100.7", "198.51.100.0/24"),
            ("10.0.0.0/8", 1, "10.1.2.3", "192.0.2.66, 198.51.100.7", "198.51.100.0/24"),
            ("10.0.0.0/8", 2, "10.1.2.3", "192.0.2.66, 198.51.100.7, 10.9.9.9", "198.51.100.0/24"),
            ("10.0.0.0/8", 2, "10.1.2.3", "198.51.100.7", "10.1.2.0/24"),
            ("10.0.0.0/8", 1, "10.1.2.3", "nobody", "10.1.2.0/24"),
            ("10.0.0.0/8", 1, "10.1.2.3", "", "10.1.2.0/24"),
            ("10.0.0.0/8", 1, "10.1.2.3", None, "10.1.2.0/24"),
            ("10.0.0.0/8", 1, "10.1.2.3", "2001:db8:77:1::9", "2001:db8:77::/48"),
            ("2001:db8:1::/48,10.0.0.0/8", 1, "2001:db8:1::1", "198.51.100.7", "198.51.100.0/24"),
            ("10.0.0.0/8", 1, "::ffff:10.1.2.3", "198.51.100.7", "198.51.100.0/24"),
        ],
        ids=[
            "no proxy trusted", "another peer", "our proxy", "what the client added", "the second hop", "too few hops",
            "no address", "empty", "no header", "an IPv6 client", "an IPv6 proxy", "an IPv4 proxy on an IPv6 socket",
        ],
    )  # fmt: skip
    def test_only_a_trusted_proxy_is_believed(  # noqa: PLR0913
        self, rows: Rows, instance: Instance, proxies: str, hops: int, peer: str, forwarded: str | None, expected: str
    ) -> None:
        """The n-th hop from the right, and only from a peer on the list."""
        found = self.seen(rows, instance, forwarded, peer=peer, trusted_proxies=proxies, trusted_hops=hops)

        assert found == expected

    def test_a_made_up_header_does_not_get_around_the_limit(self, instance: Instance) -> None:
        """Whoever rotates it is still one client."""
        client = instance(limit_address="2 per hour")
        sent = [
            post(client, headers={"Origin": ORIGIN, "X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(3)
        ]

        assert sent == [ALLOWED, ALLOWED, REFUSED]
