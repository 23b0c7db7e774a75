"""Augmentation: copies of rows that break what a source gives away by accident, and copies in disguise.

Open spam and honest data differ in more than honesty: only the spam has website fields, some sources are lower-cased,
nobody disguises honest texts. Each function takes one such difference away. All chance comes from the given `Random`.
"""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import cast

from service.moderation.reading.about_links import SELLING
from service.moderation.reading.features import tokenised
from service.moderation.reading.letters import LOOK_ALIKE
from service.moderation.reading.lexicon import Group
from service.moderation.reading.material import lexicon_groups
from service.training.rows import Row
from service.training.synthetic.hosts import honest_url
from service.training.synthetic.people import handle, person

WEBSITE_SHARE = 0.35
"""Share of honest comments under a blog that come with a website of the author's own."""

LOWER_SHARE = 0.25
HONEST_PRAISE_WITH_WEBSITE = 0.5

_FANCY = (0x1D400, 0x1D434, 0x1D468, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670, 0xFF21)
_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "l": "1|", "b": "8"}
_TWINS = {latin: alike for alike, latin in LOOK_ALIKE.items() if "\u0430" <= alike <= "\u04ff"}
_HIDDEN = "\u200b\u200c\u200d\u2060\u00ad\ufeff"
_STARS = "*#-."


def with_fields(rows: Iterable[Row], chance: Random) -> Iterator[Row]:
    """Yield the rows; who has no name gets one, and the same share of all gets an honest website."""
    for row in rows:
        author = row["author"] or (person(chance) if chance.random() < 0.6 else handle(chance))  # noqa: PLR2004
        url = row["url"] or (honest_url(chance) if chance.random() < WEBSITE_SHARE else "")
        yield cast("Row", {**row, "author": author, "url": url})


def without_fields(rows: Iterable[Row], chance: Random, share: float) -> Iterator[Row]:
    """Yield copies of a share of the rows that tell nothing but the text, as an import from a video site does."""
    for row in rows:
        if chance.random() < share:
            author = row["author"] if chance.random() < 0.3 else handle(chance)  # noqa: PLR2004
            yield cast(
                "Row",
                {**row, "author": author, "url": "", "email": "", "page_title": "", "page_url": "", "page_excerpt": ""},
            )


def honest_praise(rows: Iterable[Row], chance: Random, share: float) -> Iterator[Row]:
    """Yield honest copies of a share of the spam that only praises: a person with a page of their own says the same.

    Under a blog such words are common and honest; what makes them spam is the name and the website beside them.
    """
    for row in rows:
        if row["labels"].get("spam") == 1 and chance.random() < share and _only_praises(row["text"]):
            url = honest_url(chance) if chance.random() < HONEST_PRAISE_WITH_WEBSITE else ""
            honest = {
                **row,
                "author": person(chance),
                "email": "",
                "url": url,
                "labels": {"spam": 0},
                "source": "praise",
            }
            yield cast("Row", honest)


def _only_praises(text: str) -> bool:
    words = tokenised(text.lower()).split()
    groups = lexicon_groups(words)
    return "http" not in text and "www" not in text and Group.PRAISE in groups and not groups & SELLING


def lowered(rows: Iterable[Row], chance: Random) -> Iterator[Row]:
    """Yield the rows, a share of them in small letters."""
    for row in rows:
        yield cast("Row", {**row, "text": row["text"].lower()}) if chance.random() < LOWER_SHARE else row


def disguised(rows: Iterable[Row], chance: Random, share: float) -> Iterator[Row]:
    """Yield copies of a share of the rows with letters in disguise, as filters are evaded."""
    for row in rows:
        if chance.random() < share:
            yield cast("Row", {**row, "text": disguise(row["text"], chance), "group": row["group"]})


def disguise(text: str, chance: Random) -> str:
    """Return the text with some or all of its words in one kind of disguise."""
    kind = chance.choice(_KINDS)
    every = chance.choice((0.25, 0.5, 1.0))
    words = text.split(" ")
    return " ".join(kind(word, chance) if len(word) > 2 and chance.random() < every else word for word in words)  # noqa: PLR2004


def _fancy(word: str, chance: Random) -> str:
    first = chance.choice(_FANCY)
    return "".join(chr(first + ord(c.upper()) - 65) if c.isascii() and c.isalpha() else c for c in word)


def _leet(word: str, chance: Random) -> str:
    return "".join(chance.choice(_LEET[c.lower()]) if c.lower() in _LEET and chance.random() < 0.6 else c for c in word)  # noqa: PLR2004


def _alike(word: str, chance: Random) -> str:
    return "".join(_TWINS[c] if c in _TWINS and chance.random() < 0.7 else c for c in word)  # noqa: PLR2004


def _hidden(word: str, chance: Random) -> str:
    return "".join(c + chance.choice(_HIDDEN) if chance.random() < 0.5 else c for c in word)  # noqa: PLR2004


def _spaced(word: str, chance: Random) -> str:
    return chance.choice((" ", ".", "-", "_")).join(word) if word.isalpha() else word


def _starred(word: str, chance: Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + chance.choice(_STARS) + word[place + 1 :]


def _stretched(word: str, chance: Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place] * chance.randrange(2, 6) + word[place:]


def _struck(word: str, chance: Random) -> str:
    mark = chance.choice("\u0336\u0335\u0332\u0301\u0308")
    return "".join(c + mark for c in word)


_KINDS: tuple[Callable[[str, Random], str], ...] = (
    _fancy, _fancy, _leet, _leet, _alike, _hidden, _spaced, _starred, _stretched, _struck,
)  # fmt: skip
