"""The second step of logging in: set up an authenticator, show a code of it, take it away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from service.credentials.one_time_codes import (
    address_for,
    matching_step,
    new_recovery_codes,
    new_secret,
    settled_recovery_code,
)
from service.credentials.passwords import is_password
from service.errors import Conflict, FieldError, Forbidden, WrongCredentials, invalid
from service.storage import audit, guesses, moderators, second_steps, sessions
from service.storage.moderators import Moderator
from service.storage.sessions import Standing
from service.usecases.guess import FREE_BY_NAME, count_guess
from service.usecases.log_in import Begun, next_stage, person
from service.vault import Vault, new_session_token

WRONG_CODE = "That code is not right. Codes change every half minute and work once."


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an authenticator needs: a secret, and the same as an address to scan."""

    secret: str
    address: str


def propose_authenticator(
    engine: Engine, standing: Standing, *, password: str | None, issuer: str, vault: Vault
) -> Proposed:
    """A fresh secret, which counts once a code of it was shown.

    The password is asked for again, but not from somebody who has just typed it to log in.

    Raises:
        WrongCredentials, TooManyGuesses: the password is not right, or that was too often.
        Conflict: there is an authenticator already.

    """
    if standing.stage == "open":
        _check_password(engine, standing, password or "", vault)
    secret = new_secret()
    sealed = vault.seal_secret(secret)
    with engine.begin() as connection:
        is_new = second_steps.propose(
            connection, standing.moderator_id, key_id=sealed.key_id, ciphertext=sealed.ciphertext
        )
    if not is_new:
        raise Conflict("You have an authenticator already. Take it away first to set up another one.")
    return Proposed(secret, address_for(secret, standing.name, issuer))


def proposed_authenticator(engine: Engine, standing: Standing, *, issuer: str, vault: Vault) -> Proposed | None:
    """The secret that waits to be confirmed, if one does."""
    with engine.connect() as connection:
        found = second_steps.find(connection, standing.moderator_id)
    if found is None or found.is_confirmed:
        return None
    secret = vault.open_secret(found.key_id, found.ciphertext)
    return Proposed(secret, address_for(secret, standing.name, issuer)) if secret else None


def confirm_authenticator(
    engine: Engine, standing: Standing, *, code: str, vault: Vault, now: datetime
) -> tuple[list[str], Begun]:
    """Recovery codes, shown this once, and a new session: from now on the login asks for a code.

    Raises:
        Invalid: the code is not right.
        Conflict: no authenticator waits to be confirmed.

    """
    with engine.begin() as connection:
        _count(connection, standing, vault)
    with engine.begin() as connection:
        moderator = moderators.lock(connection, standing.moderator_id)
        found = second_steps.find(connection, moderator.id)
        if found is None or found.is_confirmed:
            raise Conflict("No authenticator waits to be confirmed. Begin anew.")
        if not _take_code(connection, moderator, code, vault=vault, now=now):
            raise invalid([FieldError("/code", "wrong_code", WRONG_CODE)])
        second_steps.confirm(connection, moderator.id)
        codes = _new_codes(connection, moderator, vault)
        audit.note(connection, person(moderator), "totp_added", subject=f"moderator:{moderator.name}")
        return codes, _go_on(connection, standing, moderator)


def show_code(engine: Engine, standing: Standing, *, code: str, vault: Vault, now: datetime) -> Begun:
    """The login goes on with a code of the authenticator, or with a recovery code.

    Raises:
        WrongCredentials: the code is not right, or was used.
        TooManyGuesses: that was tried too often.

    """
    with engine.begin() as connection:
        _count(connection, standing, vault)
    with engine.begin() as connection:
        moderator = moderators.lock(connection, standing.moderator_id)
        if not _take_code(connection, moderator, code, vault=vault, now=now):
            raise WrongCredentials(WRONG_CODE)
        return _go_on(connection, standing, moderator)


