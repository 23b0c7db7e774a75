"""One plain spelling of a text for the reader, what was undone on the way, and the way back to the original.

Disguise is evidence: spam of 2024 writes `𝗟𝗘𝗩𝗜𝗦𝟰𝗗`, `f r e e` and `v1agra`. Nothing is undone that people need:
whole words of Cyrillic or Greek stay, marks of scripts that live by them stay, `2nd` and `50mg` are not disguise.
"""
# ruff: noqa: RUF001, RUF002 - disguised letters are what this is about

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.moderation.model import Span
from service.moderation.reading.letters import DECORATED, INVISIBLE, LEET, LOOK_ALIKE

MAX_READ = 20_000
"""Code points that are read: the most that a site may allow."""

_SPACED_HINT = re.compile(r"[ .\-_*·•|][^\W_][ .\-_*·•|]{1,2}[^\W_](?![^\W_])")
_SPACED = re.compile(
    r"(?<![^\W_])(?:"
    r"[^\W_](?P<gap>[ .\-_*·•|]{1,2})[^\W_](?:(?P=gap)[^\W_]){2,39}"  # f r e e; a wider gap begins another word
    r"|(?:[^\W_][.\-_*·•|]{1,2}){3,40}[^\W_]"  # f.r-e*e
    r"|[^\W_](?P<sign>[ .\-_*·•|])[^\W_](?P=sign)[^\W_]"  # b u y
    r")(?![^\W_])"
)
_SHORTEST_SPACED = 4
"""Letters from which on a spaced word is a disguise: U.S.A. and R I P are none."""
_WORD = re.compile(r"[^\W\d_]+")
_CHUNK = re.compile(r"\S{2,40}")
# Patterns that begin with one of a few signs are found fastest, so what stands before the sign is looked back at.
_LEET_HINT = re.compile(r"[0-9@$!|€£*#](?:(?<=[^\W\d_][0-9@$!|€£*#])[^\s*]|(?<!\S[0-9@$!|])(?<=[0-9@$!|])[^\W\d_])")
_STRETCHED_HINT = re.compile(r"(\w)\1\1(?<=[^\W\d_])")
_BETWEEN_LETTERS = re.compile(r"[^\W\d_][0-9@$!|€£*#][0-9@$!|€£*#.\-_]*[^\W\d_]|^[0-9@$!|](?=[^\W\d_]{2})")
_NOT_LEET = re.compile(
    r"\d+(?:[.,:/x-]\d+)*(?:[^\W\d_]{1,2}|mcg|min|mins|hrs|ish|year|day|week|euro|gbp|usd)"  # 50mg, 2nd
    r"|\d{2,}.*|\d+[^\W\d_]{1,2}(?:[-–/]\d+[^\W\d_]{1,2})+"  # 10th-floor, 4pm-6pm
    r"|[^\W\d_]+\d+|\d+[^\W\d_]+\d+|[^\W_]+(?:[-'][^\W_]+)+|[^\W_]+(?:\.[^\W_]+)+"  # covid19, well-known, e.g
    r"|\S*\.[^\W\d_]{2,}",  # b3st-pills.example
)
_HANDLE = re.compile(r"@\w{5,}")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_OPENING = "\"'“‘([{"
_EDGES = "!?.,:;()[]{}\"'“”‘’…-_~#*"
_LAST_JOINED_SCRIPT = 0x530  # Latin, Greek and Cyrillic end here: joiners have no meaning before it


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text`: the plain spelling, but for leet; `words`: what words in leet stand for, each with its place in `text`.

    `offsets[i]` is the place in the original of character `i` of `text` (None: they are the same). `undone` counts by
    kind what was undone. An address may look like leet, so whoever reads words looks for addresses in `text` first.
    """

    original: str
    text: str
    offsets: tuple[int, ...] | None
    words: tuple[tuple[str, int, int], ...]
    undone: dict[str, int]

    def span(self, start: int, end: int) -> Span:
        """Return where in the original the characters from `start` up to `end` of `text` stand."""
        if self.offsets is None:
            return Span(start, end)
        if end <= start:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def normalise(original: str) -> Normalised:
    """Return the plain spelling of a text of which at most `MAX_READ` code points are read. Its `text` is settled."""
    read = original[:MAX_READ]
    undone: dict[str, int] = {}
    if read.isascii():
        text, offsets = read.lower(), None
    else:
        text, offsets = _settled(read, undone)
    text, offsets = _join_spaced(text, offsets, undone)
    is_stretched = _STRETCHED_HINT.search(text) is not None
    has_hint = is_stretched or _LEET_HINT.search(text)
    words = tuple(_plain_words(text, undone, is_stretched=is_stretched)) if has_hint else ()
    return Normalised(original, text, offsets, words, undone)


def _settled(read: str, undone: dict[str, int]) -> tuple[str, tuple[int, ...]]:
    """Fold until nothing changes: a character taken away can let its neighbours compose."""
    text, offsets = _fold(read, undone)
    text, offsets = _unmix(text, offsets, undone)
    for _ in range(3):
        again, inner = _fold(text, {})
        again, inner = _unmix(again, inner, {})
        if again == text:
            break
        text, offsets = again, tuple(offsets[place] for place in inner)
    return text, offsets


def _fold(read: str, undone: dict[str, int]) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(read):
        folded, kind = (character.lower(), "") if character.isascii() else _folded(character)
        if kind == "mark":
            folded = _combined(folded, pieces, undone)
        elif kind == "invisible":
            if _is_inside_word(read, place):
                undone[kind] = undone.get(kind, 0) + 1
        elif kind:
            undone[kind] = undone.get(kind, 0) + 1
        for part in folded:
            pieces.append(part)
            offsets.append(place)
    return "".join(pieces), tuple(offsets)


@lru_cache(maxsize=16_384)
def _folded(character: str) -> tuple[str, str]:
    """Return what a character outside ASCII becomes, and the kind of disguise it is, if any."""
    if character in INVISIBLE:
        return "", "invisible"
    if character in DECORATED:
        return DECORATED[character], "fancy"
    if unicodedata.category(character) in {"Mn", "Me"}:
        return character, "mark"
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
    is_fancy = folded != character.lower() and folded.isascii() and folded.isalnum()
    return folded, "fancy" if is_fancy and len(folded) == 1 else ""


def _combined(mark: str, pieces: list[str], undone: dict[str, int]) -> str:
    """Put a mark on the letter before it; on a Latin letter that takes none it is a disguise and goes."""
    before = pieces[-1] if pieces else ""
    composed = unicodedata.normalize("NFC", before + mark) if before else mark
    if before and len(composed) == 1:
        pieces[-1] = composed
        return ""
    if before and ord(before) < _LAST_JOINED_SCRIPT:
        undone["marks"] = undone.get("marks", 0) + 1
        return ""
    return mark


def _is_inside_word(read: str, place: int) -> bool:
    before, after = read[place - 1 : place], read[place + 1 : place + 2]
    return (
        before.isalnum() and after.isalnum() and ord(before) < _LAST_JOINED_SCRIPT and ord(after) < _LAST_JOINED_SCRIPT
    )


def _unmix(text: str, offsets: tuple[int, ...], undone: dict[str, int]) -> tuple[str, tuple[int, ...]]:
    """Fold look-alikes in words that mix them with Latin, and then in words made of nothing else."""
    if text.isascii() or LOOK_ALIKE.keys().isdisjoint(text):
        return text, offsets
    mixed = [word for word in _WORD.finditer(text) if _is_mixed(word.group())]
    if not mixed:
        return text, offsets
    letters = list(text)
    for word in _WORD.finditer(text):
        spelled = word.group()
        if not spelled.isascii() and (_is_mixed(spelled) or LOOK_ALIKE.keys() >= set(spelled)):
            folded = [LOOK_ALIKE.get(letter, letter) for letter in spelled]
            undone["look_alike"] = undone.get("look_alike", 0) + sum(map(str.__ne__, folded, spelled))
            letters[word.start() : word.end()] = folded
    return "".join(letters), offsets


def _is_mixed(word: str) -> bool:
    has_latin = any("a" <= letter <= "z" for letter in word)
    return has_latin and not LOOK_ALIKE.keys().isdisjoint(word)


def _join_spaced(
    text: str, offsets: tuple[int, ...] | None, undone: dict[str, int]
) -> tuple[str, tuple[int, ...] | None]:
    if not _SPACED_HINT.search(text):
        return text, offsets
    kept: list[tuple[int, int]] = []
    position = 0
    for found in _SPACED.finditer(text):
        letters = [place for place in range(*found.span()) if text[place].isalnum()]
        if 2 * sum(text[place].isalpha() for place in letters) <= len(letters):
            continue
        kept.append((position, found.start()))
        kept += [(place, place + 1) for place in letters]
        position = found.end()
        if len(letters) >= _SHORTEST_SPACED:
            undone["spaced"] = undone.get("spaced", 0) + 1
    if not position:
        return text, offsets
    kept.append((position, len(text)))
    places = [place for start, end in kept for place in range(start, end)]
    joined = "".join(text[start:end] for start, end in kept)
    return joined, tuple(places if offsets is None else (offsets[place] for place in places))


def _plain_words(text: str, undone: dict[str, int], *, is_stretched: bool) -> Iterator[tuple[str, int, int]]:
    for found in _CHUNK.finditer(text):
        chunk = found.group()
        if not is_stretched and chunk.isalpha():
            continue
        opened = chunk.lstrip(_OPENING)
        word = opened.rstrip(_EDGES)
        if plain := _plain(word, undone):
            start = found.end() - len(opened)
            yield plain, start, start + len(word)


def _plain(word: str, undone: dict[str, int]) -> str:
    """Return what a word stands for when it is spelled in leet or stretched, or an empty text."""
    if "/" in word or word.startswith(("www.", "#")) or ("@" in word[1:] and "." in word) or _HANDLE.fullmatch(word):
        return ""
    is_leet = not _NOT_LEET.fullmatch(word) and _BETWEEN_LETTERS.search(word)
    spelled = word.translate(LEET) if is_leet else word
    plain = _STRETCHED.sub(r"\1", spelled)
    if plain == word or len(plain) < 2 or not plain.isalpha():  # noqa: PLR2004 - a letter alone is no word
        return ""
    if is_leet:
        undone["leet"] = undone.get("leet", 0) + 1
    if plain != spelled:
        undone["stretched"] = undone.get("stretched", 0) + 1
    return plain
