"""What RQ calls, by name, with one task id. The id only wakes us: what is due is read from the database."""

import faulthandler
import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cache, partial
from itertools import count

import structlog
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError

from service.gateways.email_addresses import look_up
from service.gateways.job_queue import JOB_KINDS
from service.gateways.mail import CONVERSATION_WITHIN_S, Mailer, server_from
from service.gateways.remote.build import remote_guard
from service.gateways.remote.client import usual_trust
from service.gateways.remote.guard import RemoteGuard
from service.gateways.remote.secret_names import FindSecret, secrets_in
from service.gateways.remote.settings import RemoteSettings
from service.gateways.remote.store import RedisStore
from service.moderation.checks import run_checks
from service.moderation.fingerprint import fingerprint
from service.moderation.markdown import render_html
from service.moderation.model import Facts
from service.moderation.reading.reader import shipped_reader
from service.runtime import Runtime
from service.settings import SECRETS_DIR, environment, load_settings
from service.storage import tasks
from service.usecases.check import CHECKS, Tools, check_due
from service.usecases.check_remote import Asker, ask_due
from service.usecases.learn import Learner, catch_up, learn_due
from service.usecases.send_mail import Postman, send_due
from service.usecases.work_bulk import BulkWorker, bulk_due

log = structlog.get_logger(__name__)

JOB_BUDGET_S = 10
"""A job takes batch after batch for this long; then it hands over to a fresh one."""

PAUSE_S = 0.5
LEASE_MARGIN = timedelta(seconds=10)
MAIL_LEASE = timedelta(seconds=CONVERSATION_WITHIN_S) + 2 * LEASE_MARGIN
"""Longer than any conversation with a mail server: nobody else sends a mail while we are at it."""

WORKER_NAME = "GREENROOM_WORKER"


def check_spam(task_id: int) -> None:
    """Run the spam check on everything that is due."""
    run("check_spam", task_id, partial(_check, "check_spam"))


def check_moderation(task_id: int) -> None:
    """Run the moderation check on everything that is due."""
    run("check_moderation", task_id, partial(_check, "check_moderation"))


def check_remote(task_id: int) -> None:
    """Ask the sites' remote checks about everything that is due."""
    run("check_remote", task_id, _check_remote)


def learn(task_id: int) -> None:
    """Learn for every site for which it is due."""
    run("learn", task_id, _learn)


def decide_bulk(task_id: int) -> None:
    """Go on with every bulk decision that is due."""
    run("bulk", task_id, _decide_bulk)


def send_mail(task_id: int) -> None:
    """Send every mail that is due."""
    run("mail", task_id, _send_mail)


def run(kind: str, task_id: int, step: Callable[[int], int]) -> None:
    """Take step after step until nothing of this kind is due, or the job's time is up.

    `step` is told its number and returns how many tasks it took.

    Raises:
        JobFailedError: something went wrong; it says what kind of error, never what somebody wrote.

    """
    structlog.contextvars.bind_contextvars(kind=kind, task=task_id)
    ends_at = time.monotonic() + JOB_BUDGET_S
    try:
        for turn in count():
            if not step(turn):
                break
            if time.monotonic() > ends_at:
                _runtime().job_queue.wake({kind: task_id})
                break
    except Exception as error:  # noqa: BLE001 - whatever it was, RQ must not keep its text in Redis
        log.warning("job_failed", reason=type(error).__name__)
        _let_go(_worker(), ends_at)
        raise JobFailedError(type(error).__name__) from None


def _check(kind: str, turn: int) -> int:
    """Check a batch. Turn about, so that a stream of fresh tasks can't keep those waiting that were interrupted."""
    return check_due(kind, _tools(), retry_first=turn % 2 == 1)


def _check_remote(turn: int) -> int:
    return ask_due(_asker(), retry_first=turn % 2 == 1)


def _learn(_: int) -> int:
    """Learn for one site. The lease outlives the job, so that nobody takes the task while we work on it."""
    lease = timedelta(seconds=JOB_KINDS["learn"].timeout_s) + LEASE_MARGIN
    return learn_due(Learner(engine=_runtime().engine, reader=shipped_reader(), worker=_worker(), lease=lease))


def _decide_bulk(_: int) -> int:
    runtime = _runtime()
    return bulk_due(
        BulkWorker(
            engine=runtime.engine,
            wake=partial(_wake, runtime),
            worker=_worker(),
            lease=timedelta(seconds=JOB_KINDS["bulk"].timeout_s) + LEASE_MARGIN,
        )
    )


