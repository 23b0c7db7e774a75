"""Bulk decisions: shown first, noted as seen, decided item by item, and taken back in one go."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.runtime import Runtime
from service.storage import bulk_items, learning
from service.storage.sites import Site
from service.usecases import work_bulk
from service.usecases.work_bulk import BulkWorker, bulk_due
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site, status_of
from tests.storage.test_decisions import check_the_book

BULK = "/api/v1/review/bulk"
LogIn = Callable[..., FlaskClient]
Bearer = Callable[..., dict[str, str]]


@dataclass
class Worker:
    """Does what is due, as the worker would. Returns how many batches that were."""

    runtime: Runtime

    def __call__(self, **changes: Any) -> int:
        batches = 0
        while bulk_due(replace(self.one(), **changes)):
            batches += 1
        return batches

    def one(self) -> BulkWorker:
        return BulkWorker(
            engine=self.runtime.engine, wake=lambda _: None, worker="test", lease=timedelta(seconds=20), batch=3
        )


@pytest.fixture
def worker(runtime: Runtime) -> Worker:
    return Worker(runtime)


@pytest.fixture
def ada(log_in: LogIn) -> FlaskClient:
    return log_in(name="ada")


@pytest.fixture
def held(visitor: Visitor) -> list[UUID]:
    """Seven comments that wait for a person, oldest first."""
    visitor.drain.checks = PLAIN_CHECKS
    ids = [visitor.comment(body=f"Number {n}: call +44 20 7946 09{50 + n} now") for n in range(7)]
    visitor.drain()
    return ids


def preview(client: FlaskClient, **selection: Any) -> dict[str, Any]:
    answer = client.post(f"{BULK}/preview", json=selection)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def send(client: FlaskClient, decision: str, expected: int, **more: Any) -> TestResponse:
    return client.post(BULK, json={"decision": decision, "expected": expected, **more})


def started(client: FlaskClient, decision: str, expected: int, **more: Any) -> int:
    """The id of a bulk decision that was taken in."""
    answer = send(client, decision, expected, **more)
    assert answer.status_code == 202, answer.text
    return int(answer.get_json()["id"])


def shown(client: FlaskClient, job_id: int) -> dict[str, Any]:
    return dict(client.get(f"{BULK}/{job_id}").get_json())


def strings(ids: list[UUID]) -> list[str]:
    return [str(comment_id) for comment_id in ids]


def object_to(rows: Rows, comment_id: UUID) -> None:
    """An appeal against the last decision about it."""
    rows(
        "INSERT INTO appeals (site_id, comment_id, decision_id, body)"
        " SELECT c.site_id, c.id, max(d.id), 'It is my own number.' FROM decisions d JOIN comments c ON c.id = d.comment_id"
        " WHERE c.id = :id GROUP BY c.id",
        id=comment_id,
    )


class TestPreview:
    """Nobody decides about what they were not shown."""

    def test_it_counts_a_whole_query_and_shows_the_first(self, ada: FlaskClient, held: list[UUID], rows: Rows) -> None:
        """In the order of the queue; and decides nothing."""
        found = preview(ada, query={"reason": "personal_data"})

        assert found["count"] == 7
        assert [item["id"] for item in found["sample"]] == strings(held)
        assert preview(ada, query={"label": "threat"}) == {"count": 0, "sample": []}
        assert rows("SELECT count(*) FROM bulk_jobs") == [(0,)]

    def test_it_counts_a_selection_once_each(self, ada: FlaskClient, held: list[UUID]) -> None:
        """What does not exist is not counted."""
        found = preview(ada, ids=[*strings(held[:2]), str(held[0]), str(uuid4())])

        assert found["count"] == 2
        assert [item["id"] for item in found["sample"]] == strings(held[:2])

    def test_an_email_address_finds_its_author_and_is_not_kept(
        self, ada: FlaskClient, held: list[UUID], visitor: Visitor, rows: Rows
    ) -> None:
        """What is stored of the question names the author, never the address (promise 4)."""
        visitor.comment(body="Call +44 20 7946 0999 now", author_email="ben@example.org")
        visitor.drain()

        assert preview(ada, query={"text": "Ben@example.org"})["count"] == 1
        started(ada, "spam", 1, query={"text": "Ben@example.org"})
        assert "example.org" not in str(rows("SELECT j::text FROM bulk_jobs j")).lower()

    def test_only_sites_where_one_decides_count(
        self, log_in: LogIn, held: list[UUID], runtime: Runtime, rows: Rows
    ) -> None:
        """A viewer here who is a moderator there finds nothing here."""
        other = add_site(runtime, "other", "https://other.example.com")
        eve = log_in("viewer", name="eve")
        rows("INSERT INTO memberships SELECT :id, id, 'moderator' FROM moderators", id=other.id)

        assert preview(eve, query={})["count"] == 0
        assert preview(eve, ids=strings(held))["count"] == 0
        assert eve.post(f"{BULK}/preview", json={"query": {"site": "blog"}}).status_code == 403

    @pytest.mark.parametrize(
        "body",
        [
            {}, {"ids": []}, {"ids": ["x"]}, {"query": {"status": "erased"}}, {"query": {"cursor": "x"}},
            {"query": {}, "ids": [str(uuid4())]}, {"ids": [str(uuid4())] * 1001}, {"query": {}, "x": 1},
        ],
    )  # fmt: skip
    def test_a_selection_that_can_not_be_is_422(self, ada: FlaskClient, body: dict[str, Any]) -> None:
        """One of both, closed, with an upper end."""
        assert ada.post(f"{BULK}/preview", json=body).status_code == 422


class TestDeciding:
    """Each item is a decision like any other."""

    def test_a_whole_query_is_decided_in_batches(
        self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """With reason, note and message on each; the progress says how far it is."""
        said = {"reason": "advertising", "note": "A wave.", "message": "No advertising, please."}
        job_id = started(ada, "spam", 7, query={}, **said)
        assert shown(ada, job_id)["state"] == "waiting"
        assert rows("SELECT count(*) FROM decisions WHERE event = 'spam'") == [(0,)]
        bulk_due(worker.one())
        halfway = shown(ada, job_id)
        assert (halfway["state"], halfway["processed"], halfway["results"]) == ("running", 3, {"done": 3})

        assert worker() == 2
        done = shown(ada, job_id)
        assert (done["state"], done["total"], done["results"]) == ("finished", 7, {"done": 7})
        assert (done["decision"], done["reason"], done["made_by"]) == ("spam", "advertising", "moderator:ada")
        assert done["query"]["status"] == "waiting"
        assert rows(
            "SELECT DISTINCT event, decided_by, reason_code, note, message FROM decisions WHERE event = 'spam'"
        ) == [("spam", "moderator:ada", "advertising", "A wave.", "No advertising, please.")]
        check_the_book(rows)
        assert rows("SELECT s.key, action, details FROM audit_log JOIN sites s ON s.id = site_id") == [
            ("blog", "bulk_started", {"total": 7, "decision": "spam"})
        ]

    def test_each_item_has_its_result(
        self, ada: FlaskClient, log_in: LogIn, held: list[UUID], worker: Worker, rows: Rows, visitor: Visitor
    ) -> None:
        """What was edited, decided otherwise, decided alike or forgotten meanwhile is left as it is."""
        public = visitor.published()
        job_id = started(ada, "reject", 8, ids=[*strings(held), str(public)])
        edited, otherwise, alike, forgotten = held[1:5]
        bob = log_in(name="bob")
        for comment_id, decision in ((otherwise, "publish"), (alike, "reject")):
            sent = {"decision": decision, "revision": 1}
            assert bob.post(f"/api/v1/review/comments/{comment_id}/decisions", json=sent).status_code == 201
        rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'Something else.')", id=edited)
        rows("UPDATE comments SET revision = 2 WHERE id = :id", id=edited)
        rows("UPDATE comments SET status = 'erased', shown_revision = NULL WHERE id = :id", id=forgotten)
        worker()

        items = ada.get(f"{BULK}/{job_id}/items").get_json()["items"]
        assert {UUID(item["comment_id"]): item["result"] for item in items} == {
            held[0]: "done", edited: "changed", otherwise: "changed", alike: "already", forgotten: "gone",
            held[5]: "done", held[6]: "done", public: "impossible",
        }  # fmt: skip
        assert (status_of(rows, edited), status_of(rows, otherwise)) == ("held", "published")
        assert rows("SELECT count(*) FROM decisions WHERE decided_by = 'moderator:ada'") == [(3,)]

    def test_an_appeal_against_the_own_decision_is_left_to_another_person(
        self, ada: FlaskClient, log_in: LogIn, held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """As when it is decided alone; when bob has left, ada may."""
        sent = {"decision": "reject", "revision": 1}
        assert ada.post(f"/api/v1/review/comments/{held[0]}/decisions", json=sent).status_code == 201
        object_to(rows, held[0])
        log_in(name="bob")

        def publish(ids: list[UUID]) -> list[str]:
            job_id = started(ada, "publish", len(ids), ids=strings(ids))
            worker()
            return [item["result"] for item in ada.get(f"{BULK}/{job_id}/items").get_json()["items"]]

        assert publish(held[:2]) == ["own_appeal", "done"]
        assert rows("SELECT answered_at FROM appeals") == [(None,)]
        rows("UPDATE moderators SET disabled_at = now() WHERE name = 'bob'")
        assert publish(held[:1]) == ["done"]

    def test_items_come_in_pages_and_by_result(self, ada: FlaskClient, held: list[UUID], worker: Worker) -> None:
        """Each once."""
        job_id = started(ada, "publish", 7, query={})
        worker()
        first = ada.get(f"{BULK}/{job_id}/items?limit=4&result=done").get_json()
        second = ada.get(f"{BULK}/{job_id}/items?limit=4&result=done&cursor={first['next_cursor']}").get_json()

        assert [item["comment_id"] for page in (first, second) for item in page["items"]] == strings(held)
        assert second["next_cursor"] is None
        assert ada.get(f"{BULK}/{job_id}/items?result=gone").get_json()["items"] == []

    def test_another_number_than_shown_decides_nothing(
        self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """Neither more nor fewer: 409 tells how many there are now."""
        for expected in (6, 8):
            answer = send(ada, "spam", expected, query={})
            assert answer.status_code == 409
            assert "now there are 7" in answer.get_json()["detail"]

        assert worker() == 0
        assert rows("SELECT count(*) FROM bulk_jobs") == [(0,)]

    def test_too_many_for_one_go_is_422(
        self, ada: FlaskClient, held: list[UUID], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With a sentence that says what to do."""
        monkeypatch.setattr("service.usecases.bulk.MOST", 6)

        assert send(ada, "spam", 7, query={}).status_code == 422

    def test_a_role_that_ended_decides_nothing_more(
        self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """Whoever was thrown out on the way has what is left undecided."""
        job_id = started(ada, "publish", 7, query={})
        bulk_due(worker.one())
        rows("UPDATE memberships SET role = 'viewer'")
        worker()

        assert shown(ada, job_id)["results"] == {"done": 3, "forbidden": 4}
        assert [status_of(rows, comment_id) for comment_id in held] == ["published"] * 3 + ["held"] * 4

    @pytest.mark.parametrize("ended", ["revoked_at = now()", "expires_at = now() - interval '1 second'"])
    def test_a_token_that_ended_decides_nothing_more(
        self, client: FlaskClient, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows, bearer: Bearer,
        ended: str,
    ) -> None:  # fmt: skip
        """The same for a program."""
        sent = {"decision": "spam", "expected": 7, "query": {}}
        assert client.post(BULK, json=sent, headers=bearer("moderator")).status_code == 202
        rows(f"UPDATE tokens SET {ended}")
        worker()

        assert rows("SELECT DISTINCT result FROM bulk_items") == [("forbidden",)]

    def test_its_labels_teach_like_others(
        self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows, site: Site, runtime: Runtime
    ) -> None:
        """One for each item; and enough of them ask for a lesson."""
        started(ada, "publish", 4, ids=strings(held[:4]))
        started(ada, "spam", 3, ids=strings(held[4:]))
        worker()

        with runtime.engine.connect() as connection:
            assert learning.progress(connection, site.id).new == 7


class TestUndo:
    """Nothing is final, by the thousand either."""

    def test_all_are_what_they_were(
        self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows, site: Site, runtime: Runtime
    ) -> None:
        """As decisions of their own, that teach nothing."""
        job_id = started(ada, "spam", 7, query={})
        worker()
        answer = ada.post(f"{BULK}/{job_id}/undo", json={"note": "Wrong filter."})
        worker()

        undone = shown(ada, answer.get_json()["id"])
        assert (undone["decision"], undone["undoes"], undone["results"]) == ("undo", job_id, {"done": 7})
        assert shown(ada, job_id)["undone_by"] == undone["id"]
        assert {status_of(rows, comment_id) for comment_id in held} == {"held"}
        assert ada.get("/api/v1/review/comments?reason=personal_data").get_json()["comments"][0]["id"] == str(held[0])
        with runtime.engine.connect() as connection:
            assert learning.progress(connection, site.id).new == 0
        check_the_book(rows)

    def test_what_was_decided_anew_stays(
        self, ada: FlaskClient, log_in: LogIn, held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """Undo takes back what the bulk decision did, and nothing that came after."""
        job_id = started(ada, "publish", 7, query={})
        worker()
        bob = log_in(name="bob")
        sent = {"decision": "remove", "revision": 1}
        assert bob.post(f"/api/v1/review/comments/{held[2]}/decisions", json=sent).status_code == 201
        undo_id = ada.post(f"{BULK}/{job_id}/undo", json={}).get_json()["id"]
        worker()

        assert shown(ada, undo_id)["results"] == {"done": 6, "changed": 1}
        assert status_of(rows, held[2]) == "removed"

    def test_on_its_way_it_is_stopped(self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows) -> None:
        """What was not reached is left alone, what was is taken back."""
        job_id = started(ada, "spam", 7, query={})
        bulk_due(worker.one())
        undo_id = ada.post(f"{BULK}/{job_id}/undo", json={}).get_json()["id"]
        worker()

        assert (shown(ada, job_id)["state"], shown(ada, job_id)["results"]) == ("stopped", {"done": 3, "stopped": 4})
        assert shown(ada, undo_id)["results"] == {"done": 3}
        assert {status_of(rows, comment_id) for comment_id in held} == {"held"}

    def test_another_persons_answer_to_an_appeal_is_left_alone(
        self, ada: FlaskClient, log_in: LogIn, held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """Bob publishes what ada had rejected and its author objected to, with others; ada takes back the others."""
        sent = {"decision": "reject", "revision": 1}
        assert ada.post(f"/api/v1/review/comments/{held[0]}/decisions", json=sent).status_code == 201
        object_to(rows, held[0])
        job_id = started(log_in(name="bob"), "publish", 2, ids=strings(held[:2]))
        worker()
        undo_id = ada.post(f"{BULK}/{job_id}/undo", json={}).get_json()["id"]
        worker()

        assert shown(ada, undo_id)["results"] == {"done": 1, "own_appeal": 1}
        assert (status_of(rows, held[0]), status_of(rows, held[1])) == ("published", "held")

    def test_two_at_once_take_it_back_once(
        self, ada: FlaskClient, log_in: LogIn, held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """The second is told, though it asked before the first was done."""
        job_id = started(ada, "spam", 7, query={})
        worker()
        clients = [log_in(name=f"bob {n}") for n in range(6)]
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda one: one.post(f"{BULK}/{job_id}/undo", json={}).status_code, clients))

        assert sorted(answers) == [202, 409, 409, 409, 409, 409]

    def test_it_is_taken_back_once(self, ada: FlaskClient, held: list[UUID], worker: Worker) -> None:
        """And an undo is not undone."""
        job_id = started(ada, "spam", 7, query={})
        worker()
        undo_id = ada.post(f"{BULK}/{job_id}/undo", json={}).get_json()["id"]

        assert ada.post(f"{BULK}/{job_id}/undo", json={}).status_code == 409
        assert ada.post(f"{BULK}/{undo_id}/undo", json={}).status_code == 409


class TestAccess:
    """Whose bulk decision it is."""

    def test_others_find_nothing(
        self, ada: FlaskClient, log_in: LogIn, held: list[UUID], runtime: Runtime, worker: Worker
    ) -> None:
        """Of another site neither progress nor items nor undo; a viewer of this one looks only."""
        job_id = started(ada, "spam", 7, query={})
        stranger = log_in(name="eve", of=add_site(runtime, "other", "https://other.example.com"))
        viewer = log_in("viewer", name="vic")

        assert [entry["id"] for entry in ada.get(BULK).get_json()["bulk"]] == [job_id]
        assert stranger.get(BULK).get_json()["bulk"] == []
        for answer in (
            stranger.get(f"{BULK}/{job_id}"), stranger.get(f"{BULK}/{job_id}/items"),
            stranger.post(f"{BULK}/{job_id}/undo", json={}), ada.get(f"{BULK}/{2**70}"),
            ada.post(f"{BULK}/{2**70}/undo", json={}),
        ):  # fmt: skip
            assert answer.status_code == 404
        assert shown(viewer, job_id)["total"] == 7
        assert viewer.post(f"{BULK}/{job_id}/undo", json={}).status_code == 403
        assert send(viewer, "spam", 7, query={}).status_code == 403

    def test_without_a_key_it_is_401(self, client: FlaskClient) -> None:
        """Every address."""
        for answer in (
            client.post(BULK, json={}), client.post(f"{BULK}/preview", json={}), client.get(BULK),
            client.get(f"{BULK}/1"), client.get(f"{BULK}/1/items"), client.post(f"{BULK}/1/undo", json={}),
        ):  # fmt: skip
            assert answer.status_code == 401


class TestFaults:
    """What dies on the way."""

    def test_a_batch_that_fails_leaves_nothing_half_done(
        self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Decisions and results are one commit: both or neither, and the next attempt does each item once."""
        job_id = started(ada, "publish", 7, query={})
        with monkeypatch.context() as broken:
            broken.setattr(bulk_items, "note_results", _die)
            with pytest.raises(RuntimeError):
                bulk_due(worker.one())
        assert rows("SELECT count(*) FROM decisions WHERE event = 'publish'") == [(0,)]
        rows("UPDATE tasks SET due_at = now()")
        worker()

        assert shown(ada, job_id)["results"] == {"done": 7}
        assert rows("SELECT count(*), count(DISTINCT comment_id) FROM decisions WHERE event = 'publish'") == [(7, 7)]

    def test_an_item_that_fails_is_given_up_alone(
        self, ada: FlaskClient, held: list[UUID], worker: Worker, rows: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """After three attempts; all others are decided."""
        job_id = started(ada, "publish", 7, query={})
        look_at = work_bulk._look_at

        def stumble(item: Any, *rest: Any) -> Any:
            return _die() if item.comment_id == held[4] else look_at(item, *rest)

        monkeypatch.setattr(work_bulk, "_look_at", stumble)
        for _ in range(20):
            try:
                if not bulk_due(worker.one()):
                    break
            except RuntimeError:
                rows("UPDATE tasks SET due_at = now()")

        assert shown(ada, job_id)["results"] == {"done": 6, "failed": 1}
        assert status_of(rows, held[4]) == "held"


def _die(*_: object) -> None:
    raise RuntimeError("The process died here.")


class TestNearDuplicates:
    """A wave is one row, and one decision."""

    WAVE = (
        "Our clinic has the best offer for you this week: come by on any day between nine in the morning and six in the"
        " evening, bring a friend along, and both of you get the first hour for nothing at all. There is tea, there are"
        " biscuits, and nobody will ask you for anything but your name. Only call {}"
    )

    @pytest.fixture
    def wave(self, visitor: Visitor, held: list[UUID]) -> list[UUID]:
        """Five comments that say nearly the same, in two batches of the check, among seven others."""
        ids = []
        for batch in (range(3), range(3, 5)):
            ids += [visitor.comment(body=self.WAVE.format(f"+44 20 7946 08{50 + n}")) for n in batch]
            visitor.drain()
        return ids

    def test_it_is_one_row(self, ada: FlaskClient, wave: list[UUID], rows: Rows) -> None:
        """The first of them, and how many more; what stands alone is no group."""
        rows("UPDATE comments SET status = 'held', shown_revision = NULL WHERE id = ANY(:ids)", ids=wave)
        found = ada.get("/api/v1/review/groups?site=blog").get_json()

        assert [(row["comment"]["id"], row["similar_count"]) for row in found["groups"]] == [(str(wave[0]), 4)]
        assert found["next_cursor"] is None

    def test_it_is_decided_together(
        self, ada: FlaskClient, wave: list[UUID], held: list[UUID], worker: Worker, rows: Rows
    ) -> None:
        """From whichever of them; what is not held any more is left alone, and so is everything else."""
        rows("UPDATE comments SET status = 'held', shown_revision = NULL WHERE id = ANY(:ids)", ids=wave[:4])
        rows("UPDATE comments SET status = 'published', shown_revision = revision WHERE id = :id", id=wave[4])
        found = preview(ada, like=str(wave[2]))
        assert [item["id"] for item in found["sample"]] == strings(wave[:4])
        started(ada, "reject", 4, like=str(wave[2]), reason="repeated")
        worker()

        assert [status_of(rows, comment_id) for comment_id in wave] == ["rejected"] * 4 + ["published"]
        assert {status_of(rows, comment_id) for comment_id in held} == {"held"}
        assert ada.get("/api/v1/review/groups").get_json()["groups"] == []

    def test_alone_it_is_alone(self, ada: FlaskClient, held: list[UUID], runtime: Runtime, rows: Rows) -> None:
        """And on another site nobody finds it."""
        assert preview(ada, like=str(held[0]))["count"] == 1
        rows("DELETE FROM memberships")
        rows("INSERT INTO memberships SELECT :id, id, 'moderator' FROM moderators",
             id=add_site(runtime, "other", "https://other.example.com").id)  # fmt: skip

        assert preview(ada, like=str(held[0]))["count"] == 0
        assert ada.get("/api/v1/review/groups").get_json()["groups"] == []

    def test_groups_come_in_pages(self, ada: FlaskClient, visitor: Visitor, rows: Rows) -> None:
        """The largest first, each once."""
        ids = [visitor.comment(body=f"Number {n}.") for n in range(9)]
        groups = [ids[:2], ids[2:5], ids[5:]]
        for group in groups:
            for comment_id in group:
                rows("INSERT INTO near_duplicates VALUES (:id, :first)", id=comment_id, first=group[0])
        rows("UPDATE comments SET status = 'held', shown_revision = NULL")
        first = ada.get("/api/v1/review/groups?limit=2").get_json()
        second = ada.get(f"/api/v1/review/groups?limit=2&cursor={first['next_cursor']}").get_json()

        found = [(row["comment"]["id"], row["similar_count"]) for page in (first, second) for row in page["groups"]]
        assert found == [(str(ids[5]), 3), (str(ids[2]), 2), (str(ids[0]), 1)]
        assert second["next_cursor"] is None
