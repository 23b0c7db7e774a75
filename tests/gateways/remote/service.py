"""A real HTTP server on this machine that answers as a test says: by the book, slowly, wrongly or with malice."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Asked:
    """One request as it came in. Names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode(), keep_blank_values=True, strict_parsing=True)


Answer = Callable[[Asked, socket.socket], None]


@dataclass
class Service:
    """`answer` writes to the connection whatever it likes; `asked` lists the requests so far."""

    answer: Answer
    port: int = 0
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ask"


@contextmanager
def serving(answer: Answer, *, tls: ssl.SSLContext | None = None) -> Iterator[Service]:
    service = Service(answer, tls=tls)
    listener = socket.create_server(("127.0.0.1", 0))
    service.port = listener.getsockname()[1]
    threading.Thread(target=_accept, args=(listener, service), daemon=True).start()
    try:
        yield service
    finally:
        service.is_over.set()
        # An accept that waits in another thread ends by this, not by close() alone.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, service: Service) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            service.connections += 1
            threading.Thread(target=_serve, args=(connection, service), daemon=True).start()


def _serve(connection: socket.socket, service: Service) -> None:
    with suppress(OSError, ValueError):
        if service.tls:
            connection = service.tls.wrap_socket(connection, server_side=True)
        with connection:
            asked = _read(connection)
            service.asked.append(asked)
            service.answer(asked, connection)


def _read(connection: socket.socket) -> Asked:
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += _some(connection)
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += _some(connection)
    method, path, _ = first.split(" ")
    return Asked(method, path, headers, body)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(65_536)
    if not data:
        raise ValueError("gone")
    return data


def response(status: int, body: bytes = b"", content_type: str = "application/json", **headers: str) -> bytes:
    """A well-formed answer; `x_some_thing="1"` becomes the header `x-some-thing: 1`."""
    named = {"content-type": content_type, "content-length": str(len(body))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + body


def always(raw: bytes) -> Answer:
    """Says the same to everybody."""
    return lambda _, connection: connection.sendall(raw)


def as_json(value: object, status: int = 200) -> Answer:
    return always(response(status, json.dumps(value).encode()))


def dripping(first: bytes, drop: bytes, every: float) -> Answer:
    """Sends a little at a time for ever, each bit sooner than any time-out between two reads."""

    def answer(_: Asked, connection: socket.socket) -> None:
        connection.sendall(first)
        wait = threading.Event()
        while not wait.wait(every):
            connection.sendall(drop)

    return answer
