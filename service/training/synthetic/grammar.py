"""Sentences from templates: `{slot}` takes an entry of a lexicon, `{a|b}` one of two, `{5-80/5}` a number."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

Lexicon = Mapping[str, Sequence[str]]
Makers = Mapping[str, Callable[[Random], str]]

_RANGE = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")


def alternatives(text: str) -> tuple[str, ...]:
    """The parts of `text` between its outermost bars; a bar inside braces separates nothing here."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "|" and not depth:
            parts.append(text[start:at])
            start = at + 1
    return (*parts, text[start:])


def lines(text: str) -> tuple[str, ...]:
    """One template a line; blank lines separate for the eye only."""
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


def lexicon(text: str) -> dict[str, tuple[str, ...]]:
    """Slots by name: a line `@name` opens one, the lines below it are its entries, more than one a line with bars."""
    slots: dict[str, list[str]] = {}
    name = ""
    for line in lines(text):
        if line.startswith("@") and " " not in line:
            name = line[1:]
            slots.setdefault(name, [])
        else:
            slots[name].extend(part.strip() for part in alternatives(line))
    return {name: tuple(entries) for name, entries in slots.items()}


class Pen:
    """Writes texts from templates with one stream of chance.

    A slot is looked up in the lexicons in order, then among the makers, whose answer is taken as it is. `{slot#1}`
    keeps its value within one text. `¶` is a line break. Raises KeyError for a slot that nobody knows.
    """

    def __init__(self, chance: Random, lexicons: Sequence[Lexicon], makers: Makers) -> None:
        self._chance = chance
        self._lexicons = lexicons
        self._makers = makers
        self._kept: dict[str, str] = {}
        self._said: set[str] = set()

    def write(self, template: str) -> str:
        """A fresh text: values kept with `#` are forgotten first."""
        self._kept = {}
        self._said = set()
        return self._expand(template).replace("¶", "\n")

    def _expand(self, template: str) -> str:
        written, at = [], 0
        while (start := template.find("{", at)) >= 0:
            end = _closing(template, start)
            written += [template[at:start], self._braces(template[start + 1 : end])]
            at = end + 1
        return "".join([*written, template[at:]])

    def _braces(self, inner: str) -> str:
        choices = alternatives(inner)
        if len(choices) > 1:
            return self._expand(self._chance.choice(choices))
        if span := _RANGE.fullmatch(inner):
            low, high, step = int(span[1]), int(span[2]), int(span[3] or 1)
            return str(self._chance.randrange(low, high + 1, step))
        if "#" not in inner:
            return self._slot(inner)
        if inner not in self._kept:
            self._kept[inner] = self._slot(inner.split("#", maxsplit=1)[0])
        return self._kept[inner]

    def _slot(self, name: str) -> str:
        if name.startswith("^"):
            value = self._slot(name[1:])
            return value[:1].upper() + value[1:]
        for words in self._lexicons:
            if name in words:
                return self._expand(self._fresh(words[name]))
        return self._makers[name](self._chance)

    def _fresh(self, entries: Sequence[str]) -> str:
        """An entry that this text has not used, if a few draws find one: nobody says a sentence twice."""
        for _ in range(4):
            entry = self._chance.choice(entries)
            if entry not in self._said:
                break
        self._said.add(entry)
        return entry


def _closing(template: str, start: int) -> int:
    depth = 0
    for at in range(start, len(template)):
        depth += {"{": 1, "}": -1}.get(template[at], 0)
        if not depth:
            return at
    raise ValueError(f"A brace is never closed in: {template}")
