"""Prove an e-mail address: a browser asks, the address says yes, and what that browser sends is by a known author."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine

from service.errors import Conflict, Said
from service.storage import mail_events, proofs
from service.storage.proofs import Proof
from service.vault import new_proof_token

WORKS_FOR = timedelta(hours=72)
"""The link in the mail."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The token that the browser keeps, worth nothing yet, and the tasks that are due now."""

    token: str
    tasks: Mapping[str, int]


def ask_for_proof(engine: Engine, comment_id: UUID) -> Asked:
    """Queue the mail to the address of this comment. Its sender hears the same, whether one goes or was one too many.

    Raises:
        Conflict: the comment came without an address.

    """
    token = new_proof_token()
    with engine.begin() as connection:
        proof_id = proofs.add(connection, comment_id, token.digest)
        if proof_id is None:
            raise Conflict("This comment came without an e-mail address.", said=Said("proof.no_email"))
        tasks = mail_events.add_proof(connection, proof_id)
    return Asked(token.shown, {"mail": tasks[0]} if tasks else {})


def is_too_late(proof: Proof, now: datetime) -> bool:
    """Whether its link has had its time."""
    return now - proof.created_at > WORKS_FOR


def confirm(engine: Engine, proof: Proof, *, now: datetime) -> bool:
    """Let the browser that asked count as its address'. False when the link is too old."""
    if proof.confirmed_at is None and is_too_late(proof, now):
        return False
    with engine.begin() as connection:
        proofs.confirm(connection, proof.id)
    return True
