"""Self-service: a link by mail to everything that was written with an address; nobody learns whether there is any."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from service.usecases.own_words import MOST_LINKS_A_DAY, WORKS_FOR
from tests.conftest import ORIGIN, MakeRuntime, Rows, Visitor, make_app, status_of
from tests.usecases.post import Post, link

ANN, BEN = "ann@example.org", "ben@example.org"
HELD = "Please call +44 20 7946 0958 tonight"
LINK = "/api/v1/sites/blog/authors/link"


@pytest.fixture
def ask(visitor: Visitor) -> Callable[..., TestResponse]:
    def ask(email: str = ANN, **more: Any) -> TestResponse:
        return visitor.client.post(LINK, json={"email": email, **more}, headers={"Origin": ORIGIN})

    return ask


@pytest.fixture
def opened(ask: Callable[..., TestResponse], post: Post) -> Callable[[], str]:
    """`opened()`: the path of the page behind a link that Ann has just got."""

    def opened() -> str:
        assert ask().status_code == 202
        return link(post.sent()[-1], "my-comments")

    return opened


class TestAsking:
    """The answer is the same for everybody; the mail goes to the address alone."""

    def test_the_link_goes_to_the_address(self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post) -> None:
        visitor.published(author_email=ANN, body="About whales.")
        ask("Ann@Example.org ")
        (mail,) = post.sent()

        assert mail["To"] == ANN
        assert "whales" not in mail.as_string()
        assert ANN not in link(mail, "my-comments")
        assert post.sent() == []

    def test_known_and_unknown_addresses_get_the_same_answer(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post, rows: Rows
    ) -> None:
        """Alike in every header and byte; the same rows are written, the same task is queued."""
        visitor.published(author_email=ANN)
        answers = [ask(ANN), ask("nobody@example.org")]

        assert {answer.status_code for answer in answers} == {202}
        assert answers[0].data == answers[1].data
        same = [{name: value for name, value in a.headers if name != "X-Request-Id"} for a in answers]
        assert same[0] == same[1]
        assert (
            rows("SELECT kind, recipient, state, author_id FROM mails WHERE kind = 'author_link'")
            == [("author_link", "asker", "waiting", None)] * 2
        )
        assert [mail["To"] for mail in post.sent()] == [ANN]
        assert rows("SELECT state, problem FROM mails WHERE kind = 'author_link' ORDER BY id") == [
            ("sent", None), ("dropped", "unknown_address"),
        ]  # fmt: skip

    def test_the_request_does_the_same_work_for_both(
        self, visitor: Visitor, ask: Callable[..., TestResponse], runtime: Any
    ) -> None:
        """Its statements are alike, so its time is: who is known is looked up by the one who sends the mail."""
        visitor.published(author_email=ANN)
        heard: list[str] = []
        event.listen(runtime.engine, "before_cursor_execute", lambda *said: heard.append(said[2]))
        said = []
        for address in (ANN, "nobody@example.org"):
            heard.clear()
            ask(address)
            said.append(list(heard))

        assert said[0] == said[1] != []
        assert "authors" not in " ".join(said[0]).replace("author_links", "")

    def test_an_address_gets_three_a_day_and_nobody_hears_of_it(
        self, visitor: Visitor, ask: Callable[..., TestResponse], post: Post
    ) -> None:
        visitor.published(author_email=ANN)

        assert {ask().status_code for _ in range(5)} == {202}
        assert len(post.sent()) == MOST_LINKS_A_DAY

    def test_a_client_asks_so_often(self, visitor: Visitor, make_runtime: MakeRuntime) -> None:
        """For whatever addresses."""
        client = make_app(make_runtime(limit_mail="2 per hour")).test_client()
        sent = [client.post(LINK, json={"email": f"x{n}@example.org"}, headers={"Origin": ORIGIN}) for n in range(3)]

        assert [answer.status_code for answer in sent] == [202, 202, 429]
        assert "Retry-After" in sent[2].headers

    def test_other_peoples_pages_can_not_ask(self, visitor: Visitor) -> None:
        foreign = {"Origin": "https://evil.example"}

        assert visitor.client.post(LINK, json={"email": ANN}, headers=foreign).status_code == 403
        assert visitor.client.post("/authors/blog", data={"email": ANN}, headers=foreign).status_code == 403
        assert visitor.client.post("/authors/blog", data={"email": ANN}).status_code == 403

    @pytest.mark.parametrize("email", ["", "ann", "ann@", "x" * 255 + "@example.org"])
    def test_what_is_no_address_is_refused(self, ask: Callable[..., TestResponse], email: str) -> None:
        assert ask(email).status_code == 422

    def test_the_page_asks_likewise(self, visitor: Visitor, post: Post) -> None:
        """In the language of the browser, which the mail has too; what is wrong is said there."""
        visitor.published(author_email=ANN)
        own = {"Origin": "https://comments.example.net", "Accept-Language": "de"}
        form = visitor.client.get("/authors/blog", headers=own)
        wrong = visitor.client.post("/authors/blog?lang=de", data={"email": "ann"}, headers=own)
        sent = [visitor.client.post("/authors/blog?lang=de", data={"email": to}, headers=own) for to in (ANN, BEN)]

        assert 'lang="de"' in form.text
        assert "Link senden" in form.text
        assert wrong.status_code == 422
        assert 'value="ann"' in wrong.text
        assert [answer.status_code for answer in sent] == [200, 200]
        assert sent[0].text == sent[1].text
        assert [mail["Subject"] for mail in post.sent()] == ["Ihre Kommentare: Blog"]


class TestSeeing:
    """Everything with the address, on this site, in plain words."""

    def test_all_are_listed_with_where_they_stand(
        self, visitor: Visitor, opened: Callable[[], str], decide: Callable[..., None]
    ) -> None:
        visitor.published(author_email=ANN, body="About whales.")
        refused = visitor.comment(author_email=ANN, body=HELD)
        visitor.comment(author_email=ANN, body=HELD + " or tomorrow")
        visitor.published(author_email=BEN, body="About dolphins.")
        visitor.drain()
        decide(refused, "reject")
        visitor.comment(author_email=ANN, body="About herons.")
        page = visitor.client.get(opened())
        text = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())

        assert page.status_code == 200
        for part in (
            "About whales.", "Your comment is published.", "A moderator decided not to publish it.",
            "a person will look at it", "About herons.", "awaiting moderation",
        ):  # fmt: skip
            assert part in text
        assert "dolphins" not in text
        assert ANN not in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"

    def test_it_works_for_a_day_and_as_often_as_one_likes(
        self, visitor: Visitor, opened: Callable[[], str], rows: Rows
    ) -> None:
        visitor.published(author_email=ANN)
        path = opened()
        assert [visitor.client.get(path).status_code for _ in range(3)] == [200] * 3
        rows("UPDATE author_links SET created_at = created_at - CAST(:age AS interval)", age=WORKS_FOR)

        assert visitor.client.get(path).status_code == 404
        assert visitor.client.post(f"{path}/export").status_code == 404

    @pytest.mark.parametrize("token", ["1-x", "x", "-", "9" * 30 + "-x"])
    def test_a_link_that_we_did_not_make_leads_nowhere(self, visitor: Visitor, token: str) -> None:
        assert visitor.client.get(f"/my-comments/{token}").status_code == 404
        for what in ("export", "mail"):
            assert visitor.client.post(f"/my-comments/{token}/{what}").status_code == 404

    def test_who_wanted_no_mail_can_have_it_again(
        self, visitor: Visitor, opened: Callable[[], str], rows: Rows
    ) -> None:
        """The link itself still comes: there is no other way to one's own."""
        visitor.published(author_email=ANN)
        rows("UPDATE authors SET no_mail_since = now()")
        path = opened()
        assert "Allow mail again" in visitor.client.get(path).text
        assert visitor.client.post(f"{path}/mail").status_code == 303

        assert rows("SELECT no_mail_since FROM authors") == [(None,)]
        assert "Allow mail again" not in visitor.client.get(path).text


