"""Real servers for every test: PostgreSQL and Valkey from wheels, one pair per process of the test run."""

import gc
import os
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from service.app import create_app
from service.cli.embedded import postgres_part, valkey_part, wait_for_postgres, wait_for_valkey
from service.cli.people import create_token
from service.cli.supervisor import Supervisor
from service.gateways.mail import Mailer, server_from
from service.moderation.checks import MODERATION_CHECKS, SPAM_CHECKS, BatchCheck
from service.moderation.checks.reading import check_conduct_reading, check_spam_reading
from service.runtime import Runtime
from service.settings import Settings
from service.storage import moderators, sessions, sites
from service.storage.schema import migrate
from service.storage.sites import Site
from service.usecases.check import CHECKS, Tools, check_due
from service.usecases.send_mail import Postman, send_due
from service.vault import generate_keys, new_session_token
from tests.stack import Stack

ORIGIN = "https://example.org"
PAGE = f"{ORIGIN}/post/"
KEYS = generate_keys()
UNLIMITED = dict.fromkeys(
    ("limit_address", "limit_email", "limit_site", "limit_report", "limit_preview", "limit_mail", "limit_edit"),
    "1000000 per minute",
)
HOOK_SECRET = "whsec_" + b64encode(b"k" * 32).decode()
PROXIED = {
    "GREENROOM_TRUSTED_PROXIES": "127.0.0.1/32",
    "GREENROOM_LOG_LEVEL": "DEBUG",
    "GREENROOM_REMOTE_HOOK": HOOK_SECRET,
}
"""How the `live` stack runs: behind a proxy on this machine, as talkative as it can be, with a secret for hooks."""


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Let one process of the test run have all tests that share the live stack: it is started once."""
    for item in items:
        if "live" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("live"))
    yield
    if hasattr(config, "workerinput"):
        _tell_groups(items)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it hundreds of times, a sixth of the run."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases of the role matrix were tried: each is a request, many to a test."""
    counts = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "access_cases" and getattr(report, "when", "") == "call"
    ]
    if counts:
        terminalreporter.write_line(f"role matrix: {len(counts)} endpoints, {sum(counts)} cases tried")


def _tell_groups(items: list[pytest.Item]) -> None:
    """pytest-xdist 3.8 writes an item's group where pytest 9.2 no longer looks, and then groups nothing."""
    for item in items:
        group = next(item.iter_markers("xdist_group"), None)
        if group and "@" not in item.nodeid.rpartition("]")[2].rpartition("::")[2]:
            name = group.args[0] if group.args else group.kwargs["name"]
            item._id = type(item._id).parse(f"{item.nodeid}@{name}")


@dataclass(frozen=True)
class Servers:
    """Where the servers of this process are."""

    folder: Path
    database_url: str
    redis_url: str


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """Nobody's own settings reach a test."""
    mine = {name for name in os.environ if name.startswith("GREENROOM_") or name in {"DATABASE_URL", "REDIS_URL"}}
    kept = {name: os.environ.pop(name) for name in mine}
    yield
    os.environ.update(kept)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """PostgreSQL (migrated) and Valkey. What a test writes need not survive a power cut, so nothing is synced."""
    folder = _open_to_all(tmp_path_factory.mktemp("servers"))
    for name in ("run", "logs"):
        (folder / name).mkdir()
    supervisor = Supervisor(folder / "run", print)
    try:
        postgres, database_url = postgres_part(folder)
        assert not callable(postgres.run)
        supervisor.start(replace(postgres, run=[*postgres.run, "-c", "fsync=off", "-c", "full_page_writes=off"]))
        valkey, redis_url = valkey_part(folder)
        supervisor.start(valkey)
        wait_for_postgres(database_url, supervisor)
        wait_for_valkey(redis_url, supervisor)
        engine = Runtime(Settings(database_url=database_url)).engine
        migrate(engine)
        _teach_forgetting(engine)
        engine.dispose()
        yield Servers(folder, database_url, redis_url)
    finally:
        supervisor.stop()


def _teach_forgetting(engine: Engine) -> None:
    """A function that empties every table: as a replica, past triggers and keys, in a tenth of TRUNCATE's time."""
    with engine.begin() as connection:
        tables = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
        ).scalars()
        deletions = " ".join(f"DELETE FROM {table};" for table in tables)
        connection.execute(
            text(
                "CREATE FUNCTION forget_everything() RETURNS void LANGUAGE plpgsql"
                f" SET session_replication_role = replica AS $$ BEGIN {deletions} END $$"
            )
        )


def _open_to_all(folder: Path) -> Path:
    """PostgreSQL runs as a user of its own when we are root, so it must be able to pass through."""
    for path in (folder, *folder.parents):
        if os.access(path, os.W_OK) and path.stat().st_uid == os.getuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o011)
        if path.name.startswith("pytest-of-"):
            break
    return folder


class MakeRuntime(Protocol):
    """Another runtime on the same servers, with some settings changed."""

    def __call__(self, **changes: object) -> Runtime: ...


