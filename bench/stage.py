"""Who is measured: a whole Greenroom, the bare floor beside it, and Isso where one runs."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import click
import httpx
import psutil

from bench import floor
from bench.processes import Family, cpu_seconds, family_of
from tests.stack import Stack, free_port, wait_until

SITE = "demo"
PAGES = 50
WORKERS = ("worker-spam", "worker-moderation", "worker-remote", "worker-learning", "worker-bulk")
SERVERS = ("web", "postgres", "valkey")
BACKGROUND = (*WORKERS, "relay")
NEVER_REACHED = "100000000 per minute"
ENV = {
    "GREENROOM_LIMIT_ADDRESS": NEVER_REACHED,
    "GREENROOM_LIMIT_EMAIL": NEVER_REACHED,
    "GREENROOM_LIMIT_SITE": NEVER_REACHED,
    "GREENROOM_CHECK_DELIVERABILITY": "false",
}
"""The limits are counted as ever, but so high that no load reaches them; no DNS leaves this machine."""


class Greenroom(Stack):
    """`with Greenroom() as greenroom:` runs everything in a fresh folder, which is deleted at the end."""

    def __init__(self, env: Mapping[str, str] | None = None) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="greenroom-bench-")), {**ENV, **(env or {})})

    def stop(self) -> int | None:
        self.wake()
        code = super().stop()
        shutil.rmtree(self.data_dir, ignore_errors=True)
        return code

    def part(self, name: str) -> Family:
        return lambda: self.family(name)

    def parts(self, *names: str) -> dict[str, Family]:
        return {name: self.part(name) for name in names or (*SERVERS, *BACKGROUND)}

    def everything(self) -> list[psutil.Process]:
        """All processes of `greenroom up`, the supervisor first."""
        head = psutil.Process(self._process.pid) if self._process else None
        return [head, *head.children(recursive=True)] if head else []

    @property
    def script(self) -> dict[str, str]:
        """What bench/load.lua is told to comment here."""
        return {
            "LOAD": "greenroom",
            "SITE": SITE,
            "PAGE": f"{self.url}/bench/",
            "ORIGIN": self.url,
            "SPREAD": str(PAGES),
        }

    def sleep(self) -> None:
        """Stop the workers and the relay where they stand, so that accepting is alone."""
        for part in BACKGROUND:
            self.signal(part, signal.SIGSTOP, whole_family=True)

    def wake(self) -> None:
        for part in BACKGROUND:
            self.signal(part, signal.SIGCONT, whole_family=True)

    def count(self, status: str | None = None) -> int:
        with self.database() as connection:
            where = "WHERE status = %s" if status else ""
            row = connection.execute(f"SELECT count(*) FROM comments {where}", [status] if status else None).fetchone()  # type: ignore[arg-type]
        return int(row[0]) if row else 0  # type: ignore[call-overload]

    def wait_decided(self, seconds: float = 120) -> None:
        wait_until(lambda: self.count("pending") == 0, seconds, "comments are still pending")

    def beside(self) -> dict[str, str]:
        """The environment of another web process on the same database and Valkey."""
        found = self.servers()
        return {**self.env, "DATABASE_URL": found["database_url"], "REDIS_URL": found["redis_url"],
                "GREENROOM_PUBLIC_URL": self.url}  # fmt: skip


@dataclass
class Server:
    """One more process that answers HTTP."""

    url: str
    process: subprocess.Popen[bytes]
    own: Family = field(init=False)

    def __post_init__(self) -> None:
        self.own = family_of(self.process.pid)

    def parts(self, greenroom: Greenroom) -> dict[str, Family]:
        """Its processes, and the servers that it shares with a Greenroom."""
        return {"web": self.own, **greenroom.parts("postgres", "valkey")}


@contextmanager
def serving(command: list[str], env: Mapping[str, str], *, ready: str) -> Iterator[Server]:
    """Run a web server on a free port, which it finds in GREENROOM_PORT or as PORT in its command."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = subprocess.Popen(
            [part.replace("PORT", str(port)) for part in command], env={**env, "GREENROOM_PORT": str(port)},
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

        def answers() -> bool:
            if process.poll() is not None:
                raise click.ClickException(f"{' '.join(command)} ended:\n{Path(log.name).read_text()[-2000:]}")
            try:
                return httpx.get(url + ready, timeout=1).status_code < 500
            except httpx.HTTPError:
                return False

        try:
            wait_until(answers, 30, lambda: f"{command} did not answer:\n{Path(log.name).read_text()[-2000:]}")
            yield Server(url, process)
        finally:
            if process.poll() is not None:
                said = Path(log.name).read_text()[-2000:]
                click.echo(f"{' '.join(command)} had ended by itself ({process.returncode}): {said}", err=True)
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def bare_floor(greenroom: Greenroom, constant: bytes = b"") -> Iterator[Server]:
    """The floor on the same PostgreSQL server, served by the same function with the same settings."""
    pages = [f"{greenroom.url}/bench/{number}" for number in range(PAGES)]
    env = greenroom.beside()
    env["DATABASE_URL"] = floor.prepare_database(env["DATABASE_URL"], pages=pages)
    with tempfile.NamedTemporaryFile() as file:
        file.write(constant)
        file.flush()
        command = [sys.executable, "-m", "bench.floor"]
        with serving(command, {**env, floor.CONSTANT: file.name}, ready="/constant") as server:
            yield server


