"""Proof of an address: who has shown that it is theirs is known, and who only types it is a stranger (T35)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from service.moderation.conditions import FewPublished
from service.moderation.model import Mode, Rule, Verdict
from service.runtime import Runtime
from service.storage import sites
from service.storage.mail_events import MOST_PROOFS_A_DAY
from service.storage.proofs import VALID_FOR
from service.storage.sites import Site
from service.usecases.prove import WORKS_FOR
from service.web.limits import A_COMMENT_A_DAY
from tests.conftest import Rows, Visitor, add_site, status_of
from tests.usecases.post import Post, link

ANN = "ann@example.org"
HELD = "Please call +44 20 7946 0958 tonight"


@pytest.fixture
def ask(visitor: Visitor) -> Callable[..., TestResponse]:
    """`ask(accepted)`: ask for a proof with the token of this comment."""

    def ask(accepted: dict[str, str], **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {accepted['author_token']}"}
        return visitor.client.post(f"/api/v1/comments/{accepted['id']}/proof", headers=headers, **more)

    return ask


@pytest.fixture
def proof(visitor: Visitor, ask: Callable[..., TestResponse], post: Post) -> str:
    """A token of Ann's browser that Ann has confirmed."""
    accepted = visitor.accepted(author_email=ANN, body="A first thought.")
    visitor.drain()
    token: str = ask(accepted).get_json()["proof"]
    (mail,) = post.sent()
    assert post.follow(mail, "proofs").status_code == 303
    return token


def is_proven(rows: Rows, comment_id: UUID) -> bool:
    ((found,),) = rows("SELECT is_proven FROM comments WHERE id = :id", id=comment_id)
    return bool(found)


class TestAsking:
    """One mail to the address; whoever asks hears nothing of what is known about it."""

    def test_the_address_is_asked_with_nothing_that_somebody_typed(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post
    ) -> None:
        accepted = visitor.accepted(author_email=ANN, author_name="Zebediah", body="About whales.")
        answer = ask(accepted)
        (mail,) = post.sent()

        assert answer.status_code == 202
        assert answer.headers["Cache-Control"] == "no-store"
        assert mail["To"] == ANN
        assert "whales" not in mail.as_string()
        assert "Zebediah" not in mail.as_string()
        assert answer.get_json()["proof"] not in mail.as_string()
        assert post.sent() == []

    def test_its_page_says_whose_comment_it_is_and_does_nothing(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post, rows: Rows
    ) -> None:
        """Site, page, name and first words; a scanner that follows the link changes nothing."""
        ask(visitor.accepted(author_email=ANN, author_name="Zebediah", body="About <b>whales</b>. " + "x " * 300))
        (mail,) = post.sent()
        path = link(mail, "proofs")
        for method in ("GET", "HEAD", "OPTIONS"):
            assert visitor.client.open(path, method=method).status_code == 200
        page = visitor.client.get(path)

        for part in ("Blog", "https://example.org/post/", "Zebediah", "About &lt;b&gt;whales&lt;/b&gt;. x x"):
            assert part in page.text
        assert "x " * 200 not in page.text
        assert ANN not in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert rows("SELECT confirmed_at FROM proofs") == [(None,)]

    def test_it_needs_the_authors_token(self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post) -> None:
        accepted = visitor.accepted()
        other = visitor.accepted(body="Another thought.")
        url = f"/api/v1/comments/{accepted['id']}/proof"

        assert visitor.client.post(url).status_code == 401
        assert ask({**accepted, "author_token": other["author_token"]}).status_code == 401
        assert post.sent() == []

    def test_a_comment_without_an_address_can_prove_none(
        self, visitor: Visitor, ask: Callable[..., TestResponse], runtime: Runtime, site: Site
    ) -> None:
        with runtime.engine.begin() as connection:
            wanted = replace(site, intake=replace(site.intake, is_email_required=False))
            sites.change(connection, site, wanted, changed_by="test")

        assert ask(visitor.accepted(author_email=None)).status_code == 409

    def test_an_address_gets_three_a_day_and_nobody_hears_of_it(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post
    ) -> None:
        """However many comments are sent with it; the answers are alike."""
        answers = [ask(visitor.accepted(author_email=ANN, body=f"Thought {number}.")) for number in range(6)]

        assert {answer.status_code for answer in answers} == {202}
        assert {frozenset(answer.get_json()) for answer in answers} == {frozenset({"proof"})}
        assert len(post.sent()) == MOST_PROOFS_A_DAY

    def test_a_comment_asks_five_times_a_day(self, visitor: Visitor, ask: Callable[..., TestResponse]) -> None:
        accepted = visitor.accepted()
        answers = [ask(accepted).status_code for _ in range(int(A_COMMENT_A_DAY.split()[0]) + 1)]

        assert answers == [202] * 5 + [429]

    def test_what_is_spam_by_then_asks_nothing(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post, decide: Callable[..., None]
    ) -> None:
        accepted = visitor.accepted(body=HELD)
        visitor.drain()
        ask(accepted)
        decide(UUID(accepted["id"]), "spam")

        assert post.sent() == []

    def test_who_wants_no_mail_of_the_site_gets_none(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post, rows: Rows
    ) -> None:
        accepted = visitor.accepted()
        rows("UPDATE authors SET no_mail_since = now()")

        assert ask(accepted).status_code == 202
        assert post.sent() == []

    def test_the_token_is_stored_hashed(self, visitor: Visitor, ask: Callable[..., TestResponse], rows: Rows) -> None:
        token = ask(visitor.accepted()).get_json()["proof"]

        assert token not in str(rows("SELECT p::text FROM proofs p"))
        assert len(token) > 40


