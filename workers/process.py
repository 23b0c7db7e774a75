"""One worker process: listens to exactly one job queue and forks for each job.

`python -m workers.process QUEUE [NAME]`
"""

import gc
import os
import socket
import sys
import time

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, Worker, worker_registration
from rq.job import Job
from rq.serializers import JSONSerializer

from service.errors import SettingsError
from service.gateways.job_queue import JOB_KINDS, QUEUES
from service.logs import configure
from service.runtime import Runtime
from service.settings import load_settings
from workers import jobs

WORKER_TTL_S = 20
"""With RQ's default an idle worker sleeps for 405 s in a blocking pop, and a killed one's job is stuck for minutes."""
ASK_REDIS_EVERY_S = 2.0

log = structlog.get_logger(__name__)


class CheckWorker(Worker):
    """RQ's forking worker. When a horse dies, what it held is due again at once."""

    max_connection_wait_time = 2.0
    lease_name = ""

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Say that we live, and who we are: a Redis that was emptied has forgotten us as well."""
        if pipeline is not None:
            super().heartbeat(timeout, pipeline)
            return
        with self.connection.pipeline(transaction=False) as own:
            super().heartbeat(timeout, own)
            own.hset(self.key, mapping=self.serialize())
            worker_registration.register(self, own)
            own.execute()

    def handle_work_horse_killed(self, job: Job, retpid: int, ret_val: int, rusage: object) -> None:
        super().handle_work_horse_killed(job, retpid, ret_val, rusage)  # type: ignore[no-untyped-call]
        log.warning("check_process_died", worker=self.lease_name, status=ret_val)
        jobs.release_leases(self.lease_name)


def main(arguments: list[str]) -> int:
    """Work until told to stop. Returns the exit code."""
    if not arguments or arguments[0] not in QUEUES:
        sys.exit(f"Name one job queue: {' or '.join(QUEUES)}.")
    queue_name = arguments[0]
    lease_name = f"{queue_name}@{socket.gethostname()}#{arguments[1] if len(arguments) > 1 else '1'}"
    os.environ[jobs.WORKER_NAME] = lease_name
    try:
        settings = load_settings()
        url = Runtime(settings).redis_url
        jobs.prepare()
    except SettingsError as error:
        sys.exit(str(error))
    configure(f"worker-{queue_name}", settings.log_level)
    jobs.release_leases(lease_name)
    if queue_name == JOB_KINDS["learn"].queue:
        jobs.relearn()
    connection = Redis.from_url(url, retry=Retry(NoBackoff(), 0))
    _wait_for(connection)
    queue = Queue(queue_name, connection=connection, serializer=JSONSerializer)
    worker = CheckWorker([queue], connection=connection, worker_ttl=WORKER_TTL_S, serializer=JSONSerializer)
    worker.lease_name = lease_name
    gc.freeze()  # what is loaded by now is shared with every fork and never looked at by the collector
    log.info("worker_started", queue=queue_name, worker=lease_name, pid=os.getpid())
    worker.work(logging_level="WARNING", with_scheduler=False)
    return 0


def _wait_for(redis: Redis) -> None:
    """Return once Redis answers."""
    while True:
        try:
            redis.ping()
        except RedisError as error:
            log.warning("redis_away", reason=type(error).__name__)
            time.sleep(ASK_REDIS_EVERY_S)
        else:
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
