"""Passwords as argon2id hashes, and the same work for a name that nobody has."""

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

ONE_TIME_BYTES = 15
AT_ONCE = 2
"""Each hash takes 64 MiB. However many people log in at once, a process works on this many."""

_hasher = PasswordHasher()  # RFC 9106, second recommendation: 64 MiB, 3 passes, 4 lanes
_turns = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """The argon2id hash, as it may be stored."""
    with _turns:
        return _hasher.hash(_settled(password))


def is_password(password: str, stored: str | None) -> bool:
    """Whether this is the password behind a stored hash. None, which is nobody's, takes as long as a wrong one."""
    nobodys = _nobodys_hash()
    with _turns:
        try:
            _hasher.verify(stored or nobodys, _settled(password))
        except (InvalidHashError, VerifyMismatchError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def one_time_password() -> str:
    """A random one, to be changed at the first login."""
    return secrets.token_urlsafe(ONE_TIME_BYTES)


@cache
def _nobodys_hash() -> str:
    return hash_password(secrets.token_urlsafe(ONE_TIME_BYTES))


def _settled(password: str) -> str:
    """One keyboard sends a letter and its accent apart, another together."""
    return unicodedata.normalize("NFKC", password)
