"""The relay: wakes workers for what is due, whatever is away, however many relays there are."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis import Redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from service.cli.embedded import valkey_part, wait_for_valkey
from service.cli.supervisor import Supervisor
from service.gateways.job_queue import JOB_KINDS, QUEUES
from service.runtime import Runtime
from service.storage import learning, tasks
from service.usecases.check import CHECKS
from tests.conftest import PLAIN_CHECKS, Drain, MakeRuntime, Rows, Servers, Visitor
from tests.stack import free_port, wait_until
from workers import metrics, relay
from workers.relay import Relay


def jobs(redis: Redis, queue: str) -> list[Job]:
    return Queue(queue, connection=redis, serializer=JSONSerializer).jobs


def waiting(redis: Redis) -> dict[str, int]:
    """How many jobs wait in each job queue that has any."""
    return {queue: count for queue in QUEUES if (count := len(jobs(redis, queue)))}


@pytest.fixture
def own(make_runtime: MakeRuntime, servers: Servers) -> Runtime:
    """A runtime with a Redis database of its own, where nobody but the relay sends anything."""
    return make_runtime(redis_url=f"{servers.redis_url}?db=1")


class TestSweep:
    """One look at the database."""

    def test_it_wakes_each_job_queue_that_has_something_due(self, visitor: Visitor, own: Runtime, drain: Drain) -> None:
        """One job each, whatever waits: a job takes all that is due."""
        for n in range(5):
            visitor.comment(body=f"Number {n}.")
        Relay(own).sweep()
        assert waiting(own.redis) == {"spam": 1, "moderation": 1}

        Relay(own).sweep()
        assert waiting(own.redis) == {"spam": 1, "moderation": 1}

    def test_it_wakes_nobody_for_nothing(self, visitor: Visitor, own: Runtime, drain: Drain, rows: Rows) -> None:
        """Not for what is done, nor for what somebody holds."""
        visitor.comment()
        drain("check_spam")
        with own.engine.begin() as connection:
            tasks.claim(connection, "check_moderation", worker="busy", lease=timedelta(seconds=20))
        Relay(own).sweep()

        assert waiting(own.redis) == {}

    def test_a_lease_that_ran_out_is_sent_again(self, visitor: Visitor, own: Runtime, rows: Rows) -> None:
        """The worker died, and nobody else knows of its task."""
        visitor.comment()
        with own.engine.begin() as connection:
            for kind in CHECKS:
                tasks.claim(connection, kind, worker="dead", lease=timedelta(seconds=20))
        rows("UPDATE tasks SET due_at = now() WHERE kind = 'check_spam'")
        Relay(own).sweep()

        assert waiting(own.redis) == {"spam": 1}

    def test_after_flushall_everything_is_sent_again(self, visitor: Visitor, own: Runtime) -> None:
        """What Redis forgets, the database remembers."""
        visitor.comment()
        Relay(own).sweep()
        own.redis.flushall()
        Relay(own).sweep()

        assert waiting(own.redis) == {"spam": 1, "moderation": 1}

    def test_a_job_carries_one_task_id_and_nothing_else(self, visitor: Visitor, own: Runtime, rows: Rows) -> None:
        """T10, T41: JSON, an id, a description without arguments, times to live."""
        visitor.comment(author_email="very.hidden@example.org")
        with own.engine.begin() as connection:
            learning.ask(connection, rows("SELECT id FROM sites")[0][0])
            tasks.add(connection, "check_remote", rows("SELECT id, revision FROM comments"))
        rows("INSERT INTO tasks (kind, subject_id) VALUES ('mail', 1), ('bulk', 1)")
        Relay(own).sweep()

        for kind, target in JOB_KINDS.items():
            (job,) = jobs(own.redis, target.queue)
            ((task_id,),) = rows("SELECT id FROM tasks WHERE kind = :kind", kind=kind)
            assert (job.func_name, job.args, job.kwargs) == (target.function, [task_id], {})
            assert job.description == target.description
            stored = own.redis.hgetall(f"rq:job:{job.id}")
            assert b"hidden" not in b" ".join([*stored, *stored.values()])
            assert own.redis.ttl(f"rq:job:{job.id}") > 0 or job.ttl
            assert job.result_ttl == 0
            assert job.failure_ttl and job.failure_ttl <= 3600

    def test_two_relays_at_once_do_no_harm(self, visitor: Visitor, own: Runtime, drain: Drain, rows: Rows) -> None:
        """At worst a job too many, which finds nothing to do."""
        for n in range(20):
            visitor.comment(body=f"Number {n}.")
        relays = [Relay(own), Relay(own)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: relays[n % 2].sweep(), range(16)))

        assert set(waiting(own.redis)) == {"spam", "moderation"}
        assert all(1 <= count <= 16 for count in waiting(own.redis).values())
        drain()
        drain()
        assert rows("SELECT count(*), count(DISTINCT comment_id) FROM decisions") == [(20, 20)]


class TestAway:
    """Neither server's absence ends it."""

    def test_redis_away_is_noted_and_tried_again(
        self, visitor: Visitor, make_runtime: MakeRuntime, tmp_path: Path
    ) -> None:
        """The next sweep after its return sends what was missed."""
        for name in ("run", "logs"):
            (tmp_path / name).mkdir()
        supervisor = Supervisor(tmp_path / "run", print)
        part, url = valkey_part(tmp_path)
        visitor.comment()
        away = make_runtime(redis_url=url)
        sweeping = Relay(away)
        sweeping.sweep()
        assert sweeping.swept_at == 0

        try:
            supervisor.start(part)
            wait_for_valkey(url, supervisor)
            sweeping.sweep()
            assert sweeping.swept_at > 0
            assert waiting(away.redis) == {"spam": 1, "moderation": 1}

            os.kill(int((tmp_path / "run" / "valkey.pid").read_text()), signal.SIGSTOP)
            sweeping.sweep()
            os.kill(int((tmp_path / "run" / "valkey.pid").read_text()), signal.SIGCONT)
            sweeping.sweep()
        finally:
            supervisor.stop()

    def test_postgres_away_is_noted_and_tried_again(
        self, own: Runtime, make_runtime: MakeRuntime, visitor: Visitor
    ) -> None:
        """A sweep with no database does nothing and raises nothing."""
        visitor.comment()
        away = make_runtime(
            database_url="postgresql://postgres@127.0.0.1:1/postgres",
            redis_url=own.redis_url,
        )
        sweeping = Relay(away)
        sweeping.sweep()
        assert sweeping.swept_at == 0
        assert waiting(own.redis) == {}

    def test_a_restarted_postgres_is_found_again(self, visitor: Visitor, own: Runtime, rows: Rows) -> None:
        """Connections that the server has closed are replaced."""
        visitor.comment()
        restarted = replace(own, application="cut off")
        sweeping = Relay(restarted)
        sweeping.sweep()
        assert rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut off'")
        own.redis.flushdb()
        sweeping.sweep()
        sweeping.sweep()
        restarted.engine.dispose()

        assert waiting(own.redis) == {"spam": 1, "moderation": 1}