def _send_mail(_: int) -> int:
    return send_due(_postman())


def prepare() -> None:
    """Make what every job needs, once, so that forks find it made. Connects to nothing.

    Raises:
        SettingsError: a setting is missing or wrong.

    """
    tools = _tools()
    facts = Facts(body="Ready? See https://example.org.", author_name="Greenroom", email_domain="example.org")
    for checks in tools.checks.values():
        run_checks(checks, [facts])
    usual_trust()
    render_html(facts.body)
    fingerprint(facts.body * 10)


def _let_go(worker: str, ends_at: float) -> None:
    """Give back what a failed job held as soon as the database takes it: nobody should wait for the lease to end."""
    while not release_leases(worker) and time.monotonic() < ends_at:
        time.sleep(PAUSE_S)


def release_leases(worker: str) -> bool:
    """Make due again what a worker of this name held when it died, and wake the others.

    Returns whether the database took it; otherwise the leases end by themselves.
    """
    runtime = _new_runtime()
    try:
        with runtime.engine.begin() as connection:
            if not tasks.release(connection, worker):
                return True
            due = tasks.due(connection, tuple(JOB_KINDS))
        _wake(runtime, due)
    except DBAPIError as error:
        log.warning("leases_not_released", reason=type(error).__name__, worker=worker)
        return False
    finally:
        runtime.engine.dispose()
        runtime.redis.close()
    return True


def relearn() -> None:
    """Ask for new models where a new release's reader has left the old ones behind; the relay sends the tasks."""
    runtime = _new_runtime()
    try:
        if asked := catch_up(runtime.engine, shipped_reader()):
            log.info("models_left_behind", count=len(asked))
    except DBAPIError as error:
        log.warning("models_not_compared", reason=type(error).__name__)
    finally:
        runtime.engine.dispose()


class JobFailedError(Exception):
    """A job ended early. Its tasks stay due, so the relay sends them again."""


@contextmanager
def _watchdog(seconds: float) -> Iterator[None]:
    """End this process when the block takes longer, even if it never returns to Python.

    The worker notices, releases the tasks, and they are tried again one by one.
    """
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - faulthandler wants a file with a descriptor
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@cache
def _runtime() -> Runtime:
    return _new_runtime()


def _new_runtime() -> Runtime:
    return Runtime(load_settings(), pool_size=1, application="greenroom worker")


@cache
def _tools() -> Tools:
    runtime = _runtime()
    settings = runtime.settings
    return Tools(
        engine=runtime.engine,
        vault=runtime.vault,
        look_up=partial(look_up, timeout=settings.dns_timeout_seconds) if settings.check_deliverability else _no_dns,
        guard=partial(_watchdog, settings.check_timeout_seconds + settings.dns_timeout_seconds),
        wake=partial(_wake, runtime),
        now=runtime.now,
        worker=_worker(),
        lease=settings.lease,
        checks=CHECKS,
    )


@cache
def _asker() -> Asker:
    runtime = _runtime()
    return Asker(
        engine=runtime.engine,
        vault=runtime.vault,
        guard_of=partial(_guard_of, RedisStore(runtime.redis), secrets_in(environment(), SECRETS_DIR)),
        now=runtime.now,
        worker=_worker(),
        lease=runtime.settings.lease,
    )


@cache
def _postman() -> Postman:
    """Without a mail server it only writes: what it would send is shown at the desk."""
    runtime = _runtime()
    settings = runtime.settings
    mailer = None
    if settings.smtp_url is not None:
        mailer = Mailer(server_from(settings.smtp_url.get_secret_value(), sender=settings.mail_from))
    return Postman(
        engine=runtime.engine,
        vault=runtime.vault,
        mailer=mailer,
        base_url=settings.base_url,
        now=runtime.now,
        worker=_worker(),
        lease=MAIL_LEASE,
    )


def _guard_of(store: RedisStore, find_secret: FindSecret, site_id: int, settings: RemoteSettings) -> RemoteGuard:
    return remote_guard(settings, site_id=site_id, store=store, find_secret=find_secret)


def _wake(runtime: Runtime, due: Mapping[str, int]) -> None:
    """Tell another worker; if Redis is away, the relay will."""
    try:
        runtime.job_queue.wake(due)
    except RedisError as error:
        log.warning("jobs_not_sent", reason=type(error).__name__)


def _worker() -> str:
    return os.environ.get(WORKER_NAME, f"pid {os.getpid()}")


def _no_dns(_: Collection[str]) -> Mapping[str, bool | None]:
    return {}
