"""Somebody follows a link that was made for them, and chooses a password."""

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from service.credentials.password_rules import weakness
from service.credentials.passwords import hash_password
from service.errors import Conflict, FieldError, NotFound, invalid
from service.storage import audit, moderators, people, sessions
from service.storage.actors import Actor
from service.storage.people import Link
from service.vault import token_digest

GONE = "This link was used, withdrawn, or its time is over. Ask for another one."


def look_at_link(engine: Engine, token: str) -> Link:
    """What the link is for. Looking changes nothing.

    Raises:
        NotFound: it was used, withdrawn, or its time is over.

    """
    with engine.connect() as connection:
        link = people.find_link(connection, token_digest(token))
    if link is None:
        raise NotFound(GONE)
    return link


def accept_link(engine: Engine, token: str, *, password: str) -> str:
    """The name of whoever can log in with this password now.

    Raises:
        NotFound: the link was used, withdrawn, or its time is over.
        Invalid: the password is too easy to guess; the link still works.
        Conflict: somebody else has that name by now.

    """
    link = look_at_link(engine, token)
    if complaint := weakness(password, names=[link.name, link.site_name or ""]):
        raise invalid([FieldError("/new_password", "weak_password", complaint)])
    hashed = hash_password(password)
    try:
        with engine.begin() as connection:
            found = people.find_link(connection, token_digest(token))
            if found is None:
                raise NotFound(GONE)
            people.use_link(connection, found.id)
            moderator_id = found.moderator_id
            if moderator_id is None:
                moderator_id = moderators.add(
                    connection, found.name, password_hash=hashed, site_id=found.site_id or 0, role=found.role or ""
                )
            moderators.set_password(connection, moderator_id, hashed)
            sessions.end_all(connection, moderator_id)
            audit.note(
                connection,
                Actor(found.name, {}, {}, moderator_id=moderator_id),
                "password_reset" if found.moderator_id else "invitation_accepted",
                site_id=found.site_id,
                subject=f"moderator:{found.name}",
            )
    except IntegrityError:
        raise Conflict("Somebody else has this name by now. Ask for an invitation under another one.") from None
    return link.name
