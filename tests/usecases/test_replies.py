"""Mail about replies: nobody gets any who has not said yes, each reply is told once, and one button ends it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from service.runtime import Runtime
from service.storage import mail_events, sites
from service.storage.sites import Site
from service.usecases.replies import WORKS_FOR, can_notify
from tests.conftest import MakeRuntime, Rows, Visitor, make_app
from tests.usecases.post import Post, link

ANN, BEN = "ann@example.org", "ben@example.org"
HELD = "Please call +44 20 7946 0958 tonight"


@pytest.fixture
def subscribed(visitor: Visitor, post: Post) -> UUID:
    """Ann's comment; she has confirmed that she wants mail about replies."""
    comment_id = visitor.published(author_email=ANN, notify=True)
    (question,) = post.sent()
    assert post.follow(question, "replies").status_code == 303
    return comment_id


def change_site(runtime: Runtime, site: Site, **intake: Any) -> None:
    with runtime.engine.begin() as connection:
        sites.change(connection, site, replace(site, intake=replace(site.intake, **intake)), changed_by="test")


class TestAsking:
    """Double opt-in: a typed address gets one question, and only for a comment that readers see."""

    def test_the_address_is_asked_once_the_comment_is_public(self, visitor: Visitor, post: Post) -> None:
        """With nothing in it that somebody typed, for the address may be another's."""
        visitor.comment(author_email=ANN, author_name="Zebediah", body="A thought about whales.", notify=True)
        assert post.sent() == []
        visitor.drain()
        (mail,) = post.sent()

        assert mail["To"] == ANN
        assert "whales" not in mail.as_string()
        assert "Zebediah" not in mail.as_string()
        assert "https://example.org/post/" in mail.get_content()
        assert post.sent() == []

    def test_nobody_is_asked_who_did_not_ask(self, visitor: Visitor, post: Post, rows: Rows) -> None:
        visitor.published(author_email=ANN)

        assert post.sent() == []
        assert rows("SELECT count(*) FROM subscriptions") == [(0,)]

    @pytest.mark.parametrize("decision", ["spam", "reject"])
    def test_nobody_is_asked_for_what_is_not_published(
        self, visitor: Visitor, post: Post, decide: Callable[..., None], decision: str
    ) -> None:
        """Who sends spam in somebody else's name does not reach them through us."""
        comment_id = visitor.comment(author_email=ANN, body=HELD, notify=True)
        visitor.drain()
        decide(comment_id, decision)

        assert [mail for mail in post.sent() if "replies" in mail["Subject"]] == []

    def test_a_comment_that_is_published_by_a_person_asks_then(
        self, visitor: Visitor, post: Post, decide: Callable[..., None]
    ) -> None:
        comment_id = visitor.comment(author_email=ANN, body=HELD, notify=True)
        visitor.drain()
        assert post.sent() == []
        decide(comment_id, "publish")

        assert [mail["To"] for mail in post.sent()] == [ANN]

    def test_a_comment_that_is_taken_down_before_the_mail_goes_asks_nothing(
        self, visitor: Visitor, post: Post, decide: Callable[..., None]
    ) -> None:
        comment_id = visitor.published(author_email=ANN, notify=True)
        decide(comment_id, "spam")

        assert post.sent() == []

    def test_ten_comments_ask_once(self, visitor: Visitor, post: Post) -> None:
        """As long as the link of the first mail works, it is enough for all of them."""
        for number in range(10):
            visitor.published(author_email=ANN, body=f"Calm thought number {number}.", notify=True)

        assert len(post.sent()) == 1

    def test_a_confirmed_address_is_not_asked_again(self, visitor: Visitor, post: Post, subscribed: UUID) -> None:
        """And hears of replies to the next comment as well."""
        second = visitor.published(author_email=ANN, body="A second thought.", notify=True)
        assert post.sent() == []
        visitor.published(author_email=BEN, body="I see it likewise.", parent_id=str(second))

        assert [mail["To"] for mail in post.sent()] == [ANN]

    def test_an_old_question_confirms_nothing_but_another_comment_asks_anew(
        self, visitor: Visitor, post: Post, rows: Rows
    ) -> None:
        visitor.published(author_email=ANN, notify=True)
        (mail,) = post.sent()
        rows("UPDATE subscriptions SET asked_at = asked_at - CAST(:age AS interval)", age=WORKS_FOR)
        post.follow(mail, "replies")
        assert rows("SELECT replies_confirmed_at FROM authors") == [(None,)]
        visitor.published(author_email=ANN, body="A second thought.", notify=True)

        assert len(post.sent()) == 1

    def test_it_needs_an_address(self, visitor: Visitor, runtime: Runtime, site: Site) -> None:
        """Also on a site that asks for none."""
        change_site(runtime, site, is_email_required=False)
        refused = visitor.send(author_email=None, notify=True)

        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.get_json()["errors"]] == ["/author_email"]

    def test_a_form_asks_by_a_ticked_box(self, visitor: Visitor, rows: Rows) -> None:
        assert visitor.send_form(notify="on").status_code == 303
        assert visitor.send_form(body="Another thought.").status_code == 303
        assert visitor.send(notify="nonsense", body="A third one.").status_code == 422

        assert rows("SELECT count(*) FROM subscriptions") == [(1,)]

    def test_a_site_may_have_none_of_it(
        self, visitor: Visitor, runtime: Runtime, site: Site, post: Post, rows: Rows
    ) -> None:
        """The comment is taken all the same."""
        change_site(runtime, site, replies_by_mail=False)
        visitor.published(author_email=ANN, notify=True)

        assert post.sent() == []
        assert rows("SELECT count(*) FROM subscriptions") == [(0,)]

    def test_the_plain_form_offers_it_and_keeps_the_tick(self, visitor: Visitor, make_runtime: MakeRuntime) -> None:
        """Where mail goes out; also when the form comes back with what is wrong."""
        client = make_app(make_runtime(mail_from="comments@example.net")).test_client()
        url, own = "/api/v1/sites/blog/comments", {"Origin": "https://example.org"}
        wrong = client.post(url, data={"page_url": "https://example.org/post/", "notify": "on"}, headers=own)
        silent = visitor.client.post(url, data={"page_url": "https://example.org/post/"}, headers=own)

        assert re.search(r'name="notify" value="on" checked', wrong.text)
        assert 'name="notify"' not in silent.text

    def test_the_form_offers_it_only_where_mail_goes_out(self, site: Site) -> None:
        off = replace(site, intake=replace(site.intake, replies_by_mail=False))

        assert can_notify(site, sends_mail=True)
        assert not can_notify(site, sends_mail=False)
        assert not can_notify(off, sends_mail=True)


