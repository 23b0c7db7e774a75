"""Mail is handed to a real SMTP server; slow, refusing, broken and foreign ones are told apart in one word each."""

import ssl
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from service.gateways.mail import Mail, MailDelayed, Mailer, MailFailed, MailRefused, compose, server_from
from tests.mail_server import certificate, mail_server, odd_server

SENDER = "Example comments <comments@example.net>"
AT = datetime(2026, 5, 3, 12, tzinfo=UTC)


def mail(**changes: Any) -> Mail:
    return Mail(
        **{"to": "ann@example.org", "subject": "Hello", "text": "A text.\n", "mark": "abc123", "at": AT, **changes}
    )


def mailer(url: str, **options: Any) -> Mailer:
    return Mailer(server_from(url, sender=SENDER), **options)


def why(error: type[MailFailed], url: str, letter: Mail | None = None, **options: Any) -> str:
    with pytest.raises(error) as caught:
        mailer(url, **options).send(letter or mail())
    return caught.value.reason


def test_a_mail_arrives_as_it_was_written() -> None:
    """With its headers: one addressee, our sender, a Message-ID of ours, and that a program wrote it."""
    with mail_server() as server:
        mailer(server.url).send(mail(subject="Für Ænn", text="Grüße.\n\nZweiter Absatz.\n"))

    (envelope,), (message,) = server.envelopes, server.messages
    assert (envelope.mail_from, envelope.rcpt_tos) == ("comments@example.net", ["ann@example.org"])
    assert message["To"] == "ann@example.org"
    assert message["From"] == SENDER
    assert message["Subject"] == "Für Ænn"
    assert message["Message-ID"] == "<abc123@example.net>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == AT
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "Grüße.\n\nZweiter Absatz.\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "ann@example.org\r\nBcc: eve@example.com"},
        {"to": "ann@example.org\nBcc: eve@example.com"},
        {"to": "ann@example.org\r\n\r\nAnother body"},
        {"to": "ann@example.org\x00"},
        {"to": "ann@example.org\u2028Bcc: eve@example.com"},
        {"to": "nobody"},
        {"to": ""},
        {"to": "a@b@"},
        {"subject": "Hello\r\nBcc: eve@example.com"},
        {"subject": "Hello\n\nAnother body"},
    ],
)
def test_nobody_adds_a_header(changes: dict[str, str]) -> None:
    """T12: what could begin another header is refused, whatever came before."""
    with pytest.raises(MailRefused, match="unwritable_header"):
        compose(mail(**changes), sender=SENDER)


@pytest.mark.parametrize("to", ["ann@example.org, eve@example.com", "ann@example.org,eve@example.com"])
def test_one_mail_goes_to_one_address(to: str) -> None:
    """A list in the address is one strange local part, and never two addressees."""
    with mail_server() as server:
        try:
            mailer(server.url).send(mail(to=to))
        except MailFailed:
            return
    assert all(len(envelope.rcpt_tos) == 1 for envelope in server.envelopes)
    assert "ann@example.org" not in [address for envelope in server.envelopes for address in envelope.rcpt_tos]


def test_a_dot_alone_on_a_line_does_not_end_the_mail() -> None:
    """And what follows is no command."""
    text = "Before.\n.\nRCPT TO:<eve@example.com>\nAfter.\n"
    with mail_server() as server:
        mailer(server.url).send(mail(text=text))

    assert len(server.envelopes) == 1
    assert server.messages[0].get_content() == text


def test_an_address_beyond_ascii_is_written_to() -> None:
    """SMTPUTF8 where the name needs it, the punycode of the host anyhow."""
    with mail_server() as server:
        mailer(server.url).send(mail(to="jürgen@bücher.example"))

    assert server.envelopes[0].rcpt_tos == ["jürgen@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    ("answer", "error"), [("550 No such user here", MailRefused), ("451 Greylisted, come back", MailDelayed)]
)
def test_an_addressee_may_be_refused_for_now_or_for_good(answer: str, error: type[MailFailed]) -> None:
    """The server's own words, which may hold the address, are not repeated."""
    with mail_server() as server:
        server.refused["ann@example.org"] = answer
        with pytest.raises(error) as caught:
            mailer(server.url).send(mail())

    assert type(caught.value) is error
    assert caught.value.args == ("recipient_refused",)


