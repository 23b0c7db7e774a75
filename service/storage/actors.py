"""Who asks: a moderator with a session, or a program with an API token; and what they may do on which site."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from service.storage import tokens

OWNER = "owner"
EVERY_ROLE = frozenset({"viewer", "moderator", "owner"})
DECIDERS = frozenset({"moderator", "owner"})
OWNERS = frozenset({"owner"})

IDLE = "2 hours"
"""A session that nobody used for this long is over."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is let in. `roles` maps site id to role; an instance admin is owner of every site.

    Without a moderator's or a token's number it is whoever has a shell on the machine.
    """

    name: str
    roles: Mapping[int, str]
    site_ids: Mapping[str, int]
    is_admin: bool = False
    moderator_id: int | None = None
    session_id: int | None = None
    token_id: int | None = None
    is_read_only: bool = False
    """Of a token that changes nothing, whatever its role."""

    @property
    def label(self) -> str:
        """How history names them. A token never looks like a person of the same name, nor does a command."""
        if self.token_id is not None:
            return f"moderator:token:{self.name}"
        return self.name if self.moderator_id is None else f"moderator:{self.name}"

    def may(self, roles: Collection[str], site_id: int) -> bool:
        return self.roles.get(site_id) in roles

    def sites_with(self, roles: Collection[str]) -> list[int]:
        """The ids of all sites on which they have one of these roles, in order."""
        return sorted(site_id for site_id, role in self.roles.items() if role in roles)


def by_token(connection: Connection, digest: bytes) -> Actor | None:
    """Who an API token speaks for, unless it was revoked. Notes the use."""
    token = tokens.find(connection, digest)
    if token is None:
        return None
    tokens.note_use(connection, token.id)
    return Actor(
        token.name,
        {token.site_id: token.role},
        {token.site_key: token.site_id},
        token_id=token.id,
        is_read_only=token.is_read_only,
    )


def by_session(connection: Connection, digest: bytes) -> Actor | None:
    """Whose session this is, unless it has ended, expired or gone stale. Notes the use, to the minute."""
    row = connection.execute(_SESSION, {"digest": digest, "idle": IDLE}).one_or_none()
    if row is None:
        return None
    connection.execute(_SEEN, {"id": row.id})
    places = connection.execute(_PLACES, {"moderator_id": row.moderator_id, "is_admin": row.is_admin}).all()
    return Actor(
        row.name,
        {place.id: OWNER if row.is_admin else place.role for place in places},
        {place.key: place.id for place in places},
        is_admin=row.is_admin,
        moderator_id=row.moderator_id,
        session_id=row.id,
    )


def by_moderator(connection: Connection, moderator_id: int) -> Actor | None:
    """A moderator who is in force, without a session: for the one decision that a link of a mail allows."""
    row = connection.execute(
        text("SELECT name, is_admin FROM moderators WHERE id = :id AND disabled_at IS NULL"), {"id": moderator_id}
    ).one_or_none()
    if row is None:
        return None
    places = connection.execute(_PLACES, {"moderator_id": moderator_id, "is_admin": row.is_admin}).all()
    return Actor(
        row.name,
        {place.id: OWNER if row.is_admin else place.role for place in places},
        {place.key: place.id for place in places},
        is_admin=row.is_admin,
        moderator_id=moderator_id,
    )


_SESSION = text(
    """
    SELECT s.id, s.moderator_id, m.name, m.is_admin
    FROM sessions s JOIN moderators m ON m.id = s.moderator_id
    WHERE s.digest = :digest AND s.stage = 'open' AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.last_seen_at > now() - CAST(:idle AS interval) AND m.disabled_at IS NULL
    """
)
_SEEN = text("UPDATE sessions SET last_seen_at = now() WHERE id = :id AND last_seen_at < now() - interval '1 minute'")
_PLACES = text(
    """
    SELECT s.id, s.key, m.role FROM sites s
    LEFT JOIN memberships m ON m.site_id = s.id AND m.moderator_id = :moderator_id
    WHERE :is_admin OR m.role IS NOT NULL
    """
)
