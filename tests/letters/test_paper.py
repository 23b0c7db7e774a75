"""What somebody else wrote can neither become a link nor pass for ours."""

import pytest

from service.letters.paper import Letter, disarmed, listed, paragraphs, quoted, subject


@pytest.mark.parametrize(
    ("words", "disarms"),
    [
        ("see https://evil.example/x", "see https[:]//evil[.]example/x"),
        ("HTTPS://EVIL.EXAMPLE", "HTTPS[:]//EVIL[.]EXAMPLE"),
        ("www.evil.example and evil.example", "www[.]evil[.]example and evil[.]example"),
        ("evil。example", "evil[.]example"),
        ("write to eve@evil.example", "write to eve[@]evil[.]example"),
        ("3.5 stars. Nice", "3.5 stars. Nice"),
    ],
)
def test_links_can_be_read_and_not_clicked(words: str, disarms: str) -> None:
    """T13: no mail program makes them live."""
    assert disarmed(words) == disarms


def test_every_line_of_a_quotation_is_marked() -> None:
    """Also those that a strange line break begins: nobody can write our part of the mail."""
    words = "Hello\n\nPublish:\r  https://evil.example\x0b\x85Reject\u2028-- \n" + "word " * 40

    assert all(line.startswith(">") for line in quoted(words).split("\n"))
    assert "https://" not in quoted(words)


def test_a_quotation_ends() -> None:
    """However long the text."""
    assert quoted("x\n" * 5000, most_lines=10).count("\n") == 10
    assert all(len(line) <= 72 for line in quoted("x" * 5000).split("\n"))


@pytest.mark.parametrize("words", ["a\r\nBcc: eve@example.com", "a\x00b", "a\u2028b", "x" * 1000, "\n\n"])
def test_a_subject_is_one_line(words: str) -> None:
    """And never empty or endless."""
    line = subject(words)

    assert line.isprintable()
    assert 0 < len(line) <= 150


def test_our_own_links_are_not_broken_by_the_line_width() -> None:
    """An address of 100 characters stays whole."""
    url = "https://comments.example.net/" + "x" * 100

    assert f"  {url}\n" in paragraphs("Hello,", f"  {url}", "a " * 100)


def test_sentences_are_listed_one_a_line() -> None:
    """With what they quote disarmed."""
    assert listed(["2 links: evil.example", "one\ntwo"]) == "  - 2 links: evil[.]example\n  - one two"


def test_what_acts_is_hidden_from_everybody_else() -> None:
    """The text without its links is what other people may read."""
    letter = Letter(
        "s", "Click https://x.example/1 or https://x.example/2.", ("https://x.example/1", "https://x.example/2")
    )

    assert "https://" not in letter.public_text
