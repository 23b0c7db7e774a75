"""Answers of strangers: JSON read strictly, scores that are scores, text that is one printable line."""

import json
from collections.abc import Mapping
from typing import NoReturn

from service.gateways.remote.client import Reply
from service.gateways.remote.model import LABELS, Failure, RemoteFailed, RemoteLabel

LABEL_WORDS: Mapping[RemoteLabel, str] = {
    "spam": "spam",
    "toxicity": "an attack on people",
    "threat": "a threat",
    "crisis": "someone in a crisis",
    "personal_data": "somebody's personal data",
    "illegal_sale": "an illegal offer",
}


def json_of(reply: Reply) -> object:
    """The JSON value of an answer that says it is JSON.

    Raises:
        RemoteFailed: wrong_type.

    """
    media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise RemoteFailed(Failure.WRONG_TYPE)
    return read_json(reply.body)


def read_json(raw: bytes | str) -> object:
    """A JSON value without NaN, infinity or keys given twice.

    Raises:
        RemoteFailed: wrong_type.

    """
    try:
        return json.loads(raw, parse_constant=_refuse, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise RemoteFailed(Failure.WRONG_TYPE) from None


def mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else out_of_schema()


def only_item(value: object) -> object:
    """The one item of a list that must have exactly one."""
    return value[0] if isinstance(value, list) and len(value) == 1 else out_of_schema()


def label(value: object) -> RemoteLabel:
    for known in LABELS:
        if value == known:
            return known
    return out_of_schema()


def score(value: object) -> float:
    """A number from 0 to 1. True and "0.9" are none."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    return out_of_schema()


def out_of_schema() -> NoReturn:
    raise RemoteFailed(Failure.OUT_OF_SCHEMA) from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found