@pytest.mark.parametrize(("answer", "error"), [("554 Looks like spam", MailRefused), ("452 Full", MailDelayed)])
def test_a_text_may_be_refused_for_now_or_for_good(answer: str, error: type[MailFailed]) -> None:
    """After DATA."""
    with mail_server() as server:
        server.answers.append(answer)

        assert why(error, server.url) == "message_refused"
    assert server.envelopes == []


def test_a_server_that_is_away_is_tried_again() -> None:
    """Nobody listens there any more."""
    with odd_server() as port:
        pass

    assert why(MailDelayed, f"smtp://127.0.0.1:{port}") == "unreachable"


@pytest.mark.parametrize("said", [(b"",), (b"220 hello\r\n", b""), (b"554 go away\r\n",), (b"HTTP/1.1 400\r\n",)])
def test_a_server_that_breaks_off_is_tried_again(said: tuple[bytes, ...]) -> None:
    """At any point of the conversation, or with words that are no SMTP."""
    with odd_server(*said) as port:
        assert why(MailDelayed, f"smtp://127.0.0.1:{port}", answer_within=1) in {"broken_off", "unreachable"}


def test_a_silent_server_is_given_up_in_time() -> None:
    """It takes the connection and says nothing."""
    with odd_server(b"220 hello\r\n") as port:
        began = time.monotonic()
        reason = why(MailDelayed, f"smtp://127.0.0.1:{port}", answer_within=0.3)

    assert reason in {"broken_off", "unreachable"}
    assert time.monotonic() - began < 3


def test_a_dripping_server_is_given_up_in_time() -> None:
    """Each byte comes in time, and the answer never: its greeting counts as well."""
    with odd_server(drips=True) as port:
        began = time.monotonic()
        reason = why(MailDelayed, f"smtp://127.0.0.1:{port}", answer_within=5, conversation_within=0.5)

    assert reason in {"broken_off", "unreachable"}
    assert time.monotonic() - began < 4


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


def speaking(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def trusting(pem: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=pem)


def test_starttls_comes_before_name_and_password(pem: Path) -> None:
    """Percent-encoded in the URL, since a password may hold anything."""
    with mail_server(tls=speaking(pem), wants_login=True) as server:
        url = f"smtp+starttls://us%40example.net:right@localhost:{server.port}"
        mailer(url, trust=lambda: trusting(pem)).send(mail())

    assert server.logins == [(b"us@example.net", b"right")]
    assert server.was_encrypted == [True]


def test_without_encryption_nothing_is_said(pem: Path) -> None:
    """Somebody on the way took STARTTLS out of the greeting."""
    with mail_server() as server:
        url = f"smtp+starttls://us:right@localhost:{server.port}"
        assert why(MailDelayed, url, trust=lambda: trusting(pem)) == "not_supported"

    assert (server.logins, server.envelopes) == ([], [])


def test_a_certificate_that_is_not_trusted_is_refused(pem: Path) -> None:
    """The usual trust knows no certificate that somebody signed for itself."""
    with mail_server(tls=speaking(pem)) as server:
        assert why(MailDelayed, f"smtp+starttls://localhost:{server.port}") == "not_trusted"
    assert server.envelopes == []


def test_a_certificate_of_another_host_is_refused(pem: Path) -> None:
    """It is for localhost, and we asked for 127.0.0.1."""
    with mail_server(tls=speaking(pem)) as server:
        url = f"smtp+starttls://127.0.0.1:{server.port}"
        assert why(MailDelayed, url, trust=lambda: trusting(pem)) == "not_trusted"


def test_smtps_is_encrypted_from_the_first_byte(pem: Path) -> None:
    """Port 465."""
    with mail_server(tls=speaking(pem), is_always_encrypted=True) as server:
        mailer(f"smtps://localhost:{server.port}", trust=lambda: trusting(pem)).send(mail())

    assert [message["Subject"] for message in server.messages] == ["Hello"]


def test_a_wrong_password_is_tried_again(pem: Path) -> None:
    """Whoever runs the instance mends it, and no mail is lost meanwhile."""
    with mail_server(tls=speaking(pem), wants_login=True) as server:
        url = f"smtp+starttls://us:wrong@localhost:{server.port}"
        assert why(MailDelayed, url, trust=lambda: trusting(pem)) == "login_refused"
