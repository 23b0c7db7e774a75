"""What a stranger's text becomes before a moderator sees it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.moderation.markdown import render_html
from service.web.console.evidence import MAX_SPANS, Piece, excerpt, inert, marked

span = st.lists(st.integers(-50, 50), min_size=2, max_size=2)


def test_evidence_is_marked_where_it_stands() -> None:
    """Overlapping spans share a piece; each signal's number stands where its span ends."""
    assert marked("one two three", [(1, [[4, 7]]), (2, [[0, 7], [8, 13]])]) == [
        Piece("one ", (2,)),
        Piece("two", (1, 2), (1, 2)),
        Piece(" "),
        Piece("three", (2,), (2,)),
    ]


def test_spans_count_code_points() -> None:
    """An emoji is one, as it was for the check that found it."""
    assert marked("🎭🎭ab", [(1, [[2, 3]])])[1] == Piece("a", (1,), (1,))


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(1, 9), st.lists(span, max_size=5)), max_size=9))
def test_whatever_the_spans_say_the_text_stays_whole(body: str, found: list[tuple[int, list[list[int]]]]) -> None:
    """Turned round, negative, beyond the end or empty: nothing is lost and nothing is shown twice."""
    assert "".join(piece.text for piece in marked(body, found)) == body


def test_a_thousand_spans_are_too_many() -> None:
    """The rest goes unmarked; the page stays small."""
    assert len(marked("x" * 5_000, [(1, [[n, n + 1] for n in range(0, 4_000, 2)])])) <= 2 * MAX_SPANS + 1


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("see https://a.example/x", 'see <span class="dead-link">https://a.example/x</span>'),
        (
            "[your bank](https://evil.example/?a=1&b=%22)",
            '<span class="dead-link">your bank</span> <span class="address">(https://evil.example/?a=1&amp;b=%22)</span>',
        ),
        ("**a** `<b>` & c", "<strong>a</strong> <code>&lt;b&gt;</code> &amp; c"),
    ],
)
def test_a_link_leads_nowhere(body: str, shown: str) -> None:
    """Its text stays, its address is written beside it, and the rest is as readers would see it."""
    assert inert(render_html(body)).html == f"<p>{shown}</p>\n"


def test_addresses_are_named_once() -> None:
    """In the order in which they stand, for whoever does want to open one."""
    rendered = render_html("[a](https://b.example/) https://a.example/ [c](https://b.example/)")

    assert inert(rendered).addresses == ("https://b.example/", "https://a.example/")


class Tags(HTMLParser):
    """Notes every tag that is opened, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, tuple(attrs)))


@given(st.text(alphabet="<>/&;\"'[]()!`*_~ \n:ahrefscript#x01.-", max_size=120))
def test_nothing_that_can_be_followed_comes_through(body: str) -> None:
    """No link, no attribute but our own classes, whatever was typed."""
    reader = Tags()
    reader.feed(inert(render_html(body)).html)

    assert "a" not in {tag for tag, _ in reader.opened}
    assert {attrs for _, attrs in reader.opened} <= {(), (("class", "dead-link"),), (("class", "address"),)}


def test_an_excerpt_is_one_short_line() -> None:
    """Of a word of ten thousand characters as well."""
    assert excerpt("one\n\n  two") == "one two"
    assert len(excerpt("x" * 10_000)) < 200
    assert re.fullmatch(r"(word )+word…", excerpt("word " * 1_000))
