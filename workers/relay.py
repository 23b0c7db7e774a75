"""The relay: sends what is due and unsent, forgets what is too old, shows the metrics. Two at once do no harm.

`python -m workers.relay`
"""

import signal
import sys
import threading
import time
from datetime import timedelta

import structlog
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError

from service.errors import SettingsError
from service.gateways.job_queue import JOB_KINDS
from service.logs import configure
from service.runtime import Runtime
from service.settings import load_settings
from service.storage import tasks
from service.usecases.notify import send_digests
from service.usecases.read_words import read_words
from service.usecases.tell_author import tell_of_long_holds
from service.usecases.upkeep import expire
from workers.metrics import serve

UPKEEP_EVERY_S = 60.0

log = structlog.get_logger(__name__)


class Relay:
    """A loop with nothing to remember: everything it needs to know is in the database."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._upkeep_at = 0.0
        self.swept_at = 0.0

    def run(self, stopping: threading.Event) -> None:
        while True:
            self.sweep()
            if stopping.wait(self._runtime.settings.sweep_seconds):
                return

    def sweep(self) -> None:
        """Wake the workers for whatever is due. A failure is noted, and the next sweep tries again."""
        try:
            with self._runtime.statements.connect() as connection:
                due = tasks.due(connection, tuple(JOB_KINDS))
            if due:
                self._runtime.job_queue.wake(due)
            self._keep_up()
            self.swept_at = time.monotonic()
        except (DBAPIError, RedisError) as error:
            log.warning("sweep_failed", reason=type(error).__name__)

    def _keep_up(self) -> None:
        if time.monotonic() < self._upkeep_at:
            return
        if told := tell_of_long_holds(self._runtime.engine):
            log.info("authors_told_of_long_holds", count=told)
        send_digests(self._runtime.engine)
        settings = self._runtime.settings
        forgotten = expire(
            self._runtime.engine,
            now=self._runtime.now(),
            ip_retention=timedelta(days=settings.ip_retention_days),
            idempotency=timedelta(hours=settings.idempotency_hours),
        )
        if forgotten:
            log.info("forgotten", count=forgotten)
        read = read_words(self._runtime.engine)
        if read:
            log.info("made_searchable", count=read)
        if not forgotten and not read:
            self._upkeep_at = time.monotonic() + UPKEEP_EVERY_S


def main() -> int:
    """Relay until told to stop. Returns the exit code."""
    try:
        settings = load_settings()
        runtime = Runtime(settings, pool_size=2, application="greenroom relay")
        _ = runtime.database_url, runtime.redis_url
    except SettingsError as error:
        sys.exit(str(error))
    configure("relay", settings.log_level)
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    relay = Relay(runtime)
    serve(runtime, relay)
    log.info("relay_started")
    relay.run(stopping)
    return 0


if __name__ == "__main__":
    sys.exit(main())
