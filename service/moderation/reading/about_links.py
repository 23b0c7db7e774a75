"""Signals about links, contact and the fields beside the text."""

from collections.abc import Iterator

from service.moderation.found_links import FoundLink, find_links
from service.moderation.hosts import is_international, is_within
from service.moderation.reading.features import TOKEN
from service.moderation.reading.lexicon import Group
from service.moderation.reading.material import SHORTEST_TOPIC, Material, hits_in, host_words, lexicon_groups
from service.moderation.reading.signs import (
    BARE_DOMAIN,
    CHATS,
    CHEAP_ENDINGS,
    FREEPHONE,
    HANDLE,
    MARKUP_LINK,
    PERSONAL,
    SHORT_CODE,
    SHORTENERS,
    SOCIAL,
    SPELLED_DOMAIN,
    TEMPLATE,
    is_trusted,
)

Found = Iterator[tuple[str, float]]

SELLING = frozenset({
    Group.TRADE, Group.CASINO, Group.PHARMACY, Group.MONEY, Group.ADULT, Group.SEO, Group.DRUG, Group.PLACARD,
    Group.PRIZE,
})  # fmt: skip
_NAMED = SELLING | {Group.ORDER, Group.DEAL}
_STRONG = frozenset({Group.CASINO, Group.PHARMACY, Group.SEO, Group.ADULT})
_FEW_LETTERS = 20
_LONG_LABEL = 16
_BUSY_NAME = 3

LINK_NAMES = (
    "a link to an unknown host", "several links", "many links", "hardly anything but links", "a link among few words",
    "only links to literature or help", "a link to literature or help", "a shortened link", "a link to a messenger",
    "a link to a video or social page", "a link to a cheap domain", "a link to a host named like an offer",
    "a link to a host with hyphens or digits", "a link with a long address", "a link to the front page of a host",
    "a link in the code of forums or HTML", "a domain without a link", "a domain spelled out",
    "a template left unfilled",
    "a handle or address to write to", "an e-mail address", "a phone number", "a helpline number", "a short code",
    "contact and advertising", "a handle and advertising", "a phone number and advertising",
    "a website", "a website at a cheap domain", "a website named like an offer", "a website with hyphens or digits",
    "a website with a long path", "a website where people keep pages", "a website of a shop or service",
    "a website named like the author", "a website named with words", "the site's own website",
    "a website in another alphabet",
    "a name like an offer", "a name of keywords", "a name that is the website's keywords", "a name with a domain",
    "a name with digits", "a name in small letters", "a name of many words", "a name of a person",
    "a name of one word",
    "no name", "praise and a website", "only praise and a website", "short, with a website", "praise and a link",
    "praise and a name like an offer", "advertising and a website", "praise only", "a link after praise",
    "a question, without links", "no link and no website", "a link with a name that is its keywords",
)  # fmt: skip


def links_and_fields(taken: Material) -> Found:
    """Yield the signals of links in the text, of contact in the text, and of the name and website beside it."""
    foreign = [link for link in taken.links if not is_trusted(link.host, taken.facts.own_hosts)]
    groups = {group for hit in taken.hits for group in hit.groups}
    yield from _links(taken, foreign)
    yield from _hosts(foreign)
    yield from _contact(taken, groups)
    yield from _website(taken)
    yield from _name(taken)
    yield from _together(taken, foreign, groups)


