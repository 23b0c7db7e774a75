"""The pages of the review queue, without a script: who sees what, and what a form does."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site, status_of

LogIn = Callable[..., FlaskClient]


def waiting(visitor: Visitor, count: int) -> list[UUID]:
    """Comments that wait for a person, oldest first."""
    visitor.drain.checks = PLAIN_CHECKS
    ids = [
        visitor.comment(
            body=f"Number {n}: please call 020 7946 0{100 + n} about <b>it</b>", author_email=f"r{n}@example.org"
        )
        for n in range(count)
    ]
    visitor.drain()
    return ids


def send(client: FlaskClient, comment_id: UUID, **fields: object) -> tuple[int, str]:
    """The answer to a decision form: status and where it leads."""
    token = client.environ_base["HTTP_X_CSRF_TOKEN"]
    form = {"csrf_token": token, "decision": "publish", "revision": "1", **fields}
    answer = client.post(f"/desk/comments/{comment_id}/decisions", data=form)
    return answer.status_code, answer.headers.get("Location", answer.get_data(as_text=True))


def test_the_list_says_what_waits_and_why(log_in: LogIn, visitor: Visitor) -> None:
    """Author, words, the reason as a sentence; nothing that was typed becomes markup."""
    waiting(visitor, 2)
    page = log_in().get("/desk/").get_data(as_text=True)

    assert page.count('class="row"') == 2
    assert "Number 0: please call 020 7946 0100 about &lt;b&gt;it&lt;/b&gt;" in page
    assert "The text shows a phone number" in page
    assert "example.org&#39;" not in page
    assert "r0@example.org" not in page


def test_a_page_shows_everything_but_the_address(log_in: LogIn, visitor: Visitor) -> None:
    """The text with its evidence marked, the signals, the history."""
    (comment_id,) = waiting(visitor, 1)
    page = log_in().get(f"/desk/comments/{comment_id}").get_data(as_text=True)

    assert re.search(r"<mark>020 7946 0100<sup", page)
    assert "What the checks found" in page
    assert "<b>Held</b> by <bdi>The checks</bdi>" in page
    assert "r0@example.org" not in page


def test_deciding_leads_to_the_next_one(log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
    """The page after it says what happened, read from the history."""
    first, second = waiting(visitor, 2)
    client = log_in(name="ada")
    status, address = send(client, first, reason="other", next=str(second), note="a friend of the house")

    assert (status, address) == (303, f"/desk/comments/{second}?done={first}")
    assert status_of(rows, first) == "published"
    assert "<b>Published</b> the comment by <bdi>Ann</bdi>" in client.get(address).get_data(as_text=True)
    assert "<b>Published</b> the comment" not in log_in(name="bob").get(address).get_data(as_text=True)
    assert rows("SELECT decided_by, reason_code, note FROM decisions WHERE decided_by <> 'policy'") == [
        ("moderator:ada", "other", "a friend of the house")
    ]


def test_filters_go_along(log_in: LogIn, visitor: Visitor) -> None:
    """From the list to the comment, through the form and back."""
    (comment_id,) = waiting(visitor, 1)
    client = log_in()
    send(client, comment_id, decision="spam")
    page = client.get("/desk/?status=spam&site=").get_data(as_text=True)

    assert f"/desk/comments/{comment_id}?status=spam" in page
    item = client.get(f"/desk/comments/{comment_id}?status=spam").get_data(as_text=True)
    (replaces, *_) = re.findall(r'name="replaces" value="(\d+)"', item)
    answer = client.post(
        f"/desk/comments/{comment_id}/decisions?status=spam",
        data={"decision": "publish", "revision": "1", "replaces": replaces},
    )
    assert answer.headers["Location"] == f"/desk/?status=spam&done={comment_id}"


def test_who_comes_second_is_told(log_in: LogIn, visitor: Visitor) -> None:
    """The page is the comment's own, with a sentence; nothing is lost and nobody is sent away."""
    (comment_id,) = waiting(visitor, 1)
    assert send(log_in(name="ada"), comment_id)[0] == 303
    status, page = send(log_in(name="bob"), comment_id)

    assert status == 409
    assert 'role="alert"' in page
    assert "ada has decided meanwhile: the comment is published." in page


