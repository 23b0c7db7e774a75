"""A moderator ends sessions of their own."""

from sqlalchemy import Engine

from service.errors import NotFound
from service.storage import audit, sessions
from service.storage.actors import Actor


def end_session(engine: Engine, session_id: int, *, by: Actor) -> None:
    """End one of their sessions, maybe the one that they ask with.

    Raises:
        NotFound: they have no such session, or it has ended.

    """
    with engine.begin() as connection:
        if not by.moderator_id or not sessions.end(connection, session_id, moderator_id=by.moderator_id):
            raise NotFound("You have no such session, or it has ended.")
        action = "logged_out" if session_id == by.session_id else "session_ended"
        audit.note(connection, by, action, subject=f"moderator:{by.name}")


def end_other_sessions(engine: Engine, *, by: Actor) -> int:
    """End all of their sessions but the one that they ask with. Returns how many were running."""
    with engine.begin() as connection:
        ended = sessions.end_all(connection, by.moderator_id or 0, but=by.session_id)
        audit.note(connection, by, "sessions_ended", subject=f"moderator:{by.name}", details={"count": ended})
    return ended