def _links(taken: Material, foreign: list[FoundLink]) -> Found:
    letters = sum(map(len, taken.tokens))
    trusted = len(taken.links) - len(foreign)
    yield "several links", (len(foreign) - 1) / 2
    yield "many links", (len(foreign) - 2) / 6
    if foreign:
        yield "a link to an unknown host", 1
        yield "a link among few words", 1 - len(taken.tokens) / 30
        yield "hardly anything but links", float(letters < _FEW_LETTERS)
        yield "a link after praise", float(_is_praised(taken))
    if trusted:
        yield "a link to literature or help", 1
        yield "only links to literature or help", float(not foreign)
    text = taken.read.text
    if "[" in text or "<" in text:
        yield "a link in the code of forums or HTML", len(MARKUP_LINK.findall(text)) / 2
    if "{" in text or "%" in text or "[" in text or "#" in text:
        yield "a template left unfilled", float(TEMPLATE.search(text) is not None)
    if "." in taken.plain:
        yield "a domain without a link", len(BARE_DOMAIN.findall(taken.plain)) / 1
    if "dot" in taken.plain or "." in taken.plain or "punkt" in taken.plain:
        yield "a domain spelled out", float(SPELLED_DOMAIN.search(taken.plain) is not None)


def _hosts(foreign: list[FoundLink]) -> Found:
    for link in foreign[:10]:
        words = host_words(link.host)
        yield "a shortened link", float(is_within(link.host, SHORTENERS))
        yield "a link to a messenger", float(is_within(link.host, CHATS))
        yield "a link to a video or social page", float(is_within(link.host, SOCIAL))
        yield "a link to a cheap domain", float(_ending(link.host) in CHEAP_ENDINGS)
        yield "a link to a host named like an offer", float(_is_selling(words, link.host))
        yield "a link to a host with hyphens or digits", _busy(link.host)
        yield "a link with a long address", (len(link.url) - 40) / 60
        yield "a link to the front page of a host", float(len(link.url.rstrip("/").split("/")) <= _BUSY_NAME)


def _contact(taken: Material, groups: set[Group]) -> Found:
    text = taken.plain
    handle = HANDLE.search(text) is not None
    email, phone = bool(taken.emails), bool(taken.phones)
    selling = len(groups & SELLING | groups & {Group.DEAL, Group.ORDER, Group.MIRACLE, Group.SELF})
    yield "a handle or address to write to", float(handle)
    yield "an e-mail address", float(email)
    yield "a phone number", float(phone)
    if taken.has_digits:
        yield "a helpline number", float(FREEPHONE.search(text) is not None)
        yield "a short code", float(SHORT_CODE.search(text) is not None)
    yield "contact and advertising", (handle or email or phone or Group.MESSENGER in groups) * selling / 3
    yield "a handle and advertising", (handle or Group.MESSENGER in groups) * selling / 3
    yield "a phone number and advertising", phone * selling / 3


def _website(taken: Material) -> Found:
    website = taken.website
    if not website:
        return
    found = find_links(website) or find_links(f"http://{website}")
    host = found[0].host if found else website
    words = host_words(host)
    path = website.partition("://")[2].partition("/")[2]
    if is_within(host, frozenset(name.removeprefix("www.") for name in taken.facts.own_hosts)):
        yield "the site's own website", 1
        return
    name = _run_together(taken.name)
    own_name = bool(name) and (name in "".join(words) or _words_within(TOKEN.findall(taken.name), "".join(words)) > 0)
    yield "a website", 1
    yield "a website at a cheap domain", float(_ending(host) in CHEAP_ENDINGS)
    yield "a website named like an offer", float(_is_selling(words, host))
    yield "a website with hyphens or digits", _busy(host)
    yield "a website with a long path", len(path) / 30
    yield "a website where people keep pages", float(is_within(host, PERSONAL))
    yield "a website of a shop or service", float(bool(lexicon_groups(TOKEN.findall(path.replace("-", " "))) & SELLING))
    yield "a website named like the author", float(own_name and not _is_selling(TOKEN.findall(taken.name), ""))
    yield "a website named with words", (max(map(len, words), default=0) - 9) / _LONG_LABEL
    yield "a website in another alphabet", float(is_international(host))


