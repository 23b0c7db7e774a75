"""What a remote check is asked, what it answers, and the words for why it did not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Protocol

RemoteLabel = Literal["spam", "toxicity", "threat", "crisis", "personal_data", "illegal_sale"]
LABELS: Final[tuple[RemoteLabel, ...]] = ("spam", "toxicity", "threat", "crisis", "personal_data", "illegal_sale")


@dataclass(frozen=True, slots=True)
class RemoteComment:
    """What may be said about a comment. `blog` is the site's origin; `language` is a BCP 47 tag.

    `author_email` and `client_address` are taken out before anything leaves, unless the site's settings allow them.
    """

    body: str
    blog: str
    author_name: str = ""
    author_website: str | None = None
    page_url: str | None = None
    page_title: str | None = None
    language: str | None = None
    author_email: str | None = None
    client_address: str | None = None


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """How sure the service is of one label (0 to 1), and a sentence for moderators."""

    label: RemoteLabel
    score: float
    detail: str


class Failure(StrEnum):
    """Why there is no answer: short stable words for logs and metrics."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"
    REDIRECT = "redirect"
    SERVER_ERROR = "server_error"
    RATE_LIMITED = "rate_limited"
    KEY_REFUSED = "key_refused"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    OUT_OF_SCHEMA = "out_of_schema"
    UNDECIDED = "undecided"
    NO_SECRET = "no_secret"  # noqa: S105 - a word, no secret
    RESTING = "resting"
    OVER_BUDGET = "over_budget"
    STORE_AWAY = "store_away"
    NO_TIME = "no_time"


class RemoteFailed(Exception):
    """There is no answer. Says why in one word and never what the service, or anybody, wrote.

    `retry_after` is how many seconds the service wants to be left alone, if it said so.
    """

    def __init__(self, reason: Failure, *, retry_after: float | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.retry_after = retry_after


class RemoteCheck(Protocol):
    """One service, asked about one comment at a time."""

    @property
    def name(self) -> str: ...

    def ask(self, comment: RemoteComment, *, timeout: float) -> tuple[RemoteAnswer, ...]:
        """Answers within `timeout` seconds; none means that the service found nothing.

        Raises:
            RemoteFailed: there is no answer, for whatever reason.

        """
        ...
