"""The review queue in the database: what a filter means, in which order it answers, and what raises a rank."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Connection, event

from service.moderation.states import Event
from service.runtime import Runtime
from service.storage import decisions, review, review_counts
from service.storage.decisions import POLICY, Decision
from service.storage.review_filter import STATUSES, ReviewFilter, as_stored
from service.storage.sites import Site
from tests.conftest import SET_STATUS, Rows, Visitor, add_site

FAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def ids(visitor: Visitor, rows: Rows) -> list[UUID]:
    """Five held comments of five authors, oldest first."""
    found = [visitor.comment(body=f"Number {n}", author_email=f"a{n}@example.org") for n in range(5)]
    rows("UPDATE comments SET status = 'held', shown_revision = NULL")
    return found


def waiting(site: Site, **asked: object) -> ReviewFilter:
    return ReviewFilter(site_ids=(site.id,), **asked)  # type: ignore[arg-type]


def matching(runtime: Runtime, wanted: ReviewFilter) -> list[UUID]:
    """What matches, asked in every way: the ways must agree."""
    with runtime.engine.begin() as connection:
        found = review.ids_matching(connection, wanted, up_to=100)
        assert review.count_matching(connection, wanted) == len(found)
        assert [item.id for item in review.page(connection, wanted, limit=100)] == found
        assert review.ids_matching(connection, wanted, up_to=2) == found[:2]
    return found


class TestOrder:
    """What comes before what."""

    def test_the_highest_rank_first_then_the_oldest(
        self, runtime: Runtime, site: Site, rows: Rows, ids: list[UUID]
    ) -> None:
        """A crisis before a threat before a report before an appeal before the rest."""
        for comment_id, rank in zip(ids, (0, 5, 9, 4, 8), strict=True):
            rows("UPDATE comments SET rank = :rank WHERE id = :id", rank=rank, id=comment_id)

        assert matching(runtime, waiting(site)) == [ids[2], ids[4], ids[1], ids[3], ids[0]]

    def test_pages_end_and_begin_at_the_same_place(
        self, runtime: Runtime, site: Site, rows: Rows, ids: list[UUID]
    ) -> None:
        """Also among equals, and over two sites whose comments lie between each other."""
        other = add_site(runtime, "other", "https://other.example.com")
        rows("UPDATE comments SET site_id = :other WHERE id = ANY(:ids)", other=other.id, ids=ids[1::2])
        rows("UPDATE comments SET rank = 5 WHERE id = :id", id=ids[3])
        wanted = ReviewFilter(site_ids=(other.id, site.id))
        found: list[UUID] = []
        after = None
        with runtime.engine.begin() as connection:
            for _ in range(3):
                page = review.page(connection, wanted, after=after, limit=2)
                found += [item.id for item in page]
                after = review.Place(page[-1].rank, page[-1].id)

        assert found == [ids[3], ids[0], ids[1], ids[2], ids[4]]


class TestFilter:
    """What a question means."""

    def test_only_sites_that_are_named(self, runtime: Runtime, site: Site, ids: list[UUID]) -> None:
        """None means nothing, not everything."""
        other = add_site(runtime, "other", "https://other.example.com")

        assert matching(runtime, ReviewFilter(site_ids=())) == []
        assert matching(runtime, ReviewFilter(site_ids=(other.id,))) == []
        assert matching(runtime, ReviewFilter(site_ids=(other.id, site.id))) == ids

    @pytest.mark.parametrize("status", STATUSES)
    def test_status(self, runtime: Runtime, site: Site, rows: Rows, ids: list[UUID], status: str) -> None:
        """Each finds its own; `waiting` what is held or raised; `any` everything but what is erased."""
        stands = ("published", "spam", "rejected", "removed", "erased")
        for comment_id, one in zip(ids, stands, strict=True):
            rows(f"{SET_STATUS} WHERE id = :id", status=one, id=comment_id)
        rows("UPDATE comments SET rank = 5 WHERE id = :id", id=ids[0])

        expected = {"waiting": ids[:1], "any": ids[:4], "held": [], "pending": []}
        assert matching(runtime, waiting(site, status=status)) == expected.get(
            status, [one for one, stand in zip(ids, stands, strict=True) if stand == status]
        )

    def test_reason_thread_author_language_and_age(
        self, runtime: Runtime, site: Site, visitor: Visitor, rows: Rows, ids: list[UUID]
    ) -> None:
        """Each narrows it down, and all that are given must be true."""
        elsewhere = visitor.comment(page_url="https://example.org/elsewhere/")
        rows(
            "UPDATE comments SET status = 'held', shown_revision = NULL, created_at = :then WHERE id = :id",
            id=elsewhere,
            then=FAR,
        )
        rows("UPDATE comments SET reason_code = 'links' WHERE id = ANY(:ids)", ids=ids[:2])
        rows(
            "INSERT INTO readings (comment_id, revision, reputation, model_versions, language)"
            " SELECT id, 1, '{}', '{}', 'de' FROM comments WHERE id = ANY(:ids)",
            ids=ids[1:3],
        )
        ((thread,),) = rows("SELECT thread_id FROM comments WHERE id = :id", id=elsewhere)
        ((author,),) = rows("SELECT author_id FROM comments WHERE id = :id", id=ids[1])

        assert matching(runtime, waiting(site, reason="links")) == ids[:2]
        assert matching(runtime, waiting(site, thread_id=thread)) == [elsewhere]
        assert matching(runtime, waiting(site, author_ids=(author,))) == [ids[1]]
        assert matching(runtime, waiting(site, author_ids=())) == []
        assert matching(runtime, waiting(site, language="de")) == ids[1:3]
        assert matching(runtime, waiting(site, older_than=FAR + timedelta(seconds=1))) == [elsewhere]
        assert matching(runtime, waiting(site, newer_than=FAR)) == ids
        assert matching(runtime, waiting(site, reason="links", language="de")) == [ids[1]]

    def test_label_and_score(self, runtime: Runtime, site: Site, rows: Rows, ids: list[UUID]) -> None:
        """The strongest signal counts, of the label where one is given, of the present text only; none is 0."""
        for comment_id, label, score, revision in (
            (ids[0], "spam", 0.9, 1), (ids[0], "toxicity", 0.2, 1), (ids[1], "spam", 0.4, 1), (ids[2], "crisis", 0.95, 1),
        ):  # fmt: skip
            rows(
                "INSERT INTO signals (comment_id, revision, check_name, label, score, detail)"
                " VALUES (:id, :revision, 'reading', :label, :score, '')",
                id=comment_id, label=label, score=score, revision=revision,
            )  # fmt: skip

        assert matching(runtime, waiting(site, label="spam")) == ids[:2]
        assert matching(runtime, waiting(site, min_score=0.9)) == [ids[0], ids[2]]
        assert matching(runtime, waiting(site, label="spam", min_score=0.9)) == [ids[0]]
        assert matching(runtime, waiting(site, label="toxicity", min_score=0.9)) == []
        assert matching(runtime, waiting(site, max_score=0.4)) == [ids[1], ids[3], ids[4]]
        assert matching(runtime, waiting(site, max_score=0.0)) == ids[3:]
        assert matching(runtime, waiting(site, min_score=1e-58, max_score=1.0)) == ids

    def test_what_is_not_known_is_refused(self, site: Site) -> None:
        """Whoever acts on a stored question must not act on more than was meant."""
        with pytest.raises(ValueError, match="colour"):
            ReviewFilter.from_json({"site_ids": [1], "colour": "red"})
        with pytest.raises(ValueError, match="erased"):
            ReviewFilter.from_json({"site_ids": [1], "status": "erased"})


moments = some.datetimes(timezones=some.just(UTC))
scores = some.floats(0, 1)


@given(
    some.builds(
        ReviewFilter,
        site_ids=some.lists(some.integers(1, 2**31 - 1)).map(tuple),
        status=some.sampled_from(STATUSES),
        reason=some.none() | some.text(),
        label=some.none() | some.text(),
        author_ids=some.none() | some.lists(some.integers(1, 2**63 - 1)).map(tuple),
        older_than=some.none() | moments,
        newer_than=some.none() | moments,
        min_score=some.none() | scores,
        max_score=some.none() | scores,
    )
)
def test_a_filter_comes_back_from_json_as_it_was(wanted: ReviewFilter) -> None:
    """Whatever was asked."""
    assert ReviewFilter.from_json(wanted.to_json()) == wanted


@given(scores)
def test_a_score_becomes_what_the_database_stores(score: float) -> None:
    """Within the precision of 32 bits, and never outside of 0 to 1."""
    assert 0 <= as_stored(score) <= 1
    assert as_stored(score) == pytest.approx(score, abs=1e-7)


@pytest.mark.usefixtures("ids")
class TestHostile:
    """No question breaks the database."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=some.data())
    def test_every_question_is_answered(self, runtime: Runtime, site: Site, data: some.DataObject) -> None:
        """Moments before Christ and scores of nearly nothing."""
        wanted = waiting(
            site,
            status=data.draw(some.sampled_from(STATUSES)),
            thread_id=data.draw(some.none() | some.integers(1, 2**63 - 1)),
            author_ids=data.draw(some.none() | some.lists(some.integers(1, 2**63 - 1), max_size=3).map(tuple)),
            label=data.draw(some.sampled_from([None, "spam"])),
            min_score=data.draw(some.none() | scores),
            max_score=data.draw(some.none() | scores),
            older_than=data.draw(some.none() | moments),
            newer_than=data.draw(some.none() | moments),
        )

        with runtime.engine.begin() as connection:
            assert review.count_matching(connection, wanted) == len(review.ids_matching(connection, wanted, up_to=50))


