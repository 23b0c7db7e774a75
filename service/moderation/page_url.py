"""Addresses: of the page that carries a thread, of a site's origin, of an author's website. One spelling for each.

The same page reached over a newsletter link and over a search engine must be one thread, hence the list of
tracking parameters. Spelling follows RFC 3986, section 6.2.2 (case and percent-encoding).
"""

import re
from typing import NamedTuple

from service.moderation.hosts import HostProblem, canonical_host

MAX_PAGE_URL = 2_000

TRACKING_PARAMETERS = frozenset({
    "fbclid",  # Meta: Facebook and Instagram clicks
    "igshid", "igsh",  # Instagram shares
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid",  # Google Ads, Display and Shopping
    "_ga", "_gl",  # Google Analytics across domains
    "msclkid",  # Microsoft Advertising
    "yclid", "ysclid",  # Yandex Direct and search
    "mc_cid", "mc_eid",  # Mailchimp campaigns and recipients
    "_hsenc", "_hsmi",  # HubSpot mails
    "mkt_tok",  # Marketo mails
    "vero_id",  # Vero mails
    "twclid",  # X, formerly Twitter
    "ttclid",  # TikTok
    "li_fat_id",  # LinkedIn
    "epik",  # Pinterest
    "replytocom", "unapproved", "moderation-hash",  # WordPress: a form that answers, and what its author sees then
})  # fmt: skip
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_")
"""Urchin and Google Analytics campaigns; Matomo campaigns, new and old."""

_UNWELCOME = re.compile(r"[\s\x00-\x1f\x7f-\x9f\\\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_RESPELL = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_PORT = 65_535
_RAW_LENGTH_FACTOR = 4


class PageUrlProblem(ValueError):
    """An address that cannot be used: `code` for machines, `detail` for people, `values` what stands in it."""

    def __init__(self, code: str, detail: str, **values: object) -> None:
        """Keep all parts; the exception prints as its sentence."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.values = values


class _Parts(NamedTuple):
    """A canonical address in its parts; `query` and `fragment` are empty when there is none."""

    origin: str
    host: str
    path: str
    query: str
    fragment: str


def canonicalise_page_url(raw: str) -> str:
    """Return the one spelling of a page's address: no fragment, no default port, no tracking parameters.

    Raises PageUrlProblem with the code `required`, `too_long`, `bad_character`, `not_http`, `user_info`,
    `not_a_host` or `bad_port`. Idempotent.
    """
    parts = _parts(raw, MAX_PAGE_URL)
    query = "&".join(piece for piece in parts.query.split("&") if piece and not _is_tracking(piece))
    return _within(f"{parts.origin}{parts.path}{'?' if query else ''}{query}", MAX_PAGE_URL)


def origin_of(url: str) -> str:
    """Return `scheme://host[:port]` of an address, canonical. Raises PageUrlProblem as above."""
    return _parts(url, MAX_PAGE_URL).origin


def canonicalise_origin(raw: str) -> str:
    """Return an origin that an owner typed, canonical.

    Raises PageUrlProblem as above, and `not_an_origin` when more than `scheme://host[:port]` and `/` was given.
    """
    parts = _parts(raw.strip(), MAX_PAGE_URL)
    if parts.path != "/" or parts.query or parts.fragment:
        raise PageUrlProblem(
            "not_an_origin",
            f"An origin ends after the host: did you mean {parts.origin}? Leave out the path.",
        )
    return parts.origin


def canonicalise_website(raw: str, *, max_length: int) -> str:
    """Return an author's website as an absolute http or https address; a bare `example.org` gets `https://`.

    Path, query and fragment are kept. Raises PageUrlProblem as above.
    """
    typed = raw.strip()
    has_scheme = "://" in typed or _SCHEME.match(typed) is not None
    is_bare = not has_scheme and typed[:1].isalnum()
    parts = _parts(f"https://{typed}" if is_bare else typed, max_length)
    if "." not in parts.host:
        raise PageUrlProblem("not_a_host", "The website needs a full host name, such as https://example.org.")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return _within(f"{parts.origin}{parts.path}{query}{fragment}", max_length)


def _parts(raw: str, max_length: int) -> _Parts:
    if not raw:
        raise PageUrlProblem("required", "An address is required, such as https://example.org/page.")
    _within(raw, _RAW_LENGTH_FACTOR * max_length)
    if _UNWELCOME.search(raw):
        raise PageUrlProblem("bad_character", "The address holds a space, a backslash or an invisible character.")
    found = _URL.fullmatch(raw)
    if found is None:
        raise PageUrlProblem("not_http", "The address must begin with http:// or https://.")
    scheme, authority, path, query, fragment = (part or "" for part in found.groups())
    host, port = _host_and_port(authority, scheme.lower())
    origin = f"{scheme.lower()}://{host}{port}"
    return _Parts(origin, host, _respelt(path) or "/", _respelt(query), _respelt(fragment))


def _host_and_port(authority: str, scheme: str) -> tuple[str, str]:
    if "@" in authority:
        raise PageUrlProblem("user_info", "The address must not hold a name or password (an @ before the host).")
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        raise PageUrlProblem("not_a_host", "The host in the address is not spelt like one.")
    try:
        host = canonical_host(found.group(1))
    except HostProblem as error:
        raise PageUrlProblem("not_a_host", f"The host in the address is {error}.") from error
    return host, _port(found.group(2), scheme)


def _port(digits: str | None, scheme: str) -> str:
    if not digits:
        return ""
    port = int(digits)
    if not 0 < port <= _MAX_PORT:
        detail = f"The port in the address must be between 1 and {_MAX_PORT}."
        raise PageUrlProblem("bad_port", detail, max_port=str(_MAX_PORT))
    return "" if port == _DEFAULT_PORTS[scheme] else f":{port}"


def _respelt(part: str) -> str:
    """Percent-encode what must be, decode what need not be, and write the codes in capitals."""
    return _RESPELL.sub(_respell, part)


def _respell(found: re.Match[str]) -> str:
    text = found.group()
    if len(text) == 1:
        return "".join(f"%{byte:02X}" for byte in text.encode())
    character = chr(int(text[1:], 16))
    return character if character in _UNRESERVED else text.upper()


def _is_tracking(piece: str) -> bool:
    name = piece.partition("=")[0].lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def _within(url: str, max_length: int) -> str:
    if len(url) > max_length:
        detail = f"The address has {len(url):,} characters; at most {max_length:,} are allowed."
        raise PageUrlProblem("too_long", detail, length=len(url), max_length=max_length)
    return url
