"""A real SMTP server on this machine: takes mail, refuses it, hangs, breaks off or speaks TLS, as a test says."""

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.stack import free_port


@dataclass
class MailServer:
    """What came in. `answers` are given to DATA one after another, then 250."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    envelopes: list[Envelope] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        found = []
        for envelope in self.envelopes:
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found

    async def handle_RCPT(self, _: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if answer := self.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.answers and not self.answers[0].startswith("250"):
            return self.answers.pop(0)
        self.envelopes.append(envelope)
        self.was_encrypted.append(session.ssl is not None)
        return "250 taken"

    def authenticate(self, _: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right", handled=False)


class _Encrypted(Controller):
    """A server that is encrypted from the first byte."""

    def _trigger_server(self) -> None:
        with ssl._create_unverified_context().wrap_socket(
            socket.create_connection((self.hostname, self.port), 1)
        ) as ours:
            ours.recv(4096)


@contextmanager
def mail_server(
    *, port: int = 0, tls: ssl.SSLContext | None = None, is_always_encrypted: bool = False, wants_login: bool = False
) -> Iterator[MailServer]:
    """A server until the block ends; with `tls` it offers STARTTLS, or is encrypted from the first byte."""
    server = MailServer()
    options: dict[str, Any] = {"tls_context": None if is_always_encrypted else tls}
    if wants_login:
        options |= {"authenticator": server.authenticate, "auth_required": True, "auth_require_tls": tls is not None}
    kind = _Encrypted if is_always_encrypted else Controller
    if is_always_encrypted:
        options["ssl_context"] = tls
    controller = kind(
        server, hostname="127.0.0.1", port=port or free_port(), decode_data=False, enable_SMTPUTF8=True, **options
    )
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def odd_server(*said: bytes, drips: bool = False) -> Iterator[int]:
    """The port of a server that says these lines, one to each connection's every line, and then nothing more.

    With `drips` it says them byte by byte and begins anew at the end, so that no answer ever comes to an end.
    """
    listener, is_over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if drips:
                while not is_over.wait(0.05):
                    connection.sendall(b"2")
            for line in said:
                connection.sendall(line)
                if not connection.recv(4096):
                    return
            if said and said[-1] != b"":
                is_over.wait(30)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        is_over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def certificate(folder: Path, host: str = "localhost") -> Path:
    """A self-signed certificate and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "mail.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path