class TestTelling:
    """One mail for each reply that readers see."""

    def test_a_reply_is_told_in_its_words(
        self, visitor: Visitor, post: Post, subscribed: UUID, decide: Callable[..., None]
    ) -> None:
        """As a quotation, in which no link is live, with where it stands and how to end it."""
        body = "Is that so?\n\nSee https://evil.example/x please"
        reply = visitor.comment(author_email=BEN, author_name="Dr.Lee", body=body, parent_id=str(subscribed))
        visitor.drain()
        decide(reply, "publish")
        (mail,) = post.sent()
        text = mail.get_content()

        assert mail["To"] == ANN
        assert mail["Subject"] == "A reply to your comment: Blog"
        assert "> Is that so?" in text
        assert f"https://example.org/post/#comment-{reply}" in text
        assert "evil.example" not in text
        assert "Dr.Lee" not in text
        assert BEN not in mail.as_string()

    def test_nothing_before_it_is_published(
        self, visitor: Visitor, post: Post, subscribed: UUID, decide: Callable[..., None]
    ) -> None:
        reply = visitor.comment(author_email=BEN, body=HELD, parent_id=str(subscribed))
        visitor.drain()
        assert post.sent() == []
        decide(reply, "publish")

        assert [mail["To"] for mail in post.sent()] == [ANN]

    def test_nothing_of_spam(self, visitor: Visitor, post: Post, subscribed: UUID, decide: Callable[..., None]) -> None:
        reply = visitor.comment(author_email=BEN, body=HELD, parent_id=str(subscribed))
        visitor.drain()
        decide(reply, "spam")

        assert post.sent() == []

    def test_nothing_of_ones_own(self, visitor: Visitor, post: Post, subscribed: UUID) -> None:
        visitor.published(author_email=ANN, body="I forgot something.", parent_id=str(subscribed))

        assert post.sent() == []

    def test_nothing_before_the_address_has_said_yes(self, visitor: Visitor, post: Post) -> None:
        """Nor later, of what came before."""
        comment_id = visitor.published(author_email=ANN, notify=True)
        (question,) = post.sent()
        visitor.published(author_email=BEN, body="I see it likewise.", parent_id=str(comment_id))
        assert post.sent() == []
        post.follow(question, "replies")

        assert post.sent() == []

    def test_nothing_of_replies_to_others(self, visitor: Visitor, post: Post, subscribed: UUID) -> None:
        """It is about this comment: not the page, not the whole branch."""
        first = visitor.published(author_email=BEN, body="I see it likewise.", parent_id=str(subscribed))
        assert len(post.sent()) == 1
        visitor.published(author_email="cem@example.org", body="So do I.", parent_id=str(first))
        visitor.published(author_email="cem@example.org", body="Something else.")

        assert post.sent() == []

    def test_each_reply_is_told_once(
        self, visitor: Visitor, post: Post, subscribed: UUID, runtime: Runtime, decide: Callable[..., None]
    ) -> None:
        """However often a job is delivered, and when it is taken down and published again."""
        reply = visitor.published(author_email=BEN, body="I see it likewise.", parent_id=str(subscribed))
        assert len(post.sent()) == 1
        for _ in range(3):
            with runtime.engine.begin() as connection:
                assert mail_events.add_replies(connection, [reply], after=timedelta()) == []
            visitor.drain()
        decide(reply, "remove")
        decide(reply, "publish")

        assert post.sent() == []

    def test_what_is_taken_down_before_its_mail_goes_is_told_when_it_is_back(
        self, visitor: Visitor, post: Post, subscribed: UUID, decide: Callable[..., None]
    ) -> None:
        """And only then."""
        reply = visitor.published(author_email=BEN, body="I see it likewise.", parent_id=str(subscribed))
        decide(reply, "spam")
        assert post.sent() == []
        decide(reply, "publish")

        assert len(post.sent()) == 1
        assert post.sent() == []

    def test_ten_a_day_at_most(self, visitor: Visitor, post: Post, subscribed: UUID) -> None:
        """The question to the address counts as well."""
        for number in range(12):
            visitor.comment(
                author_email=f"b{number}@example.org", body=f"Reply number {number}.", parent_id=str(subscribed)
            )
        visitor.drain()

        assert len(post.sent()) == mail_events.MOST_A_DAY - 1

    def test_a_site_that_ends_it_tells_no_more(
        self, visitor: Visitor, post: Post, subscribed: UUID, runtime: Runtime, site: Site
    ) -> None:
        change_site(runtime, site, replies_by_mail=False)
        visitor.published(author_email=BEN, body="I see it likewise.", parent_id=str(subscribed))

        assert post.sent() == []


class TestEnding:
    """One button, or the mail program's own, which posts without a person (RFC 8058)."""

    def told(self, visitor: Visitor, post: Post, subscribed: UUID, body: str = "I see it likewise.") -> EmailMessage:
        visitor.published(author_email=BEN, body=body, parent_id=str(subscribed))
        (mail,) = post.sent()
        return mail

    def test_the_headers_are_as_mail_providers_read_them(self, visitor: Visitor, post: Post, subscribed: UUID) -> None:
        """On the wire, in one line, not encoded: Python would make an encoded word of it, which no provider follows."""
        mail = self.told(visitor, post, subscribed)
        raw = post.server.envelopes[-1].content
        assert isinstance(raw, bytes)
        url = "https://comments.example.net" + link(mail, "unsubscribe")

        assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in raw
        assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw

    @pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
    def test_a_mail_provider_ends_it_with_one_post(
        self, visitor: Visitor, post: Post, subscribed: UUID, kind: str
    ) -> None:
        """No cookie, no login, no token of a form, no origin; the answer is no redirect."""
        mail = self.told(visitor, post, subscribed)
        provider = visitor.client.application.test_client()
        url = mail["List-Unsubscribe"].strip("<>")
        body: dict[str, Any] = {"data": {"List-Unsubscribe": "One-Click"}}
        if kind == "multipart":
            body |= {"content_type": "multipart/form-data"}
        for _ in range(2):
            assert provider.post(url, **body).status_code == 200
        visitor.published(author_email="cem@example.org", body="Me too.", parent_id=str(subscribed))

        assert post.sent() == []

    def test_it_ends_mail_about_that_comment_only(self, visitor: Visitor, post: Post, subscribed: UUID) -> None:
        mail = self.told(visitor, post, subscribed)
        second = visitor.published(author_email=ANN, body="A second thought.", notify=True)
        post.follow(mail, "unsubscribe")
        visitor.published(author_email=BEN, body="Something about the first.", parent_id=str(subscribed))
        visitor.published(author_email=BEN, body="Something about the second.", parent_id=str(second))
        (told,) = post.sent()

        assert "about the second" in told.get_content()

    def test_all_mail_of_the_site_can_end(
        self, visitor: Visitor, post: Post, subscribed: UUID, decide: Callable[..., None]
    ) -> None:
        """Whoever types the address then: neither questions nor statements come."""
        mail = self.told(visitor, post, subscribed)
        assert post.follow(mail, "unsubscribe", all="yes").status_code == 200
        second = visitor.published(author_email=ANN, body="A second thought.", notify=True)
        visitor.published(author_email=BEN, body="Something about the second.", parent_id=str(second))
        refused = visitor.comment(author_email=ANN, body=HELD)
        visitor.drain()
        decide(refused, "reject")

        assert post.sent() == []

    def test_what_waits_is_not_sent_either(
        self, visitor: Visitor, post: Post, subscribed: UUID, decide: Callable[..., None]
    ) -> None:
        """Ended while a mail was on its way."""
        mail = self.told(visitor, post, subscribed)
        refused = visitor.comment(author_email=ANN, body=HELD)
        visitor.drain()
        decide(refused, "reject")
        visitor.published(author_email=BEN, body="Another one.", parent_id=str(subscribed))
        post.follow(mail, "unsubscribe", all="yes")

        assert post.sent() == []

    def test_a_scanner_that_follows_every_link_changes_nothing(self, visitor: Visitor, post: Post, rows: Rows) -> None:
        """In every way that reads, of both mails."""
        comment_id = visitor.published(author_email=ANN, notify=True)
        (question,) = post.sent()
        scanner = visitor.client.application.test_client()

        def scan(mail: EmailMessage) -> None:
            for address in re.findall(r"https://comments\.example\.net(/\S+)", mail.get_content()):
                for method in ("GET", "HEAD", "OPTIONS"):
                    assert scanner.open(address, method=method).status_code == 200

        scan(question)
        assert rows("SELECT replies_confirmed_at, no_mail_since FROM authors") == [(None, None)]
        post.follow(question, "replies")
        scan(self.told(visitor, post, comment_id))
        assert rows("SELECT ended_at FROM subscriptions") == [(None,)]

    def test_a_link_that_we_did_not_make_leads_nowhere(
        self, visitor: Visitor, post: Post, subscribed: UUID, rows: Rows
    ) -> None:
        """Nor does one that is cut off, or made for something else."""
        mail = self.told(visitor, post, subscribed)
        own = link(mail, "unsubscribe")
        token = own.rpartition("/")[2]
        number = token.partition("-")[0]
        for bad in (
            token[:-1],
            f"{int(number) + 1}-{token.partition('-')[2]}",
            "1",
            "-",
            "x-y",
            "9" * 30 + "-x",
            "1-é",
        ):
            for page in ("replies", "unsubscribe"):
                assert visitor.client.get(f"/{page}/{bad}").status_code == 404
                assert visitor.client.post(f"/{page}/{bad}").status_code == 404
        assert visitor.client.post(f"/replies/{token}").status_code == 404

        assert rows("SELECT ended_at FROM subscriptions") == [(None,)]

    def test_no_token_holds_or_tells_the_address(
        self, visitor: Visitor, post: Post, subscribed: UUID, caplog: pytest.LogCaptureFixture
    ) -> None:
        """And no page of it; the browser keeps none and tells no other site where it was."""
        path = link(self.told(visitor, post, subscribed), "unsubscribe")
        page = visitor.client.get(path)

        assert ANN not in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert path.rpartition("/")[2] not in caplog.text
