"""Owners look after who works on their sites."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from service.errors import Conflict, Forbidden, NotFound
from service.storage import audit, moderators, people, sessions
from service.storage.actors import OWNERS, Actor
from service.storage.moderators import Moderator
from service.vault import new_link_token

LAST_OWNER = "Somebody must own the site. Make another person owner first."


@dataclass(frozen=True, slots=True)
class Handed:
    """A link for one person, shown this once to whoever made it."""

    token: str
    expires_at: datetime


def add_person(engine: Engine, *, name: str, site_id: int, role: str, by: Actor) -> Handed | None:
    """A link for somebody new. None where there is a moderator of this name: they are on the site at once.

    Raises:
        Conflict: they are on the site already.

    """
    token = new_link_token()
    with engine.begin() as connection:
        people.lock_site(connection, site_id)
        found = moderators.find(connection, name)
        if found is None:
            expires_at = people.add_invitation(
                connection, digest=token.digest, name=name, site_id=site_id, role=role, made_by=by.label
            )
            _note(connection, by, "person_invited", name, site_id, role=role)
            return Handed(token.shown, expires_at)
        if people.role_of(connection, found.id, site_id):
            raise Conflict("They are on this site already. Change their role in the list.")
        people.set_role(connection, found.id, site_id, role)
        _note(connection, by, "person_added", name, site_id, role=role)
    return None


def change_role(engine: Engine, moderator_id: int, *, site_id: int, role: str, by: Actor) -> None:
    """Another role on this site.

    Raises:
        NotFound: nobody of this number is on the site.
        Conflict: they are its last owner.

    """
    with engine.begin() as connection:
        found, present = _on_site(connection, moderator_id, site_id)
        if present == role:
            return
        if present == "owner" and not people.other_owners(connection, site_id, but=moderator_id):
            raise Conflict(LAST_OWNER)
        people.set_role(connection, moderator_id, site_id, role)
        _note(connection, by, "role_changed", found.name, site_id, before=present, role=role)


def remove_person(engine: Engine, moderator_id: int, *, site_id: int, by: Actor) -> None:
    """They have no role on this site any more.

    Raises:
        NotFound: nobody of this number is on the site.
        Conflict: they are its last owner.

    """
    with engine.begin() as connection:
        found, present = _on_site(connection, moderator_id, site_id)
        if present == "owner" and not people.other_owners(connection, site_id, but=moderator_id):
            raise Conflict(LAST_OWNER)
        people.remove(connection, moderator_id, site_id)
        _note(connection, by, "person_removed", found.name, site_id, role=present)


def disable_person(engine: Engine, moderator_id: int, *, is_disabled: bool, by: Actor) -> None:
    """They can't log in any more, and all their sessions end; or they can again.

    Raises:
        NotFound: nobody of this number is on a site of the asker's.
        Forbidden: they also work elsewhere, or are an admin.
        Conflict: they are the last owner of a site, or the asker.

    """
    with engine.begin() as connection:
        for site_id in people.site_ids_of(connection, moderator_id):
            people.lock_site(connection, site_id)
        found = _in_charge_of(connection, moderator_id, by)
        if is_disabled and moderator_id == by.moderator_id:
            raise Conflict("That is you. Ask another owner.")
        if is_disabled:
            for site_id in people.site_ids_of(connection, moderator_id):
                is_owner = people.role_of(connection, moderator_id, site_id) == "owner"
                if is_owner and not people.other_owners(connection, site_id, but=moderator_id):
                    raise Conflict(LAST_OWNER)
            sessions.end_all(connection, moderator_id)
        people.set_disabled(connection, moderator_id, is_disabled=is_disabled)
        _note(connection, by, "person_disabled" if is_disabled else "person_enabled", found.name, None)


def make_reset_link(engine: Engine, moderator_id: int, *, by: Actor) -> Handed:
    """A link with which this person chooses a new password.

    Raises:
        NotFound: nobody of this number is on a site of the asker's.
        Forbidden: they also work elsewhere, or are an admin.

    """
    token = new_link_token()
    with engine.begin() as connection:
        found = _in_charge_of(connection, moderator_id, by)
        expires_at = people.add_reset(
            connection, digest=token.digest, moderator_id=found.id, name=found.name, made_by=by.label
        )
        _note(connection, by, "reset_link_made", found.name, None)
    return Handed(token.shown, expires_at)


def withdraw_invitation(engine: Engine, link_id: int, *, by: Actor) -> None:
    """The link is worth nothing from now on.

    Raises:
        NotFound: no site of theirs has such an invitation.

    """
    with engine.begin() as connection:
        found = people.withdraw_invitation(connection, link_id, site_ids=by.sites_with(OWNERS))
        if found is None:
            raise NotFound("There is no such invitation on your sites.")
        _note(connection, by, "invitation_withdrawn", found.name, found.site_id)


def _on_site(connection: Connection, moderator_id: int, site_id: int) -> tuple[Moderator, str]:
    people.lock_site(connection, site_id)
    role = people.role_of(connection, moderator_id, site_id)
    if role is None:
        raise NotFound("Nobody of this number is on the site.")
    return moderators.lock(connection, moderator_id), role


def _in_charge_of(connection: Connection, moderator_id: int, by: Actor) -> Moderator:
    """The person, if the asker may act on all that they are.

    Whoever makes a link to somebody's password could take their place: also on sites that are none of the asker's.
    """
    site_ids = set(people.site_ids_of(connection, moderator_id))
    own = set(by.sites_with(OWNERS))
    if not by.is_admin and not site_ids & own:
        raise NotFound("Nobody of this number is on your sites.")
    found = moderators.find_by_id(connection, moderator_id)
    if found is None:
        raise NotFound("Nobody has this number.")
    if not by.is_admin and (found.is_admin or not site_ids <= own):
        raise Forbidden("They also work on sites that are not yours. An admin of this instance can do that.")
    return found


def _note(connection: Connection, by: Actor, action: str, name: str, site_id: int | None, **details: object) -> None:
    audit.note(connection, by, action, site_id=site_id, subject=f"moderator:{name}", details=details)
