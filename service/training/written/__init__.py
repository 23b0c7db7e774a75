"""Comments that were written one by one for training: harm without swear words, and honest people beside it.

A grammar says much and varies little; these vary. Each line has `text`, `author`, `url`, the kind of `page` it stands
under, `labels` (what is wrong with it, of all heads; empty when it is honest), `kind` (lines of one kind are never
split) and, unless it is English, `lang`. Nothing in them is copied; no private person in them exists.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from random import Random
from typing import Any

from service.training.rows import LABELS, Row
from service.training.synthetic import people
from service.training.synthetic.grammar import Pen
from service.training.synthetic.pages import page_of
from service.training.synthetic.vocabulary import COMMON

Line = Mapping[str, Any]

SOURCE = "written"

NAMES_TELL = frozenset({
    "spam.jsonl", "spam2.jsonl", "honest.jsonl", "honest2.jsonl", "dealing.jsonl", "links.jsonl",
})  # fmt: skip
"""Files whose authors' names are part of what is wrong or right with a comment. Elsewhere anybody may have said it, so
the honest readers of blogs lend their names."""

LENDERS = ("honest.jsonl", "honest2.jsonl")
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")


def read(seed: int) -> list[Row]:
    """Return all written comments in a fixed order, each under a page of its kind that the seed picks."""
    folder = files(__package__)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".jsonl"))
    lines = {name: list(map(json.loads, (folder / name).read_text("utf-8").splitlines())) for name in names}
    authors = [line["author"] for name in LENDERS for line in lines[name]]
    return [row for name in names for row in _rows(name, lines[name], authors, seed)]


def _rows(name: str, lines: Sequence[Line], authors: Sequence[str], seed: int) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        chance = Random(f"{seed}:{name}:{number}")  # noqa: S311 - a lottery for training texts, no secret
        page = page_of(line["page"], Pen(chance, [COMMON], {"town": people.town}), chance)
        yield Row(
            text=line["text"],
            author=_author(line, authors, chance, tells=name in NAMES_TELL),
            email="",
            url=line["url"],
            page_title=page.title,
            page_url=page.url,
            page_excerpt=page.excerpt,
            lang=line.get("lang", "en"),
            source=SOURCE,
            group=f"{name.removesuffix('.jsonl')}:{line['kind']}",
            labels={label: int(label in line["labels"]) for label in LABELS},
        )


def _author(line: Line, authors: Sequence[str], chance: Random, *, tells: bool) -> str:
    """The name as it was typed where it says something: a spammer who signs like a person could be called anything."""
    anybody = chance.choice(authors) if chance.random() < 0.6 else people.person(chance)  # noqa: PLR2004
    return anybody if not tells or _PERSON.fullmatch(line["author"]) else str(line["author"])
