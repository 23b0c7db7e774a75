"""Full-text search: what is found, how, and that no text breaks it."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from service.moderation.states import Event
from service.runtime import Runtime
from service.storage import decisions, review, search
from service.storage.decisions import Decision
from service.storage.review_filter import ReviewFilter
from service.storage.sites import Site
from service.usecases.read_words import read_words
from tests.conftest import Rows, Visitor

TEXT = "The Donaudampfschifffahrt was lovely, and the café at the quay sells e-mail stamps. 你好吗"


@pytest.fixture
def comment_id(visitor: Visitor) -> UUID:
    """A checked comment by somebody on a page with a title."""
    found = visitor.comment(body=TEXT, author_name="Zoë Müller", page_title="Steamers of old")
    visitor.comment(body="Something else.", author_name="Ben", page_url="https://example.org/other/")
    visitor.drain()
    return found


def found(runtime: Runtime, site: Site, asked: str, **more: object) -> list[UUID]:
    wanted = ReviewFilter(site_ids=(site.id,), status="any", text=asked, **more)  # type: ignore[arg-type]
    with runtime.engine.begin() as connection:
        ids = review.ids_matching(connection, wanted, up_to=100)
        assert review.count_matching(connection, wanted) == len(ids)
        assert [item.id for item in review.page(connection, wanted, limit=100)] == ids
    return ids


@pytest.mark.parametrize(
    "asked",
    [
        "lovely", "LOVE", "schifffahrt", "dampfschiff", "cafe", "CAFÉ quay", "zoe", "muller lovely", "steamers", "Müll",
        '"the quay"', '"zoë müller"', "e-mail", "email stamps".replace("email", "mail"), "你好", "好吗", "donau steamer",
    ],
)  # fmt: skip
def test_what_is_found(runtime: Runtime, site: Site, comment_id: UUID, asked: str) -> None:
    """Words of text, name and title together, by their beginning, long ones from within, whatever case or accent."""
    assert found(runtime, site, asked) == [comment_id]


@pytest.mark.parametrize(
    "asked", ["hate", "lovely hate", '"quay the"', "ovely", "吗好", "", "?!", '"muller lovely"', "otherwise"]
)
def test_what_is_not_found(runtime: Runtime, site: Site, comment_id: UUID, asked: str) -> None:
    """All words must be there, phrases in their order; short words are not found from within; nothing finds nothing."""
    assert found(runtime, site, asked) == []


def test_the_present_text_is_searched(runtime: Runtime, site: Site, comment_id: UUID, rows: Rows) -> None:
    """A late check of an older text doesn't bring its words back."""
    with runtime.engine.begin() as connection:
        for revision, body in ((2, "Edited entirely."), (1, TEXT)):
            item = search.searchable(comment_id, revision, author_name="Zoë", page_title=None, body=body)
            search.save(connection, [item])

    assert found(runtime, site, "lovely") == []
    assert found(runtime, site, "edited") == [comment_id]


def test_what_was_there_before_is_read_later(runtime: Runtime, site: Site, comment_id: UUID, rows: Rows) -> None:
    """By the relay, until nothing is left to read."""
    rows("UPDATE comment_words SET words = NULL, revision = 0")
    assert found(runtime, site, "lovely") == []

    assert read_words(runtime.engine) == 2
    assert found(runtime, site, "lovely") == [comment_id]
    assert read_words(runtime.engine) == 0


def test_what_a_check_gave_up_on_is_found_as_well(runtime: Runtime, site: Site, visitor: Visitor, rows: Rows) -> None:
    """A person has to look at it, so a person must be able to find it."""
    comment_id = visitor.comment(body=TEXT)
    rows("UPDATE tasks SET attempts = 3")
    visitor.drain()
    read_words(runtime.engine)

    assert found(runtime, site, "lovely") == [comment_id]


def test_what_is_erased_is_not_found(runtime: Runtime, site: Site, comment_id: UUID, rows: Rows) -> None:
    """Its words are gone in the same moment."""
    with runtime.engine.begin() as connection:
        comment = decisions.lock(connection, [comment_id])[comment_id]
        decisions.record(connection, [Decision(comment, Event.ERASE, "moderator:ada", "asked", ("Asked.",))])

    assert rows("SELECT count(*) FROM comment_words") == [(1,)]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300))
def test_no_text_breaks_the_search(runtime: Runtime, site: Site, comment_id: UUID, text: str) -> None:
    """Neither as a comment nor as what somebody searches for; and each is found by itself."""
    with runtime.engine.begin() as connection:
        search.save(connection, [search.searchable(comment_id, 1, author_name=text, page_title=text, body=text)])

    ids = found(runtime, site, text)
    assert comment_id in ids if search.query_of(text) else ids == []


def test_the_longest_texts_can_be_stored(runtime: Runtime, site: Site, comment_id: UUID) -> None:
    """A tsvector holds a megabyte at most."""
    for body in (
        "".join(chr(0x20000 + n) for n in range(20_000)),
        " ".join("𝄞𐐷" * 20 + f"{n:04d}" for n in range(450)),
    ):
        with runtime.engine.begin() as connection:
            search.save(connection, [search.searchable(comment_id, 1, author_name="x", page_title=None, body=body)])

    long_words = " ".join("".join(chr(0x10400 + (n * 7 + k) % 40) for k in range(40)) for n in range(480))
    with runtime.engine.begin() as connection:
        search.save(connection, [search.searchable(comment_id, 1, author_name="x", page_title=None, body=long_words)])

    assert found(runtime, site, long_words.split()[0]) == [comment_id]
