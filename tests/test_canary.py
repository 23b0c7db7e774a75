"""The e-mail stays hidden (promise 4): a canary is sent through everything, and then looked for everywhere."""

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, quote_plus

import httpx
import psycopg
import pytest
from redis import Redis

from tests.conftest import PROXIED
from tests.stack import Stack, wait_until

UNREADABLE = {"postgres", "valkey"}
"""Folders of the servers: what is in them is read through the servers."""


def disguises(secret: str) -> dict[str, bytes]:
    """A secret in every form in which it could slip out, by name. Bytes are looked for in lower case, too."""
    raw = secret.encode()
    found = {
        "plain": raw,
        "upper": secret.upper().encode(),
        "percent": quote(secret, safe="").encode(),
        "plus": quote_plus(secret).encode(),
        "every byte percent-encoded": "".join(f"%{byte:02X}" for byte in raw).encode(),
        "escaped": secret.replace("@", "\\u0040").encode(),
        "entity": secret.replace("@", "&#64;").encode(),
        "hex": raw.hex().encode(),
        "utf-16": secret.encode("utf-16-le"),
        "reversed": raw[::-1],
    }
    for name in ("md5", "sha1", "sha256"):
        for case, text in {"": secret, " of lower": secret.lower(), " of a line": f"{secret}\n"}.items():
            digest = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
            found[f"{name}{case}"] = digest.hex().encode()
            found[f"{name}{case} in base64"] = base64.b64encode(digest).rstrip(b"=")
            found[f"{name}{case} raw"] = digest
    for shift in range(3):
        # Whatever stands before and after it, these characters in the middle are always the same.
        encoded = base64.b64encode(b"\0" * shift + raw)
        middle = encoded[(shift * 8 + 5) // 6 : (shift + len(raw)) * 8 // 6]
        found[f"base64 at {shift}"] = middle
        found[f"base64url at {shift}"] = middle.translate(bytes.maketrans(b"+/", b"-_"))
    return found


@dataclass
class Canary:
    """Secrets that nobody may see again, and all the places that were looked at."""

    local: str = field(default_factory=lambda: f"canary-{secrets.token_hex(12)}")
    ipv4: str = field(default_factory=lambda: f"198.51.{100 + secrets.randbelow(100)}.{101 + secrets.randbelow(150)}")
    ipv6: str = field(
        default_factory=lambda: (
            f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::{secrets.randbelow(0xEFFF) + 0x1000:x}"
        )
    )
    places: dict[str, int] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"{self.local}@mail.example.org"

    @property
    def secrets(self) -> dict[str, str]:
        return {"e-mail": self.email, "local part": self.local, "IPv4": self.ipv4, "IPv6": self.ipv6}

    def find(self, where: str, content: bytes, *, plain_only: bool = False) -> list[str]:
        """Which secret was found in which form."""
        self.places[where] = self.places.get(where, 0) + len(content)
        lower = content.lower()
        return [
            f"{what} ({form}) in {where}"
            for what, secret in self.secrets.items()
            for form, needle in disguises(secret).items()
            if (needle in content or needle.lower() in lower) and (form == "plain" or not plain_only)
        ]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Behind a proxy, with logs as talkative as they can be."""
    with Stack(env=PROXIED) as running:
        yield running


class Eavesdropper:
    """Everything that anybody says to Redis while it listens."""

    def __init__(self, redis: Redis) -> None:
        self.heard: list[bytes] = []
        self._redis = redis
        self._done = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._redis.echo("the end")
        self._thread.join(10)

    def _listen(self) -> None:
        with self._redis.monitor() as monitor:
            self._ready.set()
            while not self._done.is_set():
                self.heard.append(repr(monitor.next_command()).encode())


def test_disguises_would_be_seen() -> None:
    """The search itself works: each form of a secret is found in what holds it."""
    canary = Canary()
    for form, needle in disguises(canary.email).items():
        assert canary.find("a test", b"before " + needle + b" after"), form
    for before in ("", "x", "xy", "xyz"):
        text = base64.b64encode(f"{before}{canary.email} and more".encode())
        assert any("base64 at" in found for found in canary.find("a test", text)), before
    assert not canary.find("a test", b"canary- mail.example.org 198.51.100.0/24 2001:db8::/48")


def test_nothing_ever_shows_the_email_or_the_address(stack: Stack) -> None:
    """Posted in every way, accepted and refused; then answers, headers, logs, metrics, Redis and database are searched."""
    canary = Canary()
    answers: list[httpx.Response] = []
    token = stack.command("token", "add", "--site", "demo", "--role", "submitter").strip()
    moderator = stack.command("token", "add", "--site", "demo", "--role", "moderator").strip()

    with Eavesdropper(stack.redis()) as eavesdropper, httpx.Client(base_url=stack.url, timeout=20) as client:
        send_everywhere(canary, client, token, answers)
        with stack.database() as database:
            wait_until(lambda: _count(database, "status = 'pending'") == 0, 60, "not all were decided")
            assert _count(database, "status = 'held'") > 0
            assert _count(database, "status = 'published'") > 0
        read_everywhere(client, moderator, answers)
        keys_and_values = everything_in_redis(stack.redis())
    metrics = httpx.get(f"http://127.0.0.1:{stack.metrics_port}/metrics").content

    found = []
    for answer in answers:
        what = f"{answer.request.method} {answer.request.url.path} {answer.status_code}"
        echoed = answer.status_code in {422, 413, 403, 400} and "text/html" in answer.headers["Content-Type"]
        found += canary.find(f"headers of {what}", repr(answer.headers.raw).encode())
        found += canary.find(
            f"body of {what}", _without_own_input(answer.content, canary) if echoed else answer.content
        )
    found += canary.find("metrics", metrics)
    for log in log_files(stack.data_dir):
        found += canary.find(f"log {log.name}", log.read_bytes())
    for key, value in keys_and_values:
        found += canary.find("Redis keys", key) + canary.find("Redis values", value)
    for command in eavesdropper.heard:
        found += canary.find("Redis commands", command)
    with stack.database() as database:
        for table, text in dump(database):
            found += canary.find(f"table {table}", text, plain_only=True)
        found += canary.find("database statistics", _statements(database), plain_only=True)

    assert not found, "\n".join(sorted(set(found)))
    assert_that_all_was_searched(canary, eavesdropper, answers)


def send_everywhere(canary: Canary, client: httpx.Client, token: str, answers: list[httpx.Response]) -> None:
    """As JSON and as a form, from both addresses, accepted and refused, by a proxy and by the site's own server."""
    url, origin = "/api/v1/sites/demo/comments", str(client.base_url).rstrip("/")

    def fields(**changes: str) -> dict[str, str]:
        return {
            "page_url": f"{origin}/demo/", "author_name": "Ann", "author_email": canary.email, "body": "A calm thought.",
            **changes,
        }  # fmt: skip

    for address in (canary.ipv4, canary.ipv6):
        headers = {"Origin": origin, "X-Forwarded-For": f"203.0.113.9, {address}", "User-Agent": "Mozilla/5.0"}
        for change in (
            {}, {"body": "Call +44 20 7946 0958 now"}, {"subject": "robot"}, {"author_email": canary.email.upper()},
            {"author_name": ""}, {"author_email": f"{canary.email}@@"}, {"status": "published"}, {"body": "x" * 10_001},
            {"page_url": "https://elsewhere.example.com/"}, {"parent_id": "01890000-0000-7000-8000-000000000000"},
            {"author_ip": address}, {"author_website": "javascript:alert(1)"}, {"body": "NUL \0"},
            {"idempotency_key": f"key of {canary.email}"}, {canary.email: "as a name"}, {"notify": "on"},
            {"proof": canary.email},
        ):  # fmt: skip
            answers.append(client.post(url, json=fields(**change), headers=headers))
            answers.append(client.post(url, data=fields(**change), headers=headers))
        answers.append(client.post(url, json=fields(), headers=headers | {"Origin": "https://elsewhere.example.com"}))
        answers.append(client.post(url, json=fields(), headers=headers | {"Idempotency-Key": canary.email}))
        answers.append(client.post(url, json=fields(), headers=headers | {"Content-Type": "text/plain"}))
        answers.append(
            client.post(url, content=repr(fields()).encode(), headers=headers | {"Content-Type": "application/json"})
        )
        answers.append(client.post("/api/v1/sites/nosuch/comments", json=fields(), headers=headers))
        answers.append(client.get(url, params={"page_url": f"{origin}/demo/", "author_email": "x"}, headers=headers))
        for address_typed in (canary.email, f"{canary.email}@@"):
            for path in ("/api/v1/sites/demo/authors/link", "/authors/demo"):
                kind = "json" if path.startswith("/api/") else "data"
                answers.append(client.request("POST", path, **{kind: {"email": address_typed}}, headers=headers))
        as_server = {"Authorization": f"Bearer {token}", "X-Forwarded-For": address}
        for change in ({"author_ip": address}, {"author_ip": f"{address}x"}, {"author_ip": address, "body": ""}):
            answers.append(client.post(url, json=fields(**change), headers=as_server))
    assert {202, 303, 400, 403, 404, 415, 422} <= {answer.status_code for answer in answers}


def read_everywhere(client: httpx.Client, moderator: str, answers: list[httpx.Response]) -> None:
    """Everything that anybody can read: readers, authors, moderators, and those who look at pages."""
    base = str(client.base_url).rstrip("/")
    accepted = [answer.json() for answer in answers if answer.status_code == 202]
    pages = [answer.headers["Location"] for answer in answers if answer.status_code == 303]
    for path in ("/", "/demo/", "/api/docs", "/api/openapi.json", "/readyz", "/healthz", "/nothing", "/api/nothing"):
        answers.append(client.get(path))
    for path in ("comments?page_url=" + quote(f"{base}/demo/"), "form", "comments?limit=x"):
        answers.append(client.get(f"/api/v1/sites/demo/{path}", headers={"Origin": base}))
    answers.append(client.post("/api/v1/sites/demo/comments/counts", json={"page_urls": [f"{base}/demo/"]}))
    for comment in accepted[:6]:
        answers.append(
            client.get(comment["status_url"], headers={"Authorization": f"Bearer {comment['author_token']}"})
        )
        answers.append(client.get(comment["status_url"]))
    answers += [client.get(page) for page in pages[:6]]
    by_moderator = {"Authorization": f"Bearer {moderator}"}
    for status in ("held", "spam", "published", "pending"):
        listed = client.get("/api/v1/review/comments", params={"site": "demo", "status": status}, headers=by_moderator)
        answers.append(listed)
        for item in listed.json()["comments"][:3]:
            answers.append(client.get(f"/api/v1/review/comments/{item['id']}", headers=by_moderator))


def everything_in_redis(redis: Redis) -> list[tuple[bytes, bytes]]:
    """Every key with its whole value, of every type."""
    read: dict[bytes, Callable[[bytes], Any]] = {
        b"string": redis.get, b"hash": redis.hgetall, b"set": redis.smembers, b"list": lambda key: redis.lrange(key, 0, -1),
        b"zset": lambda key: redis.zrange(key, 0, -1, withscores=True), b"stream": lambda key: redis.xrange(key),
    }  # fmt: skip
    found = []
    for key in redis.scan_iter("*", count=1000):
        kind = redis.type(key)
        if kind != b"none":
            value = read[kind](key)
            parts = (
                [*value, *value.values()] if isinstance(value, dict) else [value] if isinstance(value, bytes) else value
            )
            found += [(key, part if isinstance(part, bytes) else repr(part).encode()) for part in parts or []]
    return found


def log_files(data_dir: Path) -> list[Path]:
    """Everything in the data folder that is not the servers' own data."""
    return [
        path for path in sorted(data_dir.rglob("*"))
        if path.is_file() and path.relative_to(data_dir).parts[0] not in UNREADABLE
    ]  # fmt: skip


def dump(database: psycopg.Connection[Any]) -> Iterator[tuple[str, bytes]]:
    """Every row of every table as text, as pg_dump would write it; what is stored as bytes also unescaped."""
    tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    for (table,) in tables:
        with database.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
            text = b"".join(bytes(part) for part in copy)
        yield table, text
        for word in text.replace(b"\t", b"\n").split(b"\n"):
            if word.startswith(b"\\\\x"):
                yield f"{table} (bytes)", bytes.fromhex(word[3:].decode())


def _statements(database: psycopg.Connection[Any]) -> bytes:
    return repr(database.execute("SELECT query FROM pg_stat_activity").fetchall()).encode()


def _count(database: psycopg.Connection[Any], condition: str) -> int:
    ((count,),) = database.execute(f"SELECT count(*) FROM comments WHERE {condition}").fetchall()
    return int(count)


def _without_own_input(page: bytes, canary: Canary) -> bytes:
    """The page without the value of its own e-mail field and form key: what was typed is kept there, for its author only."""
    import re

    return re.sub(rb'name="(author_email|email|idempotency_key)"[^>]*?value="[^"]*"', rb'name="\1"', page)


def assert_that_all_was_searched(canary: Canary, eavesdropper: Eavesdropper, answers: list[httpx.Response]) -> None:
    """A search of nothing finds nothing: each place had something in it."""
    for place in ("metrics", "log up.log", "Redis keys", "Redis commands", "table comments", "table authors (bytes)"):
        assert canary.places.get(place, 0) > 20, f"{place} was empty"
    assert len(eavesdropper.heard) > 20
    assert len(answers) > 80
    assert any("/review/" in str(answer.request.url) for answer in answers)
