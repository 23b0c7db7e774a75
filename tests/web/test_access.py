"""The role matrix: docs/access.md says who may do what, and every cell of it is tried.

HOW TO ADD A ROW. Add your endpoint to the first table of docs/access.md; the test fails until it is there and says what
is missing. Write the path as the OpenAPI document does (`{comment_id}`), pages likewise. That is all where an empty body
or query is refused by role before it is read. Otherwise, or where a path has a parameter that `world` below does not
know, add a `Sample` to SAMPLES. New shapes (`…Out`) and fields go into the second table: the failing test prints the row.
What a cell means stands in docs/access.md; what is tried for it, in `complaint`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.cli.people import create_token
from service.runtime import Runtime
from service.settings import Settings
from service.storage.sites import Site
from tests.conftest import KEYS, PLAIN_CHECKS, Rows, Visitor, add_site

ROOT = Path(__file__).parent.parent.parent
TABLE = ROOT / "docs" / "access.md"
COLUMNS = ("anonymous", "viewer", "moderator", "owner", "admin", "by token", "submitter")
CELLS = {"yes", "no", "own", "key"}
PEOPLE = ("viewer", "moderator", "owner", "admin")
TOKENS = ("viewer", "moderator", "owner")
UNLISTED = {"static"}
KEY_IN_BODY = {"POST /api/v1/links"}
"""The key is part of what is sent: the document has no name for that."""
FORM = "application/x-www-form-urlencoded"
LogIn = Callable[..., FlaskClient]


@dataclass(frozen=True)
class Sample:
    """What is sent to an endpoint, where an empty body and no query are not enough to be asked for one's role."""

    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    """JSON for the API, a form for pages."""
    params: dict[str, Any] = field(default_factory=dict)
    """Of the path; those of `world` need not be given."""


SAMPLES: dict[str, Sample] = {
    "POST /api/v1/review/comments/{comment_id}/notes": Sample(body={"body": "x"}),
    "POST /desk/comments/{comment_id}/notes": Sample(body={"body": "x"}),
    "POST /desk/bans/": Sample(
        body={"site": "blog", "kind": "name", "value": "x", "effect": "hold", "lasts": "day", "reason": "x"}
    ),
    "POST /desk/bans/{ban_id}/lift": Sample(body={"site": "blog"}),
    "GET /api/v1/people": Sample(query={"site": "blog"}),
    "POST /api/v1/people": Sample(body={"site": "blog", "name": "zoe", "role": "viewer"}),
    "PUT /api/v1/people/{moderator_id}/role": Sample(body={"site": "blog", "role": "viewer"}),
    "DELETE /api/v1/people/{moderator_id}/role": Sample(query={"site": "blog"}),
    "PUT /api/v1/people/{moderator_id}/disabled": Sample(body={"is_disabled": True}),
    "POST /desk/people/{moderator_id}": Sample(body={"site": "blog", "act": "remove"}),
    "POST /api/v1/links": Sample(body={"token": "grl_x", "new_password": "eleven boats asleep at noon"}),
    "POST /desk/links/{token}": Sample(body={"new_password": "eleven boats asleep at noon"}),
    "GET /api/v1/tokens": Sample(query={"site": "blog"}),
    "POST /api/v1/tokens": Sample(body={"site": "blog", "name": "zoe", "role": "viewer"}),
    "POST /desk/people/invitations/{link_id}/withdraw": Sample(body={"site": "blog"}),
    "POST /desk/tokens/{token_id}/revoke": Sample(body={"site": "blog"}),
    "POST /api/v1/review/comments/{comment_id}/decisions": Sample(body={"decision": "spam", "revision": 1}),
    "POST /api/v1/review/comments/{comment_id}/undo": Sample(body={"decision_id": 1}),
    "POST /desk/comments/{comment_id}/decisions": Sample(body={"decision": "spam", "revision": "1"}),
    "POST /desk/comments/{comment_id}/undo": Sample(body={"decision_id": "1"}),
    "POST /api/v1/review/comments/{comment_id}/appeal": Sample(body={"outcome": "uphold", "revision": 1}),
    "POST /desk/comments/{comment_id}/appeal": Sample(body={"outcome": "uphold", "revision": "1"}),
    "PATCH /api/v1/comments/{comment_id}": Sample(body={"body": "Please.", "revision": 1}),
    "POST /api/v1/comments/{comment_id}/appeals": Sample(body={"text": "Please."}),
    "GET /appeals/{token}": Sample(params={"token": "1-x"}),
    "POST /appeals/{token}": Sample(body={"text": "Please."}, params={"token": "1-x"}),
    "GET /decide/{token}": Sample(params={"token": "1-publish-x"}),
    "POST /decide/{token}": Sample(params={"token": "1-publish-x"}),
    "PUT /api/v1/session/mail": Sample(body={"wishes": []}),
    "GET /api/v1/review/mails": Sample(query={"site": "blog"}),
    "GET /api/v1/review/comments": Sample(query={"site": "blog"}),
    "GET /api/v1/sites/{site_key}/policy/versions/{version}": Sample(params={"version": 1}),
    "GET /api/v1/sites/{site_key}/policy/rules/{rule_id}/hits": Sample(params={"rule_id": "casino"}),
    "GET /desk/rules/{site_key}/rules/{rule_id}": Sample(params={"rule_id": "casino"}),
    "POST /api/v1/sites/{site_key}/policy/versions/{version}/restore": Sample(params={"version": 1}),
}