class TestTakingAlong:
    """All that is stored about them, and nothing of others."""

    def test_the_file_has_everything(
        self, visitor: Visitor, opened: Callable[[], str], decide: Callable[..., None], post: Post
    ) -> None:
        first = visitor.published(author_email=ANN, body="About whales.", notify=True)
        refused = visitor.comment(author_email=ANN, body=HELD, author_website="https://ann.example.org/")
        visitor.published(author_email=BEN, author_name="Benedict", body="About dolphins.", parent_id=str(first))
        visitor.drain()
        decide(refused, "reject")
        post.sent()
        path = opened()
        assert visitor.client.get(f"{path}/export").status_code == 405
        answer = visitor.client.post(f"{path}/export")
        found = answer.get_json()

        assert answer.headers["Content-Disposition"] == 'attachment; filename="comments-blog.json"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert found["email"] == ANN
        assert found["site"] == {"key": "blog", "name": "Blog"}
        assert [comment["id"] for comment in found["comments"]] == [str(first), str(refused)]
        whales, call = found["comments"]
        assert whales["revisions"][0]["body"] == "About whales."
        assert whales["mail_about_replies"]["ended_at"] is None
        assert call["author_website"] == "https://ann.example.org/"
        assert [decision["decided_by"] for decision in call["decisions"]] == ["program", "moderator"]
        assert call["decisions"][1]["reasons"]
        assert call["revisions"][0]["findings"][0]["detail"]
        assert {mail["kind"] for mail in found["about"]["mails"]} == {"confirm_replies", "statement"}
        for foreign in ("dolphins", "Benedict", BEN, "a moderator"):
            assert foreign not in answer.text

    def test_what_one_reported_is_in_it(self, visitor: Visitor, opened: Callable[[], str]) -> None:
        visitor.published(author_email=ANN)
        other = visitor.published(author_email=BEN, body="About dolphins.")
        sent = {"reason": "legal", "text": "This is my picture.", "email": ANN}
        url = f"/api/v1/sites/blog/comments/{other}/reports"
        assert visitor.client.post(url, json=sent, headers={"Origin": ORIGIN}).status_code == 202
        found = visitor.client.post(f"{opened()}/export").get_json()

        assert [report["text"] for report in found["about"]["reports"]] == ["This is my picture."]


