"""Sentences by language and name, with the plural forms that the language has."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import orjson
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ar", "zh", "ja")
DEFAULT = "en"
RIGHT_TO_LEFT = frozenset({"ar"})
DAYS_AS_IN = {"en": "en_GB"}
"""Where a language writes days in several ways: 30 November 2026, which nobody reads as another day."""

MOST_CHARACTERS = 500
"""Of an `Accept-Language` header: nobody speaks more."""

PARTS = ("widget", "pages", "problems", "letters")
"""Who says it: the embedded widget, the pages without JavaScript, refusals, mails. One file each in every language."""

Sentence = str | dict[str, str]
"""With `{name}` where a value goes; or one by plural category of CLDR, chosen by the value `count`."""


class Catalogue:
    """Everything that is said in one language."""

    def __init__(self, language: str, sentences: Mapping[str, Mapping[str, Sentence]]) -> None:
        self.language = language
        self.direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        self._sentences = sentences
        self._locale = Locale.parse(language)
        self._dates = Locale.parse(DAYS_AS_IN.get(language, language))

    def part(self, part: str) -> Mapping[str, Sentence]:
        """All sentences of a part, by name."""
        return self._sentences[part]

    def say(self, part: str, name: str, /, **values: object) -> str:
        """The sentence with these values in it.

        Raises:
            KeyError: there is no such sentence, or a value that stands in it was not given.

        """
        return self.unfilled(part, name, values).format_map(self.written(values))

    def unfilled(self, part: str, name: str, values: Mapping[str, object]) -> str:
        """The sentence as it stands in the catalogue, in the plural form that these values want."""
        sentence = self._sentences[part][name]
        if isinstance(sentence, dict):
            return sentence[self._locale.plural_form(values["count"])]  # type: ignore[arg-type]  # a number, by convention
        return sentence

    def written(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values as one writes them: 10,000 is 10.000 elsewhere."""
        return {
            name: format_decimal(value, locale=self._locale) if isinstance(value, int) else value
            for name, value in values.items()
        }

    def has(self, part: str, name: str) -> bool:
        return name in self._sentences[part]

    def day(self, at: datetime) -> str:
        return format_date(at.astimezone(UTC), "long", locale=self._dates)

    def moment(self, at: datetime) -> str:
        """A day, and a time of day in UTC."""
        return f"{self.day(at)}, {at.astimezone(UTC):%H:%M} UTC"


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of `LANGUAGES`; the default one for any other."""
    if language not in LANGUAGES:
        return catalogue(DEFAULT)
    folder = files("service.languages") / language
    sentences = {part: orjson.loads((folder / f"{part}.json").read_bytes()) for part in PARTS}
    return Catalogue(language, sentences)


def best_language(*wanted: str | None) -> str:
    """The first of these that we speak. Each is a BCP 47 tag, or a list of them as in `Accept-Language`."""
    for tags in wanted:
        for tag in by_preference(tags or ""):
            primary = tag.partition("-")[0].lower()
            if primary in LANGUAGES:
                return primary
    return DEFAULT


def by_preference(tags: str) -> list[str]:
    """The tags of an `Accept-Language` header, best first; those of equal weight stay in order."""
    weighted = []
    for part in tags[:MOST_CHARACTERS].split(","):
        tag, _, parameters = part.strip().partition(";")
        weighted.append((_weight(parameters), tag.strip()))
    weighted.sort(key=lambda pair: -pair[0])
    return [tag for weight, tag in weighted if tag and weight > 0]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
