"""What a page asks for before anybody has written: how the widget speaks, and how a comment would look."""

import gzip

import pytest
from flask.testing import FlaskClient

from service.languages.catalogue import LANGUAGES, catalogue
from service.storage.sites import Site
from service.usecases.report import REASONS
from service.web.widget.view import script
from tests.conftest import ORIGIN, MakeRuntime, make_app

WIDGET = "/api/v1/sites/blog/widget"
PREVIEW = "/api/v1/sites/blog/preview"
FROM_PAGE = {"Origin": ORIGIN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_widget_is_told_everything_in_one_answer(client: FlaskClient, language: str) -> None:
    """What the site asks for, what a reader may report, and every sentence, in the language asked for."""
    told = client.get(WIDGET, query_string={"lang": language}, headers=FROM_PAGE)

    assert told.status_code == 200
    body = told.get_json()
    assert body["site"] == {
        "required": ["body", "author_name", "author_email"],
        "can_notify": False,
        "sends_mail": False,
    }
    assert [reason["code"] for reason in body["report_reasons"]] == list(REASONS)
    assert body["language"] == language
    assert body["direction"] == ("rtl" if language == "ar" else "ltr")
    assert body["messages"] == catalogue(language).part("widget")


def test_reasons_are_called_in_english_as_the_report_page_calls_them(client: FlaskClient) -> None:
    told = client.get(WIDGET, query_string={"lang": "en"}).get_json()

    assert {reason["code"]: reason["title"] for reason in told["report_reasons"]} == REASONS


def test_caches_keep_the_widget_apart_by_language_and_origin(client: FlaskClient) -> None:
    """Five minutes for everybody; a German browser does not get what an English one was told."""
    german = client.get(WIDGET, headers={**FROM_PAGE, "Accept-Language": "de-AT,en;q=0.5"})

    assert german.get_json()["language"] == "de"
    assert german.headers["Cache-Control"] == "public, max-age=300"
    assert set(german.vary) == {"Accept-Language", "Accept-Encoding", "Origin"}
    assert german.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Access-Control-Allow-Credentials" not in german.headers
    assert "Access-Control-Allow-Origin" not in client.get(WIDGET, headers={"Origin": "https://evil.example"}).headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_told_no_more_than_it_shows(client: FlaskClient, language: str) -> None:
    """What only forms say that few people open is left for when one is opened."""
    all_of_it = client.get(WIDGET, query_string={"lang": language}).get_json()
    part = client.get(WIDGET, query_string={"lang": language, "part": "page"}).get_json()

    assert "report_reasons" not in part
    assert part["messages"].items() < all_of_it["messages"].items()
    left_out = set(all_of_it["messages"]) - set(part["messages"])
    assert not any(f'say("{name}")' in script("embed.js").decode() for name in left_out)
    assert part["site"] == all_of_it["site"]


def test_the_widget_is_told_in_few_bytes(client: FlaskClient) -> None:
    """The same answer, compressed for whoever can read that."""
    plain = client.get(WIDGET, headers=FROM_PAGE)
    small = client.get(WIDGET, headers={**FROM_PAGE, "Accept-Encoding": "br, gzip"})

    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2


def test_a_page_whose_origin_was_forgotten_works_as_soon_as_it_is_added(client: FlaskClient) -> None:
    """No cache keeps the answer that the page could not read."""
    assert client.get(WIDGET, headers={"Origin": "https://www.example.org"}).headers["Cache-Control"] == "no-store"


def test_an_unknown_site_or_parameter_is_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/sites/nobody/widget").status_code == 404
    assert client.get(WIDGET, query_string={"theme": "dark"}).status_code == 422


def test_a_preview_looks_as_the_comment_will(client: FlaskClient, site: Site) -> None:
    """The same rendering, sanitised, and nothing is stored."""
    text = "A *calm* thought <script>alert(1)</script> https://example.com/"

    shown = client.post(PREVIEW, json={"body": text}, headers=FROM_PAGE)

    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.get_json()["body_html"] == (
        "<p>A <em>calm</em> thought &lt;script&gt;alert(1)&lt;/script&gt;"
        ' <a href="https://example.com/" rel="nofollow ugc noopener noreferrer">https://example.com/</a></p>\n'
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [({"body": "  "}, "required"), ({"body": "x" * 10_001}, "too_long"), ({}, "required"), ({"body": 1}, "wrong_type")],
    ids=["blank", "too long", "missing", "a number"],
)
def test_a_preview_refuses_what_the_submission_would(client: FlaskClient, body: dict[str, object], code: str) -> None:
    refused = client.post(PREVIEW, json=body, headers=FROM_PAGE)

    assert refused.status_code == 422
    assert [(error["pointer"], error["code"]) for error in refused.get_json()["errors"]] == [("/body", code)]


def test_a_preview_is_for_pages_of_the_site(client: FlaskClient) -> None:
    """Nobody else has us render their text."""
    assert client.post(PREVIEW, json={"body": "x"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(PREVIEW, json={"body": "x"}).status_code == 403


def test_previews_are_counted_apart_from_comments(make_runtime: MakeRuntime, site: Site) -> None:
    """Who looks often at what they write may still send it."""
    client = make_app(make_runtime(limit_preview="2 per hour", limit_address="1 per hour")).test_client()

    answers = [client.post(PREVIEW, json={"body": "x"}, headers=FROM_PAGE).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