@pytest.fixture(scope="session")
def _connected(servers: Servers) -> Iterator[Runtime]:
    runtime = _runtime(servers, {})
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def runtime(_connected: Runtime) -> Runtime:
    """A runtime with generous limits on an empty database and an empty Redis."""
    with _connected.engine.begin() as connection:
        connection.execute(text("SELECT forget_everything()"))
    _connected.redis.flushall()
    return _connected


@pytest.fixture
def make_runtime(servers: Servers, runtime: Runtime) -> Iterator[MakeRuntime]:
    made: list[Runtime] = []

    def make(**changes: object) -> Runtime:
        made.append(_runtime(servers, changes))
        return made[-1]

    yield make
    for another in made:
        another.engine.dispose()
        another.redis.close()


def _runtime(servers: Servers, changes: Mapping[str, object]) -> Runtime:
    settings: dict[str, Any] = {
        "data_dir": servers.folder,
        "database_url": servers.database_url,
        "redis_url": servers.redis_url,
        "secret_key": KEYS[0],
        "email_keys": KEYS[1],
        "public_url": "https://comments.example.net",
        "check_deliverability": False,
        **UNLIMITED,
        **changes,
    }
    return Runtime(Settings(**settings), pool_size=8, application="greenroom test")


@pytest.fixture
def site(runtime: Runtime) -> Site:
    """The site `blog` at https://example.org, with the default settings."""
    return add_site(runtime, "blog", ORIGIN)


def add_site(runtime: Runtime, key: str, *origins: str) -> Site:
    with runtime.engine.begin() as connection:
        sites.add(connection, key, name=key.title(), origins=list(origins), changed_by="test")
        found = sites.find(connection, key)
    assert found
    return found


class Compiled(BytecodeCache):
    """Templates are compiled once a process, not once an application: tests make hundreds of those."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


write_builder = Rule._compile_builder
WRITTEN: dict[tuple[str, ...], Callable[..., tuple[str, str]]] = {}


def written_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - Werkzeug's
    """The same of addresses, which is nearly all that making an application costs.

    Werkzeug writes two functions for each, out of what the key holds and nothing else, and binds them to the rule later.
    """
    key = (rule.rule, repr(rule._trace), repr(rule.defaults), repr(append_unknown))
    if key not in WRITTEN:
        WRITTEN[key] = write_builder(rule, append_unknown)
    return WRITTEN[key]


Rule._compile_builder = written_once  # type: ignore[method-assign]


def make_app(runtime: Runtime) -> APIFlask:
    """One more web process, as far as a test can tell."""
    app = create_app(runtime)
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture
def app(runtime: Runtime) -> APIFlask:
    return make_app(runtime)


@pytest.fixture
def client(app: APIFlask, site: Site) -> FlaskClient:
    """A browser without cookies yet, on an instance that knows the site `blog`."""
    return app.test_client()


PLAIN_CHECKS: Mapping[str, tuple[BatchCheck, ...]] = {
    "check_spam": tuple(check for check in SPAM_CHECKS if check is not check_spam_reading),
    "check_moderation": tuple(check for check in MODERATION_CHECKS if check is not check_conduct_reading),
}
"""Those that nobody trains: what happens to their findings must not depend on this release's weights."""


@dataclass
class Drain:
    """Runs both checks on whatever is due until nothing is, as the workers would. Returns how many tasks that were."""

    runtime: Runtime
    checks: Mapping[str, Sequence[BatchCheck]] = field(default_factory=lambda: CHECKS)

    def __call__(self, *kinds: str, checks: Mapping[str, Sequence[BatchCheck]] | None = None) -> int:
        tools = self.tools(checks=checks)
        done = 0
        while batch := sum(check_due(kind, tools) for kind in kinds or CHECKS):
            done += batch
        return done

    def tools(self, *, worker: str = "test", checks: Mapping[str, Sequence[BatchCheck]] | None = None) -> Tools:
        return Tools(
            engine=self.runtime.engine,
            vault=self.runtime.vault,
            look_up=lambda _: {},
            guard=nullcontext,
            wake=lambda _: None,
            now=self.runtime.now,
            worker=worker,
            lease=timedelta(seconds=20),
            checks=checks or self.checks,
        )


@pytest.fixture
def drain(runtime: Runtime) -> Drain:
    return Drain(runtime)


class Rows(Protocol):
    def __call__(self, sql: str, **parameters: object) -> list[Any]: ...


@pytest.fixture
def rows(runtime: Runtime) -> Rows:
    """The rows that a query answers with, each as a tuple; none for a statement that answers nothing."""

    def run(sql: str, **parameters: object) -> list[Any]:
        with runtime.engine.begin() as connection:
            result = connection.execute(text(sql), parameters)
            return [tuple(row) for row in result] if result.returns_rows else []

    return run


