"""A moderator chooses a password of their own."""

from sqlalchemy import Engine

from service.credentials.password_rules import weakness
from service.credentials.passwords import hash_password, is_password
from service.errors import FieldError, WrongCredentials, invalid
from service.storage import audit, guesses, moderators, sessions
from service.storage.sessions import Standing
from service.usecases.guess import FREE_BY_NAME, count_guess
from service.usecases.log_in import Begun, next_stage, person
from service.vault import Vault, new_session_token


def change_password(engine: Engine, standing: Standing, *, present: str | None, wanted: str, vault: Vault) -> Begun:
    """A new session, the only one that they have then.

    `present` is the password until now. It is not asked for again where somebody has just logged in with a one-time
    password, and has to choose their own before anything else.

    Raises:
        WrongCredentials: the present password is another one.
        TooManyGuesses: that was tried too often.
        Invalid: the wanted password is too easy to guess, or is the present one.

    """
    key = vault.guess_key("password", str(standing.moderator_id))
    with engine.begin() as connection:
        moderator = moderators.lock(connection, standing.moderator_id)
        names = moderators.names_around(connection, moderator.id)
        count_guess(connection, {key: FREE_BY_NAME})
    if standing.stage != "password" and not is_password(present or "", moderator.password_hash):
        raise WrongCredentials("That is not your present password.")
    if complaint := weakness(wanted, names=names):
        raise invalid([FieldError("/new_password", "weak_password", complaint)])
    if is_password(wanted, moderator.password_hash):
        raise invalid([FieldError("/new_password", "same_password", "This is the password that you have now.")])
    hashed, session = hash_password(wanted), new_session_token()
    with engine.begin() as connection:
        moderators.set_password(connection, moderator.id, hashed)
        guesses.forget(connection, key)
        ended = sessions.end_all(connection, moderator.id)
        changed = moderators.lock(connection, moderator.id)
        stage = next_stage(connection, changed, has_shown_code=True)
        sessions.begin(connection, moderator.id, digest=session.digest, client=standing.client, stage=stage)
        audit.note(
            connection,
            person(changed),
            "password_changed",
            subject=f"moderator:{moderator.name}",
            details={"sessions_ended": ended},
        )
    return Begun(session, stage, moderator.id)
