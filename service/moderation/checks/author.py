"""Author: an address nobody can answer, or a name that advertises."""

import re
from collections.abc import Iterator

from disposable_email_domains import blocklist

from service.moderation.hosts import is_within
from service.moderation.model import Facts, Label, Signal
from service.moderation.text import fold

_DISPOSABLE = frozenset(blocklist)

_WEB_ADDRESS = re.compile(r"https?:|www\.\w|//\w")
# Not every ending: "will.i.am", "Dr.Lee" and "J.R.R.Tolkien" are names.
_DOMAIN = re.compile(
    r"(?<![\w.-])[a-z0-9-]{2,63}(?:\.[a-z0-9-]{2,63})?"
    r"\.(?:com|net|org|info|biz|shop|store|online|site|xyz|top|club|click|link|icu|buzz|casino|bet|loan|ru|cn)(?![\w-])",
)
_WORD = re.compile(r"[^\W_]+")

_OPENERS = frozenset({
    "buy", "order", "purchase", "cheap", "cheapest", "discount", "discounted", "best", "top", "hire", "affordable",
    "wholesale", "rent", "free",
})  # fmt: skip
_GOODS = frozenset({
    "online", "seo", "backlink", "backlinks", "casino", "casinos", "slots", "poker", "betting", "viagra", "cialis",
    "pills", "pharmacy", "tramadol", "xanax", "adderall", "ketamine", "steroids", "cbd", "vape", "loan", "loans",
    "payday", "mortgage", "insurance", "forex", "crypto", "bitcoin", "escort", "escorts", "replica", "watches",
    "handbags", "shoes", "flights", "hosting", "coupon", "coupons", "promo", "deals", "sale", "prices", "shop", "store",
    "services", "agency", "company", "supplier", "suppliers", "followers", "essay", "essays", "dissertation",
    "marketing", "plumber", "plumbers", "locksmith", "roofing", "movers", "software", "download",
})  # fmt: skip


def check_author(facts: Facts) -> Iterator[Signal]:
    """Yield signals about the e-mail domain and the name. What is not known about an author is no evidence."""
    yield from _address_nobody_reads(facts)
    yield from _name_that_advertises(fold(facts.author_name))


def _address_nobody_reads(facts: Facts) -> Iterator[Signal]:
    if facts.email_domain and is_within(facts.email_domain.lower(), _DISPOSABLE):
        yield _signal(0.5, "The e-mail address belongs to a throw-away service.")
    if facts.is_email_deliverable is False:
        yield _signal(0.5, "No mail server takes mail for the e-mail address.")


def _name_that_advertises(name: str) -> Iterator[Signal]:
    if _WEB_ADDRESS.search(name) or _DOMAIN.search(name):
        yield _signal(0.8, "The name is a web address.")
        return
    words = _WORD.findall(name)
    goods = [word for word in words if word in _GOODS]
    openers = [word for word in words if word in _OPENERS]
    # One such word may be a surname (Price, Best, Shoes); an offer takes a verb and a thing, or two things.
    if len(goods) > 1 or (goods and openers):
        terms = ", ".join(dict.fromkeys(openers + goods))
        yield _signal(0.6, f"The name reads like an offer ({terms}).")


def _signal(score: float, detail: str) -> Signal:
    return Signal("author", Label.SPAM, score, detail)