def decide(connection: Connection, comment_id: UUID, event: Event, *, by: str, severity: int | None = None) -> None:
    comment = decisions.lock(connection, [comment_id])[comment_id]
    decisions.record(
        connection,
        [Decision(comment, event, by, "reason", ("Because.",), severity=severity)],
    )


class TestRank:
    """What raises a comment, and what lets it down again."""

    def rank(self, connection: Connection, comment_id: UUID, site: Site) -> int:
        item = review.find(connection, comment_id, site_ids=[site.id])
        assert item
        return item.rank

    @pytest.mark.parametrize(("severity", "rank"), [(0, 0), (1, 7), (2, 8), (3, 9)])
    def test_what_is_held_stands_by_its_severity(
        self, runtime: Runtime, site: Site, visitor: Visitor, severity: int, rank: int
    ) -> None:
        """As the policy found it."""
        comment_id = visitor.comment()
        with runtime.engine.begin() as connection:
            decide(connection, comment_id, Event.HOLD, by=POLICY, severity=severity)

            assert self.rank(connection, comment_id, site) == rank

    def test_a_moderators_decision_lets_it_down(self, runtime: Runtime, site: Site, visitor: Visitor) -> None:
        """A published comment that was a crisis does not wait any more, until a reader reports it."""
        comment_id = visitor.comment()
        with runtime.engine.begin() as connection:
            decide(connection, comment_id, Event.HOLD, by=POLICY, severity=3)
            decide(connection, comment_id, Event.PUBLISH, by="moderator:ada")
            assert review.ids_matching(connection, waiting(site), up_to=9) == []

            review.raise_to(connection, comment_id, 5)
            assert review.ids_matching(connection, waiting(site), up_to=9) == [comment_id]
            review.raise_to(connection, comment_id, 4)
            assert self.rank(connection, comment_id, site) == 5

            review.settle(connection, comment_id)
            assert review.ids_matching(connection, waiting(site), up_to=9) == []

            review.raise_to(connection, comment_id, 5)
            decide(connection, comment_id, Event.SPAM, by="moderator:bob")
            assert review.ids_matching(connection, waiting(site), up_to=9) == []

    def test_what_a_reader_reported_stays_while_the_machine_decides(
        self, runtime: Runtime, site: Site, visitor: Visitor
    ) -> None:
        """The report is about the comment, and a person has not seen it yet."""
        comment_id = visitor.comment()
        with runtime.engine.begin() as connection:
            review.raise_to(connection, comment_id, 5)
            decide(connection, comment_id, Event.PUBLISH, by=POLICY, severity=0)

            assert self.rank(connection, comment_id, site) == 5

    def test_settling_what_is_held_leaves_it_where_it_was(self, runtime: Runtime, site: Site, visitor: Visitor) -> None:
        """By its severity."""
        comment_id = visitor.comment()
        with runtime.engine.begin() as connection:
            decide(connection, comment_id, Event.HOLD, by=POLICY, severity=1)
            review.raise_to(connection, comment_id, 9)
            review.settle(connection, comment_id)

            assert self.rank(connection, comment_id, site) == 7


