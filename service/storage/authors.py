"""Authors by their hidden e-mail address."""

from collections.abc import Sequence

from sqlalchemy import Connection, text


def with_email(connection: Connection, fingerprint: bytes, *, site_ids: Sequence[int]) -> list[int]:
    """The ids of those who wrote with this address, by its keyed hash: at most one a site."""
    rows = connection.execute(
        text("SELECT id FROM authors WHERE site_id = ANY(:site_ids) AND email_fingerprint = :fingerprint ORDER BY id"),
        {"site_ids": list(site_ids), "fingerprint": fingerprint},
    )
    return list(rows.scalars())
