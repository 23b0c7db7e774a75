"""JSON logs, one object a line, with nothing in them that a person typed."""

import logging
import sys
from collections.abc import Callable

import structlog
from structlog.typing import EventDict, Processor

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "request_id", "reason", "where", "kind", "task", "tasks", "part",
        "queue", "worker", "status", "count", "seconds", "pid", "version", "code",
    }
)  # fmt: skip
"""Keys that may be logged. Anything else is dropped: personal data can't slip in through a new key."""


def configure(part: str, level: str, *, request_id: Callable[[], str | None] = lambda: None) -> None:
    """Log JSON to standard error, also what libraries say. `request_id` is asked only when something is logged."""

    def with_request_id(_: object, __: str, event: EventDict) -> EventDict:
        if found := request_id():
            event["request_id"] = found
        return event

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        with_request_id,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _without_traceback],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                lambda _, __, event: _allowed(event, part),
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("rq.worker", "flask-limiter", "alembic", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _allowed(event: EventDict, part: str) -> EventDict:
    return {key: value for key, value in event.items() if key in ALLOWED} | {"part": part}


def _without_traceback(_: object, __: str, event: EventDict) -> EventDict:
    """An exception of a library is named, not told: its message may quote what somebody typed."""
    record: logging.LogRecord | None = event.get("_record")
    if record and record.exc_info and record.exc_info[0]:
        event["reason"] = record.exc_info[0].__name__
        record.exc_info = None
    return event
