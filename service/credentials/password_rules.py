"""Which passwords are refused: too short, or among the first that somebody would try.

The list of common passwords is explained in docs/security.md. A listed word does not forbid a password, but what it
adds to one is not counted: `Password-2026!` is nothing but a listed word, a year and a mark.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

SHORTEST, LONGEST = 12, 128
FEWEST_DIFFERENT = 5
FEWEST_OWN_LETTERS = 4
MOST_LISTED_WORDS = 2
"""Three common words in a row are a phrase; two, or one twice, are what a program tries."""
SHORTEST_WORD = 4

_DISGUISES = str.maketrans("01345789@$!|+", "oleastbgasilt")
_RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)
_NO_LETTER = re.compile(r"[\W\d_]+")


def weakness(password: str, *, names: Iterable[str] = ()) -> str | None:
    """A sentence that says why this password is refused; None when it may be used.

    `names` are those of the person and their sites: whoever guesses begins with these.
    """
    settled = unicodedata.normalize("NFKC", password)
    if len(settled) < SHORTEST:
        return f"A password has at least {SHORTEST} characters. Several words in a row are easy to remember."
    if len(settled) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if len(set(settled)) < FEWEST_DIFFERENT:
        return "This password repeats the same few characters. Several words in a row are easy to remember."
    folded = settled.casefold()
    own = {word for name in names for word in _NO_LETTER.split(name.casefold()) if len(word) >= SHORTEST_WORD}
    if any(_is_run(text) or _is_made_of(text, own | {"greenroom"}) for text in _readings(folded)):
        return (
            "This password is among the first that somebody would try: it is made of well-known passwords, names or"
            " neighbouring keys. Take several words that nobody puts together."
        )
    return None


def _readings(folded: str) -> tuple[str, str]:
    """As typed, and with digits and signs read as the letters that they stand for."""
    return folded, folded.translate(_DISGUISES)


def _is_run(text: str) -> bool:
    """Whether it follows the alphabet, the digits or the keys, forwards or backwards."""
    bare = re.sub(r"[\W_]+", "", text)
    return any(bare and (bare in run or bare in run[::-1]) for run in _RUNS)


def _is_made_of(text: str, own: set[str]) -> bool:
    """Whether hardly a letter is left without listed words, of which there are few."""
    if text in common_passwords():
        return True
    left, taken = _without_words(text, own | common_passwords())
    return len(set(taken)) <= MOST_LISTED_WORDS and len(set(_NO_LETTER.sub("", left))) < FEWEST_OWN_LETTERS


def _without_words(text: str, words: frozenset[str] | set[str]) -> tuple[str, list[str]]:
    """The text without the listed words in it, the longest first, and those words."""
    taken: list[str] = []
    for length in range(len(text), SHORTEST_WORD - 1, -1):
        start = 0
        while start + length <= len(text):
            if (word := text[start : start + length]) in words:
                taken.append(word)
                text = f"{text[:start]} {text[start + length :]}"
            start += 1
    return text, taken


@cache
def common_passwords() -> frozenset[str]:
    """A good three thousand of the passwords that are used most."""
    return frozenset(files("service.credentials").joinpath("common_passwords.txt").read_text("ascii").split())
