"""Whoever is refused reads it in the own language: one walk through everything that an author or reader may meet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import errors
from service.errors import FieldError, Problem, Said
from service.languages.catalogue import LANGUAGES, catalogue
from service.web.refusals import in_language
from tests.conftest import ORIGIN, PAGE, PLAIN_CHECKS, MakeRuntime, Visitor, make_app, typed

COMMENTS = "/api/v1/sites/blog/comments"
OF_MODERATORS = {"wrong_credentials", "too_many_guesses"}
NOBODY = "01a20324-d1db-77f4-8a65-1ebc3994fe63"


@dataclass
class Reader:
    """Somebody with a browser that prefers a language, on an instance with these settings."""

    language: str
    visitor: Visitor
    make_runtime: MakeRuntime

    def ask(self, method: str, path: str, *, client: FlaskClient | None = None, **more: Any) -> TestResponse:
        headers = {"Origin": ORIGIN, "Accept-Language": self.language, **more.pop("headers", {})}
        return (client or self.visitor.client).open(path, method=method, headers=headers, **more)

    def submit(self, headers: dict[str, str] | None = None, **changes: Any) -> TestResponse:
        return self.ask("POST", COMMENTS, json=typed(**changes), headers=headers or {})

    def send(self, body: bytes, kind: str = "application/json") -> TestResponse:
        return self.ask("POST", COMMENTS, data=body, content_type=kind)

    def on(self, **settings: object) -> FlaskClient:
        return make_app(self.make_runtime(**settings)).test_client()

    def limited(self, setting: str, path: str, body: dict[str, Any], per: str = "minute") -> TestResponse:
        client = self.on(**{setting: f"1 per {per}"})
        self.ask("POST", path, json=body, client=client)
        return self.ask("POST", path, json=body, client=client)

    def rejected(self) -> dict[str, str]:
        self.visitor.drain.checks = PLAIN_CHECKS
        accepted = self.visitor.accepted(body="Please call +44 20 7946 0958 tonight")
        self.visitor.drain()
        return accepted

    def report(self, **fields: Any) -> TestResponse:
        comment_id = self.visitor.published()
        return self.ask("POST", f"{COMMENTS}/{comment_id}/reports", json={"reason": "spam", **fields})

    def object(self, comment: dict[str, str], text: str = "It is mine.") -> TestResponse:
        headers = {"Authorization": f"Bearer {comment['author_token']}"}
        return self.ask("POST", f"/api/v1/comments/{comment['id']}/appeals", json={"text": text}, headers=headers)

    def object_twice(self) -> TestResponse:
        comment = self.rejected()
        assert self.object(comment).status_code == 202
        return self.object(comment)

    def repeat_with_another_text(self) -> TestResponse:
        self.submit(idempotency_key="one")
        return self.submit(idempotency_key="one", body="Another thought.")

    def without_database(self) -> TestResponse:
        """As long as the site is remembered."""
        runtime = self.make_runtime()
        client = make_app(runtime).test_client()
        assert self.ask("GET", "/api/v1/sites/blog/form", client=client).status_code == 200
        runtime.engine.dispose()
        runtime.__dict__["statements"] = self.make_runtime(database_url="postgresql://x@127.0.0.1:1/x").statements
        return self.ask("GET", COMMENTS, query_string={"page_url": PAGE}, client=client)


MANY = {"page_urls": [PAGE] * 101}
WALK: dict[str, tuple[Callable[[Reader], TestResponse], list[str]]] = {
    "nothing filled in": (
        lambda it: it.submit(body="", author_name="", author_email=""),
        ["3 fields need another look.", *["Please fill in this field."] * 3],
    ),
    "one field": (
        lambda it: it.submit(author_name=""),
        ["One field needs another look.", "Please fill in this field."],
    ),
    "left out": (lambda it: it.submit(body=None), ["One field needs another look.", "Please fill in this field."]),
    "blank": (
        lambda it: it.submit(body=" \n "),
        ["One field needs another look.", "Please write something: this field is required."],
    ),
    "too long": (
        lambda it: it.submit(body="x" * 10_001),
        [
            "One field needs another look.",
            "The text has 10,001 characters; at most 10,000 are allowed. Please shorten it.",
        ],
    ),
    "far too long": (
        lambda it: it.submit(body="x" * 40_001),
        ["One field needs another look.", "String should have at most 40000 characters."],
    ),
    "control character": (
        lambda it: it.submit(body="ab\x07c"),
        ["One field needs another look.", "The text holds a control character (U+0007) at place 3. Please remove it."],
    ),
    "invisible": (
        lambda it: it.submit(body="\u200b\u200b"),
        ["One field needs another look.", "The text has no visible characters. Please write something."],
    ),
    "NUL": (lambda it: it.submit(body="a\0b"), ["One field needs another look.", "This field holds a NUL character."]),
    "half a character": (
        lambda it: it.send(b'{"page_url": "x", "body": "\\ud800"}'),
        ["One field needs another look.", "This field holds half a character (a lone surrogate)."],
    ),
    "no e-mail address": (
        lambda it: it.submit(author_email="ann"),
        ["One field needs another look.", "This doesn't look like an e-mail address. Write it like name@example.org."],
    ),
    "long e-mail address": (
        lambda it: it.submit(author_email=f"{'a' * 250}@example.org"),
        ["One field needs another look.", "An e-mail address has at most 254 characters."],
    ),
    "website of another kind": (
        lambda it: it.submit(author_website="ftp://example.org"),
        ["One field needs another look.", "The address must begin with http:// or https://."],
    ),
    "website with a space": (
        lambda it: it.submit(author_website="https://exa mple.org"),
        ["One field needs another look.", "The address holds a space, a backslash or an invisible character."],
    ),
    "website with a password": (
        lambda it: it.submit(author_website="https://me:secret@example.org"),
        [
            "One field needs another look.",
            "The address must not hold a name or password (an @ before the host).",
        ],
    ),
    "website without a host": (
        lambda it: it.submit(author_website="https://localhost"),
        ["One field needs another look.", "The website needs a full host name, such as https://example.org."],
    ),
    "website with a wrong port": (
        lambda it: it.submit(author_website="https://example.org:99999"),
        ["One field needs another look.", "The port in the address must be between 1 and 65535."],
    ),
    "long website": (
        lambda it: it.submit(author_website=f"https://example.org/{'x' * 2_000}"),
        ["One field needs another look.", "The address has 2,020 characters; at most 2,000 are allowed."],
    ),
    "page of nobody": (
        lambda it: it.submit(page_url="https://elsewhere.example.com/"),
        ["That page doesn't belong to this site."] * 2,
    ),
    "sent from elsewhere": (
        lambda it: it.submit(headers={"Origin": "https://elsewhere.example.com"}),
        ["This page isn't on the list of the site's addresses, so it can't send comments to it."],
    ),
    "another field": (
        lambda it: it.submit(status="published"),
        ["One field needs another look.", "There is no such field, or you may not set it."],
    ),
    "another type": (lambda it: it.submit(body=7), ["One field needs another look.", "Should be a valid string."]),
    "an address for somebody else": (
        lambda it: it.submit(author_ip="192.0.2.1"),
        [
            "Only the site's own server may say whose address a comment came from.",
            "This field needs a token of role submitter.",
        ],
    ),
    "a page described": (
        lambda it: it.submit(page_excerpt="x"),
        ["Only the site's own server may say what a page is about.", "This field needs a token of role submitter."],
    ),
    "parent gone": (
        lambda it: it.submit(parent_id=NOBODY),
        ["One field needs another look.", "The comment you reply to isn't there any more."],
    ),
    "key used": (
        lambda it: it.repeat_with_another_text(),
        ["This idempotency key was used for another comment. Send a new key."],
    ),
    "no JSON": (lambda it: it.send(b"{"), ["The body is not JSON."]),
    "another kind": (
        lambda it: it.send(b"x", "text/plain"),
        ["Send application/json or application/x-www-form-urlencoded."],
    ),
    "too large": (lambda it: it.send(b"x" * 70_000), ["A request body may have at most 64 KiB."]),
    "method": (lambda it: it.ask("DELETE", COMMENTS), ["Use GET, HEAD, OPTIONS, POST here."]),
    "site": (
        lambda it: it.ask("GET", "/api/v1/sites/nobody/widget"),
        ["There is no site with this key."],
    ),
    "address": (lambda it: it.ask("GET", "/api/v1/nothing"), ["There is nothing at this address."]),
    "too many": (
        lambda it: it.limited("limit_address", COMMENTS, typed(), per="day"),
        [r"Too many comments in a short time. Please try again in \d+ minutes."],
    ),
    "too many, for a moment": (
        lambda it: it.limited("limit_preview", "/api/v1/sites/blog/preview", {"body": "x"}),
        [r"Too many previews in a short time. Please try again in \d+ seconds."],
    ),
    "database": (
        lambda it: it.without_database(),
        ["The database can't be reached. Nothing was stored; please try again in a moment."],
    ),
    "no page": (
        lambda it: it.ask("GET", COMMENTS),
        ["One field needs another look.", "Please fill in this field."],
    ),
    "page address": (
        lambda it: it.ask("GET", COMMENTS, query_string={"page_url": "example.org"}),
        ["One field needs another look.", "The address must begin with http:// or https://."],
    ),
    "numbers": (
        lambda it: it.ask("GET", COMMENTS, query_string={"page_url": PAGE, "limit": "101", "cursor": "x"}),
        [
            "2 fields need another look.",
            "Input should be a valid UUID, .+",
            "Input should be less than or equal to 100.",
        ],
    ),
    "no number": (
        lambda it: it.ask("GET", COMMENTS, query_string={"page_url": PAGE, "limit": "many"}),
        [
            "One field needs another look.",
            "Input should be a valid integer, unable to parse string as an integer.",
        ],
    ),
    "zero": (
        lambda it: it.ask("GET", COMMENTS, query_string={"page_url": PAGE, "limit": "0"}),
        ["One field needs another look.", "Input should be greater than or equal to 1."],
    ),
    "counts": (
        lambda it: it.ask("POST", f"{COMMENTS}/counts", json=MANY),
        ["One field needs another look.", "List should have at most 100 items after validation, not 101."],
    ),
    "report without a word for it": (
        lambda it: it.report(reason="boring"),
        [
            "One field needs another look.",
            "Input should be 'spam', 'insult', 'hate', 'threat', 'personal_data', 'false', 'crisis', 'legal' or 'other'.",
        ],
    ),
    "report by law": (
        lambda it: it.report(reason="legal"),
        [
            "One field needs another look.",
            "We need an address to tell you what was decided about a report that names the law.",
        ],
    ),
    "long report": (
        lambda it: it.report(text="x" * 2_001, email="ann"),
        [
            "2 fields need another look.",
            "The text has 2,001 characters; at most 2,000 are allowed. Please shorten it.",
            "This doesn't look like an e-mail address. Write it like name@example.org.",
        ],
    ),
    "report of nothing": (
        lambda it: it.ask("POST", f"{COMMENTS}/{NOBODY}/reports", json={"reason": "spam"}),
        ["There is no such comment on this site's pages."],
    ),
    "too many reports": (
        lambda it: it.limited("limit_report", f"{COMMENTS}/{NOBODY}/reports", {"reason": "spam"}, per="day"),
        [r"Too many reports in a short time. Please try again in \d+ minutes."],
    ),
    "whose comment": (
        lambda it: it.ask("GET", f"/api/v1/comments/{NOBODY}/status"),
        ["Send the author_token of this comment as a bearer token."],
    ),
    "appeal without a reason": (
        lambda it: it.object(it.rejected(), " "),
        ["One field needs another look.", "Please say why the decision is wrong."],
    ),
    "appeal against nothing": (
        lambda it: it.object(it.visitor.accepted()),
        ["There is no decision about this comment that you could object to."],
    ),
    "appeal again": (
        lambda it: it.object_twice(),
        ["You have objected to this decision already. It can be done once."],
    ),
}


@pytest.fixture
def reader(visitor: Visitor, make_runtime: MakeRuntime) -> Callable[[str], Reader]:
    return lambda language: Reader(language, visitor, make_runtime)


def sentences(answer: TestResponse) -> list[str]:
    """What people read of a refusal, but for its title."""
    assert answer.mimetype == "application/problem+json", answer.text
    body = answer.get_json()
    return [body["detail"], *(error["detail"] for error in body["errors"])]


def names_of(told: str, language: str) -> set[str]:
    """Which sentences of the catalogue this may be, whatever stands in them."""
    return {
        name
        for name, sentence in catalogue(language).part("problems").items()
        for form in (sentence.values() if isinstance(sentence, dict) else [sentence])
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", re.escape(form)), told, re.DOTALL)
    }


@pytest.mark.parametrize("name", WALK)
def test_in_english_it_is_said_as_ever(reader: Callable[[str], Reader], name: str) -> None:
    """Word for word: programs and people know these sentences."""
    refuse, expected = WALK[name]
    answer = refuse(reader("en-GB,en;q=0.9"))

    assert answer.status_code >= 400
    said = sentences(answer)
    assert len(said) == len(expected), said
    for one, wanted in zip(said, expected, strict=True):
        assert one == wanted or re.fullmatch(wanted, one), one


@pytest.mark.parametrize("name", WALK)
def test_in_german_nothing_is_left_in_english(reader: Callable[[str], Reader], name: str) -> None:
    """Title, sentence and every field, each by the same name as in English where it has one there."""
    refuse, expected = WALK[name]
    answer = refuse(reader("de-AT,de;q=0.9,en;q=0.5"))

    said = sentences(answer)
    for one, english in zip(said, expected, strict=True):
        assert names_of(one, "de"), one
        assert names_of(english, "en") <= names_of(one, "de"), one
        assert "{" not in one
    assert names_of(answer.get_json()["title"], "de")


@pytest.mark.parametrize(
    ("language", "path", "expected"),
    [
        ("de", "too long", "Der Text hat 10.001 Zeichen; erlaubt sind höchstens 10.000. Bitte kürzen Sie ihn."),
        ("fr", "too long", "Le texte compte 10 001 caractères ; 10 000 au maximum. Veuillez le raccourcir."),
        ("ja", "too long", "本文は 10,001 文字です。10,000 文字までにしてください。"),
    ],
)
def test_numbers_are_the_real_ones_and_written_as_in_the_language(
    reader: Callable[[str], Reader], language: str, path: str, expected: str
) -> None:
    answer = WALK[path][0](reader(language))

    assert re.sub(r"\s", " ", sentences(answer)[1]) == expected


def test_the_request_itself_may_name_its_language(visitor: Visitor) -> None:
    """In the body or the address: a widget speaks as its page does, whatever the browser prefers."""
    english = {"Accept-Language": "en"}
    asked = visitor.client.get("/api/v1/sites/nobody/widget", query_string={"lang": "pl"}, headers=english)
    assert asked.get_json()["detail"] == "Nie ma witryny o tym kluczu."

    headers = {"Origin": ORIGIN, **english}
    sent = visitor.client.post("/api/v1/sites/blog/preview", json={"body": " ", "lang": "tr-TR"}, headers=headers)
    assert sent.get_json()["errors"][0]["detail"] == "Lütfen bir şey yazın: bu alan zorunludur."


def test_what_cannot_be_read_is_refused_in_a_language_all_the_same(visitor: Visitor) -> None:
    """A `lang` of another type, or one that nobody speaks, is none."""
    headers = {"Origin": ORIGIN, "Accept-Language": "it"}
    for lang in (7, "tlh", ["de"], "x" * 36):
        answer = visitor.client.post("/api/v1/sites/blog/preview", json={"body": "", "lang": lang}, headers=headers)
        if answer.status_code != 200:
            assert answer.get_json()["title"] == "Alcuni campi sono da rivedere"


def test_moderators_and_their_programs_are_answered_in_english(visitor: Visitor) -> None:
    """The desk speaks English, so its refusals do; a German browser changes nothing there."""
    for path in ("/api/v1/review/comments", "/api/v1/sites/blog/policy", "/api/v1/session"):
        assert visitor.client.get(path, headers={"Accept-Language": "de"}).get_json()["title"] == (
            "A valid token is needed"
        )


def problems() -> Iterator[type[Problem]]:
    waiting = [Problem]
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting.extend(kind.__subclasses__())


@pytest.mark.parametrize("code", sorted({kind.code for kind in problems()} - OF_MODERATORS))
def test_every_kind_of_refusal_has_a_title_and_a_sentence(code: str) -> None:
    """A new one is noticed here, before somebody reads English in the middle of a Polish page."""
    for language in LANGUAGES:
        assert catalogue(language).has("problems", f"title.{code}"), language
    assert catalogue("en").has("problems", code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_sentence_of_its_own_is_told_by_its_code(language: str) -> None:
    """And what has not even that is told in English: nobody is left without a word."""
    known = errors.NotFound("Gone.", said=Said("not_found.never_heard_of"))
    assert in_language(known, catalogue(language)).detail in {
        "Gone.", catalogue(language).say("problems", "not_found")
    }  # fmt: skip
    unknown = errors.invalid([FieldError("/x", "never_heard_of", "It is odd.")])
    assert in_language(unknown, catalogue(language)).errors[0].detail == "It is odd."
