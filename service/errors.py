"""What can go wrong, in words: a stable code for machines, a sentence for people, the field it is about."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple


class Said(NamedTuple):
    """The same sentence by its name in the catalogue of languages. A value may be such a sentence itself."""

    name: str
    values: Mapping[str, object] = MappingProxyType({})


class FieldError(NamedTuple):
    """What is wrong with one field. `pointer` is a JSON pointer (RFC 6901) into what was sent.

    `detail` is the English sentence; `said` names it where the code alone doesn't.
    """

    pointer: str
    code: str
    detail: str
    said: Said | None = None


class Problem(Exception):
    """A refusal that becomes one `application/problem+json` answer (RFC 9457). `extra` are members of its own.

    `detail` is the English sentence; `said` names it where the code alone doesn't.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    title: ClassVar[str] = "This request can't be understood"

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
        said: Said | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})
        self.said = said


class Malformed(Problem):
    code, title = "malformed", "The body can't be read"


class Unauthorised(Problem):
    status, code, title = 401, "unauthorised", "A valid token is needed"


class WrongCredentials(Problem):
    status, code, title = 401, "wrong_credentials", "That was not right"


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "This token may not do that"


class EditWindowOver(Problem):
    status, code, title = 403, "edit_window_over", "It can't be changed any more"


class OriginNotAllowed(Problem):
    status, code, title = 403, "origin_not_allowed", "Comments from this page are not accepted here"


class ProofOfWorkRequired(Problem):
    status, code, title = 403, "proof_of_work_required", "Your browser has to compute a little first"


class NotFound(Problem):
    status, code, title = 404, "not_found", "There is nothing here"


class MethodNotAllowed(Problem):
    status, code, title = 405, "method_not_allowed", "This address doesn't answer to that method"


class Conflict(Problem):
    status, code, title = 409, "conflict", "Somebody was faster"


class Changed(Conflict):
    code, title = "changed", "The comment was edited"


class NotEditable(Conflict):
    code, title = "not_editable", "This comment can't be changed"


class TooManyRevisions(Conflict):
    code, title = "too_many_revisions", "This comment was changed very often"


class Duplicate(Conflict):
    code, title = "duplicate", "You have said that already"


class TooLarge(Problem):
    status, code, title = 413, "too_large", "That is too much at once"


class UnsupportedMediaType(Problem):
    status, code, title = 415, "unsupported_media_type", "This kind of body isn't accepted here"


class Invalid(Problem):
    status, code, title = 422, "invalid", "Some fields need another look"


class IdempotencyMismatch(Problem):
    status, code, title = 422, "idempotency_key_reused", "This key was used for another comment"


class RateLimited(Problem):
    status, code, title = 429, "rate_limited", "Too many at once"


class TooManyGuesses(Problem):
    status, code, title = 429, "too_many_guesses", "Too many attempts"


class Unavailable(Problem):
    status, code, title = 503, "unavailable", "Greenroom can't take this right now"


class Internal(Problem):
    status, code, title = 500, "internal", "Greenroom made a mistake"


class NotAnAddress(ValueError):
    """A text that is no e-mail address. It prints as its sentence, which never repeats the text."""

    def __init__(self, detail: str, said: Said) -> None:
        super().__init__(detail)
        self.said = said


class SettingsError(Exception):
    """A setting is missing or wrong. The message names it and says how to mend it."""


def invalid(errors: Sequence[FieldError]) -> Invalid:
    """A refusal that names every field that is wrong."""
    count = len(errors)
    sentence = "One field needs another look." if count == 1 else f"{count} fields need another look."
    return Invalid(sentence, errors=errors, said=Said("invalid", {"count": count}))
