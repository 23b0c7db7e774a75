"""A moderator leaves a private note about a comment."""

from uuid import UUID

from sqlalchemy import Engine

from service.storage import audit, notes
from service.storage.actors import Actor
from service.storage.notes import Note
from service.usecases.review import lock_for


def add_note(engine: Engine, comment_id: UUID, *, body: str, by: Actor) -> Note:
    """The note, as other moderators of the site see it from now on.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.

    """
    with engine.begin() as connection:
        comment = lock_for(connection, comment_id, by=by)
        note = notes.add(connection, comment_id, by=by.label, body=body)
        audit.note(connection, by, "note_added", site_id=comment.site_id, subject=f"comment:{comment_id}")
    return note
