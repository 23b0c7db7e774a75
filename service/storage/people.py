"""Who works on which site, in which role; and links that let somebody in once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

INVITATION_LASTS = timedelta(hours=72)
RESET_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on one site. An admin is there without a role of their own."""

    id: int
    name: str
    role: str
    is_admin: bool
    is_disabled: bool
    has_totp: bool
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that was not accepted yet."""

    id: int
    name: str
    role: str
    made_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """What a link does: it makes a moderator of a site, or lets a moderator choose a new password."""

    id: int
    name: str
    moderator_id: int | None
    site_id: int | None
    role: str | None
    site_name: str | None


def members(connection: Connection, site_id: int, *, after: int, limit: int) -> list[Member]:
    """The people of a site in the order in which they came, from the one after an id."""
    rows = connection.execute(
        text(
            """
            SELECT m.id, m.name, s.role, m.is_admin, m.disabled_at IS NOT NULL, m.totp_confirmed_at IS NOT NULL,
                   (SELECT max(last_seen_at) FROM sessions WHERE moderator_id = m.id AND stage = 'open')
            FROM memberships s JOIN moderators m ON m.id = s.moderator_id
            WHERE s.site_id = :site_id AND m.id > :after ORDER BY m.id LIMIT :limit
            """
        ),
        {"site_id": site_id, "after": after, "limit": limit},
    )
    return [Member(*row) for row in rows]


def invitations(connection: Connection, site_id: int) -> list[Invitation]:
    """The invitations of a site that can still be accepted."""
    query = text(
        "SELECT id, name, role, made_by, expires_at FROM links"
        " WHERE site_id = :site_id AND used_at IS NULL AND expires_at > now() ORDER BY id"
    )
    return [Invitation(*row) for row in connection.execute(query, {"site_id": site_id})]


def lock_site(connection: Connection, site_id: int) -> None:
    """Nobody else changes who works on this site until the transaction ends."""
    connection.execute(text("SELECT FROM sites WHERE id = :id FOR NO KEY UPDATE"), {"id": site_id})


def role_of(connection: Connection, moderator_id: int, site_id: int) -> str | None:
    query = text("SELECT role FROM memberships WHERE moderator_id = :moderator_id AND site_id = :site_id")
    return connection.execute(query, {"moderator_id": moderator_id, "site_id": site_id}).scalar_one_or_none()


def site_ids_of(connection: Connection, moderator_id: int) -> list[int]:
    query = text("SELECT site_id FROM memberships WHERE moderator_id = :id ORDER BY site_id")
    return list(connection.execute(query, {"id": moderator_id}).scalars())


def other_owners(connection: Connection, site_id: int, *, but: int) -> int:
    """How many people besides this one own the site and can log in."""
    query = text(
        "SELECT count(*) FROM memberships s JOIN moderators m ON m.id = s.moderator_id"
        " WHERE s.site_id = :site_id AND s.role = 'owner' AND m.disabled_at IS NULL AND m.id <> :but"
    )
    return int(connection.execute(query, {"site_id": site_id, "but": but}).scalar_one())


def set_role(connection: Connection, moderator_id: int, site_id: int, role: str) -> None:
    connection.execute(
        text(
            "INSERT INTO memberships (site_id, moderator_id, role) VALUES (:site_id, :moderator_id, :role)"
            " ON CONFLICT (site_id, moderator_id) DO UPDATE SET role = excluded.role"
        ),
        {"site_id": site_id, "moderator_id": moderator_id, "role": role},
    )


def remove(connection: Connection, moderator_id: int, site_id: int) -> None:
    """They stay a moderator elsewhere; what they decided stays."""
    query = text("DELETE FROM memberships WHERE moderator_id = :moderator_id AND site_id = :site_id")
    connection.execute(query, {"moderator_id": moderator_id, "site_id": site_id})


def set_disabled(connection: Connection, moderator_id: int, *, is_disabled: bool) -> None:
    query = text(
        "UPDATE moderators SET disabled_at = CASE WHEN CAST(:is_disabled AS boolean)"
        " THEN coalesce(disabled_at, now()) END WHERE id = :id"
    )
    connection.execute(query, {"id": moderator_id, "is_disabled": is_disabled})


def add_invitation(
    connection: Connection, *, digest: bytes, name: str, site_id: int, role: str, made_by: str
) -> datetime:
    """A link that makes a moderator. An earlier one for the same name is worth nothing. Returns until when it works."""
    connection.execute(
        text("UPDATE links SET used_at = now() WHERE name = :name AND moderator_id IS NULL AND used_at IS NULL"),
        {"name": name},
    )
    query = text(
        "INSERT INTO links (digest, name, site_id, role, made_by, expires_at)"
        " VALUES (:digest, :name, :site_id, :role, :made_by, now() + :lasts) RETURNING expires_at"
    )
    parameters = {"digest": digest, "name": name, "site_id": site_id, "role": role, "made_by": made_by}
    expires_at: datetime = connection.execute(query, {**parameters, "lasts": INVITATION_LASTS}).scalar_one()
    return expires_at


def add_reset(connection: Connection, *, digest: bytes, moderator_id: int, name: str, made_by: str) -> datetime:
    """A link to a new password. An earlier one of theirs is worth nothing. Returns until when it works."""
    connection.execute(
        text("UPDATE links SET used_at = now() WHERE moderator_id = :id AND used_at IS NULL"), {"id": moderator_id}
    )
    query = text(
        "INSERT INTO links (digest, moderator_id, name, made_by, expires_at)"
        " VALUES (:digest, :moderator_id, :name, :made_by, now() + :lasts) RETURNING expires_at"
    )
    parameters = {"digest": digest, "moderator_id": moderator_id, "name": name, "made_by": made_by}
    expires_at: datetime = connection.execute(query, {**parameters, "lasts": RESET_LASTS}).scalar_one()
    return expires_at


def find_link(connection: Connection, digest: bytes) -> Link | None:
    """What this link does, unless it was used or its time is over. Locked until the transaction ends."""
    row = connection.execute(
        text(
            "SELECT l.id, l.name, l.moderator_id, l.site_id, l.role, s.name AS site_name FROM links l"
            " LEFT JOIN sites s ON s.id = l.site_id"
            " WHERE l.digest = :digest AND l.used_at IS NULL AND l.expires_at > now() FOR UPDATE OF l"
        ),
        {"digest": digest},
    ).one_or_none()
    return Link(*row) if row else None


def use_link(connection: Connection, link_id: int) -> None:
    connection.execute(text("UPDATE links SET used_at = now() WHERE id = :id"), {"id": link_id})


def withdraw_invitation(connection: Connection, link_id: int, *, site_ids: list[int]) -> Link | None:
    """The invitation that is worth nothing from now on; None where there is none on these sites."""
    row = connection.execute(
        text(
            "UPDATE links SET used_at = now() WHERE id = :id AND site_id = ANY(:site_ids) AND used_at IS NULL"
            " RETURNING id, name, moderator_id, site_id, role, NULL AS site_name"
        ),
        {"id": link_id, "site_ids": site_ids},
    ).one_or_none()
    return Link(*row) if row else None
