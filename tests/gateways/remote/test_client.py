"""One POST against a server that is slow, broken and hostile by turns."""

import datetime as dt
import socket
import ssl
import threading
import time
import tracemalloc
from email.utils import format_datetime

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service.gateways.remote.client import MAX_REPLY, RemoteClient, retry_after
from service.gateways.remote.model import RemoteFailed
from tests.gateways.remote.conftest import LOCAL, NOW, failure_of
from tests.gateways.remote.service import always, dripping, response, serving

OK = response(200, b"{}")
CHUNKED = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
ENDLESS = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"


def post(service, client=LOCAL, url=None, timeout=2.0):
    return client.post(url or service.url, body=b'{"a":1}', headers={"X-Test": "1"}, timeout=timeout)


def test_a_question_arrives_whole_and_the_answer_comes_back(serve):
    """Body, headers and host as given; nothing compressed is asked for, and the connection is not kept."""
    service = serve(always(response(200, b'{"ok":true}', x_more="yes")))

    reply = post(service)

    assert (reply.status, reply.body, reply.headers["x-more"]) == (200, b'{"ok":true}', "yes")
    (asked,) = service.asked
    assert (asked.method, asked.path, asked.body, asked.headers["x-test"]) == ("POST", "/ask", b'{"a":1}', "1")
    assert asked.headers["host"] == f"127.0.0.1:{service.port}"
    assert (asked.headers["accept-encoding"], asked.headers["connection"]) == ("identity", "close")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (response(500), "server_error"),
        (response(503, b"x" * 1000), "server_error"),
        (response(400), "refused"),
        (response(404), "refused"),
        (response(401), "key_refused"),
        (response(403), "key_refused"),
        (response(429), "rate_limited"),
        (response(301, location="http://169.254.169.254/latest"), "redirect"),
        (response(307, location="http://127.0.0.1:1/"), "redirect"),
        (response(308), "redirect"),
        (response(304), "redirect"),
        (response(200, b"x" * (MAX_REPLY + 1)), "too_large"),
        (CHUNKED + b"%x\r\n" % (MAX_REPLY + 1) + b"x" * (MAX_REPLY + 1) + b"\r\n0\r\n\r\n", "too_large"),
        (response(200, b"\x1f\x8b", content_encoding="gzip"), "wrong_type"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "wrong_type"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort", "wrong_type"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", "wrong_type"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 50_000 + b"\r\n", "wrong_type"),
        (CHUNKED + b"zz\r\n", "wrong_type"),
        (b"", "wrong_type"),
    ],
)  # fmt: skip
def test_a_broken_service_is_one_word(serve, raw, reason):
    """Whatever it sends, we have a reason and nothing of what it sent."""
    service = serve(always(raw))

    assert failure_of(lambda: post(service)) == reason
    assert len(service.asked) == 1


def test_a_redirect_is_not_followed(serve):
    """Not even to the same host: nobody is asked twice."""
    inside = serve(always(OK))
    outside = serve(always(response(302, location=inside.url)))

    assert failure_of(lambda: post(outside)) == "redirect"
    assert inside.connections == 0


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (CHUNKED, b"1\r\nx\r\n"),
        (ENDLESS, b"x"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n", b"x"),
    ],
    ids=["silence", "headers", "informational", "chunks", "endless body", "announced body"],
)
def test_a_slow_drip_ends_with_the_time_out(serve, first, drop):
    """Each byte comes in time, the answer never does: the whole may take no longer than one time-out."""
    service = serve(dripping(first, drop, every=0.02))
    began = time.monotonic()

    assert failure_of(lambda: post(service, timeout=0.4)) == "timeout"
    assert 0.3 < time.monotonic() - began < 1.2


def test_a_body_that_we_cut_is_not_taken_for_a_whole_one(serve):
    """Without a length the end of the connection ends the body; it must not count when it was our own doing."""
    service = serve(dripping(ENDLESS + b'{"answers":[]}', b" ", every=0.02))

    assert failure_of(lambda: post(service, timeout=0.3)) == "timeout"


