"""The one parser of untrusted bodies: limits first, then syntax, then a closed schema."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, Self
from urllib.parse import parse_qsl

from flask import Request
from pydantic import BaseModel, ConfigDict, ValidationError

from service.errors import FieldError, Malformed, NotFound, Said, TooLarge, UnsupportedMediaType, invalid
from service.web.language import note_language

MAX_BODY_BYTES = 64 * 1024
MAX_NESTING = 8
MAX_KEYS = 32
LARGEST_ID = 2**63 - 1
JSON = "application/json"
CSRF_FIELD = "csrf_token"
FORM = "application/x-www-form-urlencoded"

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"')


class Closed(BaseModel):
    """A schema that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> Self:
        """The validated model.

        Raises:
            Invalid: with every field that is wrong.

        """
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            raise invalid(field_errors(error)) from None


class ClosedQuery(Closed):
    """The same for query strings, where every value arrives as text."""

    model_config = ConfigDict(strict=False)


def read_body(
    request: Request,
    into: dict[str, Any] | None = None,
    *,
    kinds: tuple[str, ...] = (JSON,),
    limit: int = MAX_BODY_BYTES,
) -> dict[str, Any]:
    """The fields of a JSON body, or of a form where `kinds` allows it.

    They are put into `into` as soon as they can be told apart: what was typed is not lost when it is refused. `limit`
    counts bytes.

    Raises:
        TooLarge, UnsupportedMediaType, Malformed, Invalid: in the order in which they are found.

    """
    if request.mimetype not in kinds:
        said = Said("unsupported_media_type", {"kinds": ", ".join(kinds)})
        raise UnsupportedMediaType(f"Send {' or '.join(kinds)}.", said=said)
    request.max_content_length = limit
    if (request.content_length or 0) > limit:
        raise too_large(limit)
    raw = request.get_data(cache=False)
    fields = {} if into is None else into
    fields |= _read_json(raw) if request.mimetype == JSON else _read_form(raw)
    note_language(fields)
    _refuse_unstorable(fields)
    return fields


def read_form(request: Request) -> dict[str, Any]:
    """The fields of a desk's form, without the token that proves where it comes from: `access` has looked at that.

    Raises:
        TooLarge, UnsupportedMediaType, Malformed, Invalid: in the order in which they are found.

    """
    fields = read_body(request, kinds=(FORM,))
    fields.pop(CSRF_FIELD, None)
    return fields


def read_form_field(request: Request, name: str) -> str | None:
    """One field of a form whose body is read later; None when there is no such form or field."""
    if request.mimetype != FORM or (request.content_length or 0) > MAX_BODY_BYTES:
        return None
    value = _read_form(request.get_data(cache=True)).get(name)
    return value if isinstance(value, str) else None


def read_query(request: Request) -> dict[str, Any]:
    """Query parameters, each at most once."""
    fields = _pairs(_split_form(request.query_string, what="query string"))
    _refuse_unstorable(fields)
    return fields


def read_id(number: int) -> int:
    """The number of a row, from an address.

    Raises:
        NotFound: no row can have it.

    """
    if number > LARGEST_ID:
        raise NotFound("There is nothing with this number.")
    return number


def field_errors(error: ValidationError) -> list[FieldError]:
    found = []
    for item in error.errors(include_url=False, include_input=False):
        code, detail = _wording(item["type"], item["msg"])
        bounds = {name: value for name, value in item.get("ctx", {}).items() if isinstance(value, int)}
        found.append(FieldError(_pointer(item["loc"]), code, detail, Said(f"field.{code}", bounds)))
    return found


def _pointer(location: tuple[int | str, ...]) -> str:
    """Where it is; the whole body for a field whose name is somebody's own text and must not be repeated."""
    parts = [str(part) for part in location]
    return "/" + "/".join(parts) if all(map(_NAME.fullmatch, parts)) else ""


def too_large(limit: int = MAX_BODY_BYTES) -> TooLarge:
    kibibytes = limit // 1024
    sentence = f"A request body may have at most {kibibytes} KiB."
    return TooLarge(sentence, said=Said("too_large", {"kibibytes": kibibytes}))


def _wording(kind: str, message: str) -> tuple[str, str]:
    if kind == "extra_forbidden":
        return "unknown_field", "There is no such field, or you may not set it."
    if kind == "missing":
        return "required", "Please fill in this field."
    if kind.endswith("_type"):
        return "wrong_type", f"{message.removeprefix('Input ').capitalize()}."
    return kind, f"{message.removeprefix('Value error, ').rstrip('.')}."


def _read_json(raw: bytes) -> dict[str, Any]:
    if _nesting(raw) > MAX_NESTING:
        raise Malformed(f"JSON may be nested at most {MAX_NESTING} deep.")
    try:
        fields = json.loads(raw.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise Malformed("The body is not UTF-8.") from None
    except (json.JSONDecodeError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    except ValueError:  # an integer of thousands of digits
        raise Malformed("The body holds a number that is too long.") from None
    if not isinstance(fields, dict):
        raise Malformed("The body must be a JSON object.")
    return fields


def _read_form(raw: bytes) -> dict[str, Any]:
    return {name: value for name, value in _pairs(_split_form(raw, what="form")).items() if value != ""}


def _split_form(raw: bytes, *, what: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_KEYS)
    except UnicodeDecodeError:
        raise Malformed(f"The {what} is not UTF-8 in percent-encoding.") from None
    except ValueError:
        raise Malformed(f"The {what} may have at most {MAX_KEYS} fields.") from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise Malformed("A field was sent twice.")
    if len(fields) > MAX_KEYS:
        raise Malformed(f"A request may have at most {MAX_KEYS} fields.")
    return fields


def _refuse_constant(_: str) -> NoReturn:
    raise json.JSONDecodeError("no such constant", "", 0)


def _nesting(raw: bytes) -> int:
    """How deep braces and brackets are nested, before anything recursive reads them."""
    if raw.count(b"{") + raw.count(b"[") <= MAX_NESTING:
        return 0
    depth = deepest = 0
    for byte in _STRINGS.sub(b"", raw):
        if byte in b"{[":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"}]":
            depth -= 1
    return deepest


def _refuse_unstorable(fields: Mapping[str, Any]) -> None:
    """Refuse what PostgreSQL or UTF-8 can't hold, wherever it stands."""
    errors = [FieldError(_pointer(place), *problem) for place, text in _texts(fields) if (problem := _unstorable(text))]
    if errors:
        raise invalid(errors)


def _texts(value: object, place: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Every text in a body, names of fields too, and where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, (*place, number))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield (*place, name), name
            yield from _texts(item, (*place, name))


def _unstorable(text: str) -> tuple[str, str] | None:
    if text.isascii():
        return ("control_character", "This field holds a NUL character.") if "\0" in text else None
    try:
        text.encode()
    except UnicodeEncodeError:
        return "lone_surrogate", "This field holds half a character (a lone surrogate)."
    return ("control_character", "This field holds a NUL character.") if "\0" in text else None
