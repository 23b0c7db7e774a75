"""Comments that were written one by one for training: harm without swear words, and honest people beside it.

A grammar says much and varies little; these vary. Each line has `text`, `author`, `url`, the kind of `page` it stands
under, `labels` (what is wrong with it, of all heads; empty when it is honest), `kind` (lines of one kind are never
split) and, unless it is English, `lang`. Nothing in them is copied; no private person in them exists.
"""

import json
from collections.abc import Iterator
from importlib.resources import files
from random import Random

from service.training.rows import LABELS, Row
from service.training.synthetic import people
from service.training.synthetic.grammar import Pen
from service.training.synthetic.pages import page_of
from service.training.synthetic.vocabulary import COMMON

SOURCE = "written"

NAMES_TELL = frozenset({"spam.jsonl", "spam2.jsonl", "honest.jsonl", "honest2.jsonl", "dealing.jsonl"})
"""Files whose authors' names are part of what is wrong or right with a comment; elsewhere anybody may have said it."""


def read(seed: int) -> list[Row]:
    """Return all written comments in a fixed order, each under a page of its kind that the seed picks."""
    folder = files(__package__)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".jsonl"))
    return [row for name in names for row in _rows(name, (folder / name).read_text("utf-8"), seed)]


def _rows(name: str, lines: str, seed: int) -> Iterator[Row]:
    for number, line in enumerate(lines.splitlines(), 1):
        given = json.loads(line)
        chance = Random(f"{seed}:{name}:{number}")  # noqa: S311 - a lottery for training texts, no secret
        page = page_of(given["page"], Pen(chance, [COMMON], {"town": people.town}), chance)
        yield Row(
            text=given["text"],
            author=given["author"] if name in NAMES_TELL else people.person(chance),
            email="",
            url=given["url"],
            page_title=page.title,
            page_url=page.url,
            page_excerpt=page.excerpt,
            lang=given.get("lang", "en"),
            source=SOURCE,
            group=f"{name.removesuffix('.jsonl')}:{given['kind']}",
            labels={label: int(label in given["labels"]) for label in LABELS},
        )