class Isso:
    """An Isso that somebody else started on this machine, without moderation and without its own limits."""

    THREAD = "/bench/hundred/"

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        port = urlsplit(self.url).port
        listening = [
            c.pid for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port and c.pid
        ]
        if not listening:
            raise click.ClickException(f"No process of this machine listens at {url}.")
        self.own = family_of(min(listening))
        self.script = {"LOAD": "isso", "ORIGIN": self.url}
        self.reading = {"LOAD": "read", "URLS": f"/?uri={quote(self.THREAD, safe='')}"}

    @property
    def parts(self) -> dict[str, Family]:
        return {"web": self.own}

    def seed(self, count: int) -> int:
        """Fill its thread up to so many comments. Returns the bytes of the answer."""
        with httpx.Client(base_url=self.url, timeout=30) as client:
            uri = {"uri": self.THREAD}
            found = client.get("/", params=uri)
            there = found.json()["total_replies"] if found.is_success else 0
            for number in range(there, count):
                body = {
                    "text": text(number),
                    "author": f"Author {number}",
                    "email": f"a{number}@example.org",
                    "title": "bench",
                }
                client.cookies.clear()  # Isso sets one per comment
                client.post("/new", params=uri, json=body).raise_for_status()
            return len(client.get("/", params=uri).content)


WORDS = (
    "orchard", "kettle", "thunder", "meadow", "pencil", "harbour", "feather", "guitar", "blanket", "lantern", "copper",
    "window", "rhythm", "cotton", "mirror", "ticket", "saddle", "garden", "bottle", "marble", "season", "hammer",
    "valley", "ribbon", "canyon", "button",
)  # fmt: skip


def author(number: int) -> str:
    """The same name for the same number. Without a digit: one in a name is what spammers do."""
    return " ".join(word.capitalize() for word in (WORDS[number % len(WORDS)], WORDS[number * 7 % len(WORDS)]))


def text(number: int) -> str:
    """About 200 bytes that differ, with a little Markdown."""
    state, chosen = number * 2654435761 % 2**32, []
    for _ in range(28):
        state = (state * 1103515245 + 12345) % 2**31
        chosen.append(WORDS[(state >> 16) % len(WORDS)])
    return f"Number {number}: **{chosen[0]}** {' '.join(chosen[1:])}."


def stop_cleanly() -> None:
    """Let SIGTERM end us as Ctrl-C does: through the end of every `with`, so that no server stays behind."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))


def settle(*families: Family, seconds: float = 15) -> None:
    """Wait until these processes are quiet, so that nobody pays for the one before."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        before = [cpu_seconds(members()) for members in families]
        time.sleep(0.25)
        if sum(cpu_seconds(members()) for members in families) - sum(before) < 0.03:
            return
