"""All of it together: what leaves, how often, how long, and that nothing personal stays anywhere."""

import base64
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from service.gateways.remote.breaker import Breaker
from service.gateways.remote.budget import Budget
from service.gateways.remote.build import remote_check, remote_guard
from service.gateways.remote.guard import AT_ONCE, RemoteGuard, what_may_leave
from service.gateways.remote.model import Failure, RemoteAnswer, RemoteFailed
from service.gateways.remote.secret_names import secrets_in
from service.gateways.remote.store import RedisStore
from tests.gateways.remote.conftest import COMMENT, LOCAL, NOW, MemoryStore, Scripted, failure_of, settings
from tests.gateways.remote.service import always, as_json, dripping, response

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
SECRETS = secrets_in({"GREENROOM_REMOTE_HOOK": SECRET, "GREENROOM_REMOTE_KEY": "sk-hush"})
NOTHING = as_json({"answers": []})
KINDS = {
    "akismet": {"kind": "akismet", "secret_name": "key"},
    "openai_moderation": {"kind": "openai_moderation", "secret_name": "key"},
    "openai_chat": {"kind": "openai_chat", "secret_name": "key", "model": "small-1"},
    "hook": {"kind": "hook", "secret_name": "hook"},
}


def guard_of(service, store=None, **changes):
    return remote_guard(
        settings(url=service.url, **changes), site_id=7, store=store or MemoryStore(), find_secret=SECRETS, client=LOCAL
    )


def scripted(store, *outcomes, **changes):
    return RemoteGuard(Scripted(list(outcomes)), settings(**changes), Breaker(store, "7"), Budget(store, "7", 100))


class TestWhatLeaves:
    """E-mail and address never leave unless the site says so."""

    def test_neither_without_leave(self):
        """Whatever the caller passes in."""
        left = what_may_leave(COMMENT, settings())

        assert left == replace(COMMENT, author_email=None, client_address=None)

    def test_each_with_its_own_leave(self):
        """Leave for one is no leave for the other."""
        assert what_may_leave(COMMENT, settings(may_send_email=True)) == replace(COMMENT, client_address=None)
        assert what_may_leave(COMMENT, settings(may_send_address=True)) == replace(COMMENT, author_email=None)

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("is_allowed", [False, True])
    def test_on_the_wire(self, serve, kind, is_allowed):
        """As the server sees it. The two endpoints of OpenAI's never get either."""
        service = serve(always(response(500)))
        leave = {"may_send_email": is_allowed, "may_send_address": is_allowed}

        failure_of(lambda: guard_of(service, **KINDS[kind], **leave).ask(COMMENT, now=NOW))

        (asked,) = service.asked
        seen = asked.body.replace(b"%40", b"@") + repr(asked.headers).encode() + asked.path.encode()
        is_sent = is_allowed and kind in {"akismet", "hook"}
        assert (b"ann.canary@example.net" in seen) is is_sent
        assert (b"203.0.113.77" in seen) is is_sent
        assert b"Tapering slowly" in seen.replace(b"+", b" ")

    def test_nothing_personal_in_redis_or_the_logs(self, serve, runtime):
        """Keys are numbers, days and words of ours; the log has one word."""
        service = serve(always(response(500, b"ann.canary@example.net is unknown")))
        guard = guard_of(service, RedisStore(runtime.redis), may_send_email=True, may_send_address=True)

        with capture_logs() as logs:
            for _ in range(6):
                failure_of(lambda: guard.ask(COMMENT, now=NOW))

        stored = {key.decode(): runtime.redis.get(key).decode() for key in runtime.redis.keys("*")}
        assert stored.keys() == {
            "LIMITS:remote:7:asked:2026-05-03", "LIMITS:remote:7:failures", "LIMITS:remote:7:open_until",
        }  # fmt: skip
        assert all(value.isdigit() for value in stored.values())
        assert (
            logs
            == [{"event": "remote_check_failed", "kind": "hook", "reason": "server_error", "log_level": "warning"}] * 5
        )  # the sixth was not asked


