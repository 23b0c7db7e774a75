"""A site's settings of its remote check, as they are stored: read strictly, refused by name."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final, Literal, TypeGuard, get_args
from urllib.parse import SplitResult, urlsplit

Kind = Literal["akismet", "openai_moderation", "openai_chat", "hook"]
OnFailure = Literal["hold", "go_on_without"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
NEEDS_A_SECRET: Final = frozenset({"akismet", "hook"})
SHORTEST_TIMEOUT_S = 0.1
LONGEST_TIMEOUT_S = 8.0
LARGEST_BUDGET = 1_000_000
MAX_URL = 2_000
_SECRET_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MODEL = re.compile(r"[\w.:/@+-]{1,200}", re.ASCII)
_ON_OR_OFF = ("may_send_email", "may_send_address", "allow_private_hosts")


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """One remote check of one site. A site without these settings has none.

    `url` is where the question is posted, path and all. `secret_name` names a secret of the instance, never the
    secret. `only_uncertain` is the band of the local score, ends included, in which the service is asked at all.
    """

    kind: Kind
    url: str
    model: str | None = None
    secret_name: str | None = None
    timeout_seconds: float = 2.0
    on_failure: OnFailure = "hold"
    only_uncertain: tuple[float, float] | None = None
    may_send_email: bool = False
    may_send_address: bool = False
    daily_budget: int = 1_000
    allow_private_hosts: bool = False

    @classmethod
    def from_settings(cls, given: Mapping[str, object]) -> "RemoteSettings":
        """The settings that a mapping of plain JSON values describes; what is left out has its default.

        Raises:
            ValueError: a sentence that names the setting that is wrong.

        """
        _refuse_unknown(given)
        kind = _kind(given.get("kind"))
        switches = {name: _switch(given.get(name, False), name) for name in _ON_OR_OFF}
        return cls(
            kind=kind,
            url=_url(given.get("url"), is_private_allowed=switches["allow_private_hosts"]),
            model=_model(given.get("model"), kind),
            secret_name=_secret_name(given.get("secret_name"), kind),
            timeout_seconds=_timeout(given.get("timeout_seconds", 2.0)),
            on_failure=_on_failure(given.get("on_failure", "hold")),
            only_uncertain=_band(given.get("only_uncertain")),
            daily_budget=_budget(given.get("daily_budget", 1_000)),
            **switches,
        )

    def to_settings(self) -> dict[str, object]:
        """Plain JSON values; `from_settings` reads them back."""
        band = None if self.only_uncertain is None else list(self.only_uncertain)
        return asdict(self) | {"only_uncertain": band}

    def is_wanted(self, score: float) -> bool:
        """Whether the service is asked about a comment that our own checks give this score (0 to 1)."""
        return self.only_uncertain is None or self.only_uncertain[0] <= score <= self.only_uncertain[1]


def _refuse_unknown(given: Mapping[str, object]) -> None:
    known = {field.name for field in fields(RemoteSettings)}
    if unknown := sorted(str(name) for name in given.keys() - known):
        raise ValueError(f"remote: unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def _kind(given: object) -> Kind:
    for kind in KINDS:
        if given == kind:
            return kind
    raise ValueError(f"remote.kind: {given!r} is not one of {', '.join(KINDS)}")


def _on_failure(given: object) -> OnFailure:
    for choice in get_args(OnFailure):
        if given == choice:
            return choice  # type: ignore[no-any-return]
    raise ValueError(f"remote.on_failure: {given!r} is neither hold nor go_on_without")


def _url(given: object, *, is_private_allowed: bool) -> str:
    if not isinstance(given, str) or len(given) > MAX_URL or not given.isascii() or not given.isprintable():
        raise ValueError("remote.url: write the whole address like 'https://api.example.org/v1/moderations'")
    # The address itself is not repeated: it may hold a password.
    parts = _split(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in given:
        raise ValueError("remote.url: write the whole address like 'https://api.example.org/v1/moderations'")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ValueError("remote.url: leave out user, password and fragment; a key belongs into secret_name")
    if parts.scheme == "http" and not is_private_allowed:
        raise ValueError("remote.url: use https; plain http is for private hosts, with allow_private_hosts")
    return given


def _split(given: str) -> SplitResult:
    try:
        parts = urlsplit(given)
        _ = parts.port  # read for what it raises
    except ValueError:
        raise ValueError("remote.url: this is no address; look at its host and port") from None
    return parts


def _model(given: object, kind: Kind) -> str | None:
    if given is None:
        if kind == "openai_chat":
            raise ValueError("remote.model: openai_chat needs the name of a model")
        return None
    if not kind.startswith("openai"):
        raise ValueError(f"remote.model: {kind} has no model; leave it out")
    if not isinstance(given, str) or not _MODEL.fullmatch(given):
        raise ValueError("remote.model: write the name as the service does, like 'omni-moderation-latest'")
    return given


def _secret_name(given: object, kind: Kind) -> str | None:
    if given is None:
        if kind in NEEDS_A_SECRET:
            raise ValueError(f"remote.secret_name: {kind} needs one; see docs/remote-checks.md")
        return None
    if not isinstance(given, str) or not _SECRET_NAME.fullmatch(given):
        # Not repeated: someone may have written the secret itself.
        raise ValueError("remote.secret_name: a name of small letters, digits and _, at most 40; not the secret itself")
    return given


def _timeout(given: object) -> float:
    if _is_number(given) and SHORTEST_TIMEOUT_S <= given <= LONGEST_TIMEOUT_S:
        return float(given)
    raise ValueError(
        f"remote.timeout_seconds: {given!r} is not a number between {SHORTEST_TIMEOUT_S} and {LONGEST_TIMEOUT_S:g}"
    )


def _band(given: object) -> tuple[float, float] | None:
    if given is None:
        return None
    match given:
        case [low, high] if _is_number(low) and _is_number(high) and 0 <= low <= high <= 1:
            return float(low), float(high)
    raise ValueError(f"remote.only_uncertain: {given!r} is not two numbers between 0 and 1, the lower one first")


def _budget(given: object) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= LARGEST_BUDGET:
        return given
    raise ValueError(f"remote.daily_budget: {given!r} is not a whole number between 1 and {LARGEST_BUDGET:,}")


def _switch(given: object, name: str) -> bool:
    if isinstance(given, bool):
        return given
    raise ValueError(f"remote.{name}: {given!r} is neither true nor false")


def _is_number(given: object) -> TypeGuard[int | float]:
    return isinstance(given, int | float) and not isinstance(given, bool)
