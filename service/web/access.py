"""Who is asking: the client's address, the page's origin, the token's role."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Request, Response

from service.errors import Forbidden, OriginNotAllowed, Unauthorised
from service.settings import Settings
from service.storage import actors, sessions
from service.storage.actors import Actor
from service.storage.sessions import Standing
from service.storage.sites import Site
from service.vault import token_digest
from service.web.context import runtime
from service.web.parsing import CSRF_FIELD, read_form_field

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "X-CSRF-Token"
CORS_MAX_AGE_S = 3600
NOT_FOR_TOKENS = "That is for people who are logged in, not for tokens."
READING_POSTS = frozenset({"queue.search_review"})
"""What changes nothing although it is no GET: a token that only reads may do that."""
ASK_FOR_A_TOKEN = {"WWW-Authenticate": 'Bearer realm="greenroom"'}


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
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is None:
        return
    if origin not in site.origins:
        # Kept in a browser's cache, it would refuse an origin for minutes after an owner has added it.
        response.headers["Cache-Control"] = "no-store"
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PATCH, DELETE"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
        response.headers["Access-Control-Max-Age"] = str(CORS_MAX_AGE_S)


def bearer(request: Request) -> str | None:
    """What stands behind `Authorization: Bearer`. A token in a URL is never looked at."""
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" and credentials else None


def session_cookie() -> str:
    """The cookie's name. Browsers bind `__Host-` to TLS and to this one host, and refuse it without."""
    return "__Host-greenroom" if runtime().settings.base_url.startswith("https:") else "greenroom_session"


def find_actor(request: Request) -> Actor | None:
    """Who is asking: by API token where one is shown, else by session. Nobody when it is not in force.

    Pages are for people: there a token opens nothing.
    """
    shown = bearer(request) if request.path.startswith("/api/") else None
    with runtime().statements.connect() as connection:
        if shown is not None:
            return actors.by_token(connection, token_digest(shown))
        cookie = request.cookies.get(session_cookie())
        return actors.by_session(connection, token_digest(cookie)) if cookie else None


def require_actor(
    request: Request, *, roles: Collection[str], site_id: int | None = None, site_key: str | None = None
) -> Actor:
    """Who is asking, when they have one of these roles on this site, or on any site where none is named.

    A session must prove, wherever something is changed, that one of our own pages asks: with the token that those
    pages carry, and with what the browser says about where the request comes from.

    Raises:
        Unauthorised: no API token and no session, or it is not in force any more.
        Forbidden: another role or another site, or the request comes from elsewhere.

    """
    actor = _require_somebody(request)
    if site_key is not None:
        site_id = actor.site_ids.get(site_key, -1)
    allowed = actor.may(roles, site_id) if site_id is not None else bool(actor.sites_with(roles))
    if not allowed:
        raise Forbidden("Your role doesn't allow that, or not on this site.")
    return actor


def require_person(request: Request) -> Actor:
    """Who is logged in, whatever roles they have: for what is about themselves.

    Raises:
        Unauthorised: nobody, or not any more.
        Forbidden: it is a program with a token, or the request comes from elsewhere.

    """
    actor = _require_somebody(request)
    if actor.moderator_id is None:
        raise Forbidden(NOT_FOR_TOKENS)
    return actor


def require_person_with(request: Request, *, roles: Collection[str], site_key: str | None = None) -> Actor:
    """The same as `require_actor`, for what a token may not do: a leaked one must not make others.

    Raises:
        Unauthorised, Forbidden: as there; and it is a program with a token.

    """
    actor = require_actor(request, roles=roles, site_key=site_key)
    if actor.moderator_id is None:
        raise Forbidden(NOT_FOR_TOKENS)
    return actor


def find_person(request: Request) -> Actor | None:
    """Who is logged in, if anybody is."""
    actor = find_actor(request)
    return actor if actor and actor.moderator_id is not None else None


def require_standing(request: Request, *, stages: Collection[str]) -> Standing:
    """Whose session it is, in one of these stages of logging in, asked from a page of ours.

    Raises:
        Unauthorised: there is none, or it has ended.
        Forbidden: it is in another stage, or the request comes from elsewhere.

    """
    cookie = request.cookies.get(session_cookie())
    with runtime().statements.connect() as connection:
        standing = sessions.find(connection, token_digest(cookie)) if cookie else None
    if standing is None:
        raise Unauthorised("Log in first.", headers=ASK_FOR_A_TOKEN)
    if request.method not in SAFE_METHODS:
        require_own_page(request)
    if standing.stage not in stages:
        raise Forbidden("This step of logging in is done, or it is another one's turn.")
    return standing


def _require_somebody(request: Request) -> Actor:
    actor = find_actor(request)
    if actor is None:
        raise Unauthorised(
            "Log in at the desk, or send 'Authorization: Bearer <token>' with a token that is in force.",
            headers=ASK_FOR_A_TOKEN,
        )
    if request.method not in SAFE_METHODS:
        if actor.session_id is not None:
            require_own_page(request)
        elif actor.is_read_only and request.endpoint not in READING_POSTS:
            raise Forbidden("This token only reads.")
    return actor


def require_own_origin(request: Request) -> None:
    """Refuse what a browser sends from a page of somebody else.

    Raises:
        Forbidden: it names another origin, or none.

    """
    if not is_from_own_page(request):
        desk = f"{runtime().settings.base_url}/desk/"
        raise Forbidden(f"This request doesn't come from a page of the desk. The desk is at {desk}")


def is_from_own_page(request: Request) -> bool:
    """Whether the browser says that one of our own pages sent this."""
    fetch_site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_own = origin == runtime().settings.base_url if origin is not None else fetch_site == "same-origin"
    return is_own and fetch_site in {None, "same-origin"}


def require_own_page(request: Request) -> None:
    """Refuse what no page of ours sent in this session.

    Raises:
        Forbidden: the browser names another origin, or the session's own token is missing.

    """
    require_own_origin(request)
    token = request.headers.get(CSRF_HEADER) or read_form_field(request, CSRF_FIELD) or ""
    if not runtime().vault.is_csrf_token(token, token_digest(request.cookies.get(session_cookie(), ""))):
        raise Forbidden("This page is from another session. Load it again and repeat what you did.")


def csrf_token(request: Request) -> str:
    """What pages of this session put into their forms and into the header `X-CSRF-Token`."""
    return runtime().vault.csrf_token(token_digest(request.cookies.get(session_cookie(), "")))
