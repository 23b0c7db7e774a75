"""What a WSGI server loads: `service.wsgi:application`, made once, before the server forks or at the first request."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from service.app import create_app
from service.logs import configure
from service.runtime import Runtime
from service.settings import load_settings
from service.web.context import request_id


@cache
def prepare() -> Callable[..., Iterable[bytes]]:
    """The application. Nothing connects before the first request, so forks may share it.

    Raises:
        SettingsError: a setting is missing or wrong.

    """
    settings = load_settings()
    configure("web", settings.log_level, request_id=request_id)
    runtime = Runtime(settings, pool_size=settings.web_threads, application="greenroom web")
    _ = runtime.database_url, runtime.redis_url, runtime.vault
    return create_app(runtime)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    return prepare()(environ, start_response)
