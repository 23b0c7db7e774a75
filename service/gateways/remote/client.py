"""One POST to a service that may be slow, broken or hostile: bounded in time and size, never led elsewhere."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Self

import httpx

from service.gateways.remote.addresses import pick, resolve
from service.gateways.remote.model import Failure, RemoteFailed

MAX_REPLY = 65_536
"""Bytes of an answer that are read. Honest ones have some hundreds."""

LONGEST_RETRY_AFTER_S = 3_600.0
COMMON_HEADERS = {
    "User-Agent": "Greenroom (self-hosted comment moderation)",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_FAILURES = {
    401: Failure.KEY_REFUSED,
    403: Failure.KEY_REFUSED,
    429: Failure.RATE_LIMITED,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """A successful answer. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def now_in_utc() -> datetime:
    return datetime.now(UTC)


@cache
def usual_trust() -> ssl.SSLContext:
    """The certificates that httpx trusts, read once a process."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class RemoteClient:
    """Posts to public hosts over https, and to private ones where that is allowed.

    The host is resolved once and the connection goes to that very address, so a second answer of DNS has no say.
    Every call has a connection of its own: one that is kept could be used for another host at the same address.
    Proxies named in the environment are not used, for a proxy would resolve the host again.
    """

    is_private_allowed: bool = False
    resolve: Callable[[str, float], tuple[str, ...]] = resolve
    trust: Callable[[], ssl.SSLContext] = usual_trust
    clock: Callable[[], datetime] = now_in_utc

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        """The answer, if it is a successful one and is there within `timeout` seconds all told.

        Raises:
            RemoteFailed: timeout, unreachable, forbidden_address, redirect, too_large, wrong_type, or what the
                status says.

        """
        ends_at = time.monotonic() + timeout
        target = _target(url)
        address = pick(
            self.resolve(target.host, timeout),
            is_encrypted=target.scheme == "https",
            is_private_allowed=self.is_private_allowed,
        )
        with _Cutter(ends_at) as cutter:
            try:
                reply = self._exchange(_request(target, address, headers, body, cutter))
            except httpx.TransportError as error:
                raise RemoteFailed(Failure.TIMEOUT if cutter.has_cut else _failure_of(error)) from None
            # A body that ends with the connection seems whole when it was we who ended that.
            if cutter.has_cut:
                raise RemoteFailed(Failure.TIMEOUT)
            return reply

    def _exchange(self, request: httpx.Request) -> Reply:
        with httpx.HTTPTransport(verify=self.trust()) as transport:
            response = transport.handle_request(request)
            try:
                self._refuse_status(response)
                return Reply(response.status_code, dict(response.headers), _read(response))
            finally:
                response.close()

    def _refuse_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if 200 <= status < 300:  # noqa: PLR2004
            return
        if 300 <= status < 400:  # noqa: PLR2004
            raise RemoteFailed(Failure.REDIRECT)
        failure = Failure.SERVER_ERROR if status >= 500 else _FAILURES.get(status, Failure.REFUSED)  # noqa: PLR2004
        raise RemoteFailed(failure, retry_after=retry_after(response.headers.get("retry-after"), self.clock()))


def retry_after(header: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3), at most an hour; None if it can't be read."""
    if not header:
        return None
    if header.isascii() and header.isdigit():
        return min(float(header[:9]), LONGEST_RETRY_AFTER_S)
    try:
        seconds = (parsedate_to_datetime(header).astimezone(UTC) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_S)


def _target(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL:
        raise RemoteFailed(Failure.FORBIDDEN_ADDRESS) from None
    if target.scheme not in {"http", "https"} or not target.host or target.userinfo:
        raise RemoteFailed(Failure.FORBIDDEN_ADDRESS)
    return target


def _request(
    target: httpx.URL, address: str, headers: Mapping[str, str], body: bytes, cutter: "_Cutter"
) -> httpx.Request:
    """A request to the address, which speaks of the host: in its Host header and in TLS, certificate included."""
    return httpx.Request(
        "POST",
        target.copy_with(host=address),
        headers={"Host": target.netloc.decode("ascii"), **COMMON_HEADERS, **headers},
        content=body,
        extensions={
            "timeout": httpx.Timeout(cutter.seconds_left()).as_dict(),
            "sni_hostname": target.raw_host.decode("ascii"),
            "trace": cutter.watch,
        },
    )


def _read(response: httpx.Response) -> bytes:
    """The body as it was sent: a compressed one could unfold to anything."""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise RemoteFailed(Failure.WRONG_TYPE)
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_REPLY:
            raise RemoteFailed(Failure.TOO_LARGE)
    return bytes(body)


def _failure_of(error: httpx.TransportError) -> Failure:
    if isinstance(error, httpx.TimeoutException):
        return Failure.TIMEOUT
    return Failure.WRONG_TYPE if isinstance(error, httpx.ProtocolError) else Failure.UNREACHABLE


class _Cutter:
    """Ends a connection when its time is up: the time-outs of httpx begin anew with every byte that drips in."""

    def __init__(self, ends_at: float) -> None:
        self._ends_at = ends_at
        self._timer = threading.Timer(self.seconds_left(), self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self.has_cut = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def seconds_left(self) -> float:
        return max(self._ends_at - time.monotonic(), 0.001)

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpcore at each step (its `trace` extension)."""
        if event != "connection.connect_tcp.complete":
            return
        with self._lock:
            # A second handle on the same connection: TLS takes the first one away.
            self._line = info["return_value"].get_extra_info("socket").dup()
            if self.has_cut:
                _hang_up(self._line)

    def _cut(self) -> None:
        with self._lock:
            self.has_cut = True
            if self._line is not None:
                _hang_up(self._line)


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster
