"""Signals about the shape of a text: length, letters, signs, repetition and what had to be undone to read it."""

from collections.abc import Iterator

from service.moderation.reading.lexicon import Group
from service.moderation.reading.material import Material
from service.moderation.reading.signs import (
    BIG_MONEY,
    BRAND_NUMBER,
    CAPITAL,
    DIGIT,
    EMOJI,
    GIBBERISH,
    ME,
    MONEY,
    PERCENT,
    SHOUT,
    SIGN,
    VOWELS,
)

Found = Iterator[tuple[str, float]]

SHAPE_NAMES = (
    "no text", "very short", "short", "long", "very long", "many lines",
    "capitals", "words in capitals", "exclamation marks", "a question", "emoji", "many signs", "many digits",
    "words repeated", "lines repeated", "gibberish", "no vowels", "a very long word",
    "hidden characters", "fancy letters", "letters of two alphabets", "stacked marks", "spaced letters", "leet",
    "stretched words",
    "disguised letters", "money", "sums to be earned", "per cent", "a name with a lucky number",
    "says I often", "experience told", "thanks only", "a reply to somebody", "an own question", "numbers in a row",
    "starts with a greeting", "one line of name and link", "starts small", "ends without a stop",
    "a list of keywords",
)  # fmt: skip
_FEW = 4
_SHORT = 12
_LONG = 60
_READ_UP_TO = 2_000


def shape(taken: Material) -> Found:
    """Yield the signals of shape of one comment."""
    body = taken.facts.body[: _READ_UP_TO * 2]
    tokens = taken.tokens
    words = [token for token in tokens if token[0].isalnum()]
    yield from _length(taken, words)
    yield from _letters(body, taken.plain[:_READ_UP_TO], words)
    yield from _undone(taken)
    if taken.has_digits:
        yield from _numbers(taken.plain)
    yield from _repetition(body, words)
    yield from _manner(taken, words)


def _length(taken: Material, words: list[str]) -> Found:
    count = len(words)
    yield "no text", float(count == 0)
    yield "very short", float(0 < count <= _FEW)
    yield "short", float(_FEW < count <= _SHORT)
    yield "long", (count - _LONG / 2) / _LONG
    yield "very long", (count - 2 * _LONG) / (4 * _LONG)
    yield "many lines", (taken.facts.body.count("\n") - 2) / 10


def _letters(body: str, plain: str, words: list[str]) -> Found:
    letters = sum(map(len, words)) or 1
    capitals = CAPITAL.count(body)
    yield "capitals", 2 * (capitals / max(10, letters) - 0.15)
    yield "words in capitals", len(SHOUT.findall(body)) / 5 if capitals else 0
    yield "exclamation marks", body.count("!") / 5
    yield "emoji", 0 if body.isascii() else len(EMOJI.findall(body)) / 5
    yield "many signs", 2 * SIGN.count(plain) / (len(plain) + 20)
    yield "many digits", 3 * DIGIT.count(plain) / (len(plain) + 20)
    longest = max(map(len, words), default=0)
    yield "a very long word", (longest - 24) / 40
    if plain.isascii() and letters > _SHORT:
        yield "gibberish", len(GIBBERISH.findall(plain)) / 2
        yield "no vowels", float(4 * sum(map(plain.count, VOWELS)) < letters)


def _undone(taken: Material) -> Found:
    undone = taken.read.undone
    yield "hidden characters", undone.get("invisible", 0) / 2
    yield "fancy letters", undone.get("fancy", 0) / 4
    yield "letters of two alphabets", undone.get("look_alike", 0) / 2
    yield "stacked marks", undone.get("marks", 0) / 4
    yield "spaced letters", undone.get("spaced", 0) / 1
    yield "leet", undone.get("leet", 0) / 2
    yield "stretched words", undone.get("stretched", 0) / 3
    hidden = sum(undone.get(kind, 0) for kind in ("invisible", "fancy", "look_alike", "marks"))
    yield "disguised letters", (hidden + 3 * undone.get("spaced", 0)) / 5


def _numbers(plain: str) -> Found:
    yield "money", len(MONEY.findall(plain)) / 2
    yield "sums to be earned", float(BIG_MONEY.search(plain) is not None)
    yield "per cent", len(PERCENT.findall(plain)) / 2
    yield "a name with a lucky number", len(BRAND_NUMBER.findall(plain)) / 1


def _repetition(body: str, words: list[str]) -> Found:
    if len(words) >= _SHORT:
        yield "words repeated", 1.4 - 2 * len(set(words)) / len(words) * min(1.0, (len(words) / 100) ** 0.3 + 0.3)
    lines = [line for line in body.split("\n") if line.strip()]
    yield "lines repeated", (len(lines) - len(set(lines))) / 3


def _manner(taken: Material, words: list[str]) -> Found:
    groups = {group for hit in taken.hits for group in hit.groups}
    own = sum(word in ME for word in words)
    first = words[0] if words else ""
    ending = taken.read.text.rstrip()[-1:]
    yield "says I often", 5 * own / (len(words) + 15)
    yield "experience told", float(own > 1 and Group.CARE in groups and not taken.links)
    yield (
        "thanks only",
        float(Group.THANKS in groups and len(words) <= _SHORT and not taken.links and not taken.website),
    )
    yield "a reply to somebody", float(taken.plain.lstrip().startswith("@"))
    yield "a question", float("?" in taken.plain)
    yield (
        "starts with a greeting",
        float(first in {"hi", "hello", "hey", "howdy", "greetings", "hallo", "halo", "dear"}),
    )
    yield "starts small", float(taken.facts.body[:1].islower())
    yield "ends without a stop", float(ending.isalnum())
    yield "one line of name and link", float(bool(taken.links) and len(words) <= _FEW)
    yield (
        "a list of keywords",
        (taken.plain.count(",") + taken.plain.count("|") - len(words) / 5) / 4 if len(words) > _FEW else 0,
    )