class Row(NamedTuple):
    """One row of the first table."""

    endpoint: str
    cells: dict[str, str]

    @property
    def is_public(self) -> bool:
        return self.cells["anonymous"] == "yes"


def tables() -> list[list[list[str]]]:
    """The tables of docs/access.md: rows of cells, without the head."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", TABLE.read_text(), re.MULTILINE)
    return [
        [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()[2:]] for block in blocks
    ]


def matrix() -> dict[str, Row]:
    found = {}
    for name, *cells in tables()[0]:
        endpoint = name.strip("`")
        assert endpoint not in found, f"{endpoint} stands in docs/access.md twice"
        assert len(cells) == len(COLUMNS) and set(cells) <= CELLS, f"docs/access.md, {endpoint}: {cells}"
        found[endpoint] = Row(endpoint, dict(zip(COLUMNS, cells, strict=True)))
    return found


MATRIX = matrix()


def an_app() -> APIFlask:
    """The application as it is made, connected to nothing: for its routes and its document."""
    settings: dict[str, Any] = {
        "database_url": "postgresql://nobody@127.0.0.1:1/x", "redis_url": "redis://127.0.0.1:1/0",
        "secret_key": KEYS[0], "email_keys": KEYS[1],
    }  # fmt: skip
    return create_app(Runtime(Settings(**settings)))


def routes(app: APIFlask) -> Iterator[str]:
    """Every address that the application answers to, as the matrix writes it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in UNLISTED:
            path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield f"{method} {path}"


def operations(document: dict[str, Any]) -> set[str]:
    return {
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item
        if method in {"get", "post", "put", "patch", "delete"}
    }


APP = an_app()
DOCUMENT: dict[str, Any] = APP.test_client().get("/api/openapi.json").get_json()
ENDPOINTS = sorted({*routes(APP), *operations(DOCUMENT)})


def test_every_endpoint_is_in_the_matrix() -> None:
    """An endpoint that is missing there fails: pages, API, and what the document tells of."""
    missing = [endpoint for endpoint in ENDPOINTS if endpoint not in MATRIX]
    rows = "\n".join(f"| `{endpoint}` | no | ? | ? | yes | yes | ? | no |" for endpoint in missing)

    assert not missing, f"docs/access.md lacks\n{rows}"


def test_the_matrix_tells_of_nothing_that_is_not_there() -> None:
    """A row without an endpoint fails, and so does a sample."""
    assert [row for row in MATRIX if row not in ENDPOINTS] == []
    assert [row for row in SAMPLES if row not in ENDPOINTS] == []


def test_who_needs_no_key_is_said_alike_by_the_document() -> None:
    """`security` stands at exactly those operations that somebody without a key may not call."""
    for endpoint in operations(DOCUMENT):
        method, path = endpoint.split(" ")
        has_key = bool(DOCUMENT["paths"][path][method.lower()].get("security"))
        needs_none = endpoint in MATRIX and (MATRIX[endpoint].is_public or endpoint in KEY_IN_BODY)
        assert has_key != needs_none, endpoint


def test_every_field_of_every_answer_is_listed() -> None:
    """A field that is new in an answer is noticed: somebody has to think about who sees it."""
    shapes: dict[str, set[str]] = {}
    for name, schema in DOCUMENT["components"]["schemas"].items():
        if name.endswith("Out"):
            shapes.setdefault(name.rpartition(".")[2], set()).update(schema.get("properties", {}))
    listed = {name.strip("`"): set(re.findall(r"`(\w+)`", fields)) for name, fields, *_ in tables()[1]}
    wrong = [name for name in sorted({*shapes, *listed}) if shapes.get(name) != listed.get(name)]
    rows = "\n".join(
        f"| `{name}` | {', '.join(f'`{one}`' for one in sorted(shapes[name]))} | ? |"
        if name in shapes
        else f"no {name}"
        for name in wrong
    )

    assert not wrong, f"the second table of docs/access.md should have\n{rows}"


def test_what_has_a_rule_of_its_own_has_a_test_of_its_own() -> None:
    """The third table names a test for each, and that test is there."""
    for what, *_, test in tables()[2]:
        path, _, name = test.strip("`").rpartition("::")
        assert f"def {name}(" in (ROOT / path).read_text(), f"{what}: there is no {test}"


