"""Tell moderators what waits for them: at once, or bundled in the digest that they chose."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, Engine

from service.moderation.states import Event
from service.storage import audit, notices
from service.storage.actors import DECIDERS, Actor
from service.storage.decisions import Decision
from service.vault import SealedEmail


def notify_of_holds(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Note what was held just now, in the transaction that held it."""
    held = [decision.comment.id for decision in decisions if decision.event in {Event.HOLD, Event.RECALL}]
    if held:
        notices.add(connection, held, "held")


def notify_of(connection: Connection, comment_id: UUID, about: str) -> None:
    """Note that a reader reported the comment (`report`), or that its author objects (`appeal`)."""
    notices.add(connection, [comment_id], about)


def send_digests(engine: Engine) -> int:
    """Queue the digests that are due. Returns how many."""
    with engine.begin() as connection:
        return notices.add_digests(connection)


def choose_mail(engine: Engine, *, by: Actor, address: SealedEmail | None, wanted: Mapping[str, str]) -> None:
    """Keep where and how often a moderator wants mail. What is about sites without a role to decide is left out."""
    allowed = set(by.sites_with(DECIDERS))
    by_site = {by.site_ids[key]: wish for key, wish in wanted.items() if by.site_ids.get(key) in allowed}
    with engine.begin() as connection:
        notices.save(connection, by.moderator_id or 0, address=address, wanted=by_site)
        details = {"has_address": address is not None, "sites": len(by_site)}
        audit.note(connection, by, "mail_wishes_changed", subject=f"moderator:{by.name}", details=details)
