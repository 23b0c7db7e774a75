"""Twelve languages say the same: no sentence, no value and no plural form is missing in any."""

import re

import pytest
from babel import Locale

from service.languages.catalogue import DEFAULT, LANGUAGES, PARTS, Sentence, best_language, catalogue

VALUE = re.compile(r"\{(\w*)\}")
OTHERS = [language for language in LANGUAGES if language != DEFAULT]


def forms(sentence: Sentence) -> dict[str, str]:
    return sentence if isinstance(sentence, dict) else {"": sentence}


def values_of(sentence: Sentence) -> set[str]:
    """A plural form may leave the number out ("one comment"), so all forms count together."""
    return {name for form in forms(sentence).values() for name in VALUE.findall(form)}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_missing_and_none_is_left_over(language: str, part: str) -> None:
    assert set(catalogue(language).part(part)) == set(catalogue(DEFAULT).part(part))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_the_values_of_the_english_one(language: str, part: str) -> None:
    english = catalogue(DEFAULT).part(part)
    for name, sentence in catalogue(language).part(part).items():
        assert values_of(sentence) == values_of(english[name]), name
        assert isinstance(sentence, dict) == isinstance(english[name], dict), name


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_of_the_language_is_there(language: str, part: str) -> None:
    """As CLDR names them, so that neither the browser's Intl nor the server finds one missing."""
    wanted = set(Locale.parse(language).plural_form.tags) | {"other"}
    for name, sentence in catalogue(language).part(part).items():
        if isinstance(sentence, dict):
            assert set(sentence) == wanted, name
        assert all(form.strip() for form in forms(sentence).values()), name


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_translated(language: str, part: str) -> None:
    """A word or two may be the same in two languages; whole sentences are not."""
    english = catalogue(DEFAULT).part(part)
    same = [
        name
        for name, sentence in catalogue(language).part(part).items()
        if sentence == english[name] and len(VALUE.sub("", " ".join(forms(sentence).values())).split()) > 3
    ]
    assert same == []


def test_the_first_language_that_is_known_is_spoken() -> None:
    assert best_language("tlh", "de-AT,de;q=0.9,en;q=0.8") == "de"
    assert best_language(None, "fr;q=0.2, ar;q=0.7") == "ar"
    assert best_language("PT-br") == "pt"
    assert best_language("xx", None, "") == "en"
    assert best_language("en;q=nonsense,ja") == "ja"
    assert best_language("de;q=0, it;q=0.1") == "it"
