"""Sessions of moderators: stored as SHA-256, bounded in time, ended by whoever has them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, text

from service.storage.actors import IDLE

LONGEST = timedelta(hours=12)
"""However busy a session is: then its moderator logs in again."""

LONGEST_LOGIN = timedelta(minutes=15)
"""So long somebody may take over the steps of logging in."""

Stage = Literal["open", "code", "password", "enrol"]
"""What is missing before a session lets its moderator in; nothing when it is open."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A session in whatever stage, and whose it is."""

    id: int
    moderator_id: int
    name: str
    stage: Stage
    client: str


@dataclass(frozen=True, slots=True)
class RunningSession:
    """One of somebody's own sessions, as it is listed."""

    id: int
    client: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


def begin(connection: Connection, moderator_id: int, *, digest: bytes, client: str = "", stage: Stage = "open") -> int:
    """A new session. `client` is how the browser names itself, for the list of one's own sessions. Returns its id."""
    query = text(
        "INSERT INTO sessions (moderator_id, digest, client, stage, expires_at)"
        " VALUES (:moderator_id, :digest, :client, :stage, now() + :longest) RETURNING id"
    )
    parameters = {
        "moderator_id": moderator_id,
        "digest": digest,
        "client": client[:200],
        "stage": stage,
        "longest": LONGEST if stage == "open" else LONGEST_LOGIN,
    }
    return int(connection.execute(query, parameters).scalar_one())


def find(connection: Connection, digest: bytes) -> Standing | None:
    """The session in whatever stage, unless it has ended, expired or gone stale."""
    row = connection.execute(_STANDING, {"digest": digest, "idle": IDLE}).one_or_none()
    return Standing(*row) if row else None


def of_moderator(connection: Connection, moderator_id: int) -> list[RunningSession]:
    """Their open sessions, the one that was used last first."""
    rows = connection.execute(
        text(
            "SELECT id, client, created_at, last_seen_at, expires_at FROM sessions"
            " WHERE moderator_id = :moderator_id AND stage = 'open' AND ended_at IS NULL AND expires_at > now()"
            " AND last_seen_at > now() - CAST(:idle AS interval) ORDER BY last_seen_at DESC, id"
        ),
        {"moderator_id": moderator_id, "idle": IDLE},
    )
    return [RunningSession(*row) for row in rows]


def end(connection: Connection, session_id: int, *, moderator_id: int) -> bool:
    """End one of the moderator's own sessions. Returns whether it was still running."""
    query = text(
        "UPDATE sessions SET ended_at = now() WHERE id = :id AND moderator_id = :moderator_id AND ended_at IS NULL"
    )
    return connection.execute(query, {"id": session_id, "moderator_id": moderator_id}).rowcount == 1


def end_all(connection: Connection, moderator_id: int, *, but: int | None = None) -> int:
    """End every session of a moderator, all but one if one is named. Returns how many were running."""
    query = text(
        "UPDATE sessions SET ended_at = now() WHERE moderator_id = :moderator_id AND ended_at IS NULL"
        " AND id IS DISTINCT FROM CAST(:but AS bigint) AND expires_at > now()"
        " AND last_seen_at > now() - CAST(:idle AS interval)"
    )
    return connection.execute(query, {"moderator_id": moderator_id, "but": but, "idle": IDLE}).rowcount


_STANDING = text(
    """
    SELECT s.id, s.moderator_id, m.name, s.stage, s.client
    FROM sessions s JOIN moderators m ON m.id = s.moderator_id
    WHERE s.digest = :digest AND m.disabled_at IS NULL
      AND s.ended_at IS NULL AND s.expires_at > now() AND s.last_seen_at > now() - CAST(:idle AS interval)
    """
)