class TestRunning:
    """The loop and its port."""

    def test_it_sweeps_until_told_to_stop(self, visitor: Visitor, make_runtime: MakeRuntime) -> None:
        """And stops between two sweeps."""
        running, stopping = Relay(make_runtime(sweep_seconds=0.2)), threading.Event()
        thread = threading.Thread(target=running.run, args=(stopping,))
        thread.start()
        try:
            wait_until(lambda: running.swept_at > 0, 10)
            first = running.swept_at
            wait_until(lambda: running.swept_at > first, 10)
        finally:
            stopping.set()
            thread.join(10)
        assert not thread.is_alive()

    def test_what_is_too_old_is_forgotten_on_the_way(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        """Without anybody's help."""
        visitor.comment()
        rows("UPDATE comments SET created_at = created_at - interval '31 days'")
        Relay(runtime).sweep()

        assert rows("SELECT ip_hash, ip_prefix FROM comments") == [(None, None)]

    @pytest.fixture
    def port(self, make_runtime: MakeRuntime) -> Iterator[tuple[int, Relay]]:
        port = free_port()
        served = make_runtime(metrics_port=port, sweep_seconds=1)
        sweeping = Relay(served)
        metrics.serve(served, sweeping)
        yield port, sweeping

    def test_metrics_tell_what_is_stored(self, visitor: Visitor, drain: Drain, port: Any) -> None:
        """Accepted, decided by verdict and reason, time to decision, depth, oldest pending, attempts."""
        drain.checks = PLAIN_CHECKS
        visitor.published()
        visitor.comment(body="Call +44 20 7946 0958 now")
        drain()
        visitor.comment(body="Still pending.")

        told = httpx.get(f"http://127.0.0.1:{port[0]}/metrics").text
        again = httpx.get(f"http://127.0.0.1:{port[0]}/metrics").text
        for line in (
            "greenroom_accepted_comments_total 3.0",
            'greenroom_decisions_total{by="policy",reason="passed",verdict="publish"} 1.0',
            'greenroom_decisions_total{by="policy",reason="personal_data",verdict="hold"} 1.0',
            "greenroom_time_to_decision_seconds_count 2.0",
            'greenroom_undone_tasks{kind="check_spam"} 1.0',
            'greenroom_task_attempts_total{kind="check_spam",outcome="reported"} 2.0',
        ):
            assert line in told
            assert line in again
        (oldest,) = [line for line in told.splitlines() if line.startswith("greenroom_oldest_pending_seconds ")]
        assert 0 < float(oldest.split()[1]) < 60

    def test_its_health_is_that_it_sweeps(self, port: Any) -> None:
        """503 before the first sweep and when it is stuck; 200 in between."""
        number, sweeping = port
        url = f"http://127.0.0.1:{number}/healthz"
        assert httpx.get(url).status_code in {200, 503}
        sweeping.sweep()
        assert httpx.get(url).status_code == 200

        sweeping.swept_at -= 60
        assert httpx.get(url).status_code == 503
        assert httpx.get(f"http://127.0.0.1:{number}/other").status_code == 404


def test_it_stops_at_once_with_a_sentence_when_a_setting_is_missing() -> None:
    """Exit code 1 and the name of the variable, never a stack trace."""
    with pytest.raises(SystemExit, match="DATABASE_URL is not set"):
        relay.main()
