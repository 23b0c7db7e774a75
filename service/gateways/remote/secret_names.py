"""Secrets of the instance, by the names that sites' settings give."""

from collections.abc import Callable, Mapping
from pathlib import Path

PREFIX = "GREENROOM_REMOTE_"
"""Only what begins like this can be named: whoever writes a site's settings must not be able to send off other keys."""

MAX_SECRET = 4_000

FindSecret = Callable[[str], str | None]


def secrets_in(environment: Mapping[str, str], folder: Path | None = None) -> FindSecret:
    """Finds `akismet` as GREENROOM_REMOTE_AKISMET in the environment or in the file greenroom_remote_akismet.

    What is found is printable ASCII without white space at its ends; anything else counts as missing.
    """

    def find(name: str) -> str | None:
        variable = PREFIX + name.upper()
        secret = environment.get(variable) or _in_file(folder, variable.lower())
        return secret.strip() if secret and _is_sendable(secret.strip()) else None

    return find


def _in_file(folder: Path | None, name: str) -> str | None:
    try:
        return (folder / name).read_text("utf-8") if folder is not None else None
    except (OSError, UnicodeError):
        return None


def _is_sendable(secret: str) -> bool:
    """Whether it can stand in a header."""
    return 0 < len(secret) <= MAX_SECRET and secret.isascii() and secret.isprintable()
