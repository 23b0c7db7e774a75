"""A family is one way of writing a comment; its rows share a group.

A split by group separates templates, not every sentence: families borrow from each other's lexicons on purpose (a
quoted threat, a copied comment with a link). Two rows in five share six words in a row with another group, so figures
from such a split are too kind to a model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from service.training.rows import LABELS, Row
from service.training.synthetic import hosts, people, styles
from service.training.synthetic.grammar import Lexicon, Makers, Pen
from service.training.synthetic.pages import EVERYDAY, Page, page_of
from service.training.synthetic.vocabulary import COMMON

_MAKERS: Makers = {
    "first": people.first_name,
    "last": people.last_name,
    "name": people.full_name,
    "handle": people.handle,
    "town": people.town,
    "email": people.any_email,
    "phone": people.phone,
    "mobile": people.mobile_abroad,
    "address": people.street_address,
    "plate": people.plate,
    "url": hosts.honest_url,
    "host": hosts.honest_host,
    "knownurl": hosts.known_site_url,
    "paper": hosts.literature_url,
    "spamurl": hosts.spam_url,
    "spamhost": hosts.spam_host,
    "shorturl": hosts.short_url,
    "spokenhost": hosts.spoken_host,
}
_NAMES = {
    "handle": people.handle,
    "person": people.person,
    "full": people.full_name,
    "business": people.business,
    "keyword": people.full_name,
}
_KEYWORD_NAMES = 0.7
_TRIES = 6


@dataclass(frozen=True, slots=True)
class Family:
    """What a family writes (`texts`, templates), how often, under which pages, by whom, and what is wrong with it.

    `bad` names the heads that are 1; all others are 0. `author` is person, full, handle, business or keyword (seven in
    ten of those sign with goods, the others with a name); `site` is the share of rows with a URL field, which is
    commercial for keyword authors and honest for all others.
    """

    group: str
    rows: int
    texts: tuple[str, ...]
    bad: tuple[str, ...] = ()
    pages: tuple[str, ...] = EVERYDAY
    lang: str = "en"
    author: str = "person"
    site: float = 0.12
    is_rough: bool = True


@dataclass(frozen=True, slots=True)
class Chapter:
    """Families that share a lexicon of their own; entries of `verbatim` may hold braces, nothing in them is a slot."""

    words: Lexicon
    families: tuple[Family, ...]
    verbatim: Lexicon = field(default_factory=dict)

    def makers(self) -> Makers:
        return {**_MAKERS, **{name: _one_of(entries) for name, entries in self.verbatim.items()}}


def _one_of(entries: Sequence[str]) -> Callable[[Random], str]:
    return lambda chance: chance.choice(entries)


def rows_of(chapter: Chapter, family: Family, seed: int) -> list[Row]:
    """The family's rows, all texts distinct; fewer than asked for when its grammar cannot say more."""
    chance = Random(f"{seed}:{family.group}")  # noqa: S311 - a lottery for training texts, no secret
    written: dict[str, Row] = {}
    for _ in range(family.rows * _TRIES):
        if len(written) == family.rows:
            break
        row = _row(chapter, family, chance)
        written.setdefault(row["text"].casefold(), row)
    return list(written.values())


def _row(chapter: Chapter, family: Family, chance: Random) -> Row:
    page_pen = Pen(chance, [COMMON], _MAKERS)
    page = page_of(chance.choice(family.pages), page_pen, chance)
    pen = Pen(chance, [chapter.words, _page_words(page), COMMON], chapter.makers())
    text = styles.tidy(pen.write(chance.choice(family.texts)), family.lang)
    if family.is_rough:
        text = styles.roughen(text, family.lang, chance)
    author, url = _signature(chapter, family, chance)
    return Row(
        text=text,
        author=author,
        email=people.email(chance, author) if chance.random() < 0.6 else "",  # noqa: PLR2004
        url=url,
        page_title=page.title,
        page_url=page.url,
        page_excerpt=page.excerpt,
        lang=family.lang,
        source="synthetic",
        group=family.group,
        labels={head: int(head in family.bad) for head in LABELS},
    )


def _page_words(page: Page) -> Lexicon:
    return {"topic": page.topics, "title": (page.title,), "pageurl": (page.url,)}


def _signature(chapter: Chapter, family: Family, chance: Random) -> tuple[str, str]:
    has_site = chance.random() < family.site
    if family.author == "keyword" and chance.random() < _KEYWORD_NAMES:
        name = Pen(chance, [chapter.words, COMMON], _MAKERS).write("{trade}")
        return name, hosts.spam_url(chance) if has_site else ""
    name = _NAMES[family.author](chance)
    to_site = hosts.spam_url if family.author == "keyword" else hosts.honest_url
    return name, to_site(chance) if has_site else ""