class TestAsking:
    """One question."""

    def test_an_answer_comes_through(self, serve, runtime):
        """From a real server, with a real store."""
        service = serve(as_json({"answers": [{"label": "crisis", "score": 0.9, "detail": "Speaks of an end."}]}))

        found = guard_of(service, RedisStore(runtime.redis)).ask(COMMENT, now=NOW)

        assert found == (RemoteAnswer("crisis", 0.9, "The site's own check says: Speaks of an end."),)

    def test_the_site_s_time_out_counts(self, serve):
        """A drip that would go on for ever."""
        service = serve(dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x", every=0.02))
        began = time.monotonic()

        assert failure_of(lambda: guard_of(service, timeout_seconds=0.3).ask(COMMENT, now=NOW)) == "timeout"
        assert time.monotonic() - began < 1.2

    def test_a_caller_in_a_hurry_may_ask_for_less_but_not_for_more(self, store):
        """The lesser of the two time-outs."""
        guard = scripted(store, timeout_seconds=2)

        for within in (None, 0.5, 60):
            guard.ask(COMMENT, now=NOW, within=within)

        assert guard.check.timeouts == [2, 0.5, 2]

    def test_a_service_that_is_down_is_left_alone(self, serve):
        """Five questions, then none for a minute, then one."""
        service = serve(always(response(503)))
        guard = guard_of(service)

        reasons = [failure_of(lambda: guard.ask(COMMENT, now=NOW)) for _ in range(8)]

        assert reasons == ["server_error"] * 5 + ["resting"] * 3
        assert service.connections == 5
        guard.breaker.store.now = later = NOW + timedelta(minutes=1)
        assert [failure_of(lambda: guard.ask(COMMENT, now=later)) for _ in range(2)] == ["server_error", "resting"]

    def test_and_is_asked_again_when_it_is_back(self, serve):
        """The one question is answered, so all are."""
        is_down = True
        service = serve(lambda asked, line: (always(response(503)) if is_down else NOTHING)(asked, line))
        guard = guard_of(service)
        for _ in range(5):
            failure_of(lambda: guard.ask(COMMENT, now=NOW))

        is_down = False
        guard.breaker.store.now = later = NOW + timedelta(minutes=1)

        assert [guard.ask(COMMENT, now=later) for _ in range(3)] == [(), (), ()]

    def test_a_busy_service_is_left_alone_as_long_as_it_says(self, serve):
        """429 with Retry-After, at the first time."""
        service = serve(always(response(429, retry_after="120")))
        guard = guard_of(service)

        assert failure_of(lambda: guard.ask(COMMENT, now=NOW)) == "rate_limited"
        assert failure_of(lambda: guard.ask(COMMENT, now=NOW + timedelta(seconds=119))) == "resting"
        assert service.connections == 1

    def test_the_budget_is_kept_and_rests_cost_nothing(self, serve):
        """What was not asked is not counted."""
        service = serve(NOTHING)
        guard = guard_of(service, daily_budget=2)

        assert [guard.ask(COMMENT, now=NOW) for _ in range(2)] == [(), ()]
        assert failure_of(lambda: guard.ask(COMMENT, now=NOW)) == "over_budget"
        assert service.connections == 2

    def test_without_redis_nobody_is_asked(self, serve, store):
        """Nor when only the counting fails."""
        service = serve(NOTHING)
        store.is_away = True

        assert failure_of(lambda: guard_of(service, store).ask(COMMENT, now=NOW)) == "store_away"
        assert service.connections == 0

    def test_an_answer_counts_though_redis_went_away_meanwhile(self, store):
        """It was asked and paid for."""
        answer = RemoteAnswer("spam", 0.5, "x")
        guard = scripted(store, (answer,))
        ask = guard.check.ask

        def ask_and_lose_redis(comment, *, timeout):
            store.is_away = True
            return ask(comment, timeout=timeout)

        guard.check.ask = ask_and_lose_redis

        assert guard.ask(COMMENT, now=NOW) == (answer,)

    def test_a_failure_keeps_its_reason_though_redis_went_away_meanwhile(self, store):
        """The log should say what was wrong with the service."""
        guard = scripted(store, RemoteFailed(Failure.TIMEOUT))
        guard = replace(guard, breaker=Breaker(MemoryStoreThatForgets(), "7"), budget=Budget(MemoryStore(), "7", 9))

        assert failure_of(lambda: guard.ask(COMMENT, now=NOW)) == "timeout"


class MemoryStoreThatForgets(MemoryStore):
    """Can be read, but not written."""

    def count(self, key, *, expires_in):
        raise RemoteFailed(Failure.STORE_AWAY)


class TestABatch:
    """Many questions within one time."""

    def test_each_comment_gets_its_own_answer(self, serve):
        """In the order of the comments, whoever answers first."""

        def by_body(asked, connection):
            said = asked.json["data"]["body"]
            time.sleep(0.05 if said == "0" else 0)
            as_json({"answers": [{"label": "spam", "score": int(said) / 100}]})(asked, connection)

        service = serve(by_body)
        batch = [replace(COMMENT, body=str(number)) for number in range(30)]

        found = guard_of(service).ask_each(batch, now=NOW, within=5)

        assert [answers[0].score for answers in found] == [number / 100 for number in range(30)]

    def test_a_batch_takes_no_longer_than_it_may(self, serve):
        """What was not asked by then may be asked another time."""
        service = serve(lambda asked, line: (time.sleep(0.3), NOTHING(asked, line)))
        began = time.monotonic()

        found = guard_of(service, timeout_seconds=2).ask_each([COMMENT] * 64, now=NOW, within=0.8)

        assert time.monotonic() - began < 2
        reasons = [item.reason if isinstance(item, RemoteFailed) else "answered" for item in found]
        assert len(reasons) == 64
        assert reasons.count("answered") >= AT_ONCE
        assert reasons.count("no_time") >= 30
        assert service.connections < 64

    def test_a_batch_for_a_service_that_is_down_costs_few_questions(self, serve):
        """The breaker opens in the middle of it."""
        service = serve(always(response(500)))

        found = guard_of(service).ask_each([COMMENT] * 64, now=NOW, within=5)

        assert {item.reason for item in found} == {"server_error", "resting"}
        assert service.connections <= 5 + AT_ONCE

    def test_no_comments_are_no_questions(self, store):
        """An empty batch."""
        assert scripted(store).ask_each([], now=NOW, within=1) == []


class TestSecrets:
    """Named in the settings, kept by the instance."""

    def test_from_the_environment_or_a_file(self, tmp_path):
        """The environment comes first; a newline at the end of a file doesn't matter."""
        (tmp_path / "greenroom_remote_a").write_text("from a file\n")
        (tmp_path / "greenroom_remote_b").write_text("from a file\n")
        find = secrets_in({"GREENROOM_REMOTE_A": "from here"}, tmp_path)

        assert (find("a"), find("b"), find("c")) == ("from here", "from a file", None)
        assert secrets_in({})("a") is None

    def test_other_keys_of_the_instance_can_not_be_named(self, tmp_path):
        """Or a site's settings could send them off."""
        (tmp_path / "greenroom_secret_key").write_text("hush")
        find = secrets_in({"GREENROOM_SECRET_KEY": "hush", "SECRET_KEY": "hush", "DATABASE_URL": "hush"}, tmp_path)

        assert [find(name) for name in ("secret_key", "database_url", "../greenroom_secret_key")] == [None] * 3

    @pytest.mark.parametrize("secret", ["", "  \n", "a\r\nX-Evil: 1", "schlüssel", "a\0b", "x" * 5000])
    def test_what_can_not_stand_in_a_header_is_none(self, secret):
        """It counts as missing."""
        assert secrets_in({"GREENROOM_REMOTE_A": secret})("a") is None

    def test_bytes_that_are_no_text_are_none(self, tmp_path):
        """A file of the wrong kind, or a folder."""
        (tmp_path / "greenroom_remote_a").write_bytes(b"\xff\xfe\x00")
        (tmp_path / "greenroom_remote_b").mkdir()

        assert [secrets_in({}, tmp_path)(name) for name in ("a", "b")] == [None, None]

    @pytest.mark.parametrize("secret_name", ["missing", "key"])  # `key` is there, but no whsec_… secret
    def test_a_missing_secret_is_said_each_time(self, store, secret_name):
        """It doesn't hide behind the breaker."""
        guard = remote_guard(
            settings(secret_name=secret_name), site_id=7, store=store, find_secret=SECRETS, client=LOCAL
        )

        assert {failure_of(lambda: guard.ask(COMMENT, now=NOW)) for _ in range(9)} == {"no_secret"}

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_secret_shows_where_a_check_is_printed_by_name(self, kind):
        """The name is the kind."""
        assert remote_check(settings(**KINDS[kind]), SECRETS, LOCAL).name == kind


def test_private_hosts_need_the_site_s_setting(serve):
    """Through the whole of it: the worker connects to nothing."""
    service = serve(NOTHING)
    guard = remote_guard(
        settings(url=f"https://127.0.0.1:{service.port}/", allow_private_hosts=False),
        site_id=7, store=MemoryStore(), find_secret=SECRETS,
    )  # fmt: skip

    assert failure_of(lambda: guard.ask(COMMENT, now=NOW)) == "forbidden_address"
    assert service.connections == 0
