"""A whole Greenroom of real processes, started by `greenroom up` in a folder of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import psutil
import psycopg
from redis import Redis

READY_WITHIN_S = 60
GENEROUS = {
    "GREENROOM_LIMIT_ADDRESS": "100000 per minute",
    "GREENROOM_LIMIT_EMAIL": "100000 per minute",
    "GREENROOM_LIMIT_SITE": "1000000 per minute",
    "GREENROOM_CHECK_DELIVERABILITY": "false",
}


class Stack:
    """`with Stack() as stack:` — everything runs, on free ports, until the block ends."""

    def __init__(self, data_dir: Path | None = None, env: Mapping[str, str] | None = None) -> None:
        self._is_own_folder = data_dir is None
        self.data_dir = data_dir or Path(tempfile.mkdtemp(prefix="greenroom-test-"))
        self.port, self.metrics_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            **GENEROUS,
            "GREENROOM_DATA_DIR": str(self.data_dir),
            "GREENROOM_PORT": str(self.port),
            "GREENROOM_METRICS_PORT": str(self.metrics_port),
            **(env or {}),
        }
        self.env.pop("DATABASE_URL", None)
        self.env.pop("REDIS_URL", None)
        self._process: subprocess.Popen[bytes] | None = None
        self.log = self.data_dir / "up.log"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()
        if self._is_own_folder and error is None:
            shutil.rmtree(self.data_dir, ignore_errors=True)

    def start(self) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "up"],
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(
            self.is_ready, READY_WITHIN_S, lambda: f"greenroom up did not get ready:\n{self.log.read_text()[-4000:]}"
        )

    def stop(self) -> int | None:
        """Stop as Ctrl-C would. Returns the exit code."""
        if self._process is None:
            return None
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(60)
        self._process = None
        return code

    def is_ready(self) -> bool:
        if self._process and self._process.poll() is not None:
            raise RuntimeError(f"greenroom up ended with {self._process.returncode}:\n{self.log.read_text()[-4000:]}")
        try:
            return httpx.get(f"{self.url}/readyz", timeout=1).is_success and "is ready" in self.log.read_text()
        except httpx.HTTPError:
            return False

    def pid(self, part: str) -> int:
        """Process id of web, relay, worker-spam, worker-moderation, postgres or valkey."""
        return int((self.data_dir / "run" / f"{part}.pid").read_text())

    def family(self, part: str) -> list[psutil.Process]:
        """A part's process and all that it started."""
        try:
            head = psutil.Process(self.pid(part))
            return [head, *head.children(recursive=True)]
        except (psutil.NoSuchProcess, FileNotFoundError):
            return []

    def signal(self, part: str, number: signal.Signals, *, whole_family: bool = False) -> None:
        for process in self.family(part)[: None if whole_family else 1]:
            try:
                process.send_signal(number)
            except psutil.NoSuchProcess:
                continue

    @contextmanager
    def held_down(self, part: str) -> Iterator[None]:
        """Kill valkey or postgres and keep it away until the block ends: without its folder it can't start again."""
        folder, aside = self.data_dir / part, self.data_dir / f"{part}.aside"
        folder.rename(aside)
        try:
            self.signal(part, signal.SIGKILL, whole_family=True)
            yield
        finally:
            aside.rename(folder)

    @contextmanager
    def another(self, *command: str) -> Iterator[None]:
        """One more process beside those of `greenroom up`, like `another("worker", "spam", "--name", "second")`."""
        with (self.data_dir / "another.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", *command],
                env=self.env | {"GREENROOM_METRICS_PORT": "0"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)

    def servers(self) -> dict[str, str]:
        return json.loads((self.data_dir / "run" / "servers.json").read_text())

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.servers()["database_url"], autocommit=True)

    def redis(self) -> Redis:
        return Redis.from_url(self.servers()["redis_url"], socket_timeout=5)

    def command(self, *arguments: str, timeout: float = 120) -> str:
        """Run `greenroom ARGUMENTS` beside it. Returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "service.cli", *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"greenroom {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def post(self, body: str, **fields: str) -> httpx.Response:
        """Submit a comment on the demo page as its own form would."""
        sent = {
            "page_url": f"{self.url}/demo/",
            "author_name": "Ann",
            "author_email": "ann@example.org",
            "body": body,
            **fields,
        }
        return httpx.post(f"{self.url}/api/v1/sites/demo/comments", json=sent, headers={"Origin": self.url}, timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(
    is_so: Callable[[], bool], seconds: float, why: Callable[[], str] | str = "it never became true"
) -> float:
    """Wait for a condition, never for a duration. Returns the seconds that it took."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise AssertionError(why if isinstance(why, str) else why())
        time.sleep(0.05)
    return time.monotonic() - began
