"""Reading stored settings: each reader returns the value, or raises ValueError that names the setting."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

_Word = TypeVar("_Word", bound=StrEnum)


def refuse_unknown(where: str, given: Mapping[str, object], known: frozenset[str]) -> None:
    """Raise ValueError when there is a setting that nobody knows."""
    unknown = sorted(str(name) for name in given.keys() - known)
    if unknown:
        message = f"{where}: unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}"
        raise ValueError(message)


def read_word(words: type[_Word], given: object, where: str) -> _Word:
    """Return one word of a closed list."""
    try:
        return words(given)  # type: ignore[arg-type]
    except ValueError:
        message = f"{where}: {given!r} is not one of {', '.join(words)}"
        raise ValueError(message) from None


def read_whole(given: object, where: str, *, least: int, most: int) -> int:
    """Return a whole number within its bounds."""
    if isinstance(given, int) and not isinstance(given, bool) and least <= given <= most:
        return given
    message = f"{where}: {given!r} is not a whole number between {least} and {most}"
    raise ValueError(message)


def read_text(given: object, where: str) -> str:
    """Return a text, which may be empty."""
    if isinstance(given, str):
        return given
    message = f"{where}: {given!r} is not a text"
    raise ValueError(message)


def read_list(given: object, where: str) -> Sequence[object]:
    """Return a list."""
    if isinstance(given, Sequence) and not isinstance(given, str):
        return given
    message = f"{where}: {given!r} is not a list"
    raise ValueError(message)


def read_mapping(given: object, where: str) -> Mapping[str, object]:
    """Return an object with names and values."""
    if isinstance(given, Mapping):
        return given
    message = f"{where}: {given!r} is not an object"
    raise ValueError(message)
