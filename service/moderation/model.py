"""The words of moderation: what a check is told, what it answers, what the policy concludes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """Where a comment stands. Only `PUBLISHED` is ever shown to readers."""

    PENDING = "pending"
    HELD = "held"
    PUBLISHED = "published"
    SPAM = "spam"
    REJECTED = "rejected"
    REMOVED = "removed"
    ERASED = "erased"


class Verdict(StrEnum):
    """What the machine concludes, from mildest to strictest."""

    PUBLISH = "publish"
    HOLD = "hold"
    SPAM = "spam"
    REJECT = "reject"


class Label(StrEnum):
    """What a signal is evidence of."""

    SPAM = "spam"
    PERSONAL_DATA = "personal_data"
    HOUSE_RULES = "house_rules"
    UNCHECKED = "unchecked"
    NEWCOMER = "newcomer"


class Mode(StrEnum):
    """How much a site trusts the machine."""

    HOLD_EVERYTHING = "hold_everything"
    HOLD_FIRST_TIME_AUTHORS = "hold_first_time_authors"
    PUBLISH_WHAT_PASSES = "publish_what_passes"


class Span(NamedTuple):
    """Where in the body the evidence stands: code points, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One piece of evidence: which check, of what, how strong (0 to 1), and a sentence for people."""

    check: str
    label: Label
    score: float
    detail: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which score on a label leads to which verdict; `None` means never."""

    hold: float | None = None
    spam: float | None = None
    reject: float | None = None


DEFAULT_THRESHOLDS: Mapping[Label, Threshold] = {
    Label.SPAM: Threshold(hold=0.5, spam=0.9),
    Label.PERSONAL_DATA: Threshold(hold=0.5),
    Label.HOUSE_RULES: Threshold(hold=0.5, reject=0.9),
    Label.UNCHECKED: Threshold(hold=0.0),
    Label.NEWCOMER: Threshold(hold=0.0),
}


@dataclass(frozen=True, slots=True)
class WordRule:
    """One of the site's own words or RE2 patterns and the verdict it leads to (hold, spam or reject)."""

    pattern: str
    verdict: Verdict
    is_regex: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A site's rules, one version of them."""

    version: int = 1
    mode: Mode = Mode.PUBLISH_WHAT_PASSES
    max_links: int = 2
    rules: tuple[WordRule, ...] = ()
    thresholds: Mapping[Label, Threshold] = field(default_factory=lambda: DEFAULT_THRESHOLDS)


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier comment of the same site that says nearly the same.

    `likeness` is the estimated Jaccard similarity of the two texts, 0 to 1.
    """

    likeness: float
    age: timedelta
    is_same_thread: bool
    is_same_author: bool
    status: Status


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the checks are told about one revision of a comment."""

    body: str
    author_name: str
    author_website: str | None = None
    email_domain: str | None = None
    is_email_deliverable: bool | None = None
    page_title: str | None = None
    own_hosts: frozenset[str] = frozenset()
    form_age: timedelta | None = None
    is_honeypot_filled: bool = False
    published_before: int = 0
    similar: tuple[Similar, ...] = ()
    policy: Policy = field(default_factory=Policy)
