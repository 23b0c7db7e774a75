"""Words to search by: those of a text, and those of somebody who searches, in one spelling.

Case, accents, compatibility forms and invisible characters make no difference. A word is found by its beginning, a long
one also from within: that finds `casino` in `bestcasino` and `schifffahrt` in its longer sisters. Scripts that put no
spaces between words are searched letter by letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from service.moderation.text import UNSPACED_LETTER, fold

LONG_WORD = 8
"""Letters from which on a word is also found from within."""

SHORTEST_END = 4
LONGEST_WORD = 40
MOST_READ = 40_000
"""Characters of a field that are read: one ligature may stand for eighteen letters."""

MOST_ENDS = 2_000
MOST_ASKED = 12
GAP = 2
"""Places between two fields, so that no phrase is found across them."""

LAST_PLACE = 16_383
"""PostgreSQL counts no further."""

_WORD = re.compile(rf"{UNSPACED_LETTER.pattern}|(?:(?!{UNSPACED_LETTER.pattern})[^\W_])+")
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


class Placed(NamedTuple):
    """A word, or the end of a long one, and where in the text it stands, from 1 on."""

    word: str
    place: int


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, each in the spelling that is searched."""
    folded = fold(text)
    if not folded.isascii():
        marked = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in marked if unicodedata.category(letter) != "Mn")
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded[:MOST_READ])]


def placed_words(fields: Iterable[str]) -> list[Placed]:
    """Return everything by which these fields are found, whole words first."""
    whole: list[Placed] = []
    place = 1
    for field in fields:
        for word in words_of(field):
            whole.append(Placed(word, min(place, LAST_PLACE)))
            place += 1
        place += GAP
    ends = dict.fromkeys(end for found in whole for end in _ends(found))
    return [*whole, *list(ends)[:MOST_ENDS]]


def _ends(found: Placed) -> Iterator[Placed]:
    word, place = found
    if len(word) >= LONG_WORD:
        for start in range(1, len(word) - SHORTEST_END + 1):
            yield Placed(word[start:], place)


def asked_phrases(text: str) -> list[list[str]]:
    """Return what somebody searches for: phrases, mostly of one word, that must all be there.

    What stands in quotation marks is one phrase; so is `e-mail`, and a run of letters without spaces between words.
    At most twelve words are asked for. None means that there is nothing to search for.
    """
    phrases: list[list[str]] = []
    left = MOST_ASKED
    for quoted, plain in _PHRASE.findall(text):
        words = words_of(quoted or plain)[:left]
        left -= len(words)
        if words:
            phrases.append(words)
    return phrases
