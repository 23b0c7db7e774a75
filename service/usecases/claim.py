"""A moderator opens a comment, and others see that; or leaves it again.

A claim decides nothing, keeps nobody away and ends by itself: it leaves no row in the audit log.
"""

from uuid import UUID

from sqlalchemy import Connection, Engine

from service.errors import Forbidden, NotFound
from service.storage import claims, review
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.storage.claims import Claim


def claim(engine: Engine, comment_id: UUID, *, take_over: bool, by: Actor) -> Claim:
    """Whose the comment is for the next two minutes: theirs, unless somebody else has it open and keeps it.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.

    """
    with engine.begin() as connection:
        _require_decider(connection, comment_id, by)
        return claims.take(connection, comment_id, by=by.label, take_over=take_over)


def release(engine: Engine, comment_id: UUID, *, by: Actor) -> Claim | None:
    """Whose the comment is afterwards; nobody's, unless somebody else has it open.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.

    """
    with engine.begin() as connection:
        _require_decider(connection, comment_id, by)
        claims.release(connection, comment_id, by=by.label)
        return claims.running(connection, comment_id)


def _require_decider(connection: Connection, comment_id: UUID, by: Actor) -> None:
    item = review.find(connection, comment_id, site_ids=by.sites_with(EVERY_ROLE))
    if item is None:
        raise NotFound("There is no such comment on your sites.")
    if not by.may(DECIDERS, by.site_ids[item.site]):
        raise Forbidden("Your role on this site doesn't allow decisions.")
