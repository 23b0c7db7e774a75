"""What a view may reach for: the runtime of this process and the site of this request."""

import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, has_request_context
from sqlalchemy.exc import DBAPIError

from service.errors import NotFound, Said
from service.runtime import Runtime
from service.storage import sites
from service.storage.sites import Site
from service.usecases.submit import Reception

SITE_FRESH_FOR_S = 1.0
EXTENSION = "greenroom"
SITES = "greenroom.sites"
RECEPTION = "greenroom.reception"


class SiteDirectory:
    """Sites by key, at most a second old: a setting that an owner changes is in force within that time."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: dict[str, tuple[float, Site]] = {}
        self._lock = threading.Lock()

    def fresh(self, key: str) -> Site | None:
        """The site as it was read at most a second ago; None when it was not."""
        known = self._known.get(key)
        return known[1] if known and time.monotonic() - known[0] < SITE_FRESH_FOR_S else None

    def find(self, key: str) -> Site | None:
        if known := self.fresh(key):
            return known
        with self._runtime.statements.connect() as connection:
            site = sites.find(connection, key)
        with self._lock:
            if site is None:
                self._known.pop(key, None)
            else:
                self._known[key] = (time.monotonic(), site)
        return site


def runtime() -> Runtime:
    found: Runtime = current_app.extensions[EXTENSION]
    return found


def issuer() -> str:
    """What an authenticator calls us: which Greenroom, where somebody looks after several."""
    return f"Greenroom {urlsplit(runtime().settings.base_url).hostname}"


def reception() -> Reception:
    found: Reception = current_app.extensions[RECEPTION]
    return found


def request_id() -> str | None:
    """The name of this request in logs and in `X-Request-Id`; None outside of one."""
    return g.get("request_id") if has_request_context() else None


def site_of(key: str) -> Site:
    """The site with this key.

    Raises:
        NotFound: there is none.

    """
    directory: SiteDirectory = current_app.extensions[SITES]
    site = directory.find(key) if key.isascii() and key.isprintable() else None
    if site is None:
        raise NotFound("There is no site with this key.", said=Said("not_found.site"))
    return site


def site_for_cors(view_args: Mapping[str, Any]) -> Site | None:
    """The site that an address is about, by its key or by one of its comments; None when there is no such thing."""
    try:
        if "site_key" in view_args:
            return site_of(view_args["site_key"])
        with runtime().statements.connect() as connection:
            return sites.of_comment(connection, view_args["comment_id"])
    except (NotFound, DBAPIError):
        return None
