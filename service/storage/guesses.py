"""How often somebody guessed: counted in the database, so that guessing stays limited when Redis is away."""

from datetime import timedelta

from sqlalchemy import Connection, text

MEMORY = timedelta(days=1)
"""So long after the last guess the count begins anew."""

LONGEST_WAIT = timedelta(minutes=5)


def count(connection: Connection, key: bytes, *, free: int) -> int | None:
    """Count one more guess. None when it may be made, else the seconds to wait, and it is not counted.

    The first `free` guesses wait for nothing; then ten seconds, and each time twice as long, up to five minutes. The
    row stays locked until the caller's transaction ends: guesses at the same moment wait for each other.
    """
    counted = connection.execute(_COUNT, {"key": key, "free": free, "memory": MEMORY, "longest": LONGEST_WAIT})
    if counted.one_or_none() is not None:
        return None
    wait = text("SELECT ceil(extract(epoch FROM free_at - now())) FROM guesses WHERE key = :key")
    return max(1, int(connection.execute(wait, {"key": key}).scalar_one()))


def take_back(connection: Connection, key: bytes) -> None:
    """The guess was right: uncount it, and wait for nothing."""
    query = text("UPDATE guesses SET count = greatest(count - 1, 0), free_at = now() WHERE key = :key")
    connection.execute(query, {"key": key})


def forget(connection: Connection, key: bytes) -> int:
    """Begin anew with this key. Returns how many guesses were counted."""
    query = text("DELETE FROM guesses WHERE key = :key RETURNING count")
    return int(connection.execute(query, {"key": key}).scalar_one_or_none() or 0)


_COUNT = text(
    """
    INSERT INTO guesses AS g (key) VALUES (:key)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN g.last_at < now() - :memory THEN 1 ELSE g.count + 1 END,
        last_at = now(),
        free_at = now() + CASE
            WHEN g.last_at < now() - :memory OR g.count + 1 < :free THEN interval '0'
            ELSE least(:longest, interval '10 seconds' * power(2, least(g.count + 1 - :free, 20)))
        END
    WHERE g.free_at <= now()
    RETURNING g.count
    """
)
