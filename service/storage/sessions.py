"""Sessions of moderators: stored as SHA-256, bounded in time, ended by whoever has them."""

from datetime import timedelta

from sqlalchemy import Connection, text

LONGEST = timedelta(hours=12)
"""However busy a session is: then its moderator logs in again."""


def begin(connection: Connection, moderator_id: int, *, digest: bytes, client: str = "") -> int:
    """A new session. `client` is how the browser names itself, for the list of one's own sessions. Returns its id."""
    query = text(
        "INSERT INTO sessions (moderator_id, digest, client, expires_at)"
        " VALUES (:moderator_id, :digest, :client, now() + :longest) RETURNING id"
    )
    parameters = {"moderator_id": moderator_id, "digest": digest, "client": client[:200], "longest": LONGEST}
    return int(connection.execute(query, parameters).scalar_one())


def end(connection: Connection, session_id: int, *, moderator_id: int) -> bool:
    """End one of the moderator's own sessions. Returns whether it was still running."""
    query = text(
        "UPDATE sessions SET ended_at = now() WHERE id = :id AND moderator_id = :moderator_id AND ended_at IS NULL"
    )
    return connection.execute(query, {"id": session_id, "moderator_id": moderator_id}).rowcount == 1
