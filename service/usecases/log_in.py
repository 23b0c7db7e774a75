"""Somebody says who they are and proves it with a password."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from service.credentials.passwords import hash_password, is_outdated, is_password
from service.errors import WrongCredentials
from service.storage import audit, guesses, moderators, second_steps, sessions
from service.storage.actors import Actor
from service.storage.moderators import Moderator
from service.storage.sessions import Stage
from service.usecases.guess import FREE_BY_ADDRESS, FREE_BY_NAME, count_guess
from service.vault import ApiToken, Vault, new_session_token

WRONG = "The name or the password is not right."


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed, and from where. `known` is the cookie of a browser that has logged in before."""

    name: str
    password: str
    address: str
    client: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A session, and what is still missing before it lets its moderator in."""

    session: ApiToken
    stage: Stage
    moderator_id: int


def log_in(engine: Engine, attempt: Attempt, *, vault: Vault) -> Begun:
    """A new session for whoever knows the name and its password.

    A name that nobody has is counted, worked on and refused as a wrong password is.

    Raises:
        TooManyGuesses: somebody has guessed too often; the sentence says how long to wait.
        WrongCredentials: nobody has this name, or not with this password, or is not let in any more.

    """
    with engine.begin() as connection:
        found = moderators.find(connection, attempt.name)
        keys = _keys(attempt, found, vault)
        count_guess(connection, keys)
    is_right = is_password(attempt.password, found.password_hash if found else None)
    if found is None or not is_right:
        raise WrongCredentials(WRONG)
    with engine.begin() as connection:
        present = moderators.lock(connection, found.id)
        if present.is_disabled or present.password_hash != found.password_hash:
            raise WrongCredentials(WRONG)
        return _let_in(connection, present, attempt, keys)


def person(moderator: Moderator) -> Actor:
    """A moderator as history names them, before a session says what they may do."""
    return Actor(moderator.name, {}, {}, is_admin=moderator.is_admin, moderator_id=moderator.id)


def next_stage(connection: Connection, moderator: Moderator, *, has_shown_code: bool = False) -> Stage:
    """What somebody must do next who has proved that they know the password."""
    authenticator = second_steps.find(connection, moderator.id)
    has_authenticator = authenticator is not None and authenticator.is_confirmed
    if has_authenticator and not has_shown_code:
        return "code"
    if moderator.must_change_password:
        return "password"
    if not has_authenticator and second_steps.is_required(connection, moderator.id):
        return "enrol"
    return "open"


def _keys(attempt: Attempt, found: Moderator | None, vault: Vault) -> dict[bytes, int]:
    """Under what this attempt is counted.

    A browser in which this very person has logged in before is counted for itself: strangers can slow each other down,
    but not lock anybody out of their own browser.
    """
    if vault.is_known_browser(attempt.known, found.id if found else 0):
        return {vault.guess_key("browser", attempt.known): FREE_BY_NAME}
    return {
        vault.guess_key("name", attempt.name): FREE_BY_NAME,
        vault.guess_key("address", vault.limit_key(attempt.address)): FREE_BY_ADDRESS,
    }


def _let_in(connection: Connection, moderator: Moderator, attempt: Attempt, keys: dict[bytes, int]) -> Begun:
    refused = 0
    for key, free in keys.items():
        if free == FREE_BY_ADDRESS:  # where others may be guessing too, only this one is taken back
            guesses.take_back(connection, key)
        else:
            refused = guesses.forget(connection, key) - 1
    if is_outdated(moderator.password_hash):
        moderators.refresh_hash(connection, moderator.id, hash_password(attempt.password))
    stage, session = next_stage(connection, moderator), new_session_token()
    sessions.begin(connection, moderator.id, digest=session.digest, client=attempt.client, stage=stage)
    audit.note(
        connection,
        person(moderator),
        "logged_in",
        subject=f"moderator:{moderator.name}",
        details={"refused_before": refused},
    )
    return Begun(session, stage, moderator.id)
