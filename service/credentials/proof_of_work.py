"""Proof of work: a second of computing, done by the browser of a suspicious client. Nothing to see, nothing to solve.

The protocol is the second one of ALTCHA: the client tries numbers until the key derived from one begins as the
challenge says. We have derived that key before, and recognise it by its signature: checking costs nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import altcha

ALGORITHM = "PBKDF2/SHA-256"
ITERATIONS = 2_000
"""Of one try. Enough of them that a browser, which needs a round trip to its own library for each try, is hardly slower
than a program; few enough that making a challenge costs us half a millisecond."""

FEWEST_TRIES, MOST_TRIES = 100, 500
VALID_FOR = timedelta(minutes=5)
MARK_CHARACTERS = 32


class Flaw(StrEnum):
    """What is wrong with a solution."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    EXPIRED = "expired"
    WRONG = "wrong"
    USED = "used"


@dataclass(frozen=True, slots=True)
class WorkKeys:
    """`challenge` signs what we ask, `answer` what we expect to hear."""

    challenge: bytes
    answer: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """A right solution: what it is remembered by, and how long that is worth remembering."""

    mark: str
    until: datetime


def new_challenge(keys: WorkKeys, site_key: str, *, now: datetime) -> Mapping[str, Any]:
    """A challenge for submissions to one site, as JSON values. It costs us one try."""
    challenge = altcha.create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES),
        expires_at=now + VALID_FOR,
        data={"site": site_key},
        hmac_secret=keys.challenge,
        hmac_key_secret=keys.answer,
    )
    return challenge.to_dict()


def check_work(keys: WorkKeys, solution: str, site_key: str) -> Done | Flaw:
    """What a solution is worth on this site. Whether it was used before is for the caller to find out."""
    try:
        payload = altcha.Payload.from_base64(solution)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Flaw.UNREADABLE
    result = altcha.verify_solution(payload, keys.challenge, hmac_key_secret=keys.answer)
    if result.expired:
        return Flaw.EXPIRED
    if result.invalid_signature:
        return Flaw.FOREIGN
    if not result.verified:
        return Flaw.WRONG
    signature, asked = payload.challenge.signature, payload.challenge.parameters
    if signature is None or asked.expires_at is None or asked.data != {"site": site_key}:
        return Flaw.FOREIGN
    return Done(signature[:MARK_CHARACTERS], datetime.fromtimestamp(asked.expires_at, UTC))
