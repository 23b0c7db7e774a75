"""A hook of the site's own: a question signed as Standard Webhooks 1.0.0 says, and an answer in our words."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from service.gateways.remote.client import RemoteClient, Reply
from service.gateways.remote.model import RemoteAnswer, RemoteComment
from service.gateways.remote.reading import LABEL_WORDS, json_of, label, mapping, out_of_schema, score

EVENT = "comment.check"
MAX_ANSWERS = 6
MAX_DETAIL = 200
SECRET_PREFIX = "whsec_"  # noqa: S105 - how the standard marks one
SHORTEST_SECRET, LONGEST_SECRET = 24, 64
"""Bytes of a secret, once decoded."""

NOTHING = 204
"""The status of a hook that has nothing to say."""


def new_id() -> str:
    return f"msg_{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Hook:
    """`keys` sign all, the newest first: two while a secret is being replaced."""

    client: RemoteClient
    url: str
    keys: Sequence[bytes]
    clock: Callable[[], datetime]
    new_id: Callable[[], str] = new_id
    name: str = "hook"

    def ask(self, comment: RemoteComment, *, timeout: float) -> tuple[RemoteAnswer, ...]:
        now = self.clock()
        body = body_of(comment, now)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        signed = signed_headers(self.keys, message_id=self.new_id(), now=now, body=body)
        return answers_of(self.client.post(self.url, body=body, headers=headers | signed, timeout=timeout))


def read_keys(secret: str) -> tuple[bytes, ...]:
    """The keys of one or two `whsec_…` secrets, with white space between them.

    Raises:
        ValueError: a sentence that does not repeat the secret.

    """
    keys = tuple(_read_key(part) for part in secret.split())
    if not keys:
        raise ValueError("the secret is empty")
    return keys


def _read_key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(SECRET_PREFIX) or not SHORTEST_SECRET <= len(key) <= LONGEST_SECRET:
        raise ValueError(f"a secret is {SECRET_PREFIX} and {SHORTEST_SECRET} to {LONGEST_SECRET} bytes in base64")
    return key


def signed_headers(keys: Sequence[bytes], *, message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks: HMAC-SHA256 over `{id}.{timestamp}.{body}`, one for each key."""
    timestamp = str(int(now.timestamp()))
    message = f"{message_id}.{timestamp}.".encode() + body
    marks = (base64.b64encode(hmac.digest(key, message, hashlib.sha256)).decode() for key in keys)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }


def body_of(comment: RemoteComment, now: datetime) -> bytes:
    """The question. E-mail and address have no key at all unless they are sent."""
    data = {
        "site": comment.blog,
        "body": comment.body,
        "author_name": comment.author_name,
        "author_website": comment.author_website,
        "page_url": comment.page_url,
        "page_title": comment.page_title,
        "language": comment.language,
    }
    private = {"author_email": comment.author_email, "client_address": comment.client_address}
    data |= {name: value for name, value in private.items() if value is not None}
    timestamp = now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return json.dumps({"type": EVENT, "timestamp": timestamp, "data": data}, ensure_ascii=False).encode()


def answers_of(reply: Reply) -> tuple[RemoteAnswer, ...]:
    """The answers: `{"answers": [{"label", "score", "detail"?}]}`, each label once; none with status 204.

    Raises:
        RemoteFailed: wrong_type or out_of_schema.

    """
    if reply.status == NOTHING:
        return ()
    given = mapping(json_of(reply))
    items = given.get("answers")
    if given.keys() != {"answers"} or not isinstance(items, list) or len(items) > MAX_ANSWERS:
        out_of_schema()
    answers = tuple(_answer(mapping(item)) for item in items)
    return answers if len({answer.label for answer in answers}) == len(answers) else out_of_schema()


def _answer(given: Mapping[str, object]) -> RemoteAnswer:
    if not given.keys() <= {"label", "score", "detail"}:
        out_of_schema()
    name, how_sure = label(given.get("label")), score(given.get("score"))
    said = _line(given["detail"]) if "detail" in given else f"{how_sure:.0%} for {LABEL_WORDS[name]}."
    return RemoteAnswer(name, how_sure, f"The site's own check says: {said}")


def _line(value: object) -> str:
    """One printable line. A moderator reads it as text, so markup in it is only text."""
    if isinstance(value, str) and 0 < len(value) <= MAX_DETAIL and value.isprintable() and value.strip():
        return value
    return out_of_schema()
