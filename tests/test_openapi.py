"""The OpenAPI document is complete, resolves, and tells the truth."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from apiflask import APIFlask
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.core.control import SkipTest
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance, unsupported_method

from service.storage.sites import Site
from tests.conftest import ORIGIN, PAGE, MakeRuntime, Visitor, make_app

METHODS = {"get", "post", "put", "patch", "delete"}
UNDESCRIBED = {"openapi.spec", "pages.api_docs"}
"""Routes below /api that are about the API."""
FILES = {"/api/v1/audit/export", "/api/v1/sites/{site_key}/thread.html", "/api/v1/sites/{site_key}/comments.atom"}
"""What answers with a file."""
PUBLIC = {
    ("POST", "/api/v1/sites/{site_key}/comments"),
    ("POST", "/api/v1/sites/{site_key}/comments/{comment_id}/reports"),
    ("GET", "/api/v1/sites/{site_key}/comments"),
    ("POST", "/api/v1/sites/{site_key}/comments/counts"),
    ("GET", "/api/v1/sites/{site_key}/form"),
    ("POST", "/api/v1/sites/{site_key}/authors/link"),
    ("GET", "/api/v1/sites/{site_key}/widget"),
    ("POST", "/api/v1/sites/{site_key}/preview"),
    ("GET", "/api/v1/sites/{site_key}/thread.html"),
    ("GET", "/api/v1/sites/{site_key}/comments.atom"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/links"),
}
"""What anybody may call; everything else says with which key."""


@pytest.fixture
def document(app: APIFlask) -> dict[str, Any]:
    answer = app.test_client().get("/api/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS & set(item):
            yield method.upper(), path, item[method]


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    """With a title, a version, and the ways to prove who one is."""
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Greenroom"
    assert document["info"]["version"]
    assert set(document["components"]["securitySchemes"]) == {"api_token", "author_token", "session"}


def test_it_lists_every_route_of_the_api_and_no_other(app: APIFlask, document: dict[str, Any]) -> None:
    """What the application answers to and what the document says are the same."""
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.endpoint not in UNDESCRIBED
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert len(routes) >= 8
    assert {(method, path) for method, path, _ in operations(document)} == routes


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """No `$ref` into nothing, wherever it stands; and nothing is described that nobody refers to."""
    seen = set()
    for reference in references(document):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in found, f"{reference} leads nowhere"
            found = found[part]
        seen.add(reference.rpartition("/")[2])

    assert set(document["components"]["schemas"]) <= seen


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_operation_says_what_it_is_and_what_it_answers(document: dict[str, Any]) -> None:
    """A summary, an id of its own, a success with a schema, refusals as problems, and who may call it."""
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    for method, path, operation in operations(document):
        where = f"{method} {path}"
        assert operation["summary"], where
        successes = [status for status in operation["responses"] if status.startswith("2")]
        assert len(successes) == 1, where
        content = operation["responses"][successes[0]].get("content", {})
        assert path in FILES or set(content) == (set() if successes == ["204"] else {"application/json"}), where
        assert all(kind["schema"] for kind in content.values()), where
        for status, response in operation["responses"].items():
            assert response["description"], f"{where} {status}"
            if status.startswith(("4", "5")):
                assert set(response["content"]) >= {"application/problem+json"}, f"{where} {status}"
        assert ((method, path) not in PUBLIC) == bool(operation.get("security")), where
        assert not operation.get("security") or "401" in operation["responses"], where
        if method == "POST":
            assert operation["requestBody"]["content"], where


def test_schemas_are_closed(document: dict[str, Any]) -> None:
    """A field that is not described is neither taken nor given."""
    schemas = document["components"]["schemas"]

    assert [
        name
        for name, schema in schemas.items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ] == []


def test_the_page_to_read_it_is_our_own(app: APIFlask) -> None:
    """Self-hosted: nothing on it comes from elsewhere."""
    page = app.test_client().get("/api/docs")

    assert page.status_code == 200
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    for path in ("/api/v1/sites/{site_key}/comments", "/api/v1/review/comments"):
        assert path in page.text


def test_the_document_is_a_constant(app: APIFlask) -> None:
    """Two requests and two processes tell the same."""
    answers = [client.get("/api/openapi.json").get_json() for client in (app.test_client(), app.test_client())]

    assert answers[0] == answers[1]


CHECKS_THAT_DO_NOT_FIT = [
    # A body that fits the schema may still be refused: a page of another site, a name of invisible characters.
    positive_data_acceptance,
    # It sends TRACE, which our server answers before Flask; 405 with Allow is tested in test_submit.py.
    unsupported_method,
    # It judges by 401 alone; tests/web/test_review.py tries every way of having no token.
    ignored_auth,
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["well-formed", "malformed"])
def test_answers_are_as_described(
    make_runtime: MakeRuntime, visitor: Visitor, site: Site, bearer: Any, mode: GenerationMode
) -> None:
    """Requests made from the document: no 5xx, no status, type or body that it does not tell of."""
    app = make_app(make_runtime())
    comment_id, token = visitor.published(), bearer("owner")
    accepted = visitor.accepted(body="Call +44 20 7946 0958 now")
    visitor.drain()
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    schema.config.generation.update(modes=[mode])
    schema.config.checks.negative_data_rejection.expected_statuses = ["400", "401", "403", "404", "413", "415", "422"]

    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=14, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
        )
        @_given(operation, mode)
        def conforms(case: schemathesis.Case) -> None:
            nonlocal tried
            tried += 1
            _make_sensible(case, site_key=site.key, comment_id=str(comment_id), token=token, author=accepted)
            plain = {"Origin": ORIGIN, "Accept-Encoding": "identity"}  # The client in this process unpacks nothing.
            response = case.call(headers=plain)
            case.validate_response(response, excluded_checks=CHECKS_THAT_DO_NOT_FIT)

        with suppress(SkipTest):  # an operation without any input can't be asked wrongly
            conforms()
    assert tried > 60


def _given(operation: Any, mode: GenerationMode) -> Any:
    from hypothesis import given

    return given(case=operation.as_strategy(generation_mode=mode))


def _make_sensible(
    case: schemathesis.Case, *, site_key: str, comment_id: str, token: dict[str, str], author: dict[str, str]
) -> None:
    """Every other request is about a site, a page and a comment that exist: else 404 would be all we see."""
    for name, value in (case.query or {}).items():
        if isinstance(value, list) and len(value) < 2:  # in an address, that is a word or nothing: no mistake at all
            case.query[name] = ["x", "x"]
    if crc32(repr((case.path_parameters, case.query)).encode(errors="replace")) % 2:
        return
    if "site_key" in (case.path_parameters or {}):
        case.path_parameters["site_key"] = site_key
    if "comment_id" in (case.path_parameters or {}):
        case.path_parameters["comment_id"] = author["id"] if case.path.endswith("/status") else comment_id
    if "review" in case.path or "/policy" in case.path:
        case.headers = {**(case.headers or {}), **token}
    if case.path.endswith("/status"):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {author['author_token']}"}
    if isinstance(case.query, dict) and "page_url" in case.query:
        case.query["page_url"] = PAGE
    if isinstance(case.body, dict) and "page_url" in case.body:
        case.body["page_url"] = PAGE
        case.body["author_email"] = "ann@example.org"
