"""Connections to PostgreSQL: a pool that notices a restarted server, and statements that end."""

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

STATEMENT_TIMEOUT_MS = 8_000
CONNECT_TIMEOUT_S = 5


def connect(url: str, *, pool_size: int = 4, application: str = "greenroom") -> Engine:
    """An engine for `url` (postgresql://…). Nothing is connected yet.

    Every connection has a statement timeout of 8 s: a comment must never wait on a stuck query.
    """
    parsed = make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
    return create_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # an error message must not quote what somebody typed
        pool_timeout=STATEMENT_TIMEOUT_MS / 1000,
        connect_args={
            "application_name": application,
            "connect_timeout": CONNECT_TIMEOUT_S,
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={STATEMENT_TIMEOUT_MS}"
            " -c timezone=UTC",
        },
    )


def autocommit(engine: Engine) -> Engine:
    """The same pool for single statements that are their own transaction: one round trip instead of three."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")
