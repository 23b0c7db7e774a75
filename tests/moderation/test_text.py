"""Normalising what people typed."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.moderation.text import TextProblem, fold, normalise_body, normalise_name
from tests.moderation.comments import HONEST, HONEST_NAMES

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
TRICKY = st.text(
    st.sampled_from("aeé \n\x85\ud800\u0301\u0302\u0327\u093c\u200b\u200c\u200d\u202e\u2066\ufe0f\u0915\u094d\u0627\u0653"
                    "\u1100\u1161\u11a8\u0bc6\u0bbe\u3164👩🏽❤🔥ﷺⅣ"),
    max_size=30,
)  # fmt: skip


PRINTABLE = st.text(
    st.sampled_from(
        "aeé \u0301\u0302\u0327\u093c\u200b\u200c\u200d\u202e\ufe0f\u0915\u094d\u0627\u0653\u1100\u1161\u11a8\u0bc6\u0bbe👩🏽"
    ),
    max_size=12,
)


@pytest.mark.parametrize("normalise", [normalise_body, normalise_name])
@given(raw=ANYTHING | TRICKY | PRINTABLE)
@settings(deadline=None, max_examples=400)
def test_normalising_twice_changes_nothing_and_only_text_problems_are_raised(
    normalise: Callable[..., str], raw: str
) -> None:
    """Whatever is typed comes back settled or is refused with a code and a sentence."""
    try:
        once = normalise(raw, max_length=50)
    except TextProblem as problem:
        assert problem.code in {"control_character", "lone_surrogate", "invisible_only", "too_long", "required"}
        assert str(problem) == problem.detail
        assert problem.detail.endswith(".")
        return
    assert normalise(once, max_length=50) == once
    assert len(once) <= 50
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "required"),
        (" \n\t ", "required"),
        ("\u3000\u00a0", "required"),
        ("a\x00b", "control_character"),
        ("a\x1bb", "control_character"),
        ("a\x7fb", "control_character"),
        ("a\x85b", "control_character"),
        ("a\ud800b", "lone_surrogate"),
        ("\u200b\u200d\ufeff", "invisible_only"),
        ("\u3164 \u2800", "invisible_only"),
        ("\U000e0041\U000e0042", "invisible_only"),
        ("a" * 101, "too_long"),
        ("a" * 10_000_000, "too_long"),
    ],
)
def test_bodies_that_are_refused(raw: str, code: str) -> None:
    """Each kind of text that cannot be stored has its own code."""
    with pytest.raises(TextProblem) as caught:
        normalise_body(raw, max_length=100)
    assert caught.value.code == code


@pytest.mark.parametrize("raw", ["a\nb", "a\tb", "a\r\nb", "a\x00b"])
def test_a_name_has_no_line_breaks_or_other_controls(raw: str) -> None:
    """A line break in a name is refused."""
    with pytest.raises(TextProblem) as caught:
        normalise_name(raw, max_length=100)
    assert caught.value.code == "control_character"


def test_line_ends_become_line_feeds_and_do_not_count_twice() -> None:
    """A form sends CR LF for each line break that the page counted as one."""
    assert normalise_body("a\r\nb\rc\n  ", max_length=5) == "a\nb\nc"


def test_the_length_is_counted_after_composing() -> None:
    """An e with an accent is one character however it was typed."""
    assert normalise_body("e\u0301" * 10, max_length=10) == "é" * 10


@pytest.mark.parametrize("body", HONEST)
def test_honest_bodies_survive(body: str) -> None:
    """Hebrew, Arabic, Thai, Japanese and Vietnamese come out as they went in."""
    assert normalise_body(body, max_length=1000) == unicodedata.normalize("NFC", body)


@pytest.mark.parametrize(
    "name", [*HONEST_NAMES, "בְּרֵאשִׁ֖ית", "Nguyễn Thị", "نمی\u200cخواهم", "क्\u200dष", "👩\u200d❤️\u200d👩"]
)
def test_honest_names_survive(name: str) -> None:
    """Points, accents and the joiners that a script or an emoji needs are kept in names."""
    assert normalise_name(name, max_length=100) == unicodedata.normalize("NFC", name)


def test_names_lose_direction_marks_and_idle_zero_width_characters() -> None:
    """A name cannot turn the words beside it round, nor pass for another by hidden characters."""
    assert normalise_name("  Mo\u200bd\u202eer\u2066at\u200dor\u200c \u00a0 X\ufeff", max_length=100) == "Moderator X"


def test_bodies_keep_direction_marks() -> None:
    """The page isolates a body, so its direction marks are the author's own affair."""
    assert normalise_body("a\u202eb\u200bc", max_length=100) == "a\u202eb\u200bc"


def test_what_stood_apart_composes_when_the_joiner_between_goes() -> None:
    """A name has one spelling, also where an idle joiner had kept an accent from its letter."""
    assert normalise_name("Zoe\u200d\u0308", max_length=100) == "Zoë"


@pytest.mark.parametrize("normalise", [normalise_body, normalise_name])
@pytest.mark.parametrize("between", ["", "\u200d", "\u200b"])
def test_towers_of_marks_are_cut_to_four(normalise: Callable[..., str], between: str) -> None:
    """Zalgo text does not reach over the comments above it, even with joiners between the marks."""
    tower = "x" + between.join(["\u0335"] * 50) + "y"
    assert normalise(tower, max_length=200).count("\u0335") == 4


def test_folding_undoes_disguises() -> None:
    """Full-width letters, capitals, hidden characters and odd spaces make no difference to checks."""
    assert fold("Ｂ\u200bＵＹ \u00a0\n Straße\u202e") == "buy strasse"
