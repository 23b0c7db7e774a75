"""What the structural signals look for with patterns; every repeat is bounded, so a text is read in linear time."""
# ruff: noqa: RUF001 - letters of many languages

import re
from collections.abc import Callable
from typing import Any

from service.moderation.hosts import is_within


class Hinted:
    """A pattern with a cheap hint that holds wherever the pattern is found: most texts are read by the hint alone."""

    def __init__(self, hint: Callable[[str], object], pattern: str) -> None:
        """Keep both."""
        self._hint = hint
        self._pattern = re.compile(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """Return what the pattern finds first."""
        return self._pattern.search(text) if self._hint(text) else None

    def findall(self, text: str) -> list[Any]:
        """Return all that the pattern finds."""
        return self._pattern.findall(text) if self._hint(text) else []


def _found(pattern: str) -> Callable[[str], object]:
    """Return a hint: this is found. It is cheap when it begins with one of few characters."""
    return re.compile(pattern).search


def _holds(*literals: str) -> Callable[[str], bool]:
    """Return a hint: one of these stands in the text."""

    def holds(text: str) -> bool:
        for literal in literals:  # noqa: SIM110 - a generator takes three times as long
            if literal in text:
                return True
        return False

    return holds


class Kind:
    """A kind of character, counted by its ASCII characters at once and by the others one by one."""

    def __init__(self, is_of_kind: Callable[[str], bool]) -> None:
        """Ask about every ASCII character, once."""
        self._is_of_kind = is_of_kind
        self._others = bytes(byte for byte in range(128) if not is_of_kind(chr(byte)))

    def count(self, text: str) -> int:
        """Return how many characters of a text are of this kind."""
        count = len(text.encode("ascii", "ignore").translate(None, self._others))
        return count if text.isascii() else count + sum(map(self._is_of_kind, _NOT_ASCII.findall(text)))


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
DIGIT = Kind(str.isdigit)
CAPITAL = Kind(str.isupper)
SIGN = Kind(lambda character: not character.isalnum() and not character.isspace())

_CLUSTER = b"ccccc"
_CONSONANTS = bytes(ord("c") if chr(byte) in "bcdfghjklmnpqrstvwxz" else ord(" ") for byte in range(256))


def _holds_a_cluster(text: str) -> bool:
    return _CLUSTER in text.encode("ascii", "ignore").translate(_CONSONANTS)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TRUSTED = frozenset({
    "doi.org", "nih.gov", "gov", "edu", "who.int", "nice.org.uk", "wikipedia.org", "gov.uk", "ac.uk", "nhs.uk",
    "europa.eu", "cochrane.org", "cochranelibrary.com", "988lifeline.org", "samaritans.org", "findahelpline.com",
    "befrienders.org", "nature.com", "sciencedirect.com", "springer.com", "thelancet.com", "bmj.com", "nejm.org",
    "jamanetwork.com", "frontiersin.org", "plos.org", "mdpi.com", "arxiv.org", "clinicaltrials.gov", "erowid.org",
    "bbc.co.uk", "bbc.com", "nytimes.com", "theguardian.com", "washingtonpost.com", "reuters.com", "npr.org",
    "github.com", "stackoverflow.com", "w3.org", "mozilla.org", "python.org", "archive.org", "maps.org",
    "gamblersanonymous.org", "gamcare.org.uk", "aa.org", "na.org", "nami.org", "samhsa.gov", "ietf.org",
    "medlineplus.gov",
})  # fmt: skip
"""Hosts that people cite; nobody sells there."""

PERSONAL = frozenset({
    "wordpress.com", "blogspot.com", "github.io", "medium.com", "substack.com", "tumblr.com", "linkedin.com",
    "mastodon.social", "micro.blog", "livejournal.com", "typepad.com", "dreamwidth.org", "neocities.org", "bsky.app",
    "twitter.com", "about.me", "goodreads.com", "blogspot.co.uk", "gitlab.io", "name",
})  # fmt: skip
"""Hosts where people keep pages of their own."""

SHORTENERS = frozenset({
    "bit.ly", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "cutt.ly", "rb.gy", "t.ly", "shorturl.at", "adf.ly",
    "lnkd.in",
    "tiny.cc", "buff.ly", "linktr.ee", "s.id", "heylink.me", "bit.do", "v.gd", "ouo.io", "shorte.st",
})  # fmt: skip
CHATS = frozenset(
    {
        "t.me",
        "wa.me",
        "telegram.me",
        "telegram.org",
        "whatsapp.com",
        "api.whatsapp.com",
        "vk.com",
        "discord.gg",
        "line.me",
    }
)
SOCIAL = frozenset(
    {"youtube.com", "youtu.be", "facebook.com", "instagram.com", "tiktok.com", "soundcloud.com", "fb.com", "twitch.tv"}
)
CHEAP_ENDINGS = frozenset({
    "xyz", "top", "club", "online", "site", "website", "space", "store", "shop", "icu", "buzz", "click", "link",
    "live",
    "pro", "vip", "win", "bid", "loan", "men", "date", "stream", "download", "casino", "bet", "poker", "ru", "cn",
    "su",
    "tk", "ml", "ga", "cf", "gq", "pw", "cc", "ws", "biz", "info", "life", "world", "today", "fun", "host", "cyou",
    "sbs",
})  # fmt: skip

BARE_DOMAIN = Hinted(
    _found(
        r"\.(?:com|net|org|info|biz|ru|cn|xyz|top|club|online|site|store|shop|icu|click|link|live|pro|vip|me|io|co|us|uk|"
        r"tk|ml|in|tv|cc|to|ly|be|su|id)(?![\w@])"
    ),
    r"(?<![\w@.-])[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){0,2}\.(?:com|net|org|info|biz|ru|cn|xyz|top|club|online|site|store|shop|"
    r"icu|click|link|live|pro|vip|me|io|co|us|uk|tk|ml|in|tv|cc|to|ly|be|su|id)(?:/[\w./?=&%-]{0,80})?(?![\w@])",
)
SPELLED_DOMAIN = Hinted(
    _found(r"[\s(\[{*][dpt.](?:ot|unkt|ochka|(?<=\.))"),
    r"[\w-]{2,40}\s{0,2}(?:\(\s?(?:dot|\.)\s?\)|\[\s?(?:dot|\.)\s?\]|\{\s?dot\s?\}|\s(?:dot|punkt|tochka)\s|\s\.\s?|\*dot\*)\s{0,2}"
    r"(?:com|c0m|net|org|info|biz|ru|xyz|shop|store|online|site|club|io|me|co|to|cc|ws)(?!\w)",
)
MARKUP_LINK = re.compile(r"\[url\s?[=\]]|\[link\s?=|<a\s[^<>]{0,200}href\s?=|\[/url\]|</a>", re.IGNORECASE)
TEMPLATE = re.compile(
    r"\{[^{}|]{1,80}\|[^{}]{1,80}\}|%[a-z_]{3,20}%|#(?:file_links|keyword|link)|\[(?:keyword|link|name)\]"
)
HANDLE = Hinted(
    _holds("@", "+", "t.me/", "(at)", "[at]"),
    r"(?<![\w.])@[a-z][\w.]{3,30}|(?<!\w)\+[a-z_]{4,30}|t\.me/\w{3,}|[\w.+-]{2,40}\s?(?:@|\(at\)|\[at\])\s?(?:gmail|yahoo|outlook|proton|hotmail|mail)\b",
)
FREEPHONE = re.compile(r"8(?:00|33|44|55|66|77|88)\b|0800|0808|116 ?\d{3}|741741")
MONEY = Hinted(
    _found(
        r"[$€£₽¥₹\d,.]\s?(?:(?:(?<=[$€£₽¥₹])|(?<=[$€£₽¥₹]\s))\d|[$€£₽]|usd|eur|gbp|dollar|bucks|rubles|rupiah|руб|тыс|k\b)"
    ),
    r"[$€£₽¥₹]\s?\d[\d,.]{0,12}k?|\d[\d,.]{0,12}\s?(?:\$|€|£|₽|usd|euro?s?|gbp|dollars?|bucks|rubles|rupiah|руб|тыс|k\b)",
)
BIG_MONEY = Hinted(
    _holds(
        "earn",
        "mak",
        "made",
        "paid",
        "profit",
        "income",
        "доход",
        "заработ",
        "day",
        "week",
        "month",
        "hour",
        "день",
        "неделю",
        "месяц",
        "hari",
        "minggu",
        "bulan",
    ),
    r"(?:earn|make|made|making|paid|profit|income|доход|заработ)\D{0,40}\d[\d,.]{2,}|\d[\d,.]{2,12}\s?(?:\$|€|£|usd|dollars)?\s?"
    r"(?:per|a|every|each|/|в)\s?(?:day|week|month|hour|день|неделю|месяц|hari|minggu|bulan)",
)
PERCENT = Hinted(_holds("%"), r"\d{1,3}\s?%")
DOSE = re.compile(r"\d[\d.,]{0,6}\s?(?:mg|ml|mcg|µg|ug|g|kg|mg/kg|iu)(?!\w)")
SHORT_CODE = Hinted(_found(r"\d\d{4}"), r"(?<![\w.])\d{5}(?![\w.])|(?<!\w)0[89]\d{6,9}(?!\d)")
# The number is part of the name: "page 77" and "day 138" are what honest people write.
BRAND_NUMBER = Hinted(
    _found(r"(?:4d|88|77|99|138|303|777|888|slot|bet|toto|jp|77x|69)(?!\w)"),
    r"(?<!\w)(?!alphabet|sherbet|tibet)[a-z]{3,12}(?:\s?(?:4d|toto|jp|77x)|88|77|99|138|303|777|888|slot|bet|69)(?!\w)",
)
STREET = Hinted(
    _found(r"\s(?:\d|(?:(?<=\d\s)|(?<=\d[a-z]\s))[a-z'’.-])"),
    r"(?<!\w)\d{1,5}[a-z]?\s(?:[a-z'’.-]{2,20}\s){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|place|pl|"
    r"boulevard|blvd|way|terrace|close|crescent|square)(?!\w)|(?<!\w)[a-zäöüß-]{3,20}(?:straße|strasse|str\.|weg|gasse|allee|platz)\s\d{1,4}",
)
IDENTITY_NUMBER = Hinted(
    _found(r"\d\d(?:-\d\d-|[ -]\d{4}|(?<=[a-z]{2}\d\d)\s?\w{4})"),
    r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)|(?<!\w)[a-z]{2}\d{2}(?:\s?\w{4}){3,6}(?!\w)|(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)",
)
QUOTED_WORD = re.compile(r"[\"“”«„][^\"“”«»„]{2,200}[\"“”«»]|(?<!\w)['‘][^'‘’]{2,80}['’](?!\w)")
REPORTED = re.compile(
    r"(?:call(?:ed|ing|s)?|said|told|tell(?:ing|s)?|says|say|saying|name[ds]?|labell?ed|shouting|yelled|heard|"
    r"wrote|writing|using|word)\s"
    r"(?:me|us|him|her|them|people|someone|anyone|somebody|everyone|patients|"
    r"addicts|others|each other|the word|that|you)?",
)
NEGATED = re.compile(
    r"(?:not|never|isn't|aren't|wasn't|no|don't|doesn't|didn't|nobody|stop|without|nicht|kein|keine|bukan)\s(?:\w+\s){0,3}$"
)
YOU = _words(
    "you your you're youre ur u ya yourself yours thou du dich dein deine dir ihr euch euer sie kau kamu lo lu loe"
)
ME = _words("i i'm im i've ive i'd i'll me my myself mine we us our ich mir mich mein meine wir uns aku saya gue gua")
OTHERS = _words(
    "he she him her his hers they them their brother sister mother father mom mum dad son daughter friend husband wife"
)
PAST = _words("was were had used did went felt ago years last since lost died took tried survived")
FUTURE = re.compile(
    r"(?<!\w)(?:i'?ll|i will|i'?m (?:going to|gonna|coming)|i am going to|we'?ll|we will|gonna|"
    r"someone should|somebody should|hope (?:you|someone|somebody|they|he|she)|"
    r"you(?:'re| are) going to|wait till|wait until)(?!\w)"
)
VOWELS = "aeiouy"
GIBBERISH = Hinted(_holds_a_cluster, r"(?<![^\W\d_])(?=[a-z]*[bcdfghjklmnpqrstvwxz]{5})[a-z]{6,30}(?![^\W\d_])")
EMOJI = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
SHOUT = re.compile(r"(?<![^\W\d_])[A-Z]{3,}(?![^\W\d_])")


def is_trusted(host: str, own_hosts: frozenset[str]) -> bool:
    """Tell whether a link to this host is a sign of honesty: literature, help, news, or the site itself."""
    own = frozenset(name.removeprefix("www.") for name in own_hosts)
    return is_within(host.removeprefix("www."), TRUSTED | own)