def renew_recovery_codes(engine: Engine, standing: Standing, *, code: str, vault: Vault, now: datetime) -> list[str]:
    """New recovery codes, shown this once; those until now are worth nothing.

    Raises:
        WrongCredentials, TooManyGuesses: the code is not right, or that was tried too often.

    """
    with engine.begin() as connection:
        _count(connection, standing, vault)
    with engine.begin() as connection:
        moderator = moderators.lock(connection, standing.moderator_id)
        if not _take_code(connection, moderator, code, vault=vault, now=now):
            raise WrongCredentials(WRONG_CODE)
        codes = _new_codes(connection, moderator, vault)
        audit.note(connection, person(moderator), "recovery_codes_renewed", subject=f"moderator:{moderator.name}")
    return codes


def remove_authenticator(engine: Engine, standing: Standing, *, code: str, vault: Vault, now: datetime) -> None:
    """The login asks for the password only.

    Raises:
        Forbidden: a site of theirs wants its owners to have one.
        WrongCredentials, TooManyGuesses: the code is not right, or that was tried too often.

    """
    with engine.begin() as connection:
        _count(connection, standing, vault)
    with engine.begin() as connection:
        moderator = moderators.lock(connection, standing.moderator_id)
        if second_steps.is_required(connection, moderator.id):
            raise Forbidden("A site of yours wants its owners to have an authenticator.")
        if not _take_code(connection, moderator, code, vault=vault, now=now):
            raise WrongCredentials(WRONG_CODE)
        second_steps.remove(connection, moderator.id)
        audit.note(connection, person(moderator), "totp_removed", subject=f"moderator:{moderator.name}")


def _take_code(connection: Connection, moderator: Moderator, code: str, *, vault: Vault, now: datetime) -> bool:
    """Use up a code. What was used once is refused, also by whoever looked over a shoulder."""
    found = second_steps.find(connection, moderator.id)
    if found is None:
        return False
    secret = vault.open_secret(found.key_id, found.ciphertext)
    step = matching_step(secret, code, now) if secret else None
    if step is not None:
        is_taken = second_steps.use_step(connection, moderator.id, step)
    else:
        digest = vault.recovery_digest(moderator.id, settled_recovery_code(code))
        is_taken = found.is_confirmed and second_steps.use_recovery_code(connection, moderator.id, digest)
        if is_taken:
            audit.note(connection, person(moderator), "recovery_code_used", subject=f"moderator:{moderator.name}")
    if is_taken:
        guesses.forget(connection, _key(moderator.id, vault))
    return is_taken


def _new_codes(connection: Connection, moderator: Moderator, vault: Vault) -> list[str]:
    codes = new_recovery_codes()
    digests = [vault.recovery_digest(moderator.id, settled_recovery_code(code)) for code in codes]
    second_steps.replace_recovery_codes(connection, moderator.id, digests)
    return codes


def _go_on(connection: Connection, standing: Standing, moderator: Moderator) -> Begun:
    """A new session for the next step; the one until now ends."""
    session, stage = new_session_token(), next_stage(connection, moderator, has_shown_code=True)
    sessions.end(connection, standing.id, moderator_id=moderator.id)
    sessions.begin(connection, moderator.id, digest=session.digest, client=standing.client, stage=stage)
    return Begun(session, stage, moderator.id)


def _check_password(engine: Engine, standing: Standing, password: str, vault: Vault) -> None:
    key = vault.guess_key("password", str(standing.moderator_id))
    with engine.begin() as connection:
        moderator = moderators.lock(connection, standing.moderator_id)
        count_guess(connection, {key: FREE_BY_NAME})
    if not is_password(password, moderator.password_hash):
        raise WrongCredentials("That is not your present password.")
    with engine.begin() as connection:
        guesses.forget(connection, key)


def _count(connection: Connection, standing: Standing, vault: Vault) -> None:
    count_guess(connection, {_key(standing.moderator_id, vault): FREE_BY_NAME})


def _key(moderator_id: int, vault: Vault) -> bytes:
    return vault.guess_key("code", str(moderator_id))
