"""Changing and erasing the own comment without JavaScript: pages that only the browser that sent it can use."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.languages.catalogue import LANGUAGES
from service.runtime import Runtime
from service.storage.sites import Site
from tests.conftest import PLAIN_CHECKS, SET_STATUS, Drain, MakeRuntime, Rows, Visitor, make_app
from tests.web.own_comments import let, texts

FIRST = "The rain has stopped at last."
SECOND = "The rain has stopped, and the street smells of lilac."
OWN = {"Origin": "https://comments.example.net", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _without_the_reader(drain: Drain) -> None:
    drain.checks = PLAIN_CHECKS


@pytest.fixture
def page(visitor: Visitor) -> str:
    """Where the browser was led after it sent a comment by a form."""
    return str(visitor.send_form(body=FIRST).headers["Location"])


def post(client: FlaskClient, address: str, headers: dict[str, str] | None = None, **fields: Any) -> TestResponse:
    return client.post(address, data=fields, headers=OWN if headers is None else headers)


def test_the_result_page_offers_both_while_there_is_time(
    visitor: Visitor, page: str, rows: Rows, runtime: Runtime, site: Site
) -> None:
    """And says for how long; a comment that was turned down can still be erased."""
    shown = visitor.client.get(page).text
    assert f'href="{page}/edit"' in shown
    assert f'href="{page}/erase"' in shown
    assert "for 15 more minutes" in shown

    rows(SET_STATUS, status="spam")
    shown = visitor.client.get(page).text
    assert f"{page}/edit" not in shown
    assert f"{page}/erase" in shown

    rows("UPDATE comments SET created_at = created_at - interval '15 minutes'")
    assert "/erase" not in visitor.client.get(page).text


def test_a_text_is_changed_by_a_form(visitor: Visitor, page: str) -> None:
    """Looking at the form changes nothing; sending it leads back to where the comment stands."""
    form = visitor.client.get(f"{page}/edit")
    assert form.status_code == 200
    assert FIRST in form.text
    assert form.headers["Cache-Control"] == "no-store"

    sent = post(visitor.client, f"{page}/edit", body=SECOND, revision="1")
    assert (sent.status_code, sent.headers["Location"]) == (303, page)
    assert SECOND in visitor.client.get(page).text
    visitor.drain()
    assert texts(visitor) == [SECOND]


@pytest.mark.parametrize(("body", "status"), [("", 422), ("x" * 10_001, 422)])
def test_what_was_typed_is_not_lost_when_it_is_refused(visitor: Visitor, page: str, body: str, status: int) -> None:
    answer = post(visitor.client, f"{page}/edit", body=body, revision="1")

    assert answer.status_code == status
    assert 'aria-invalid="true"' in answer.text
    assert 'role="alert"' in answer.text
    assert body in answer.text


def test_whoever_changed_it_in_another_tab_is_told_and_can_insist(visitor: Visitor, page: str) -> None:
    """The form comes back with what was typed, and the next attempt is about the newest text."""
    post(visitor.client, f"{page}/edit", body=SECOND, revision="1")
    answer = post(visitor.client, f"{page}/edit", body="Typed in the other tab.", revision="1")

    assert answer.status_code == 409
    assert "edited meanwhile" in answer.text
    assert "Typed in the other tab." in answer.text
    assert 'name="revision" value="2"' in answer.text


def test_who_is_too_late_still_has_the_text(visitor: Visitor, page: str, rows: Rows) -> None:
    rows("UPDATE comments SET created_at = created_at - interval '15 minutes'")
    answer = post(visitor.client, f"{page}/edit", body=SECOND, revision="1")
    erased = post(visitor.client, f"{page}/erase")

    assert (answer.status_code, erased.status_code) == (403, 403)
    assert SECOND in answer.text
    assert "is over" in answer.text
    assert "is over" in erased.text
    assert rows("SELECT count(*) FROM revisions") == [(1,)]


def test_it_is_erased_after_one_more_question(visitor: Visitor, page: str, rows: Rows) -> None:
    """The page says so, and afterwards the browser holds no token any more."""
    question = visitor.client.get(f"{page}/erase")
    assert question.status_code == 200
    assert FIRST in question.text
    assert rows("SELECT status FROM comments") == [("pending",)]
    assert visitor.client.get(f"{page}/erased").status_code == 404

    sent = post(visitor.client, f"{page}/erase")
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{page}/erased")
    assert "greenroom_author=;" in sent.headers["Set-Cookie"]
    assert rows("SELECT status FROM comments") == [("erased",)]
    assert "Your comment is deleted" in visitor.client.get(f"{page}/erased").text
    assert visitor.client.get(f"{page}/edit").status_code == 404


@pytest.mark.parametrize("what", ["edit", "erase"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "https://comments.example.net", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_a_page_of_somebody_else_changes_nothing(
    visitor: Visitor, page: str, rows: Rows, what: str, headers: dict[str, str]
) -> None:
    """T4: the cookie comes along with any form; where the form stands is what counts. Not even the site's own page may."""
    answer = post(visitor.client, f"{page}/{what}", headers, body=SECOND, revision="1")

    assert answer.status_code == 403
    assert rows("SELECT status, revision FROM comments") == [("pending", 1)]


@pytest.mark.parametrize("what", ["edit", "erase"])
def test_only_the_browser_that_sent_it(visitor: Visitor, page: str, runtime: Runtime, what: str) -> None:
    """T11: another browser, and the author of another comment, are told that there is nothing."""
    stranger = make_app(runtime).test_client()
    other = visitor.send_form(body="Another.").headers["Location"]

    for client, address in ((stranger, page), (stranger, other)):
        assert client.get(f"{address}/{what}").status_code == 404
        assert post(client, f"{address}/{what}", body=SECOND, revision="1").status_code == 404


def test_both_count_as_edits(visitor: Visitor, page: str, make_runtime: MakeRuntime) -> None:
    client = make_app(make_runtime(limit_edit="1 per hour")).test_client()
    cookie = visitor.client.get_cookie("greenroom_author", path=page)
    assert cookie
    client.set_cookie("greenroom_author", cookie.value, path=page)
    first = post(client, f"{page}/edit", body=SECOND, revision="1")
    second = post(client, f"{page}/edit", body="Once more.", revision="2")

    assert (first.status_code, second.status_code) == (303, 429)
    assert "Once more." in second.text
    assert int(second.headers["Retry-After"]) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_speak_the_language_of_the_reader(visitor: Visitor, page: str, language: str) -> None:
    """And keep it, where it was chosen by address, through form and answer."""
    shown = visitor.client.get(f"{page}?lang={language}").text
    edit = visitor.client.get(f"{page}/edit?lang={language}")
    suffix = "" if language == "en" else f"?lang={language}"

    assert f'href="{page}/edit{suffix}"' in shown
    assert f'lang="{language}"' in edit.text
    sent = post(visitor.client, f"{page}/edit{suffix}", body=SECOND, revision="1")
    assert sent.headers["Location"] == f"{page}{suffix}"


def test_where_nobody_may_change_anything_nothing_is_offered(
    visitor: Visitor, page: str, runtime: Runtime, site: Site
) -> None:
    let(runtime, site, edit_window=timedelta(0))
    shown = visitor.client.get(page).text

    assert "/edit" not in shown
    assert "/erase" not in shown
    assert post(visitor.client, f"{page}/erase").status_code == 403
