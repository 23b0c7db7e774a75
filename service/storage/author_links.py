"""Links that somebody asks for with an e-mail address, whether anybody wrote with it or not."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class KnownAuthor:
    """Who wrote with an address on a site; the address is still sealed."""

    id: int
    wants_no_mail: bool
    email_key_id: str
    email_ciphertext: bytes


@dataclass(frozen=True, slots=True)
class AuthorLink:
    """One link and, where somebody wrote with its address on the site, who that is.

    `place` counts the links of this address within the day before, this one included.
    """

    id: int
    site_key: str
    site_name: str
    language: str
    created_at: datetime
    place: int
    author: KnownAuthor | None


def add(connection: Connection, *, site_id: int, fingerprint: bytes, language: str) -> int:
    """Store a new link and queue its mail. Returns the mail's task. It does the same whether the address is known."""
    return int(
        connection.execute(
            text(
                """
                WITH link AS (
                    INSERT INTO author_links (site_id, email_fingerprint, language)
                    VALUES (:site_id, :fingerprint, :language) RETURNING id, site_id
                ), mail AS (
                    INSERT INTO mails (site_id, event_key, kind, recipient, link_id)
                    SELECT site_id, 'author_link:' || id, 'author_link', 'asker', id FROM link RETURNING id
                )
                INSERT INTO tasks (kind, subject_id) SELECT 'mail', id FROM mail RETURNING id
                """
            ),
            {"site_id": site_id, "fingerprint": fingerprint, "language": language},
        ).scalar_one()
    )


def find(connection: Connection, link_id: int) -> AuthorLink | None:
    row = connection.execute(
        text(
            """
            SELECT l.id, s.key AS site_key, s.name AS site_name, l.language, l.created_at,
                   (SELECT count(*) FROM author_links o
                    WHERE o.site_id = l.site_id AND o.email_fingerprint = l.email_fingerprint AND o.id <= l.id
                      AND o.created_at > l.created_at - interval '1 day') AS place,
                   a.id AS author_id, a.no_mail_since IS NOT NULL AS wants_no_mail, a.email_key_id, a.email_ciphertext
            FROM author_links l
            JOIN sites s ON s.id = l.site_id
            LEFT JOIN authors a ON a.site_id = l.site_id AND a.email_fingerprint = l.email_fingerprint
                AND a.email_ciphertext <> ''  -- of an erased author who wants no mail the fingerprint alone is left
            WHERE l.id = :id
            """
        ),
        {"id": link_id},
    ).one_or_none()
    if row is None:
        return None
    author = None
    if row.author_id is not None:
        author = KnownAuthor(row.author_id, row.wants_no_mail, row.email_key_id, bytes(row.email_ciphertext))
    return AuthorLink(row.id, row.site_key, row.site_name, row.language, row.created_at, row.place, author)


def forget(connection: Connection, before: datetime) -> int:
    return connection.execute(text("DELETE FROM author_links WHERE created_at < :before"), {"before": before}).rowcount
