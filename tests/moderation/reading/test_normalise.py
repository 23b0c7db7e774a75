"""One plain spelling, what was undone, and the way back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.moderation.reading.material import material
from service.moderation.reading.normalise import MAX_READ, normalise
from tests.moderation.comments import facts

ODD = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("aеоіs5@$ .-_\u200b\u0336\u0301𝗔Ａ🅰ﬁİßΣ")
    ),
    max_size=60,
)


@settings(max_examples=400)
@given(ODD)
def test_what_is_plain_stays(text: str) -> None:
    """Normalising twice is normalising once."""
    plain = normalise(text).text

    assert normalise(plain).text == plain


@settings(max_examples=400)
@given(ODD)
def test_every_place_leads_back(text: str) -> None:
    """Offsets stay within the original and never run backwards."""
    read = normalise(text)

    spans = [read.span(place, place + 1) for place in range(len(read.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@pytest.mark.parametrize(
    ("typed", "plain", "kind"),
    [
        ("𝗟𝗘𝗩𝗜𝗦", "levis", "fancy"),
        ("🅒🅐🅢🅘🅝🅞", "casino", "fancy"),
        ("v\u200bi\u200bagra", "viagra", "invisible"),
        ("Wау сооl", "way cool", "look_alike"),
        ("c\u0336a\u0336s\u0336h\u0336", "cash", "marks"),
        ("buy f r e e pills", "buy free pills", "spaced"),
        ("f r e e  c a s i n o", "free  casino", "spaced"),
        ("i.d.i.o.t", "idiot", "spaced"),
        ("v.i.a.g.r.a c.h.e.a.p", "viagra cheap", "spaced"),
    ],
)
def test_disguise_is_undone_and_noted(typed: str, plain: str, kind: str) -> None:
    """What hides a word from a filter is taken away, and that it was there is evidence."""
    read = normalise(typed)

    assert read.text == plain
    assert read.undone[kind] > 0


@pytest.mark.parametrize(
    ("typed", "leet", "plain"),
    [
        ("you 1diot!!", "1diot", "idiot"),
        ("(b!tch)", "b!tch", "bitch"),
        ("$lut", "$lut", "slut"),
        ("f*ck", "f*ck", "fck"),
        ("sooo", "sooo", "so"),
    ],
)
def test_leet_is_undone_beside_the_text(typed: str, leet: str, plain: str) -> None:
    """The text stays as it is, for what looks like leet may be an address; beside it stands what the word means."""
    read = normalise(typed)

    assert [(word, read.text[start:end]) for word, start, end in read.words] == [(plain, leet)]
    assert read.text == typed


def test_words_in_leet_are_read_as_what_they_stand_for() -> None:
    """In their place, so that phrases are met; an address is none."""
    taken = material(facts("order x4nax 0nline at https://b3st.example/x4nax now"))

    assert taken.tokens == ["order", "xanax", "online", "at", "now"]
    assert [taken.facts.body[slice(*taken.span_of(n, n + 1))] for n in (1, 4)] == ["x4nax", "now"]


@pytest.mark.parametrize(
    "text",
    [
        "привет друзья",
        "γεια σου κόσμε",
        "שלום",
        "मैं ठीक हूँ",
        "50mg twice, 2nd day, covid19",
        "e.g. well-known",
        "1 2 3 4 5",
        "10am-4pm, 12-14mg, b3st-pills.example, cbt+ketamine, u.s.-based, my_variable, then.and-so",
    ],
)
def test_what_people_write_is_no_disguise(text: str) -> None:
    """Whole words of other alphabets, marks that a script needs, doses and ordinals."""
    read = normalise(text)

    assert (read.undone, read.words) == ({}, ())


def test_a_text_is_read_up_to_a_bound() -> None:
    """However long a text is, the work is bounded."""
    assert len(normalise("ab " * MAX_READ).text) == MAX_READ