def typed(**changes: Any) -> dict[str, Any]:
    """What a person types into the form, and the page; a change to None leaves the field out."""
    fields = {
        "page_url": PAGE, "author_name": "Ann", "author_email": "ann@example.org", "body": "A calm thought.", **changes,
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


@dataclass
class Visitor:
    """Sends comments from the page of the site, as JSON or as a form."""

    client: FlaskClient
    drain: Drain
    site_key: str = "blog"
    headers: dict[str, str] = field(default_factory=lambda: {"Origin": ORIGIN})

    @property
    def url(self) -> str:
        return f"/api/v1/sites/{self.site_key}/comments"

    def send(self, headers: Mapping[str, str] | None = None, **changes: Any) -> TestResponse:
        """A comment as JSON."""
        return self.client.post(self.url, json=typed(**changes), headers={**self.headers, **(headers or {})})

    def send_form(self, headers: Mapping[str, str] | None = None, **changes: Any) -> TestResponse:
        """A comment as a plain HTML form."""
        return self.client.post(self.url, data=typed(**changes), headers={**self.headers, **(headers or {})})

    def send_raw(self, body: bytes, content_type: str = "application/json", **headers: str) -> TestResponse:
        return self.client.post(self.url, data=body, content_type=content_type, headers={**self.headers, **headers})

    def accepted(self, **changes: Any) -> dict[str, str]:
        """The answer to a comment that was accepted."""
        answer = self.send(**changes)
        assert answer.status_code == 202, answer.get_data(as_text=True)
        body: dict[str, str] = answer.get_json()
        return body

    def comment(self, **changes: Any) -> UUID:
        """The id of a comment that was accepted and waits for its checks."""
        return UUID(self.accepted(**changes)["id"])

    def published(self, **changes: Any) -> UUID:
        """The id of a comment that has passed its checks."""
        comment_id = self.comment(**changes)
        self.drain()
        listed = self.read(page_url=changes.get("page_url", PAGE), limit=100)
        while str(comment_id) not in [shown["id"] for shown in listed["comments"]]:
            assert listed["next_cursor"], f"{comment_id} was not published"
            listed = self.read(page_url=changes.get("page_url", PAGE), limit=100, cursor=listed["next_cursor"])
        return comment_id

    def read(self, **query: Any) -> dict[str, Any]:
        """Published comments, past any cache: nothing is older than the question."""
        answer = make_app(self.drain.runtime).test_client().get(self.url, query_string={"page_url": PAGE, **query})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        body: dict[str, Any] = answer.get_json()
        return body


@pytest.fixture
def visitor(client: FlaskClient, drain: Drain) -> Visitor:
    return Visitor(client, drain)


@pytest.fixture
def bearer(runtime: Runtime, site: Site) -> Callable[..., dict[str, str]]:
    """`bearer("moderator")`: the header of a fresh token of that role."""

    def make(role: str, of: Site = site) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_token(runtime, site=of, role=role, name=f'a {role}')}"}

    return make


SET_STATUS = "UPDATE comments SET status = :status, shown_revision = CASE WHEN :status = 'published' THEN revision END"
"""Past all decisions; readers see what is published."""


def status_of(rows: Rows, comment_id: UUID) -> str:
    ((status,),) = rows("SELECT status FROM comments WHERE id = :id", id=comment_id)
    return str(status)


@pytest.fixture(scope="session")
def live() -> Iterator[Stack]:
    """A whole Greenroom of real processes."""
    with Stack(env=PROXIED) as stack:
        yield stack


@pytest.fixture
def log_in(app: APIFlask, runtime: Runtime, site: Site) -> Callable[..., FlaskClient]:
    """`log_in("moderator", name="ada")`: the browser of a moderator who is logged in and has a page of the desk open."""

    def make(
        role: str = "moderator", *, name: str | None = None, of: Site = site, is_admin: bool = False
    ) -> FlaskClient:
        client, session = app.test_client(), new_session_token()
        with runtime.engine.begin() as connection:
            moderator_id = moderators.add(
                connection, name or f"a {role}", password_hash="-", site_id=of.id, role=role, is_admin=is_admin
            )
            sessions.begin(connection, moderator_id, digest=session.digest, client="a browser")
        client.set_cookie("__Host-greenroom", session.shown, secure=True)
        client.environ_base |= {
            "HTTP_ORIGIN": runtime.settings.base_url,
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_X_CSRF_TOKEN": runtime.vault.csrf_token(session.digest),
        }
        return client

    return make


SendMails = Callable[..., int]


@pytest.fixture
def send_mails(runtime: Runtime, rows: Rows) -> SendMails:
    """`send_mails(url)`: let the worker send everything, as if it were due now. Returns how many attempts that were."""

    def send(url: str | None = None, *, worker: str = "test") -> int:
        mailer = Mailer(server_from(url, sender="comments@example.net")) if url else None
        postman = Postman(
            engine=runtime.engine, vault=runtime.vault, mailer=mailer, base_url="https://comments.example.net",
            now=runtime.now, worker=worker, lease=timedelta(seconds=50),
        )  # fmt: skip
        rows("UPDATE tasks SET due_at = now() WHERE kind = 'mail' AND leased_by IS NULL")
        count = 0
        while send_due(postman):
            count += 1
        return count

    return send