@pytest.mark.parametrize(("role", "status", "has_form"), [("viewer", 403, False), ("moderator", 303, True)])
def test_a_viewer_sees_no_buttons(log_in: LogIn, visitor: Visitor, role: str, status: int, has_form: bool) -> None:
    """And could not use them."""
    (comment_id,) = waiting(visitor, 1)
    client = log_in(role)

    assert ('name="decision"' in client.get(f"/desk/comments/{comment_id}").get_data(as_text=True)) is has_form
    assert send(client, comment_id)[0] == status


def test_another_site_has_no_comments_here(log_in: LogIn, visitor: Visitor, runtime: Runtime) -> None:
    """Neither in the list, nor as a page, nor by naming the site."""
    (comment_id,) = waiting(visitor, 1)
    client = log_in("owner", of=add_site(runtime, "other", "https://other.example.com"))

    assert "No comment has come yet" in client.get("/desk/").get_data(as_text=True)
    assert client.get("/desk/?site=blog").status_code == 403
    assert client.get(f"/desk/comments/{comment_id}").status_code == 404
    assert client.get(f"/desk/comments/{comment_id}/panel").status_code == 404
    assert send(client, comment_id)[0] == 404


def test_all_sites_stand_in_one_list(log_in: LogIn, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
    """The severest first, wherever it was said."""
    first, second = waiting(visitor, 2)
    other = add_site(runtime, "other", "https://other.example.com")
    client = log_in()
    rows("INSERT INTO memberships SELECT :site_id, id, 'moderator' FROM moderators", site_id=other.id)
    rows("UPDATE comments SET site_id = :site_id, severity = 3, rank = 9 WHERE id = :id", site_id=other.id, id=second)
    page = client.get("/desk/").get_data(as_text=True)

    assert page.index(str(second)) < page.index(str(first))
    assert '<span class="row-site">other</span>' in page


def test_severe_words_are_shown_only_on_request(log_in: LogIn, visitor: Visitor) -> None:
    """Not in the list, and on their page behind their label."""
    visitor.comment(body="I want to kill myself tonight, nobody would even notice.")
    visitor.drain()
    client = log_in()
    listed = client.get("/desk/").get_data(as_text=True)
    found = re.search(r"/desk/comments/([0-9a-f-]{36})", listed)
    assert found

    assert "nobody would even notice" not in listed
    page = client.get(found[0]).get_data(as_text=True)
    assert page.index('<details class="cover"') < page.index("nobody would even notice")


def test_nobody_without_a_session_gets_in(client: FlaskClient) -> None:
    """Whatever is asked for."""
    assert client.get("/desk/").status_code in {302, 303, 401}


def test_a_decision_can_be_taken_back(log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
    """From the notice that tells of it; the comment waits again and its history says who did what."""
    (comment_id,) = waiting(visitor, 1)
    client = log_in(name="ada")
    _, address = send(client, comment_id, decision="reject", reason="off_topic", message="Please stay with the topic.")
    page = client.get(address).get_data(as_text=True)
    (decision_id,) = re.findall(r'name="decision_id" value="(\d+)"', page)
    answer = client.post(f"/desk/comments/{comment_id}/undo", data={"decision_id": decision_id})

    assert answer.headers["Location"] == f"/desk/comments/{comment_id}?done={comment_id}"
    assert status_of(rows, comment_id) == "held"
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "<b>Took back</b> the decision about the comment by" in page
    assert "Please stay with the topic." in page
    assert "decision_id" not in page
    assert client.post(f"/desk/comments/{comment_id}/undo", data={"decision_id": decision_id}).status_code == 409


def test_the_first_page_says_what_to_do(log_in: LogIn) -> None:
    """Where no comment has come yet, it does not pretend that everything was decided."""
    page = log_in().get("/desk/").get_data(as_text=True)

    assert "No comment has come yet" in page
    assert "/api/docs" in page


def test_the_list_is_narrowed_by_address(log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
    """Each filter is part of an address that can be shared; the bar counts what there is by reason."""
    first, second = waiting(visitor, 2)
    client = log_in()
    rows("UPDATE comments SET reason_code = 'spam' WHERE id = :id", id=second)
    page = client.get("/desk/").get_data(as_text=True)
    assert 'All <span class="count">2</span>' in page
    assert 'Spam <span class="count">1</span>' in page

    for query, shown in {
        "reason=spam": {second},
        "reason=personal_data": {first},
        "text=0100": {first},
        "waited=hour": set(),
        "label=personal_data&min_score=0.5": {first, second},
        "language=he": set(),
    }.items():
        page = client.get(f"/desk/?{query}").get_data(as_text=True)
        assert {one for one in (first, second) if f'data-id="{one}"' in page} == shown, query


def test_reports_and_appeals_are_seen_counted_and_filtered(log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
    """A chip on row and page says so, a bar counts them and leads to them; that the checks passed is not why it waits."""
    reported = visitor.published(body="The roses came back in June.")
    held, appealed = waiting(visitor, 2)
    for n in range(3):
        rows(
            "INSERT INTO reports (site_id, comment_id, revision, reason, reporter_hash)"
            " SELECT site_id, id, 1, 'insult', decode(md5(:n), 'hex') FROM comments WHERE id = :id", id=reported, n=str(n)
        )  # fmt: skip
    rows("UPDATE comments SET rank = 5 WHERE id = :id", id=reported)
    client = log_in(name="ada")
    assert send(client, appealed, decision="reject", reason="off_topic")[0] == 303
    rows(
        "INSERT INTO appeals (site_id, comment_id, decision_id, body)"
        " SELECT site_id, comment_id, id, 'Why?' FROM decisions WHERE comment_id = :id AND event = 'reject'",
        id=appealed,
    )
    rows("UPDATE comments SET rank = 4 WHERE id = :id", id=appealed)
    page = client.get("/desk/").get_data(as_text=True)

    listed = dict(zip(re.findall(r'data-id="([^"]+)"', page), page.split('<li class="row"')[1:], strict=True))
    assert '<span class="chip warm">3 reports</span>' in listed[str(reported)]
    assert "data-reported" in listed[str(reported)]
    assert "row-why" not in listed[str(reported)]
    assert '<span class="chip warm">Appeal</span>' in listed[str(appealed)]
    assert "data-reported" not in listed[str(appealed)]
    assert not re.search(r"\d reports?<|>Appeal<|data-reported", listed[str(held)].partition("</li>")[0])
    for comment_id, words in ((reported, "3 reports"), (appealed, "Appeal")):
        item = client.get(f"/desk/comments/{comment_id}").get_data(as_text=True).split('id="item"')[1]
        assert f'<span class="chip warm">{words}</span>' in item
    for words in ("Reported", "Appealed", "The rest", "Passed the checks"):
        assert f'{words} <span class="count">1</span>' in page
    for kind, shown in {"report": reported, "appeal": appealed, "rest": held}.items():
        page = client.get(f"/desk/?waiting_for={kind}").get_data(as_text=True)
        assert re.findall(r'data-id="([^"]+)"', page) == [str(shown)], kind
        assert 'Reported <span class="count">1</span>' in page
    assert client.get("/desk/?waiting_for=nothing").status_code == 422
    page = client.get("/desk/?reason=personal_data").get_data(as_text=True)
    assert 'aria-label="By what it waits for"' not in page


def test_an_address_is_searched_without_standing_in_one(log_in: LogIn, visitor: Visitor) -> None:
    """The page that shows what somebody wrote names them by a number; words stand in the page's address."""
    (comment_id, _) = waiting(visitor, 2)
    client = log_in()
    found = client.post("/desk/search", data={"text": "r0@example.org"}).headers["Location"]

    assert re.fullmatch(r"/desk/\?author=\d+&status=any", found)
    page = client.get(found).get_data(as_text=True)
    assert page.count('class="row"') == 1
    assert str(comment_id) in page
    assert client.post("/desk/search", data={"text": "number 0"}).headers["Location"] == "/desk/?text=number+0"
    assert client.get("/desk/?text=r0@example.org").status_code == 422
    assert 'class="row"' not in client.post("/desk/search", data={"text": "x@example.org"}).get_data(as_text=True)
    assert log_in("viewer").post("/desk/search", data={"text": "r0@example.org"}).status_code == 403


def appealed(visitor: Visitor, rows: Rows, by: FlaskClient) -> UUID:
    """A comment that this moderator rejected, and its author objects."""
    (comment_id,) = waiting(visitor, 1)
    assert send(by, comment_id, decision="reject", reason="off_topic")[0] == 303
    rows(
        "INSERT INTO appeals (site_id, comment_id, decision_id, body)"
        " SELECT site_id, comment_id, id, 'Why?' FROM decisions WHERE event = 'reject'"
    )
    rows("UPDATE comments SET rank = 4 WHERE id = :id", id=comment_id)
    return comment_id


def test_ones_own_case_has_no_buttons(log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
    """It says who has to look; what is sent all the same is refused on the comment's page."""
    ada, bob = log_in(name="ada"), log_in(name="bob")
    comment_id = appealed(visitor, rows, ada)
    address = f"/desk/comments/{comment_id}"
    page = ada.get(address).get_data(as_text=True)

    assert "Your own decision:" in page
    assert 'name="outcome"' not in page
    assert 'name="decision"' not in page
    assert 'id="ban"' in page
    assert "Your own decision:" not in bob.get(address).get_data(as_text=True)
    refused = ada.post(f"{address}/appeal?status=any", data={"outcome": "overturn", "revision": "1"})
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    assert 'role="alert"' in page
    assert "Another moderator has to look." in page
    assert 'id="item-title"' in page
    assert status_of(rows, comment_id) == "rejected"
    rows("UPDATE moderators SET disabled_at = now() WHERE name = 'bob'")
    assert 'value="overturn"' in ada.get(address).get_data(as_text=True)


def test_an_appeal_is_answered_with_words_and_leads_on(log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
    """The filters stay, the next comment comes; the message is the author's, the note is ours."""
    ada, bob = log_in(name="ada"), log_in(name="bob")
    comment_id = appealed(visitor, rows, ada)
    (other,) = waiting(visitor, 1)
    page = bob.get(f"/desk/comments/{comment_id}?site=blog").get_data(as_text=True)
    (action,) = re.findall(r'class="appeal-form" method="post" action="([^"]+)"', page)
    (following,) = set(re.findall(r'name="next" value="([^"]+)"', page))
    assert (action, following) == (f"/desk/comments/{comment_id}/appeal?site=blog", str(other))
    sent = {"outcome": "uphold", "revision": "1", "message": "Please see our rules.", "note": "", "next": following}
    answer = bob.post(action, data=sent)

    assert answer.headers["Location"] == f"/desk/comments/{other}?site=blog&done={comment_id}"
    assert rows("SELECT event, message, note FROM decisions WHERE decided_by = 'moderator:bob'") == [
        ("uphold", "Please see our rules.", None)
    ]
    refused = bob.post(action, data={**sent, "message": ""})
    assert refused.status_code == 409
    assert "No appeal about this comment waits" in refused.get_data(as_text=True)
