"""The signed hook, against a hook that checks the signature by the standard and answers in our words."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.gateways.remote.client import Reply
from service.gateways.remote.hook import Hook, answers_of, body_of, read_keys, signed_headers
from tests.gateways.remote.conftest import COMMENT, LOCAL, NOW, failure_of
from tests.gateways.remote.service import always, response

KEYS = (b"k" * 24, b"o" * 32)
SECRETS = " ".join("whsec_" + base64.b64encode(key).decode() for key in KEYS)
JSON_TYPE = {"content-type": "application/json"}


def is_signed(asked, key):
    """What a hook does, written from the standard: compare with any of the signatures."""
    content = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    given = [mark.split(",", 1) for mark in asked.headers["webhook-signature"].split(" ")]
    return any(version == "v1" and hmac.compare_digest(mark, expected) for version, mark in given)


def answering(key, answers):
    def answer(asked, connection):
        if not is_signed(asked, key):
            connection.sendall(response(401))
        elif answers is None:
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        else:
            connection.sendall(response(200, json.dumps({"answers": answers}).encode()))

    return answer


def ask(service, comment=COMMENT, keys=KEYS):
    return Hook(LOCAL, service.url, keys, lambda: NOW).ask(comment, timeout=2)


@pytest.mark.parametrize("key", KEYS)
def test_a_hook_can_tell_that_we_ask(serve, key):
    """Also while it still, or already, has the other secret of the two."""
    service = serve(answering(key, [{"label": "spam", "score": 0.75, "detail": "Known sender."}]))

    (answer,) = ask(service)

    assert (answer.label, answer.score) == ("spam", 0.75)
    assert answer.detail == "The site's own check says: Known sender."


def test_another_secret_is_refused(serve):
    """The hook says 401."""
    assert failure_of(lambda: ask(serve(answering(b"x" * 24, [])))) == "key_refused"


def test_nothing_to_say_is_an_answer(serve):
    """204, or an empty list."""
    assert ask(serve(answering(KEYS[0], None))) == ()
    assert ask(serve(answering(KEYS[0], []))) == ()


def test_the_signature_is_the_standard_s_own_example():
    """The test vector of the standard-webhooks libraries (secret, id and time from their README)."""
    (key,) = read_keys("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    now = datetime.fromtimestamp(1614265330, UTC)

    signed = signed_headers([key], message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", now=now, body=body)

    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_every_question_has_an_id_of_its_own(serve):
    """So that a hook can refuse a replay."""
    service = serve(answering(KEYS[0], None))

    ask(service)
    ask(service)

    assert len({asked.headers["webhook-id"] for asked in service.asked}) == 2
    assert {asked.headers["webhook-timestamp"] for asked in service.asked} == {str(int(NOW.timestamp()))}


def test_the_question_says_what_happened_when_and_what():
    """type, timestamp, data."""
    assert json.loads(body_of(COMMENT, NOW)) == {
        "type": "comment.check",
        "timestamp": "2026-05-03T12:00:00Z",
        "data": {
            "site": "https://example.org",
            "body": "Tapering slowly worked for me.",
            "author_name": "Ann",
            "author_website": "https://ann.example",
            "page_url": "https://example.org/post/",
            "page_title": "Ketamine",
            "language": "en-GB",
            "author_email": "ann.canary@example.net",
            "client_address": "203.0.113.77",
        },
    }


def test_what_may_not_leave_has_no_key_either():
    """Not even one with null, which would say that there is an address."""
    data = json.loads(body_of(replace(COMMENT, author_email=None, client_address=None), NOW))["data"]

    assert not {"author_email", "client_address"} & data.keys()


def test_without_a_detail_the_sentence_is_ours():
    """A score and a label are enough."""
    (answer,) = answers_of(Reply(200, JSON_TYPE, b'{"answers":[{"label":"threat","score":1}]}'))

    assert answer.detail == "The site's own check says: 100% for a threat."


@pytest.mark.parametrize(
    "value",
    [
        [], {}, {"answers": None}, {"answers": {}}, {"answers": [], "status": "publish"}, {"answers": ["spam"]},
        {"answers": [{"label": "spam"}]}, {"answers": [{"score": 1}]}, {"answers": [{"label": "ham", "score": 1}]},
        {"answers": [{"label": "spam", "score": 1, "verdict": "publish"}]},
        {"answers": [{"label": ["spam"], "score": 1}]},
        {"answers": [{"label": "spam", "score": 1}, {"label": "spam", "score": 0}]},
        {"answers": [{"label": "spam", "score": 1}] * 7},
        *[{"answers": [{"label": "spam", "score": wrong}]} for wrong in (-1, 1.01, "1", None, True, [])],
        *[{"answers": [{"label": "spam", "score": 1, "detail": wrong}]}
          for wrong in ("", " ", "a\nb", "a\0", "a\u202eb", "x" * 201, None, 5, {"html": "x"})],
    ],
)  # fmt: skip
def test_what_is_out_of_schema_is_a_failure(value):
    """The hook can't decide anything but scores, and can't say more than a printable line."""
    assert failure_of(lambda: answers_of(Reply(200, JSON_TYPE, json.dumps(value).encode()))) == "out_of_schema"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (response(200, b'{"answers":[{"label":"spam","score":NaN}]}'), "wrong_type"),
        (response(200, b"oops"), "wrong_type"),
        (response(200, b'{"answers":[]}', "text/plain"), "wrong_type"),
        (response(410), "refused"),
        (response(302, location="http://127.0.0.1/"), "redirect"),
        (response(500), "server_error"),
    ],
)
def test_a_broken_hook_is_a_failure(serve, raw, reason):
    """Each of them a word for the log."""
    assert failure_of(lambda: ask(serve(always(raw)))) == reason


@pytest.mark.parametrize(
    "secret",
    ["", "  ", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!", "whsec_" + "QUFB" * 30],
)
def test_a_secret_that_is_none_is_refused_unrepeated(secret):
    """Too short, too long, without its mark, not base64."""
    with pytest.raises(ValueError) as caught:
        read_keys(secret)

    assert not secret.strip() or secret not in str(caught.value).replace("whsec_ and", "")