class TestErasing:
    """All of it, asked for twice; what others answered stays, and nothing is sent any more."""

    def test_it_asks_once_more(self, visitor: Visitor, opened: Callable[[], str], rows: Rows) -> None:
        """Looking at the page, and the first button, erase nothing."""
        comment_id = visitor.published(author_email=ANN)
        path = opened()
        assert visitor.client.get(f"{path}/erase").status_code == 405
        asked = visitor.client.post(f"{path}/erase")

        assert asked.status_code == 200
        assert "Yes, erase all" in asked.text
        assert status_of(rows, comment_id) == "published"

    def test_everything_is_gone_and_answers_stay(
        self, visitor: Visitor, opened: Callable[[], str], post: Post, rows: Rows, decide: Callable[..., None]
    ) -> None:
        """Whatever the status was; wishes, proofs and mails that wait as well. No mail follows."""
        first = visitor.accepted(author_email=ANN, author_name="Zebediah", body="About whales.", notify=True)
        visitor.drain()
        key = {"Authorization": f"Bearer {first['author_token']}"}
        assert visitor.client.post(f"/api/v1/comments/{first['id']}/proof", headers=key).status_code == 202
        for mail in post.sent():
            post.follow(mail, "proofs" if "/proofs/" in mail.get_content() else "replies")
        answer = visitor.published(author_email=BEN, body="About dolphins.", parent_id=first["id"])
        refused = visitor.comment(author_email=ANN, author_name="Zebediah", body=HELD)
        visitor.comment(author_email=ANN, author_name="Zebediah", body=f"{HELD}, says the heron")
        visitor.drain()
        path = opened()
        decide(refused, "reject")
        done = visitor.client.post(f"{path}/erase", data={"sure": "yes"})

        assert done.status_code == 200
        assert "Everything is erased" in done.text
        assert post.sent() == []
        assert [(shown["id"], shown["is_erased"]) for shown in visitor.read()["comments"]] == [
            (first["id"], True), (str(answer), False),
        ]  # fmt: skip
        assert rows("SELECT count(*) FROM subscriptions") == rows("SELECT count(*) FROM proofs") == [(0,)]
        assert rows("SELECT count(*) FROM authors") == [(1,)]
        everything = str(
            [
                rows(f"SELECT t::text FROM {table} t")
                for table in ("comments", "revisions", "authors", "mails", "decisions")
            ]
        )
        for word in ("whales", "Zebediah", "heron", "7946"):
            assert word not in everything
        assert visitor.client.get(path).status_code == 404

    def test_what_comes_later_with_the_address_is_a_strangers(
        self, visitor: Visitor, opened: Callable[[], str], post: Post, rows: Rows
    ) -> None:
        """Who had confirmed mail about replies is asked anew; the link from before shows nothing new but that."""
        visitor.published(author_email=ANN, notify=True)
        post.follow(post.sent()[-1], "replies")
        visitor.client.post(f"{opened()}/erase", data={"sure": "yes"})
        visitor.published(author_email=ANN, body="I am new here.", notify=True)

        assert rows("SELECT replies_confirmed_at, proven_at FROM authors") == [(None, None)]
        assert [mail["Subject"] for mail in post.sent()] == ["Do you want mail about replies? Blog"]

    def test_who_wants_no_mail_stays_without_any(
        self, visitor: Visitor, opened: Callable[[], str], post: Post, rows: Rows
    ) -> None:
        """A keyed hash of the address stays for that, and nothing else; it opens nothing."""
        visitor.published(author_email=ANN)
        rows("UPDATE authors SET no_mail_since = now()")
        path = opened()
        visitor.client.post(f"{path}/erase", data={"sure": "yes"})
        assert visitor.client.get(path).status_code == 404
        visitor.published(author_email=ANN, body="Somebody types the address.", notify=True)

        assert post.sent() == []
