"""What is forgotten about people who log in."""

from datetime import timedelta

from flask.testing import FlaskClient

from service.runtime import Runtime
from service.usecases.upkeep import expire
from tests.conftest import Rows
from tests.web.test_login import enter


def test_guesses_and_old_sessions_are_forgotten(client: FlaskClient, log_in, runtime: Runtime, rows: Rows) -> None:
    """Guesses after a day, sessions ninety days after their end; younger ones stay."""
    log_in("owner", name="ada")
    log_in("owner", name="ben")
    enter(client, name="nobody")
    rows("UPDATE sessions SET expires_at = now() - interval '91 days' WHERE id = (SELECT min(id) FROM sessions)")
    rows("UPDATE guesses SET last_at = now() - interval '25 hours' WHERE key = (SELECT min(key) FROM guesses)")
    while expire(runtime.engine, now=runtime.now(), ip_retention=timedelta(30), idempotency=timedelta(1)):
        pass

    assert rows("SELECT count(*) FROM sessions") == [(1,)]
    assert rows("SELECT count(*) FROM guesses") == [(1,)]
