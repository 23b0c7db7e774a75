"""The smallest job, and the plainest worker for it: `python -m bench.noop URL` works until its queue is empty."""

import sys
import time

from redis import Redis
from rq import Queue, SimpleWorker

QUEUE = "noop"
FIRST, LAST = "bench:first", "bench:last"

_stamps: list[float] = []


def noop(_: int) -> None:
    """Do nothing."""


def stamped(key: str, url: str) -> None:
    """Do nothing but say when."""
    with Redis.from_url(url) as redis:
        redis.set(key, time.time())


def enqueue(url: str, count: int) -> None:
    """`count` jobs that do nothing, between two that say when they ran."""
    with Redis.from_url(url) as redis:
        queue = Queue(QUEUE, connection=redis)
        redis.delete(FIRST, LAST)
        queue.enqueue(stamped, FIRST, url)
        for _ in range(0, count, 500):
            queue.enqueue_many([Queue.prepare_data(noop, (0,)) for _ in range(500)])
        queue.enqueue(stamped, LAST, url)


def jobs_per_second(url: str, count: int) -> float:
    with Redis.from_url(url) as redis:
        return count / (float(redis.get(LAST)) - float(redis.get(FIRST)))  # type: ignore[arg-type]


if __name__ == "__main__":
    with Redis.from_url(sys.argv[1]) as connection:
        SimpleWorker([Queue(QUEUE, connection=connection)], connection=connection).work(
            burst=True, logging_level="WARNING"
        )