@dataclass
class World:
    """Everybody who may ask, and something of each kind that they may ask about."""

    askers: dict[str, FlaskClient]
    tokens: dict[str, dict[str, str]]
    params: dict[str, Any]

    def ask(self, endpoint: str, client: FlaskClient, headers: dict[str, str]) -> TestResponse:
        method, path = endpoint.split(" ")
        sample = SAMPLES.get(endpoint, Sample())
        url = re.sub(r"\{(\w+)\}", lambda found: str({**self.params, **sample.params}[found[1]]), path)
        more: dict[str, Any] = {}
        if method != "GET":
            more = {"json": sample.body} if path.startswith("/api/") else {"data": sample.body, "content_type": FORM}
        return client.open(url, method=method, query_string=sample.query, headers=headers, **more)


@pytest.fixture
def held(visitor: Visitor) -> UUID:
    visitor.drain.checks = PLAIN_CHECKS
    comment_id = visitor.comment(body="Please call +44 20 7946 0958 tonight")
    visitor.drain()
    return comment_id


@pytest.fixture
def world(runtime: Runtime, app: APIFlask, site: Site, held: UUID, log_in: LogIn, rows: Rows) -> World:
    """A held comment on `blog`, people and tokens of each role there, and an owner of another site."""
    elsewhere = add_site(runtime, "elsewhere", "https://elsewhere.example.com")
    anonymous = app.test_client()
    anonymous.environ_base |= {"HTTP_ORIGIN": runtime.settings.base_url, "HTTP_SEC_FETCH_SITE": "same-origin"}
    people = {role: log_in(role, name=f"a {role}") for role in ("viewer", "moderator", "owner")}
    people["admin"] = log_in("viewer", name="an admin", is_admin=True, of=elsewhere)
    people["elsewhere"] = log_in("owner", name="an owner elsewhere", of=elsewhere)
    tokens = {
        role: {"Authorization": f"Bearer {create_token(runtime, site=site, role=role, name=role)}"}
        for role in (*TOKENS, "submitter")
    }
    ((nobody,),) = rows("SELECT max(id) + 1000 FROM moderators")
    return World(
        {"anonymous": anonymous, **people},
        tokens,
        {
            "ban_id": 1,
            "comment_id": held,
            "site_key": site.key,
            "session_id": 1,
            "mail_id": 1,
            "job_id": 1,
            "moderator_id": nobody,
            "link_id": 1,
            "token_id": 1,
            "token": "grl_x",
        },
    )


def cases(row: Row) -> Iterator[tuple[str, str, str]]:
    """Who asks, with which token if any, and what the matrix says of it."""
    yield "anonymous", "", row.cells["anonymous"]
    for role in PEOPLE:
        yield role, "", row.cells[role]
    for role in TOKENS:
        says = row.cells[role] if row.cells["by token"] == "yes" else row.cells["by token"]
        yield "anonymous", role, says
    yield "anonymous", "submitter", row.cells["submitter"]
    if not row.is_public and "{" in row.endpoint and "own" not in row.cells.values():
        yield "elsewhere", "", "no"


def complaint(answer: TestResponse, says: str, *, is_elsewhere: bool) -> str | None:
    """What is wrong with an answer, given what the matrix says.

    `yes` and `own` are not refused, `no` is: with 401 or 403, or by being sent to the login page. Without its `key`, and
    from another site, a thing may also be said not to be there.
    """
    to_login = answer.status_code == 303 and answer.location.startswith("/desk/login?next=")
    is_refused = (answer.status_code in {401, 403} and "wrong_credentials" not in answer.text) or to_login
    if answer.status_code >= 500 or answer.status_code == 405:
        return f"answers {answer.status_code}"
    if says in {"yes", "own"}:
        return f"is refused with {answer.status_code}" if is_refused else None
    if is_refused or (answer.status_code == 404 and (says == "key" or is_elsewhere)):
        return None
    return f"is let in with {answer.status_code}"


@pytest.mark.parametrize("endpoint", sorted(MATRIX))
def test_the_matrix_tells_the_truth(
    endpoint: str, world: World, record_property: Callable[[str, object], None]
) -> None:
    """Each role in a session and with a token, nobody at all, and somebody from another site."""
    wrong, tried = [], 0
    for asker, token, says in cases(MATRIX[endpoint]):
        answer = world.ask(endpoint, world.askers[asker], world.tokens.get(token, {}))
        tried += 1
        if found := complaint(answer, says, is_elsewhere=asker == "elsewhere"):
            wrong.append(
                f"{endpoint} by {f'token of {token}' if token else asker} ({says}): {found}: {answer.text[:300]}"
            )
    record_property("access_cases", tried)

    assert wrong == []
