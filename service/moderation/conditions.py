"""What a site's rule can ask about a comment: a closed list, each with its own few figures or words."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Place(StrEnum):
    """Where a word or a pattern is looked for."""

    TEXT = "text"
    NAME = "name"
    WEBSITE = "website"
    """The host of the author's website."""


class State(StrEnum):
    """Whether a rule counts. A shadow rule is noted where it would have counted, and changes no verdict."""

    ON = "on"
    OFF = "off"
    SHADOW = "shadow"


TEXT_AND_NAME = (Place.TEXT, Place.NAME)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or some words in a row, also in disguise."""

    word: str
    places: tuple[Place, ...] = TEXT_AND_NAME


@dataclass(frozen=True, slots=True)
class Pattern:
    """An RE2 pattern; capital and small letters are the same to it."""

    pattern: str
    places: tuple[Place, ...] = TEXT_AND_NAME


@dataclass(frozen=True, slots=True)
class Links:
    """More links than that which lead away from the site; 0 means any."""

    more_than: int


@dataclass(frozen=True, slots=True)
class LinkHost:
    """A link, or the author's website, leads to this host or to one below it."""

    host: str


@dataclass(frozen=True, slots=True)
class LinkPattern:
    """The address of a link, or of the author's website, fits an RE2 pattern."""

    pattern: str


@dataclass(frozen=True, slots=True)
class FewPublished:
    """The author has fewer published comments on this site than that."""

    fewer_than: int


@dataclass(frozen=True, slots=True)
class NewAuthor:
    """The author was first seen on this site less than so many days ago, or can't be recognised."""

    days: int


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The text is in none of these languages (two letters each). One that can't be told is held against nobody."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """It was sent at or after `start` and before `end`, by the site's clock; past midnight where `end` is earlier."""

    start: time
    end: time


Condition = Word | Pattern | Links | LinkHost | LinkPattern | FewPublished | NewAuthor | OtherLanguage | TimeOfDay


def in_words(condition: Condition) -> str:
    """Return what a rule asks, as a person would say it: `the word “casino” in the text or the name`."""
    match condition:
        case Word():
            said = f"the word “{condition.word}” in {_places(condition.places)}"
        case Pattern():
            said = f"the pattern “{condition.pattern}” in {_places(condition.places)}"
        case Links():
            said = f"more than {condition.more_than} links" if condition.more_than else "any link"
        case LinkHost():
            said = f"a link to {condition.host}"
        case LinkPattern():
            said = f"a link that fits “{condition.pattern}”"
        case FewPublished():
            said = f"an author with fewer than {condition.fewer_than} published"
        case NewAuthor():
            said = f"an author first seen less than {condition.days} day{'s' if condition.days > 1 else ''} ago"
        case OtherLanguage():
            said = f"another language than {', '.join(condition.languages)}"
        case TimeOfDay():
            said = f"sent between {condition.start:%H:%M} and {condition.end:%H:%M}"
    return said


def _places(places: tuple[Place, ...]) -> str:
    named = {Place.TEXT: "the text", Place.NAME: "the name", Place.WEBSITE: "the website"}
    return " or ".join(named[place] for place in places)
