"""Pages that comments stand under, by kind; what is on topic depends on them."""

import re
from dataclasses import dataclass
from random import Random

from service.training.synthetic.grammar import Pen
from service.training.synthetic.shelves import SHELVES
from service.training.synthetic.shelves_abroad import SHELVES_ABROAD

_SHELVES = SHELVES | SHELVES_ABROAD
EVERYDAY = (
    "recipes",
    "garden",
    "travel",
    "photo",
    "parents",
    "sports",
    "money",
    "health",
    "home",
    "culture",
    "code",
    "news",
)


@dataclass(frozen=True, slots=True)
class Page:
    """Where a comment was written: title, address, first words of the text, and what a reader may refer to."""

    title: str
    url: str
    excerpt: str
    topics: tuple[str, ...]


def page_of(kind: str, pen: Pen, chance: Random) -> Page:
    """A page of the kind; one in five has no excerpt, because sites need not send it."""
    shelf = _SHELVES[kind]
    title = pen.write(chance.choice(shelf.titles))
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    excerpt = pen.write(chance.choice(shelf.excerpts)) if chance.random() < 0.8 else ""  # noqa: PLR2004
    return Page(title, f"https://{chance.choice(shelf.hosts)}/{slug}", excerpt, shelf.topics)
