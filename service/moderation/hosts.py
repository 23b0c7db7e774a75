"""Host names: one spelling for each, and a warning about those that are made to look like another.

The tests for deceptive hosts follow the ideas of Unicode Technical Standard 39 (mixed scripts, section 5) and of
the IDN policy that the Chromium project publishes (labels made wholly of letters that look Latin).
"""

import ipaddress
import re
import unicodedata
from functools import lru_cache

import idna

MAX_HOST = 253
"""Characters in a host name, by RFC 1035."""

_ASCII_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*")
_LOOKS_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")

# Scripts that are written together every day, after the "highly restrictive" level of UTS 39.
_WRITTEN_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
_CYRILLIC_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡкв")
_GREEK_LIKE_LATIN = frozenset("αικνορτυχω")


class HostProblem(ValueError):
    """Not the name or address of a host."""


def canonical_host(raw: str) -> str:
    """Return the host in lower case and ASCII (punycode); IPv6 addresses in brackets. Idempotent.

    Raises HostProblem for what is neither a host name nor an IP address in its usual spelling.
    """
    if raw.startswith("["):
        return _ipv6(raw)
    host = raw.lower() if raw.isascii() else _punycode(raw)
    host = host.removesuffix(".")
    if len(host) > MAX_HOST or not _ASCII_HOST.fullmatch(host):
        message = "not a host name"
        raise HostProblem(message)
    # Browsers read 0x7f.1 and 2130706433 as 127.0.0.1; only the plain spelling is taken.
    return _ipv4(host) if _LOOKS_NUMERIC.fullmatch(host) else host


def is_international(host: str) -> bool:
    """Tell whether a canonical host has a label outside ASCII."""
    return host.startswith("xn--") or ".xn--" in host


def is_deceptive(host: str) -> bool:
    """Tell whether a canonical host mixes scripts in a label, or spells a label in letters that only look Latin."""
    if not is_international(host):
        return False
    *labels, top = [_unicode_label(label) for label in host.split(".")]
    return any(_mixes_scripts(label) or (top.isascii() and _looks_latin(label)) for label in labels)


def is_within(host: str, domains: frozenset[str]) -> bool:
    """Tell whether the host is one of these domains or below one; `domains` are canonical, without `www.`."""
    labels = host.split(".")
    return any(".".join(labels[place:]) in domains for place in range(len(labels)))


def _punycode(raw: str) -> str:
    if len(raw) > MAX_HOST:
        message = "longer than a host name can be"
        raise HostProblem(message)
    try:
        return idna.encode(raw, uts46=True).decode("ascii")
    except (UnicodeError, IndexError) as error:
        message = "not a host name in any script"
        raise HostProblem(message) from error


def _ipv6(raw: str) -> str:
    try:
        return f"[{ipaddress.IPv6Address(raw.removeprefix('[').removesuffix(']')).compressed}]"
    except ValueError as error:
        message = "not an IPv6 address"
        raise HostProblem(message) from error


def _ipv4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        message = "not an IPv4 address"
        raise HostProblem(message) from error


def _unicode_label(label: str) -> str:
    try:
        return idna.decode(label) if label.startswith("xn--") else label
    except (UnicodeError, IndexError):
        return label


def _mixes_scripts(label: str) -> bool:
    scripts = {_script(character) for character in label if character.isalpha()}
    return len(scripts) > 1 and not any(scripts <= together for together in _WRITTEN_TOGETHER)


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """Return the script of a letter as the first word of its Unicode name: `LATIN SMALL LETTER A` is LATIN."""
    return unicodedata.name(character, "UNKNOWN").split(" ", 1)[0]


def _looks_latin(label: str) -> bool:
    letters = {character for character in label if character.isalpha()}
    return bool(letters) and (letters <= _CYRILLIC_LIKE_LATIN or letters <= _GREEK_LIKE_LATIN)
