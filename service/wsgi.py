"""What a WSGI server loads: `service.wsgi:application`, made at the first request of each process."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from service.app import create_app
from service.logs import configure
from service.runtime import Runtime
from service.settings import load_settings


@cache
def _app() -> Callable[..., Iterable[bytes]]:
    settings = load_settings()
    configure("web", settings.log_level)
    return create_app(Runtime(settings, pool_size=settings.web_threads, application="greenroom web"))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    return _app()(environ, start_response)
