"""Akismet as a client, against a server that speaks its protocol to the letter, and some that do not."""

from dataclasses import replace

import pytest

from service.gateways.remote.akismet import BLATANT, HAM, NO_ADDRESS, SPAM, Akismet, answer_of, form_of
from service.gateways.remote.client import Reply
from tests.gateways.remote.conftest import COMMENT, LOCAL, failure_of
from tests.gateways.remote.service import always, response

KEY = "123YourAPIKey"


def by_the_book(asked, connection):
    """comment-check as it is documented: 200 for all, plain text, the exact word without a newline."""
    form = {name: values[0] for name, values in asked.form.items()}
    headers = {"x_akismet_guid": "4c40dd06"}
    if asked.headers["content-type"] != "application/x-www-form-urlencoded":
        word, headers = b"invalid", {"x_akismet_debug_help": "wrong content type"}
    elif form.get("api_key") != KEY or not form.get("blog", "").startswith("http") or not form.get("user_ip"):
        word, headers = b"invalid", {"x_akismet_debug_help": 'Empty "blog" value'}
    elif form.get("comment_author") == "viagra-test-123":
        word, headers = b"true", headers | {"x_akismet_pro_tip": "discard"}
    else:
        word = b"true" if form.get("comment_author_email") == "akismet-guaranteed-spam@example.com" else b"false"
    connection.sendall(response(200, word, "text/plain; charset=utf-8", **headers))


def ask(service, comment=COMMENT, key=KEY):
    return Akismet(LOCAL, service.url, key).ask(comment, timeout=2)


def test_the_documented_test_values_come_back_as_documented(serve):
    """Ham, the guaranteed spam and the blatant spam."""
    service = serve(by_the_book)
    email = replace(COMMENT, author_email="akismet-guaranteed-spam@example.com")

    found = [ask(service, comment) for comment in (COMMENT, email, replace(COMMENT, author_name="viagra-test-123"))]

    assert [(answer.label, answer.score) for (answer,) in found] == [("spam", HAM), ("spam", SPAM), ("spam", BLATANT)]
    assert all(answer.detail.startswith("Akismet ") and answer.detail.endswith(".") for (answer,) in found)


def test_a_wrong_key_is_said_as_such(serve):
    """`invalid` with status 200."""
    assert failure_of(lambda: ask(serve(by_the_book), key="wrong")) == "key_refused"


def test_the_form_has_the_documented_names():
    """All that is known, in Akismet's spelling."""
    assert form_of(COMMENT, KEY) == {
        "api_key": KEY,
        "blog": "https://example.org",
        "user_ip": "203.0.113.77",
        "comment_type": "comment",
        "comment_content": "Tapering slowly worked for me.",
        "comment_author": "Ann",
        "comment_author_email": "ann.canary@example.net",
        "comment_author_url": "https://ann.example",
        "permalink": "https://example.org/post/",
        "comment_context[]": "Ketamine",
        "blog_lang": "en_gb",
        "blog_charset": "UTF-8",
    }


def test_what_is_not_known_is_left_out():
    """But an address has to be there: one that says nothing."""
    bare = replace(
        COMMENT, author_name="", author_website=None, page_url=None, page_title=None, language=None, author_email=None,
        client_address=None,
    )  # fmt: skip

    assert form_of(bare, KEY).keys() == {
        "api_key",
        "blog",
        "user_ip",
        "comment_type",
        "comment_content",
        "blog_charset",
    }
    assert form_of(bare, KEY)["user_ip"] == NO_ADDRESS


def test_any_text_arrives_as_it_was_written(serve):
    """Ampersands, percent signs, newlines and other scripts stay one field."""
    service = serve(by_the_book)
    body = "a&comment_author=x%26+\r\n=日本語 🐌\0"

    ask(service, replace(COMMENT, body=body))

    assert service.asked[0].form["comment_content"] == [body]
    assert service.asked[0].form["comment_author"] == ["Ann"]


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"invalid", {}, "key_refused"),
        (b"false", {"x-akismet-recheck-after": "120", "x-akismet-guid": "g"}, "undecided"),
        (b"false", {"x-akismet-error": "timeout"}, "server_error"),
        (b"", {}, "out_of_schema"),
        (b"True", {}, "out_of_schema"),
        (b"truetrue", {}, "out_of_schema"),
        (b"<html>true</html>", {}, "out_of_schema"),
        (b"\xff\xfe", {}, "out_of_schema"),
    ],
)
def test_anything_but_true_and_false_is_a_failure(body, headers, reason):
    """A provisional ham too: nobody would look at the comment again."""
    assert failure_of(lambda: answer_of(Reply(200, headers, body))) == reason


def test_a_newline_at_the_end_is_forgiven():
    """Some stand-ins for Akismet send one."""
    assert answer_of(Reply(200, {}, b"true\n")).score == SPAM


def test_an_error_page_with_status_200_is_a_failure(serve):
    """What a captive proxy sends."""
    assert failure_of(lambda: ask(serve(always(response(200, b"<h1>true</h1>", "text/html"))))) == "out_of_schema"
