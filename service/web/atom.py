"""Comments as an Atom feed (RFC 4287), with what answers what (RFC 4685)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from service import __version__
from service.languages.catalogue import Catalogue
from service.storage.feeds import FeedEntry
from service.usecases.read_thread import safe_html

MIMETYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
THREADING = "http://purl.org/syndication/thread/1.0"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed last: it must say something, and always the same."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("", ATOM)
ET.register_namespace("thr", THREADING)


class Feed(NamedTuple):
    """What the feed is of: `about` is the address by which it is known for good, `page_url` where people read it."""

    title: str
    about: str
    address: str
    page_url: str


def write_feed(feed: Feed, entries: Sequence[FeedEntry], said: Catalogue) -> bytes:
    """The feed as XML."""
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": said.language})
    _add(root, "id", uuid5(NAMESPACE_URL, feed.about).urn)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(updated_at(entries)))
    _add(root, "link", rel="self", type=MIMETYPE, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    _add(root, "generator", "Greenroom", version=__version__)
    for entry in entries:
        _write_entry(root, entry, said)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def updated_at(entries: Sequence[FeedEntry]) -> datetime:
    """When the newest text was written."""
    return max((entry.edited_at or entry.created_at for entry in entries), default=NEVER)


def _write_entry(feed: ET.Element, entry: FeedEntry, said: Catalogue) -> None:
    name = entry.author_name or said.say("pages", "feed.nameless")
    title = said.say("pages", "feed.entry", name=name, title=entry.page_title) if entry.page_title else name
    item = _add(feed, "entry")
    _add(item, "id", entry.id.urn)
    _add(item, "title", title)
    _add(item, "published", _moment(entry.created_at))
    _add(item, "updated", _moment(entry.edited_at or entry.created_at))
    author = _add(item, "author")
    _add(author, "name", name)
    if entry.author_website:
        _add(author, "uri", entry.author_website)
    _add(item, "link", rel="alternate", type="text/html", href=f"{entry.page_url}#comment-{entry.id}")
    if entry.parent_id:
        _answers(item, entry.parent_id, entry.page_url)
    _add(item, "content", safe_html(entry), type="html")


def _answers(item: ET.Element, parent_id: UUID, page_url: str) -> None:
    where = {"ref": parent_id.urn, "href": f"{page_url}#comment-{parent_id}", "type": "text/html"}
    ET.SubElement(item, f"{{{THREADING}}}in-reply-to", where)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{tag}", {name: _clean(value) for name, value in attributes.items()})
    element.text = None if text is None else _clean(text)
    return element


def _clean(text: str) -> str:
    """Without what XML can't hold, which PostgreSQL and JSON can: a few code points that are no characters."""
    return _NOT_XML.sub("", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
