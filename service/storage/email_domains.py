"""What DNS said about mail hosts. A domain is known by its keyed hash only."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

KNOWN_FOR = timedelta(days=7)
UNKNOWN_FOR = timedelta(minutes=10)


def recall(connection: Connection, fingerprints: list[bytes], *, now: datetime) -> dict[bytes, bool | None]:
    """Answers that are fresh enough: True, False, or None where DNS had no answer a moment ago."""
    rows = connection.execute(
        text(
            "SELECT fingerprint, is_deliverable FROM email_domains WHERE fingerprint = ANY(:fingerprints)"
            " AND checked_at > CASE WHEN is_deliverable IS NULL THEN CAST(:unknown AS timestamptz)"
            " ELSE CAST(:known AS timestamptz) END"
        ),
        {"fingerprints": fingerprints, "known": now - KNOWN_FOR, "unknown": now - UNKNOWN_FOR},
    )
    return {bytes(row.fingerprint): row.is_deliverable for row in rows}


def remember(connection: Connection, answers: dict[bytes, bool | None], *, now: datetime) -> None:
    connection.execute(
        text(
            """
            INSERT INTO email_domains (fingerprint, is_deliverable, checked_at)
            SELECT fingerprint, is_deliverable, :now
            FROM unnest(CAST(:fingerprints AS bytea[]), CAST(:answers AS boolean[]))
                AS new (fingerprint, is_deliverable)
            ORDER BY fingerprint
            ON CONFLICT (fingerprint) DO UPDATE
            SET is_deliverable = excluded.is_deliverable, checked_at = excluded.checked_at
            """
        ),
        {"fingerprints": list(answers), "answers": list(answers.values()), "now": now},
    )