class TestConfirming:
    """The link is the address' own; the browser's token was never in it."""

    def test_what_that_browser_sends_is_proven(self, visitor: Visitor, proof: str, rows: Rows) -> None:
        """The comment that it asked with is, too."""
        assert rows("SELECT is_proven FROM comments") == [(True,)]
        assert is_proven(rows, visitor.comment(author_email=ANN, body="A second thought.", proof=proof))
        assert is_proven(rows, visitor.comment(author_email="ANN@example.org", body="A third.", proof=proof))

    def test_a_typed_address_is_a_strangers(self, visitor: Visitor, proof: str, rows: Rows) -> None:
        assert not is_proven(rows, visitor.comment(author_email=ANN, body="I am Ann, believe me."))
        assert not is_proven(rows, visitor.comment(author_email=ANN, body="Indeed I am.", proof="grp_" + "x" * 43))

    def test_it_holds_for_this_address_and_this_site_only(
        self, visitor: Visitor, proof: str, rows: Rows, runtime: Runtime
    ) -> None:
        add_site(runtime, "other", "https://other.example.org")
        elsewhere = replace(visitor, site_key="other", headers={"Origin": "https://other.example.org"})
        foreign = elsewhere.comment(author_email=ANN, page_url="https://other.example.org/", proof=proof)

        assert not is_proven(rows, visitor.comment(author_email="ben@example.org", body="I am Ben.", proof=proof))
        assert not is_proven(rows, foreign)

    def test_it_is_worth_nothing_before_and_after_its_time(
        self, visitor: Visitor, ask: Callable[..., TestResponse], proof: str, rows: Rows
    ) -> None:
        unconfirmed = ask(visitor.accepted(author_email=ANN, body="From another browser.")).get_json()["proof"]
        assert not is_proven(rows, visitor.comment(author_email=ANN, body="Not yet.", proof=unconfirmed))
        rows("UPDATE proofs SET confirmed_at = confirmed_at - CAST(:age AS interval)", age=VALID_FOR)

        assert not is_proven(rows, visitor.comment(author_email=ANN, body="Not any more.", proof=proof))

    def test_an_old_link_confirms_nothing(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post, rows: Rows
    ) -> None:
        ask(visitor.accepted())
        (mail,) = post.sent()
        rows("UPDATE proofs SET created_at = created_at - CAST(:age AS interval)", age=WORKS_FOR)

        assert post.follow(mail, "proofs").status_code == 303
        assert rows("SELECT confirmed_at FROM proofs") == [(None,)]
        assert rows("SELECT proven_at FROM authors") == [(None,)]
        assert "older than 72 hours" in visitor.client.get(link(mail, "proofs")).text

    def test_the_link_works_once(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post, rows: Rows
    ) -> None:
        """What was confirmed stays as it is, however often the button is pressed."""
        ask(visitor.accepted())
        (mail,) = post.sent()
        post.follow(mail, "proofs")
        first = rows("SELECT confirmed_at FROM proofs")
        post.follow(mail, "proofs")

        assert rows("SELECT confirmed_at FROM proofs") == first != [(None,)]
        assert "<button" not in visitor.client.get(link(mail, "proofs")).text

    @pytest.mark.parametrize("token", ["1-x", "x", "-", "9" * 30 + "-x"])
    def test_a_link_that_we_did_not_make_leads_nowhere(self, visitor: Visitor, token: str) -> None:
        assert visitor.client.get(f"/proofs/{token}").status_code == 404
        assert visitor.client.post(f"/proofs/{token}").status_code == 404


class TestBeingKnown:
    """What was published before counts for whoever has proven to be its author."""

    def test_a_first_time_author_is_held_also_when_the_address_is_typed_by_another(
        self, visitor: Visitor, proof: str, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """A site that reads first comments reads those of strangers, whatever address they type."""
        with runtime.engine.begin() as connection:
            policy = replace(site.policy, mode=Mode.HOLD_FIRST_TIME_AUTHORS)
            sites.change(connection, site, replace(site, policy=policy), changed_by="test")
        known = visitor.comment(author_email=ANN, body="A second thought.", proof=proof)
        stranger = visitor.comment(author_email=ANN, body="A third thought, says somebody.")
        visitor.drain()

        assert status_of(rows, known) == "published"
        assert status_of(rows, stranger) == "held"

    def test_rules_about_known_authors_are_not_fooled(
        self, visitor: Visitor, proof: str, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        with runtime.engine.begin() as connection:
            policy = replace(site.policy, rules=(Rule("r", FewPublished(1), Verdict.HOLD),))
            sites.change(connection, site, replace(site, policy=policy), changed_by="test")
        known = visitor.comment(author_email=ANN, body="A second thought.", proof=proof)
        stranger = visitor.comment(author_email=ANN, body="A third thought, says somebody.")
        visitor.drain()

        assert status_of(rows, known) == "published"
        assert status_of(rows, stranger) == "held"

    def test_an_address_that_nobody_has_proven_counts_as_typed(
        self, visitor: Visitor, post: Post, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """Where no mail goes out nobody could ever be known otherwise."""
        visitor.published(author_email=ANN, body="A first thought.")
        with runtime.engine.begin() as connection:
            policy = replace(site.policy, mode=Mode.HOLD_FIRST_TIME_AUTHORS)
            sites.change(connection, site, replace(site, policy=policy), changed_by="test")
        second = visitor.comment(author_email=ANN, body="A second thought.")
        visitor.drain()

        assert status_of(rows, second) == "published"
