"""The words that a text is found by, and those that somebody searches for."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from service.moderation.words import (
    LAST_PLACE,
    LONGEST_WORD,
    MOST_ASKED,
    MOST_ENDS,
    MOST_READ,
    asked_phrases,
    placed_words,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Online-CASINO, at bestcasino.example!", ["online", "casino", "at", "bestcasino", "example"]),
        ("Café Ångström, naïve", ["cafe", "angstrom", "naive"]),
        ("Straße", ["strasse"]),
        ("𝗟𝗘𝗩𝗜𝗦 ﬁne", ["levis", "fine"]),
        ("sp\u200bam so\u00adft", ["spam", "soft"]),
        ("snake_case", ["snake", "case"]),
        ("你好吗 ok", ["你", "好", "吗", "ok"]),
        ("Привет, ёж", ["привет", "еж"]),
        ("שָׁלוֹם", ["שלום"]),
        ("'\\\"; DROP -- :*&|!()<->", ["drop"]),
        ("… !!", []),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Case, accents, disguise and invisible characters make no difference; signs are no words."""
    assert words_of(text) == words


def test_a_long_word_is_found_from_within() -> None:
    """At the same place, down to its last four letters; a short one is not."""
    assert placed_words(["my bestcasino"]) == [
        ("my", 1), ("bestcasino", 2), ("estcasino", 2), ("stcasino", 2), ("tcasino", 2), ("casino", 2), ("asino", 2),
        ("sino", 2),
    ]  # fmt: skip


def test_no_phrase_goes_across_two_fields() -> None:
    """There is a gap between the title and the name."""
    assert placed_words(["a b", "c"]) == [("a", 1), ("b", 2), ("c", 5)]


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ("Casino bonus", [["casino"], ["bonus"]]),
        ('"casino bonus" now', [["casino", "bonus"], ["now"]]),
        ("e-mail", [["e", "mail"]]),
        ("你好", [["你", "好"]]),
        ('an open "quote', [["an"], ["open"], ["quote"]]),
        ('""  "?!"', []),
    ],
)
def test_what_is_asked(asked: str, phrases: list[list[str]]) -> None:
    """Quotation marks, hyphens and scripts without spaces make phrases."""
    assert asked_phrases(asked) == phrases


@given(some.text(max_size=500))
def test_any_text_is_bounded(text: str) -> None:
    """However hostile: no word is longer, no place higher, no sign of PostgreSQL's own spelling gets in."""
    found = placed_words([text, text])
    assert all(0 < len(word) <= LONGEST_WORD and 0 < place <= LAST_PLACE for word, place in found)
    assert all(word.isalnum() or not set(word) & set("'\\:&|!()<>* ") for word, _ in found)
    assert sum(map(len, asked_phrases(text))) <= MOST_ASKED


def test_the_longest_text_is_bounded() -> None:
    """Twenty thousand letters in words of forty."""
    text = " ".join(f"{n:040d}" for n in range(500))
    assert len(placed_words([text])) == 500 + MOST_ENDS


def test_a_text_of_ligatures_is_bounded() -> None:
    """One sign may stand for eighteen letters."""
    assert len(words_of("\ufdfa" * 20_000)) <= MOST_READ
