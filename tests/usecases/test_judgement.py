"""What the checks are told of earlier decisions, and what follows from a verdict that a person must see first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.moderation.checks import BatchCheck, each
from service.moderation.model import Facts, Label, Reputation, Signal
from service.runtime import Runtime
from service.storage import sites
from service.storage.sites import Site
from tests.conftest import ORIGIN, Drain, Rows, Visitor, add_site, status_of

REVIEW = "/api/v1/review/comments"
Bearer = Callable[..., dict[str, str]]
LINKED = "I wrote down what I learnt: https://pages.example.net/{}"


def labelled(facts: Facts) -> Iterator[Signal]:
    """A check of which a test decides the outcome: the first word of a body may be a label."""
    word = facts.body.split()[0].lower()
    if word in set(Label):
        score = 0.6 if word == Label.HOUSE_RULES else 0.99
        yield Signal("test", Label(word), score, f"It says {word}.")


class Witness:
    """A spam check that finds nothing and remembers what it was told, by body."""

    def __init__(self) -> None:
        self.told: dict[str, Facts] = {}

    def look(self, facts: Facts) -> list[Signal]:
        self.told[facts.body] = facts
        return []

    @property
    def checks(self) -> Mapping[str, Sequence[BatchCheck]]:
        return {"check_spam": (each(self.look),), "check_moderation": (each(labelled),)}


@pytest.fixture
def witness(drain: Drain) -> Witness:
    witness = Witness()
    drain.checks = witness.checks
    return witness


class TestReputation:
    """Earlier decisions of the site become facts about a later comment."""

    def told(self, visitor: Visitor, drain: Drain, witness: Witness, **changes: Any) -> Reputation:
        visitor.accepted(**changes)
        drain()
        return witness.told[changes["body"]].reputation

    def test_a_host_that_was_judged_spam_is_remembered(self, visitor: Visitor, drain: Drain, witness: Witness) -> None:
        """Under another name, with another address, on another path of it."""
        first = self.told(visitor, drain, witness, body="spam " + LINKED.format(1))
        second = self.told(
            visitor, drain, witness, body=LINKED.format(2), author_name="Bo", author_email="bo@example.org"
        )

        assert (first.host_bad, first.host_published) == (0, 0)
        assert (second.host_bad, second.host_published) == (1, 0)
        assert second.author_bad == 0

    def test_the_hosts_own_site_has_no_reputation(self, visitor: Visitor, drain: Drain, witness: Witness) -> None:
        """Else one spam comment with a link to the page would shame the page."""
        self.told(visitor, drain, witness, body=f"spam see {ORIGIN}/about")
        assert self.told(visitor, drain, witness, body=f"See {ORIGIN}/about").host_bad == 0

    def test_a_typed_address_alone_earns_no_trust_but_loses_it(
        self, visitor: Visitor, drain: Drain, witness: Witness, rows: Rows
    ) -> None:
        """T35: anybody can type somebody else's address, also one that its owner has proven."""
        self.told(visitor, drain, witness, body="A first calm thought.")
        self.told(visitor, drain, witness, body="spam of the same author")
        rows("UPDATE authors SET proven_at = now()")
        typed = self.told(visitor, drain, witness, body="A third thought.")

        assert (typed.author_published, typed.author_bad) == (0, 1)

    def test_who_has_proven_the_address_is_known_and_nobody_else_spoils_the_name(
        self, visitor: Visitor, drain: Drain, witness: Witness, rows: Rows
    ) -> None:
        """What was judged bad counts if that, too, came from a browser that had proven it."""
        self.told(visitor, drain, witness, body="A first calm thought.")
        self.told(visitor, drain, witness, body="spam of somebody who typed the address")
        token = rows(
            "INSERT INTO proofs (site_id, author_id, comment_id, token_hash, confirmed_at)"
            " SELECT site_id, author_id, id, sha256('grp_x'), now() FROM comments LIMIT 1 RETURNING 'grp_x'"
        )[0][0]
        proven = self.told(visitor, drain, witness, body="A third thought.", proof=token)
        self.told(visitor, drain, witness, body="spam of the author", proof=token)
        later = self.told(visitor, drain, witness, body="A fifth thought.", proof=token)

        assert (proven.author_published, proven.author_bad) == (1, 0)
        assert (later.author_published, later.author_bad) == (2, 1)

    def test_another_site_does_not_count(
        self, visitor: Visitor, drain: Drain, witness: Witness, runtime: Runtime
    ) -> None:
        """Each site judges for itself."""
        self.told(visitor, drain, witness, body="spam " + LINKED.format(1))
        add_site(runtime, "other", "https://other.example.org")
        other = replace(visitor, site_key="other", headers={"Origin": "https://other.example.org"})
        found = self.told(other, drain, witness, body=LINKED.format(2), page_url="https://other.example.org/a")
        assert found == Reputation()

    def test_what_the_check_knew_is_kept(self, visitor: Visitor, drain: Drain, witness: Witness, rows: Rows) -> None:
        """Learning must not see a reputation that already knows the answer."""
        self.told(visitor, drain, witness, body="spam " + LINKED.format(1))
        self.told(visitor, drain, witness, body="spam " + LINKED.format(2))
        kept = rows("SELECT reputation->>'host_bad' FROM readings ORDER BY comment_id")
        assert kept == [("0",), ("1",)]


