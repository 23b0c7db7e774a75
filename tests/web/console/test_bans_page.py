"""The page of bans, without a script: what was typed stays, what is wrong is marked, and older ones are reached."""

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.web.console import bans, bulk
from tests.conftest import Rows, Visitor

LogIn = Callable[..., FlaskClient]

TYPED = {
    "site": "blog",
    "kind": "host",
    "value": "nowhere",
    "effect": "shadow",
    "lasts": "year",
    "reason": "For <good>, & ever",
}


def test_a_refused_form_keeps_what_was_typed(log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
    """Also who is meant and where one came from; the field that is wrong says so."""
    comment_id = visitor.published(body="The roses came back in June.", author_email="ann@example.org")
    client = log_in()
    back = f"/desk/comments/{comment_id}?status=any&amp;waited=day"
    page = client.get(f"/desk/comments/{comment_id}?status=any&waited=day").get_data(as_text=True)
    (address,) = re.findall(r'id="ban" href="([^"]+)"', page)
    page = client.get(address.replace("&amp;", "&")).get_data(as_text=True)
    assert f'<a href="{back}">Back to the comment</a>' in page
    (came_from,) = re.findall(r'name="back" value="([^"]+)"', page)
    assert came_from == back

    sent = {**TYPED, "comment_id": str(comment_id), "back": back.replace("&amp;", "&")}
    refused = client.post("/desk/bans/", data=sent)
    page = refused.get_data(as_text=True)

    assert refused.status_code == 422
    assert "Ban whoever sent the comment by" in page
    assert f'name="back" value="{back}"' in page
    assert re.search(r'value="host" required checked', page)
    assert not re.search(r'value="email" required checked', page)
    assert 'value="nowhere" aria-describedby="value-complaint value-hint" aria-invalid="true"' in page
    assert re.search(r'value="shadow" required checked', page)
    assert '<option value="year" selected>' in page
    assert 'value="For &lt;good&gt;, &amp; ever" required autocomplete' in page

    page = client.post("/desk/bans/", data={**sent, "value": "shop.example", "reason": ""}).get_data(as_text=True)
    assert 'value="shop.example" aria-describedby="value-hint" autocomplete' in page
    assert 'aria-invalid="true" aria-describedby="reason-complaint"' in page

    done = client.post("/desk/bans/", data={**sent, "value": "shop.example"})
    assert done.status_code == 303
    page = client.get(done.headers["Location"]).get_data(as_text=True)
    assert f'<a href="{back}">Back to the review queue</a>' in page
    assert rows("SELECT value, effect, reason FROM bans") == [("shop.example", "shadow", "For <good>, & ever")]


def test_one_comes_back_from_any_search(log_in: LogIn, visitor: Visitor) -> None:
    """Whatever signs and letters it had."""
    comment_id = visitor.published(body="The roses came back in June.", author_email="ann@example.org")
    client = log_in()
    words = "it's (so); 50 % & $5! *?: \U0001f339" + "\U0001f339" * 270
    query = {"text": words, "older_than": "2036-11-30T08:00:00+02:00"}
    page = client.get(f"/desk/comments/{comment_id}", query_string=query).get_data(as_text=True)
    (address,) = re.findall(r'id="ban" href="([^"]+)"', page)

    page = client.get(unescape(address)).get_data(as_text=True)
    (back,) = re.findall(r'<a href="([^"]+)">Back to the comment', page)
    assert words in unescape(client.get(unescape(back)).get_data(as_text=True))


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/desk/bans/", "/desk/comments/x", "/"])
def test_one_comes_back_to_the_queue_and_nowhere_else(log_in: LogIn, back: str) -> None:
    """Whatever an address or a form says."""
    client = log_in()

    assert client.get("/desk/bans/", query_string={"back": back}).status_code == 422
    refused = client.post("/desk/bans/", data={**TYPED, "value": "shop.example", "back": back})
    assert refused.status_code == 422
    assert "evil.example" not in refused.get_data(as_text=True)


def test_nobody_sees_another_sites_bans_by_a_form_that_is_wrong(log_in: LogIn) -> None:
    """The site is looked at before the list is shown."""
    assert log_in().post("/desk/bans/", data={**TYPED, "site": "other"}).status_code == 403
    assert log_in("viewer").post("/desk/bans/", data=TYPED).status_code == 403


def test_older_bans_are_reached(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page, each once."""
    monkeypatch.setattr(bans, "PAGE", 2)
    client = log_in()
    for n in range(5):
        client.post("/desk/bans/", data={**TYPED, "value": f"shop{n}.example"})

    seen, address = [], "/desk/bans/"
    while address:
        page = client.get(address).get_data(as_text=True)
        seen.append(re.findall(r"<code dir=\"ltr\">(shop\d)", page))
        (address,) = re.findall(r'<a href="([^"]+)">Show older ones', page) or [""]
        address = address.replace("&amp;", "&")
    assert seen == [["shop4", "shop3"], ["shop2", "shop1"], ["shop0"]]


def test_older_bulk_decisions_are_reached(
    log_in: LogIn, visitor: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same there."""
    monkeypatch.setattr(bulk, "JOBS", 2)
    comment_id: UUID = visitor.published(body="The roses came back in June.")
    client = log_in()
    for _ in range(3):
        sent = {"ids": str(comment_id), "decision": "spam", "expected": "1"}
        assert client.post("/desk/bulk/", data=sent).status_code == 303
    page = client.get("/desk/bulk/").get_data(as_text=True)
    (address,) = re.findall(r'<a href="([^"]+)">Show older ones', page)

    first, second = (re.findall(r'href="/desk/bulk/(\d+)"', one) for one in (page, client.get(address).text))
    assert (len(first), len(second)) == (2, 1)
    assert not set(first) & set(second)
    assert "Show older ones" not in client.get(address).text
