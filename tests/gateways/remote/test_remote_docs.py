"""docs/remote-checks.md says what the code does: its settings, its words, its example of a hook."""

import base64
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from service.gateways.remote.client import Reply
from service.gateways.remote.hook import answers_of, body_of, signed_headers
from service.gateways.remote.model import LABELS, Failure
from service.gateways.remote.settings import KINDS, RemoteSettings
from tests.gateways.remote.conftest import COMMENT, NOW

PAGE = (Path(__file__).parents[3] / "docs/remote-checks.md").read_text()
JSONS = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)]
(PYTHON,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_settings_that_are_shown_are_taken():
    """Somebody copies them."""
    (shown,) = [value for value in JSONS if "kind" in value]

    assert RemoteSettings.from_settings(shown).to_settings().items() >= shown.items()


def test_every_setting_kind_label_and_failure_is_explained():
    """And none that isn't there."""
    named = set(re.findall(r"`([a-z_]+)`", PAGE))

    assert named >= {field.name for field in fields(RemoteSettings)} | set(KINDS) | set(LABELS) | set(Failure)


@pytest.mark.parametrize("is_forged", [False, True])
def test_the_example_of_a_hook_tells_us_from_others(is_forged):
    """The function in the docs takes our signature, also while two secrets sign, and nobody else's."""
    written: dict = {}
    exec(PYTHON, written)  # it is our own page
    key, body = b"k" * 32, body_of(COMMENT, NOW)
    headers = signed_headers([b"n" * 32, key], message_id="msg_1", now=NOW, body=body)
    secret = "whsec_" + base64.b64encode(b"x" * 32 if is_forged else key).decode()

    assert written["is_from_greenroom"](headers, body, secret) is not is_forged
    assert not written["is_from_greenroom"](headers, body + b" ", secret)


def test_the_question_and_the_answer_are_as_shown():
    """Same keys in the question; the answer is read."""
    (question,) = [value for value in JSONS if "data" in value]
    (answer,) = [value for value in JSONS if "answers" in value]
    sent = json.loads(body_of(COMMENT, NOW))

    assert question["type"] == sent["type"]
    assert question["data"].keys() | {"author_email", "client_address"} == sent["data"].keys()
    assert answers_of(Reply(200, {"content-type": "application/json"}, json.dumps(answer).encode()))
