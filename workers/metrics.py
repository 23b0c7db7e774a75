"""Prometheus metrics on a port of their own, counted from the database at each scrape."""

import threading
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError

from service.gateways.job_queue import JOB_KINDS
from service.runtime import Runtime
from service.storage import metrics as stored
from service.storage.metrics import TIME_TO_DECISION_S, Tally

STALE_SWEEPS = 4
"""A relay that missed this many sweeps is not healthy."""

log = structlog.get_logger(__name__)


class Sweeping(Protocol):
    """Whatever sweeps. `swept_at` is in monotonic seconds, 0 before the first time."""

    swept_at: float


class Figures(Collector):
    """Counts what is stored. Decisions older than a minute are counted once and remembered."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._settled = Tally()
        self._lock = threading.Lock()

    def collect(self) -> Iterable[Metric]:
        try:
            with self._lock, self._runtime.statements.connect() as connection:
                self._settled.add(
                    stored.tally(connection, after=self._settled.until, until=stored.settled_until(connection))
                )
                total = Tally()
                total.add(self._settled)
                total.add(stored.tally(connection, after=self._settled.until))
                accepted = stored.accepted(connection)
                depth = stored.queue_depth(connection)
                attempts = stored.attempts(connection)
                oldest = stored.oldest_pending(connection)
                mails = stored.mails(connection)
        except DBAPIError as error:
            log.warning("metrics_failed", reason=type(error).__name__)
            return
        yield CounterMetricFamily("greenroom_accepted_comments", "Comments accepted.", value=accepted)
        yield _decided(total)
        yield _time_to_decision(total)
        yield _depth(depth)
        yield _attempts(attempts)
        yield _mails(mails)
        waited = (self._runtime.now() - oldest).total_seconds() if oldest else 0.0
        yield GaugeMetricFamily(
            "greenroom_oldest_pending_seconds", "How long the longest waiting comment has been pending.", value=waited
        )


def _decided(total: Tally) -> Metric:
    family = CounterMetricFamily(
        "greenroom_decisions", "Decisions by verdict, reason and who decided.", labels=["verdict", "reason", "by"]
    )
    for (event, reason, by), count in sorted(total.decided.items()):
        family.add_metric([event, reason, by], count)
    return family


def _time_to_decision(total: Tally) -> Metric:
    family = HistogramMetricFamily(
        "greenroom_time_to_decision_seconds", "From acceptance to the policy's decision.", labels=[]
    )
    buckets, so_far = [], 0
    for bound, count in zip((*TIME_TO_DECISION_S, "+Inf"), total.buckets, strict=True):
        so_far += count
        buckets.append((str(bound), so_far))
    family.add_metric([], buckets=buckets, sum_value=total.seconds)
    return family


def _depth(depth: dict[str, int]) -> Metric:
    family = GaugeMetricFamily("greenroom_undone_tasks", "Tasks that are not done, by kind.", labels=["kind"])
    for kind in JOB_KINDS:
        family.add_metric([kind], depth.get(kind, 0))
    return family


def _attempts(attempts: dict[tuple[str, str], int]) -> Metric:
    family = CounterMetricFamily(
        "greenroom_task_attempts", "Attempts at tasks, by kind and what became of them.", labels=["kind", "outcome"]
    )
    for (kind, outcome), count in sorted(attempts.items()):
        family.add_metric([kind, outcome], count)
    return family


def _mails(mails: dict[str, int]) -> Metric:
    family = GaugeMetricFamily("greenroom_mails", "Mails of the outbox, by what became of them.", labels=["state"])
    for state, count in sorted(mails.items()):
        family.add_metric([state], count)
    return family


def serve(runtime: Runtime, relay: Sweeping) -> None:
    """Answer `/metrics` and `/healthz` on the metrics port from a thread. A port of 0 turns this off."""
    settings = runtime.settings
    if settings.metrics_port == 0:
        return
    registry = CollectorRegistry()
    registry.register(Figures(runtime))
    patience = STALE_SWEEPS * settings.sweep_seconds

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, generate_latest(registry))
            elif self.path == "/healthz":
                is_well = time.monotonic() - relay.swept_at < patience
                self._answer(200 if is_well else 503, "text/plain", b"sweeping\n" if is_well else b"stuck\n")
            else:
                self._answer(404, "text/plain", b"/metrics or /healthz\n")

        def _answer(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: ops know when they scrape."""

    server = ThreadingHTTPServer((settings.metrics_host, settings.metrics_port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
