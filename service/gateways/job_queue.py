"""Sends task ids to RQ. Whatever is lost here, the relay sends again: Redis only hurries things along."""

import threading
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

IMPATIENT_S = 0.25
"""A web process gives a hanging Redis this long, in seconds."""

GATHER_S = 0.02
"""After sending, what arrives within this time is sent together: the first comment is not delayed, a burst is cheap."""

JOB_TTL_S = 600
FAILED_JOB_TTL_S = 60

log = structlog.get_logger(__name__)


class JobKind(NamedTuple):
    """Where tasks of a kind are sent: the job queue and the function by its full name; and how long a job may take."""

    queue: str
    function: str
    description: str
    timeout_s: int = 60


JOB_KINDS: Mapping[str, JobKind] = MappingProxyType(
    {
        "check_spam": JobKind("spam", "workers.jobs.check_spam", "spam check"),
        "check_moderation": JobKind("moderation", "workers.jobs.check_moderation", "moderation check"),
        # Services of other people may be slow: nobody else's comments wait for them.
        "check_remote": JobKind("remote", "workers.jobs.check_remote", "remote check"),
        # A queue and a process of its own: learning takes seconds, and no comment may wait for it.
        "learn": JobKind("learning", "workers.jobs.learn", "learning", timeout_s=300),
        # Ten thousand comments decided in one go: nobody else's wait for them.
        "bulk": JobKind("bulk", "workers.jobs.decide_bulk", "bulk decision"),
        # A mail server may be slow or away for days: nothing else waits for it.
        "mail": JobKind("mail", "workers.jobs.send_mail", "mail", timeout_s=120),
    }
)
QUEUES = tuple(kind.queue for kind in JOB_KINDS.values())


def connect_redis(url: str, *, timeout: float = IMPATIENT_S) -> Redis:
    """A client that gives up after `timeout` seconds and never retries by itself."""
    return Redis.from_url(
        url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 0), retry_on_error=[]
    )


class JobQueue:
    """RQ, seen from the side that sends."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queues = {
            kind: Queue(target.queue, connection=redis, serializer=JSONSerializer) for kind, target in JOB_KINDS.items()
        }

    def wake(self, tasks: Mapping[str, int]) -> list[str]:
        """Make sure that a job waits for each kind of task. Returns the kinds for which one was sent.

        A job takes every task of its kind that is due, so one that still waits in the queue will find these
        as well: they were committed before. Nothing is sent then.

        Raises:
            RedisError: Redis is away; the tasks stay due.

        """
        with self._redis.pipeline(transaction=False) as pipeline:
            for kind in tasks:
                pipeline.llen(self._queues[kind].key)
            waiting = dict(zip(tasks, pipeline.execute(), strict=True))
        idle = [kind for kind in tasks if waiting[kind] == 0]
        if not idle:
            return []
        with self._redis.pipeline(transaction=False) as pipeline:
            for kind in idle:
                self._send(kind, tasks[kind], pipeline)
            pipeline.execute()
        return idle

    def _send(self, kind: str, task_id: int, pipeline: Pipeline) -> None:
        target = JOB_KINDS[kind]
        data = Queue.prepare_data(
            target.function,
            args=(task_id,),
            timeout=target.timeout_s,
            ttl=JOB_TTL_S,
            result_ttl=0,
            failure_ttl=FAILED_JOB_TTL_S,
            description=target.description,
        )
        self._queues[kind].enqueue_many([data], pipeline=pipeline)


class Messenger:
    """Wakes the workers from a thread of its own, so that no request waits for Redis."""

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue
        self._news = threading.Condition()
        self._tasks: dict[str, int] = {}
        self._thread: threading.Thread | None = None

    def tell(self, tasks: Mapping[str, int]) -> None:
        """Say that these tasks are due. Returns at once; what arrives together is sent together."""
        with self._news:
            is_first = not self._tasks
            self._tasks.update(tasks)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="messenger", daemon=True)
                self._thread.start()
            if is_first:
                self._news.notify()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._tasks)
                tasks, self._tasks = self._tasks, {}
            try:
                self._queue.wake(tasks)
            except RedisError as error:
                log.warning("jobs_not_sent", reason=type(error).__name__, tasks=len(tasks))
            time.sleep(GATHER_S)
