"""What the structural signals look for: a hint only saves time, it never hides what a pattern finds."""

from hypothesis import given
from hypothesis import strategies as st

from service.moderation.reading import signs
from service.moderation.reading.signs import CAPITAL, DIGIT, SIGN, Hinted

HINTED = {name: pattern for name, pattern in vars(signs).items() if isinstance(pattern, Hinted)}
PIECES = (
    *"abcdefhkmnorstuyzäß0123456789", *" .,-_+'’\"@()[]{}*$€%/\n\t\u00a0", "dot", "punkt", "tochka", "com", "c0m", "net",
    "shop", "me", "(at)", "[at]", "t.me/", "gmail", "mail", "0800", "088", "116", "741741", "usd", "euro", "k", "earn",
    "доход", "per", "day", "день", "slot", "bet", "77", "88", "4d", "street", "st", "straße", "platz", "weg", "12", "345",
    "6789", "12345", "xyz", "bcdfg", "٣", "²",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(TEXTS | st.text())
def test_a_hint_holds_wherever_its_pattern_is_found(text: str) -> None:
    """A signal is not lost because a cheap look said that there is nothing to see."""
    for name, hinted in HINTED.items():
        assert hinted.findall(text) == hinted._pattern.findall(text), name
        assert (hinted.search(text) is None) == (hinted._pattern.search(text) is None), name


@given(TEXTS | st.text())
def test_characters_are_counted_in_every_script(text: str) -> None:
    """Counting ASCII at once gives what counting one by one gives."""
    assert DIGIT.count(text) == sum(map(str.isdigit, text))
    assert CAPITAL.count(text) == sum(map(str.isupper, text))
    assert SIGN.count(text) == sum(not character.isalnum() and not character.isspace() for character in text)