def _name(taken: Material) -> Found:
    name = taken.name
    words = TOKEN.findall(name)
    if not words:
        yield "no name", 1
        return
    typed = taken.facts.author_name
    host = "".join(host_words(taken.website.partition("://")[2].partition("/")[0]))
    in_host = _words_within(words, host)
    selling = offers_in(words)
    yield "a name like an offer", selling / 2
    yield "a name of keywords", float(selling > 0 and len(words) > 1)
    yield "a name that is the website's keywords", float(in_host > 1 or (in_host > 0 and selling > 0))
    yield "a name with a domain", float("http" in name or "www." in name or BARE_DOMAIN.search(name) is not None)
    yield "a name with digits", float(any(map(str.isdigit, name)))
    yield "a name in small letters", float(typed == typed.lower() and typed != typed.upper() and len(words) > 1)
    yield "a name of many words", (len(words) - 2) / 2
    yield (
        "a name of a person",
        float(
            len(words) in {2, 3}
            and all(part[:1].isupper() and part[1:].islower() for part in typed.split())
            and not selling
        ),
    )
    yield "a name of one word", float(len(words) == 1)
    if any(_words_within(words, link.host) > 1 for link in taken.links[:10]):
        yield "a link with a name that is its keywords", 1


def _together(taken: Material, foreign: list[FoundLink], groups: set[Group]) -> Found:
    praised = _is_praised(taken)
    website = bool(taken.website)
    length = len(taken.tokens)
    praises = {hit.phrase for hit in taken.hits if Group.PRAISE in hit.groups}
    selling = bool(groups & SELLING)
    offer = offers_in(TOKEN.findall(taken.name)) > 0
    topical = Group.CARE in groups
    yield "praise only", float(praised and not selling and not topical and length < 60)  # noqa: PLR2004
    yield "praise and a website", (len(praises) / 2) * website
    yield "only praise and a website", float(praised and website and not topical)
    yield "short, with a website", website * (1 - length / 25)
    yield "praise and a link", float(praised and bool(foreign))
    yield "praise and a name like an offer", float(praised and offer)
    yield "advertising and a website", float(selling and website)
    yield "a question, without links", float("?" in taken.plain and not taken.links)
    yield "no link and no website", float(not taken.links and not website)


def offers_in(words: list[str]) -> int:
    """Return how many words of a name sell. One of trade alone may be a surname: Cash, Price, Best."""
    hits = [hit for hit in hits_in(words) if not _NAMED.isdisjoint(hit.groups)]
    is_strong = any(not _STRONG.isdisjoint(hit.groups) or hit.end - hit.start > 1 for hit in hits)
    return len(hits) if is_strong or len(hits) > 1 else 0


def _is_praised(taken: Material) -> bool:
    return any(Group.PRAISE in hit.groups for hit in taken.hits)


def _is_selling(words: list[str], host: str) -> bool:
    if not lexicon_groups(words).isdisjoint(SELLING):
        return True
    run = host.removeprefix("www.")
    return any(word in run for word in _RUN_TOGETHER)


_RUN_TOGETHER = (
    "casino", "viagra", "cialis", "pharm", "loan", "cheap", "escort", "poker", "slot", "betting", "replica", "outlet",
    "seo", "crypto", "forex", "bitcoin", "deals", "discount", "coupon", "shop", "store", "online", "hosting", "essay",
    "insurance", "mortgage", "credit", "vape", "cbd", "pills", "meds", "weightloss", "diet", "plumb", "roofing",
    "movers",
    "locksmith", "market", "agency", "solutions", "services", "download", "dating", "massage", "jersey", "handbag",
    "bags",
    "shoes", "watches", "money", "invest", "trade", "tech", "media", "digital", "design", "tour", "travel", "rent",
    "buy",
)  # fmt: skip
"""Words of trade that host names hold run together."""


def _words_within(words: list[str], run: str) -> int:
    """Return how many of the longer words a host name holds."""
    return sum(len(word) >= SHORTEST_TOPIC and word in run for word in words)


def _run_together(name: str) -> str:
    return "".join(character for character in name if character.isalnum())


def _ending(host: str) -> str:
    return host.rpartition(".")[2]


def _busy(host: str) -> float:
    label = host.removeprefix("www.").rpartition(".")[0]
    return (label.count("-") + sum(map(str.isdigit, label)) / 2) / 2
