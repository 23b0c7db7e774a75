"""Sends mail by SMTP: one letter to one address, bounded in time, with headers that nobody can add to."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, Policy
from email.utils import format_datetime, parseaddr
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
PERMANENT = 500

ANSWER_WITHIN_S = 10.0
CONVERSATION_WITHIN_S = 30.0
"""However slowly a server drips its answers: then the connection is cut."""


class Server(NamedTuple):
    """Where mail is handed over, from whom, and how: `smtp`, `smtp+starttls` (never without) or `smtps`."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None
    sender: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter. `mark` makes the Message-ID: a letter that is sent again has the same.

    At `unsubscribe_url` a POST of the mail provider ends such letters, without another question (RFC 8058).
    """

    to: str
    subject: str
    text: str
    mark: str
    at: datetime
    language: str = "en"
    unsubscribe_url: str | None = None


class _Unfolded(UnstructuredHeader):
    """A header that stays on one line and as it is: Python would encode a long word, and no program reads that."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Unfolded)  # type: ignore[arg-type]  # as it is with its own classes
_ASCII, _UTF8 = SMTP.clone(header_factory=_HEADERS), SMTPUTF8.clone(header_factory=_HEADERS)


class MailFailed(Exception):
    """`reason` is a short word of ours; no part of it comes from the server or the mail."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MailRefused(MailFailed):
    """The mail will never be taken."""


class MailDelayed(MailFailed):
    """It was not taken now, as far as we know: it is to be tried again."""


def server_from(url: str, *, sender: str) -> Server:
    """The server that a checked GREENROOM_SMTP_URL names."""
    parts = urlsplit(url)
    return Server(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password is not None else None,
        sender=sender,
    )


@dataclass(frozen=True, slots=True)
class Mailer:
    """Hands mail to one server, each over a connection of its own."""

    server: Server
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    answer_within: float = ANSWER_WITHIN_S
    conversation_within: float = CONVERSATION_WITHIN_S

    def send(self, mail: Mail) -> None:
        """Return once the server has taken the mail.

        When the connection breaks before its last answer is here, the server may have taken it all the same: that is
        MailDelayed as well, so a mail can arrive twice, with the same Message-ID.

        Raises:
            MailDelayed: the server is away, too slow, or says later; or its settings are wrong.
            MailRefused: the server will never take this mail to this address.

        """
        message = compose(mail, sender=self.server.sender)
        with _in_words(), self._connected() as client:
            self._introduce(client)
            client.send_message(message)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        client = self._client()
        try:
            yield client
        finally:
            with suppress(OSError):  # it has taken the mail or not; a farewell changes nothing
                client.quit()
            client.close()

    def _client(self) -> smtplib.SMTP:
        server, domain = self.server, domain_of(self.server.sender)
        if server.scheme == "smtps":
            return _BoundedTLS(
                server.host, server.port, domain, timeout=self.answer_within, context=self.trust(),
                within=self.conversation_within,
            )  # fmt: skip
        return _Bounded(server.host, server.port, domain, timeout=self.answer_within, within=self.conversation_within)

    def _introduce(self, client: smtplib.SMTP) -> None:
        if self.server.scheme == "smtp+starttls":
            client.starttls(context=self.trust())
        if self.server.user is not None:
            client.login(self.server.user, self.server.password or "")


class _Bounded(smtplib.SMTP):
    """A conversation that is cut when it lasts too long, its greeting included."""

    def __init__(self, *where: Any, within: float, **options: Any) -> None:  # noqa: ANN401 - what smtplib takes
        self._watch = threading.Timer(within, self._cut)
        self._watch.daemon = True
        super().__init__(*where, **options)

    def connect(self, *where: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401
        self._watch.start()
        try:
            return super().connect(*where, **options)
        except OSError:
            self._watch.cancel()
            raise

    def close(self) -> None:
        self._watch.cancel()
        super().close()

    def _cut(self) -> None:
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


class _BoundedTLS(_Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what went wrong without repeating a server's words: they may hold the address."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = max(code for code, _ in error.recipients.values())
        raise _by_code(code, "recipient_refused") from None
    except smtplib.SMTPDataError as error:
        raise _by_code(error.smtp_code, "message_refused") from None
    except smtplib.SMTPAuthenticationError:
        raise MailDelayed("login_refused") from None
    except smtplib.SMTPSenderRefused:
        raise MailDelayed("sender_refused") from None
    except smtplib.SMTPNotSupportedError:
        raise MailDelayed("not_supported") from None
    except ssl.SSLError:
        raise MailDelayed("not_trusted") from None
    except smtplib.SMTPException:
        raise MailDelayed("broken_off") from None
    except OSError:
        raise MailDelayed("unreachable") from None


def _by_code(code: int, reason: str) -> MailFailed:
    return MailRefused(reason) if code >= PERMANENT else MailDelayed(reason)


def compose(mail: Mail, *, sender: str) -> EmailMessage:
    """The message with its headers: to exactly one address, in plain text, marked as made by a program.

    Raises:
        MailRefused: the address or the subject can't stand in a header.

    """
    local, at, domain = mail.to.rpartition("@")
    if not (local and at and domain) or not mail.to.isprintable():
        raise MailRefused("unwritable_header")
    message = EmailMessage(policy=_ASCII if local.isascii() else _UTF8)
    try:
        message["To"] = Address(username=local, domain=domain.encode("idna").decode())
        message["From"] = sender
        message["Subject"] = mail.subject
    except (ValueError, IndexError):
        raise MailRefused("unwritable_header") from None
    message["Message-ID"] = f"<{mail.mark}@{domain_of(sender)}>"
    message["Date"] = format_datetime(mail.at)
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url is not None:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)  # which drops every header about the content
    message["Content-Language"] = mail.language
    return message


def domain_of(sender: str) -> str:
    """The domain of a sender's address, which is also how we introduce ourselves to the server."""
    return parseaddr(sender)[1].rpartition("@")[2]