def test_a_handshake_that_never_ends_is_a_time_out(serve):
    """A server that accepts and then says nothing in TLS."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
    began = time.monotonic()

    with listener:
        assert failure_of(lambda: post(None, url=url, timeout=0.4)) == "timeout"
    assert time.monotonic() - began < 1.2


def test_nobody_there_is_unreachable():
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

    assert failure_of(lambda: post(None, url=url)) == "unreachable"


def test_an_endless_body_costs_no_memory(serve):
    """A gigabyte may be announced and sent; what we hold of it is bounded."""

    def flood(_, connection):
        connection.sendall(ENDLESS)
        while True:
            connection.sendall(b"x" * 65_536)

    service = serve(flood)
    tracemalloc.start()
    try:
        reason = failure_of(lambda: post(service))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert reason == "too_large"
    assert peak < 5_000_000


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/", "https://user:secret@127.0.0.1/", "file:///etc/passwd", "http://[::1", "https:///x", "/x"],
)
def test_other_schemes_and_users_are_refused(url):
    """Also when the settings were written past our own reading of them."""
    assert failure_of(lambda: post(None, url=url)) == "forbidden_address"


def test_a_private_host_is_not_even_connected_to(serve):
    """Without the setting this machine is out of bounds."""
    service = serve(always(OK))

    assert failure_of(lambda: post(service, client=RemoteClient())) == "forbidden_address"
    assert service.connections == 0


def test_dns_that_changes_its_mind_has_no_say(serve):
    """Rebinding: the name is resolved once, and the connection goes to the address that was looked at."""
    service = serve(always(OK))
    answers = iter([("127.0.0.1",), ("169.254.169.254",)])
    client = RemoteClient(is_private_allowed=True, resolve=lambda *_: next(answers))

    post(service, client=client, url=f"http://hook.example:{service.port}/ask")

    assert service.asked[0].headers["host"] == f"hook.example:{service.port}"
    assert next(answers) == ("169.254.169.254",)


def test_a_proxy_from_the_environment_is_not_used(serve, monkeypatch):
    """It would resolve the host again, and see everything."""
    service, proxy = serve(always(OK)), serve(always(OK))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

    post(service)

    assert (service.connections, proxy.connections) == (1, 0)


def test_an_ipv6_address_works_as_well():
    """The address stands in brackets in the URL and without them in the connection."""
    client = RemoteClient(is_private_allowed=True)
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")

    def serve_once():
        connection, _ = listener.accept()
        connection.recv(65_536)
        connection.sendall(OK)
        connection.close()

    threading.Thread(target=serve_once, daemon=True).start()
    with listener:
        assert post(None, client=client, url=f"http://[::1]:{listener.getsockname()[1]}/").status == 200


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A certificate for hook.example, and the two sides that know it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hook.example")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hook.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "hook.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=str(path))


class TestTls:
    """The connection goes to an address, but the certificate must be the host's."""

    def client(self, trust=None):
        made = RemoteClient(is_private_allowed=True, resolve=lambda *_: ("127.0.0.1",))
        return made if trust is None else RemoteClient(made.is_private_allowed, made.resolve, lambda: trust)

    def test_the_host_s_own_certificate_is_taken(self, made):
        """Pinned to 127.0.0.1, verified as hook.example."""
        server, trust = made
        with serving(always(OK), tls=server) as service:
            assert post(None, client=self.client(trust), url=f"https://hook.example:{service.port}/ask").status == 200

    @pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
    def test_another_host_s_certificate_is_refused(self, made, host):
        """Also that of the very address."""
        server, trust = made
        with serving(always(OK), tls=server) as service:
            assert failure_of(
                lambda: post(None, client=self.client(trust), url=f"https://{host}:{service.port}/ask")
            ) == "unreachable"  # fmt: skip
            assert service.asked == []

    def test_a_certificate_that_nobody_vouches_for_is_refused(self, made):
        """With the usual trust."""
        server, _ = made
        with serving(always(OK), tls=server) as service:
            url = f"https://hook.example:{service.port}/ask"
            assert failure_of(lambda: post(None, client=self.client(), url=url)) == "unreachable"
            assert service.asked == []

    def test_a_drip_inside_of_tls_ends_with_the_time_out(self, made):
        """The connection is cut below TLS."""
        server, trust = made
        with serving(dripping(ENDLESS, b"x", every=0.02), tls=server) as service:
            url = f"https://hook.example:{service.port}/ask"
            began = time.monotonic()
            assert failure_of(lambda: post(None, client=self.client(trust), url=url, timeout=0.5)) == "timeout"
            assert time.monotonic() - began < 1.3


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None), ("", None), ("30", 30), ("0", 0), ("999999999999999999999", 3600), ("-5", None), ("soon", None),
        ("٣", None), (format_datetime(NOW + dt.timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - dt.timedelta(days=1), usegmt=True), 0),
        (format_datetime(NOW + dt.timedelta(days=9), usegmt=True), 3600), ("Fri, 99 Foo 9999 99:99:99 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_in_both_forms(header, seconds):
    """Seconds or a date; never more than an hour, and nonsense counts as nothing."""
    assert retry_after(header, NOW) == seconds


def test_a_busy_service_says_how_long(serve):
    """What 429 asks for reaches the breaker."""
    service = serve(always(response(429, retry_after="17")))

    with pytest.raises(RemoteFailed) as caught:
        post(service)

    assert caught.value.retry_after == 17


def test_many_calls_leave_nothing_behind(serve):
    """No thread and no open file stays after answers, failures and time-outs."""
    service = serve(always(OK))
    slow = serve(dripping(ENDLESS, b"x", every=0.01))
    post(service)
    before = psutil.Process().num_fds()

    for _ in range(20):
        post(service)
    for _ in range(3):
        failure_of(lambda: post(slow, timeout=0.1))

    deadline = time.monotonic() + 5
    while psutil.Process().num_fds() > before or any(isinstance(t, threading.Timer) for t in threading.enumerate()):
        assert time.monotonic() < deadline, (before, psutil.Process().num_fds())
        time.sleep(0.05)
