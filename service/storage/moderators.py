"""People who decide, and on which sites."""

from sqlalchemy import Connection, text


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