def explaining(
    _connection: object, _cursor: object, statement: str, parameters: object, *_: object
) -> tuple[str, object]:
    """The same statement, asked for its plan."""
    return f"EXPLAIN {statement}", parameters


class TestIndexes:
    """A page costs what a page costs, however much waits."""

    @pytest.mark.parametrize(
        ("asked", "index"),
        [
            ({}, "comments_waiting"),
            (
                {"status": "held"},
                "comments_(in_order|waiting)",
            ),  # both have the order; on an empty table they cost the same
            ({"status": "published", "reason": "links"}, "comments_in_order"),
            ({"status": "any", "min_score": 0.5}, "comments_in_order"),
        ],
    )
    def test_a_page_is_read_in_the_order_of_an_index(
        self, runtime: Runtime, site: Site, asked: dict[str, object], index: str
    ) -> None:
        """Without sorting what it does not show: the predicates of the query are those of the indexes."""
        with runtime.engine.begin() as connection:
            for dearer in ("seqscan", "bitmapscan", "sort"):  # the tables are empty: any plan would do
                connection.exec_driver_sql(f"SET LOCAL enable_{dearer} = off")
            event.listen(connection, "before_cursor_execute", explaining, retval=True)
            plan = "\n".join(map(str, review.ids_matching(connection, waiting(site, **asked), up_to=51)))

        assert re.search(rf"Index (Only )?Scan using {index} ", plan), plan

    @pytest.mark.parametrize(
        ("ask", "scans"),
        [
            (lambda connection, wanted: review_counts.count(connection, wanted, has_labels=False), 1),
            (lambda connection, wanted: review.folded_page(connection, wanted, limit=26), 2),
        ],
        ids=["numbers", "waves and the page"],
    )
    def test_what_waits_is_counted_and_folded_without_reading_the_comments(
        self, runtime: Runtime, site: Site, ask: Callable[[Connection, ReviewFilter], object], scans: int
    ) -> None:
        """The index holds all that is asked of each, so ten times as many cost little more."""
        asked: list[tuple[str, object]] = []

        def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
            asked.append((statement, parameters))

        with runtime.engine.begin() as connection:
            for dearer in ("seqscan", "bitmapscan", "sort"):
                connection.exec_driver_sql(f"SET LOCAL enable_{dearer} = off")
            event.listen(connection, "before_cursor_execute", note)
            ask(connection, waiting(site))
            statement, parameters = asked[0]
            plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars())

        assert plan.count("Index Only Scan using comments_waiting ") == scans, plan
