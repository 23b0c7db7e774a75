"""API tokens: stored as SHA-256, shown once, bound to a site and a role."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is known here: never the token itself."""

    id: int
    site_id: int
    site_key: str
    role: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    is_read_only: bool
    expires_at: datetime | None
    made_by: str | None


_SELECT = """
    SELECT t.id, t.site_id, s.key AS site_key, t.role, t.name, t.created_at, t.last_used_at, t.revoked_at,
           t.is_read_only, t.expires_at, t.made_by
    FROM tokens t JOIN sites s ON s.id = t.site_id
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a new token may do, and how long: a role on a site, perhaps only reading, perhaps for some days."""

    site_id: int
    role: str
    is_read_only: bool = False
    lasts: timedelta | None = None


def add(connection: Connection, scope: Scope, *, name: str, digest: bytes, made_by: str) -> int:
    """Store a new token's digest. Returns its id."""
    query = text(
        "INSERT INTO tokens (site_id, role, name, digest, is_read_only, expires_at, made_by)"
        " VALUES (:site_id, :role, :name, :digest, :is_read_only, now() + CAST(:lasts AS interval), :made_by)"
        " RETURNING id"
    )
    parameters = {**asdict(scope), "name": name, "digest": digest, "made_by": made_by}
    return int(connection.execute(query, parameters).scalar_one())


def find(connection: Connection, digest: bytes) -> Token | None:
    """The token with this digest, unless it was revoked or its time is over."""
    row = connection.execute(
        text(
            _SELECT
            + "WHERE t.digest = :digest AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())"
        ),
        {"digest": digest},
    ).one_or_none()
    return Token(*row) if row else None


def everything(connection: Connection, site_id: int | None = None) -> list[Token]:
    where = "WHERE CAST(:site_id AS integer) IS NULL OR t.site_id = :site_id ORDER BY t.id"
    return [Token(*row) for row in connection.execute(text(_SELECT + where), {"site_id": site_id})]


def page(connection: Connection, site_id: int, *, after: int, limit: int) -> list[Token]:
    """The tokens of a site, the oldest first, from the one after an id."""
    where = "WHERE t.site_id = :site_id AND t.id > :after ORDER BY t.id LIMIT :limit"
    rows = connection.execute(text(_SELECT + where), {"site_id": site_id, "after": after, "limit": limit})
    return [Token(*row) for row in rows]


def revoke(connection: Connection, token_id: int, *, site_ids: list[int] | None = None) -> Token | None:
    """The token that is out of force from now on; None where none in force has this id (on these sites)."""
    query = text(
        "UPDATE tokens SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL"
        " AND (CAST(:site_ids AS integer[]) IS NULL OR site_id = ANY(:site_ids))"
    )
    if connection.execute(query, {"id": token_id, "site_ids": site_ids}).rowcount == 0:
        return None
    return Token(*connection.execute(text(_SELECT + "WHERE t.id = :id"), {"id": token_id}).one())


def note_use(connection: Connection, token_id: int) -> None:
    """Remember the last use, to the minute: a busy token must not write on every request."""
    connection.execute(
        text(
            "UPDATE tokens SET last_used_at = now() WHERE id = :id"
            " AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')"
        ),
        {"id": token_id},
    )
