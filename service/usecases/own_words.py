"""Self-service: an author asks by mail for a link, sees all that was written with the address, and takes it along."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine

from service.storage import author_data, author_links
from service.storage.author_links import AuthorLink, KnownAuthor
from service.storage.sites import Site
from service.vault import Vault

WORKS_FOR = timedelta(hours=24)
MOST_LINKS_A_DAY = 3
"""That one address gets of one site, whoever types it."""


def ask_for_link(engine: Engine, site: Site, address: str, *, language: str, vault: Vault) -> dict[str, int]:
    """Queue a mail with a link. Returns the task that is due now.

    Whether anybody wrote with the address is found out by whoever sends the mail: neither answer nor time tells.
    """
    fingerprint = vault.email_fingerprint(address)
    with engine.begin() as connection:
        return {"mail": author_links.add(connection, site_id=site.id, fingerprint=fingerprint, language=language)}


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that works, and whose words it shows."""

    link: AuthorLink
    author: KnownAuthor


def opened_by(connection: Connection, link_id: int, *, now: datetime) -> Opened | None:
    """What the link opens while it works: for a day, and as long as somebody with its address is known here."""
    link = author_links.find(connection, link_id)
    if link is None or link.author is None or now - link.created_at > WORKS_FOR:
        return None
    return Opened(link, link.author)


def export(connection: Connection, opened: Opened, *, vault: Vault, now: datetime) -> dict[str, Any]:
    """Everything that is stored about the author whose link this is, in the words of the database."""
    link, author = opened.link, opened.author
    return {
        "site": {"key": link.site_key, "name": link.site_name},
        "exported_at": now.isoformat(),
        "email": vault.open_email(author.email_key_id, author.email_ciphertext),
        "about": author_data.about(connection, author.id),
        "comments": author_data.comments_of(connection, author.id),
    }
