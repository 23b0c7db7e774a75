"""People who decide, and on which sites."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Moderator:
    """Somebody who can log in."""

    id: int
    name: str
    password_hash: str
    must_change_password: bool
    is_admin: bool
    is_disabled: bool


def add(
    connection: Connection, name: str, *, password_hash: str, site_id: int, role: str, is_admin: bool = False
) -> int:
    """A new moderator of one site. Returns the id. Raises IntegrityError when the name is taken."""
    moderator_id = connection.execute(
        text(
            "INSERT INTO moderators (name, password_hash, is_admin) VALUES (:name, :password_hash, :is_admin)"
            " RETURNING id"
        ),
        {"name": name, "password_hash": password_hash, "is_admin": is_admin},
    ).scalar_one()
    connection.execute(
        text("INSERT INTO memberships (site_id, moderator_id, role) VALUES (:site_id, :moderator_id, :role)"),
        {"site_id": site_id, "moderator_id": moderator_id, "role": role},
    )
    return int(moderator_id)


def count(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM moderators")).scalar_one())


def find(connection: Connection, name: str) -> Moderator | None:
    row = connection.execute(text(_SELECT + "WHERE name = :name"), {"name": name}).one_or_none()
    return Moderator(*row) if row else None


def find_by_id(connection: Connection, moderator_id: int) -> Moderator | None:
    row = connection.execute(text(_SELECT + "WHERE id = :id"), {"id": moderator_id}).one_or_none()
    return Moderator(*row) if row else None


def lock(connection: Connection, moderator_id: int) -> Moderator:
    """The moderator, whom nobody else changes until this transaction ends."""
    return Moderator(*connection.execute(text(_SELECT + "WHERE id = :id FOR UPDATE"), {"id": moderator_id}).one())


def names_around(connection: Connection, moderator_id: int) -> list[str]:
    """Their own name and what their sites are called: what a password of theirs must not be made of."""
    query = text(
        """
        SELECT name FROM moderators WHERE id = :id
        UNION SELECT unnest(ARRAY[s.name, s.key]) FROM memberships m JOIN sites s ON s.id = m.site_id
        WHERE m.moderator_id = :id
        """
    )
    return list(connection.execute(query, {"id": moderator_id}).scalars())


def set_password(connection: Connection, moderator_id: int, password_hash: str) -> None:
    """The password that they chose themselves."""
    connection.execute(
        text(
            "UPDATE moderators SET password_hash = :hash, must_change_password = false, password_changed_at = now()"
            " WHERE id = :id"
        ),
        {"id": moderator_id, "hash": password_hash},
    )


def set_one_time_password(connection: Connection, moderator_id: int, password_hash: str) -> None:
    """A password that lets them in once, to choose their own."""
    query = text("UPDATE moderators SET password_hash = :hash, must_change_password = true WHERE id = :id")
    connection.execute(query, {"id": moderator_id, "hash": password_hash})


def refresh_hash(connection: Connection, moderator_id: int, password_hash: str) -> None:
    """The same password under a newer hash."""
    query = text("UPDATE moderators SET password_hash = :hash WHERE id = :id")
    connection.execute(query, {"id": moderator_id, "hash": password_hash})


_SELECT = """
    SELECT id, name, password_hash, must_change_password, is_admin, disabled_at IS NOT NULL AS is_disabled
    FROM moderators
"""
