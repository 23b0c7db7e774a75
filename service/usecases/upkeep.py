"""Forget what must be forgotten after its time."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from service.storage import author_links, proofs, reports, upkeep
from service.storage.email_domains import KNOWN_FOR
from service.storage.fingerprints import MEMORY
from service.storage.guesses import MEMORY as GUESS_MEMORY
from service.usecases.own_words import WORKS_FOR as LINK_WORKS_FOR
from service.usecases.prove import WORKS_FOR as PROOF_WORKS_FOR

SESSIONS_KEPT = timedelta(days=90)
"""So long an owner can see when somebody was here last."""


def expire(engine: Engine, *, now: datetime, ip_retention: timedelta, idempotency: timedelta) -> int:
    """Drop addresses, idempotency keys, fingerprints and claims that are too old. Returns how many rows that were.

    Each statement takes a bounded bite, so call it again until it returns 0.
    """
    with engine.begin() as connection:
        forgotten = upkeep.forget_addresses(connection, now - ip_retention)
    with engine.begin() as connection:
        forgotten += reports.forget_clients(connection, now - ip_retention, limit=upkeep.CHUNK)
    with engine.begin() as connection:
        forgotten += upkeep.forget_idempotency_keys(connection, now - idempotency)
    with engine.begin() as connection:
        forgotten += upkeep.forget_fingerprints(connection, now - MEMORY)
    with engine.begin() as connection:
        forgotten += upkeep.forget_email_domains(connection, now - KNOWN_FOR)
    with engine.begin() as connection:
        forgotten += upkeep.forget_claims(connection)
    with engine.begin() as connection:
        forgotten += upkeep.forget_guesses(connection, now - GUESS_MEMORY)
    with engine.begin() as connection:
        forgotten += upkeep.forget_sessions(connection, now - SESSIONS_KEPT)
    with engine.begin() as connection:
        forgotten += author_links.forget(connection, now - LINK_WORKS_FOR)
    with engine.begin() as connection:
        forgotten += proofs.forget(
            connection, unconfirmed_before=now - PROOF_WORKS_FOR, confirmed_before=now - proofs.VALID_FOR
        )
    return forgotten
