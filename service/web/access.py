"""Who is asking: the client's address, the page's origin, the token's role."""

import ipaddress
from urllib.parse import urlsplit

from flask import Request, Response

from service.errors import Forbidden, OriginNotAllowed, Unauthorised
from service.settings import Settings
from service.storage import tokens
from service.storage.sites import Site
from service.storage.tokens import Token
from service.vault import token_digest
from service.web.context import runtime

CORS_MAX_AGE_S = 3600


def client_address(request: Request, settings: Settings) -> str:
    """The peer, or the n-th hop from the right of X-Forwarded-For when the peer is a trusted proxy.

    Anything else in that header is what a client wants us to believe.
    """
    peer = address_of(request.remote_addr or "")
    if peer is None:
        return "0.0.0.0"  # noqa: S104 - a peer on a Unix socket; nothing is bound to it
    if any(peer.version == network.version and peer in network for network in settings.trusted_proxies):
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        if len(hops) >= settings.trusted_hops and (hop := address_of(hops[-settings.trusted_hops].strip())):
            return str(hop)
    return str(peer)


def address_of(raw: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that this text is, without its zone; an IPv4 address that came over IPv6 as itself."""
    try:
        address = ipaddress.ip_address(raw.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def require_origin(request: Request, site: Site, *, own_origin: str) -> None:
    """Refuse a post that a browser sent from a page of another site.

    Raises:
        OriginNotAllowed: the Origin (or, where a browser sent none, the Referer) is not the site's.

    """
    origin = request.headers.get("Origin")
    if origin is None:
        origin = _origin_of(request.headers.get("Referer", ""))
    if origin not in site.origins and origin != own_origin:
        raise OriginNotAllowed("This page isn't on the list of the site's addresses, so it can't send comments to it.")


def _origin_of(url: str) -> str | None:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else None


def allow_origin(response: Response, request: Request, site: Site) -> None:
    """CORS for exactly the site's origins, never with credentials."""
    response.headers["Vary"] = "Origin"
    origin = request.headers.get("Origin")
    if origin is not None and origin in site.origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
            response.headers["Access-Control-Max-Age"] = str(CORS_MAX_AGE_S)


def bearer(request: Request) -> str | None:
    """What stands behind `Authorization: Bearer`. A token in a URL is never looked at."""
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" and credentials else None


def require_token(request: Request, *, roles: frozenset[str], site_key: str | None = None) -> Token:
    """The API token of this request.

    Raises:
        Unauthorised: there is none, or it was revoked.
        Forbidden: its role or its site is another.

    """
    shown = bearer(request)
    token = find_token(shown) if shown else None
    if token is None:
        raise Unauthorised(
            "Send 'Authorization: Bearer <token>' with a token that is in force.",
            headers={"WWW-Authenticate": 'Bearer realm="greenroom"'},
        )
    if token.role not in roles or (site_key is not None and token.site_key != site_key):
        raise Forbidden("This token's role or site doesn't allow that.")
    return token


def find_token(shown: str) -> Token | None:
    with runtime().statements.connect() as connection:
        token = tokens.find(connection, token_digest(shown))
        if token:
            tokens.note_use(connection, token.id)
    return token