class TestSeverity:
    """What a person must see first stands in front."""

    def listed(self, client: FlaskClient, headers: dict[str, str], limit: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            page = client.get(f"{REVIEW}?site=blog&limit={limit}{cursor}", headers=headers).get_json()
            found += page["comments"]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"

    @pytest.mark.parametrize("limit", [1, 2, 50])
    def test_a_crisis_comes_before_a_threat_and_both_before_the_rest(  # noqa: PLR0913
        self, visitor: Visitor, drain: Drain, witness: Witness, client: FlaskClient, bearer: Bearer, limit: int
    ) -> None:
        """Whatever came first; each is listed once, however small the pages are."""
        bodies = ["house_rules one", "threat two", "house_rules three", "crisis four", "crisis five"]
        for body in bodies:
            visitor.accepted(body=body)
        drain()

        listed = self.listed(client, bearer("moderator"), limit)

        assert [item["body"] for item in listed] == [bodies[3], bodies[4], bodies[1], bodies[0], bodies[2]]
        assert listed[0]["severity"] > listed[2]["severity"] > listed[3]["severity"] == 0
        assert listed[0]["reason_code"] == "crisis"

    def test_a_crisis_is_not_dropped_as_spam(
        self, visitor: Visitor, drain: Drain, witness: Witness, rows: Rows
    ) -> None:
        """However sure the spam check is."""
        drain.checks = {
            "check_spam": (each(lambda _: [Signal("test", Label.SPAM, 1.0, "It says spam.")]),),
            "check_moderation": (each(labelled),),
        }
        comment_id = visitor.comment(body="crisis and a link")
        drain()
        assert status_of(rows, comment_id) == "held"

    def test_a_bad_cursor_is_refused(self, client: FlaskClient, bearer: Bearer) -> None:
        answer = client.get(f"{REVIEW}?site=blog&cursor=7", headers=bearer("moderator"))
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["pointer"] == "/cursor"

    def test_the_decision_names_the_models(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """So that a verdict can be understood after the model has changed."""
        visitor.accepted()
        drain()
        ((versions,),) = rows("SELECT model_versions FROM decisions")
        assert len(versions) == 1
        assert versions[0].startswith("shipped:")


class TestHelpLines:
    """An author in a crisis is told whom to call; nobody else is."""

    HELP = "Samaritans: call 116 123"

    def status(self, client: FlaskClient, accepted: dict[str, str]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {accepted['author_token']}"}
        found: dict[str, Any] = client.get(f"/api/v1/comments/{accepted['id']}/status", headers=headers).get_json()
        return found

    def test_only_the_author_of_a_crisis_comment_sees_them(  # noqa: PLR0913
        self, visitor: Visitor, drain: Drain, witness: Witness, client: FlaskClient, runtime: Runtime, site: Site
    ) -> None:
        """Not somebody whose comment waits for another reason."""
        with runtime.engine.begin() as connection:
            wanted = replace(site, intake=replace(site.intake, help_lines=(self.HELP,)))
            sites.change(connection, site, wanted, changed_by="test")
        in_crisis, other = visitor.accepted(body="crisis here"), visitor.accepted(body="house_rules here")
        drain()

        assert self.status(client, in_crisis)["help_lines"] == [self.HELP]
        assert self.status(client, other)["help_lines"] == []
        assert "author_name" not in self.status(client, in_crisis)


class TestPageExcerpt:
    """The site may say what a page is about; a visitor may not."""

    EXCERPT = "How ketamine is used in the treatment of addiction, and what patients say."

    def test_a_visitor_is_refused(self, visitor: Visitor, rows: Rows) -> None:
        """A spammer would make his goods the topic of the page."""
        answer = visitor.send(page_excerpt="Cheap watches, cheap pills.")
        assert answer.status_code == 403
        assert answer.get_json()["errors"][0]["pointer"] == "/page_excerpt"
        assert rows("SELECT count(*) FROM comments") == [(0,)]

    def test_the_sites_own_server_says_it_and_the_checks_read_it(
        self, visitor: Visitor, drain: Drain, witness: Witness, bearer: Bearer
    ) -> None:
        """The first comment with it, and those of visitors that follow."""
        answer = visitor.send(
            headers=bearer("submitter"), page_excerpt=self.EXCERPT, author_ip="192.0.2.7", body="From the server."
        )
        assert answer.status_code == 202, answer.get_data(as_text=True)
        visitor.accepted(body="From a visitor.")
        drain()
        assert {facts.page_excerpt for facts in witness.told.values()} == {self.EXCERPT}

    def test_a_long_one_is_kept_in_part(self, visitor: Visitor, drain: Drain, witness: Witness, bearer: Bearer) -> None:
        answer = visitor.send(headers=bearer("submitter"), page_excerpt="word " * 1_500, author_ip="192.0.2.7")
        assert answer.status_code == 202
        drain()
        (facts,) = witness.told.values()
        assert facts.page_excerpt is not None
        assert 1_990 <= len(facts.page_excerpt) <= 2_000
