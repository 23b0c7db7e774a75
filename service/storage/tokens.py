"""API tokens: stored as SHA-256, shown once, bound to a site and a role."""

from dataclasses import dataclass
from datetime import datetime

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


_SELECT = """
    SELECT t.id, t.site_id, s.key AS site_key, t.role, t.name, t.created_at, t.last_used_at, t.revoked_at
    FROM tokens t JOIN sites s ON s.id = t.site_id
"""


def add(connection: Connection, *, site_id: int, role: str, name: str, digest: bytes) -> int:
    """Store a new token's digest. Returns its id."""
    query = text(
        "INSERT INTO tokens (site_id, role, name, digest) VALUES (:site_id, :role, :name, :digest) RETURNING id"
    )
    parameters = {"site_id": site_id, "role": role, "name": name, "digest": digest}
    return int(connection.execute(query, parameters).scalar_one())


def find(connection: Connection, digest: bytes) -> Token | None:
    """The token with this digest, unless it was revoked."""
    row = connection.execute(
        text(_SELECT + "WHERE t.digest = :digest AND t.revoked_at IS NULL"), {"digest": digest}
    ).one_or_none()
    return Token(*row) if row else None


def everything(connection: Connection, site_id: int | None = None) -> list[Token]:
    where = "WHERE CAST(:site_id AS integer) IS NULL OR t.site_id = :site_id ORDER BY t.id"
    return [Token(*row) for row in connection.execute(text(_SELECT + where), {"site_id": site_id})]


def revoke(connection: Connection, token_id: int) -> bool:
    """Returns whether there was such a token that still worked."""
    query = text("UPDATE tokens SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL")
    return connection.execute(query, {"id": token_id}).rowcount == 1


def note_use(connection: Connection, token_id: int) -> None:
    """Remember the last use, to the minute: a busy token must not write on every request."""
    connection.execute(
        text(
            "UPDATE tokens SET last_used_at = now() WHERE id = :id"
            " AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')"
        ),
        {"id": token_id},
    )
