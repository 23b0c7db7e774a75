"""The e-mail addresses and phone numbers in a text, found the same way by every check.

A helpline is not a person: short numbers and freephone numbers stay. Doses, prices, dates, years, ISBN and DOI are
not phone numbers. Every pattern has bounded repeats, so a text is read in linear time.
"""

import re
from collections.abc import Iterator

from service.moderation.found_links import find_links, without_links
from service.moderation.model import Span

_EMAIL = re.compile(r"(?<![\w.+%@-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w-])")
_ENOUGH_DIGITS = re.compile(r"(?:[^0-9]*+[0-9]){7}")
_DOI = re.compile(r"\b10\.\d{4,9}/\S{1,200}")

_GAP = r"[ .()\u00a0\u2010-\u2013-]{0,2}"
_PHONE = re.compile(
    r"(?<![\w.,/+$€£¥=#-])(?:"
    rf"(?:\+|00)[1-9](?:{_GAP}\d){{7,14}}"  # international: +44 20 7946 0958
    rf"|\(?0[1-9](?:{_GAP}\d){{7,9}}"  # with a trunk zero: (020) 7946 0958, 01 23 45 67 89
    r"|(?:1[ .-]?)?\(?[2-9]\d{2}(?:\) ?|[ .-])\d{3}[ .-]\d{4}"  # North America: (555) 123-4567
    r"|1800[ -]?\d{3}[ -]?\d{3}"  # Australia, free
    r")(?![\w/])(?![.,-]\d)",
)
_DIGITS_IN_A_ROW = re.compile(rf"\d(?:{_GAP}\d){{6}}")  # what every one of these numbers holds
_PHONE_AFTER_WORD = re.compile(
    r"\b(?:call|phone|ring|text|tel|telephone|mobile|cell|whatsapp|signal|number is|reach me (?:at|on))\b[ :.]{0,3}"
    r"(?:me |us |him |her |them |at |on ){0,2}(?P<number>\(?\d(?:[ .()-]{0,2}\d){6,11})(?![\w/])(?![.,-]\d)",
    re.IGNORECASE,
)

_FREEPHONE = re.compile(
    r"(?:\+1|001|1)?8(?:00|33|44|55|66|77|88)\d{7}"  # North America
    r"|(?:0|\+44|0044|\+440|\+\d{2,3}|00\d{2,3})80[08]\d{4,8}"  # United Kingdom, Ireland, Germany and others
    r"|(?:0|\+44|0044)3\d{9}"  # United Kingdom: organisations only
    r"|(?:\+61|0061)?1[38]00\d{6}|\+3531800\d{6}|1800\d{6}"  # Australia, Ireland
    r"|\+?\d{0,3}116\d{3}",  # European numbers of social value
)
_DATE = re.compile(r"\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d{2}|(?:19|20)\d{2}[ .-]\d{1,2}[ .-]\d{1,2}")
_IDENTIFIER_BEFORE = re.compile(
    r"(?:isbn|issn|pmid|pmcid|doi|orcid|nct|order|invoice|ref)(?:-1[03])?[ :.#no]{0,5}$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"\s?(?:mg|mcg|µg|μg|ug|ml|kg|g|iu|%|€|\$|£|usd|eur|gbp|dollars?|euros?|pounds?"
    r"|hours?|hrs?|min|minutes?|days?|weeks?|months?|years?)(?!\w)",
    re.IGNORECASE,
)
_NO_DIGITS = re.compile(r"[^\d+]")
_CONTEXT = 16


def find_emails(text: str) -> Iterator[Span]:
    """Yield where e-mail addresses stand."""
    if "@" in text:
        yield from (Span(*found.span()) for found in _EMAIL.finditer(text))


def find_phones(text: str) -> Iterator[Span]:
    """Yield where phone numbers of people stand."""
    if not _ENOUGH_DIGITS.match(text) or not _DIGITS_IN_A_ROW.search(text):
        return
    text = _masked(text)
    last_end = 0
    for span in sorted(_candidates(text)):
        if span.start >= last_end and _is_phone(text, span):
            last_end = span.end
            yield span


def _masked(body: str) -> str:
    """Cover addresses and DOIs, whose digits are nobody's phone; every other character keeps its place."""
    text = without_links(body, find_links(body), filler="_")
    return _DOI.sub(lambda found: "_" * len(found.group()), text)


def _candidates(text: str) -> Iterator[Span]:
    for found in _PHONE.finditer(text):
        yield Span(*found.span())
    for found in _PHONE_AFTER_WORD.finditer(text):
        yield Span(*found.span("number"))


def _is_phone(text: str, span: Span) -> bool:
    typed = text[span.start : span.end]
    return not (
        _FREEPHONE.fullmatch(_NO_DIGITS.sub("", typed))
        or _DATE.search(typed)
        or _UNIT_AFTER.match(text, span.end)
        or _IDENTIFIER_BEFORE.search(text[max(0, span.start - _CONTEXT) : span.start])
    )
