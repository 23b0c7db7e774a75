"""The words of moderation: what a check is told, what it answers, what the policy concludes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from service.moderation.conditions import Condition, State


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
    ESCALATE = "escalate"
    """Held, and in front of the review queue: a person must see it soon."""


class Label(StrEnum):
    """What a signal is evidence of."""

    SPAM = "spam"
    ILLEGAL_SALE = "illegal_sale"
    TOXICITY = "toxicity"
    THREAT = "threat"
    CRISIS = "crisis"
    PERSONAL_DATA = "personal_data"
    HOUSE_RULES = "house_rules"
    UNCHECKED = "unchecked"
    NEWCOMER = "newcomer"
    BAN = "ban"
    SHADOW_BAN = "shadow_ban"
    """Rejected without its author's noticing."""


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
    """One piece of evidence: which check, of what, how strong (0 to 1), and a sentence for people.

    Where a rule of the site was met, `rule_id` names it and `verdict` is what it asks for, whatever the thresholds say.
    `is_shadow` marks what is only noted, and changes no verdict.
    """

    check: str
    label: Label
    score: float
    detail: str
    spans: tuple[Span, ...] = ()
    rule_id: str | None = None
    verdict: Verdict | None = None
    is_shadow: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which score on a label leads to which verdict; `None` means never."""

    hold: float | None = None
    spam: float | None = None
    reject: float | None = None
    escalate: float | None = None


DEFAULT_THRESHOLDS: Mapping[Label, Threshold] = {
    Label.SPAM: Threshold(hold=0.5, spam=0.95),
    # A dealer is spam as well; who asks for drugs, a minor among them, is for a person to see.
    Label.ILLEGAL_SALE: Threshold(hold=0.6),
    # Nobody is rejected unseen: who quotes an insult to answer it reads like who means it.
    Label.TOXICITY: Threshold(hold=0.5),
    Label.THREAT: Threshold(hold=0.2, escalate=0.35),
    Label.CRISIS: Threshold(hold=0.25, escalate=0.35),
    Label.PERSONAL_DATA: Threshold(hold=0.35, escalate=0.8),
    Label.HOUSE_RULES: Threshold(hold=0.5, reject=0.9, escalate=1.0),
    Label.UNCHECKED: Threshold(hold=0.0),
    Label.NEWCOMER: Threshold(hold=0.0),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One of the site's own rules: what it asks, and the verdict it leads to (hold, spam, reject or escalate).

    `id` stays the same whatever else of it changes. `owner` is the actor who answers for it, `reason` says why it
    exists.
    """

    id: str
    condition: Condition
    verdict: Verdict
    state: State = State.ON
    owner: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A site's rules, one version of them.

    `promise` is the share of bad comments among those published without review that the site will bear; None promises
    nothing. `time_zone` is the IANA name of the clock that rules about the time of day go by.
    """

    version: int = 1
    mode: Mode = Mode.PUBLISH_WHAT_PASSES
    max_links: int = 2
    rules: tuple[Rule, ...] = ()
    thresholds: Mapping[Label, Threshold] = field(default_factory=lambda: DEFAULT_THRESHOLDS)
    promise: float | None = None
    time_zone: str = "UTC"


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
class Reputation:
    """Earlier decisions of this site about the same author, linked hosts and IP prefix; all zero means unknown."""

    author_published: int = 0
    author_bad: int = 0
    host_published: int = 0
    host_bad: int = 0
    prefix_published: int = 0
    prefix_bad: int = 0


class BanKind(StrEnum):
    """What a ban knows somebody by."""

    EMAIL = "email"
    NETWORK = "network"
    HOST = "host"
    NAME = "name"


class BanEffect(StrEnum):
    """What becomes of comments that meet a ban."""

    HOLD = "hold"
    REJECT = "reject"
    SHADOW = "shadow"


@dataclass(frozen=True, slots=True)
class Ban:
    """A ban in force that a comment meets, and why moderators made it."""

    kind: BanKind
    effect: BanEffect
    reason: str


class OwnModel(Protocol):
    """What a site has learnt from its moderators: see `reading.site_model`."""

    def probability(self, reading: Any) -> float:  # noqa: ANN401 - a Reading, which stands above this module
        """Return the calibrated probability, 0 to 1, that this site's moderators call it spam."""

    def layer(self, reading: Any) -> Any:  # noqa: ANN401 - a Reading; a Layer for its explanation
        """Return what this model adds to the shipped sum, so that its score can be explained."""


class Suspicion(StrEnum):
    """What makes a client suspicious before anybody has read its comment."""

    FORM = "form"
    SEVERAL = "several"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the checks are told about one revision of a comment. `language` is a BCP 47 tag, where it is known.

    `author_age` is how long ago the author was first seen here; None for somebody who can't be recognised.
    `local_time` is when it was sent, by the site's clock; None where that clock is not known.
    `suspicion` is why it should have come with a proof of work, where it came without.
    """

    body: str
    author_name: str
    author_website: str | None = None
    email_domain: str | None = None
    is_email_deliverable: bool | None = None
    page_title: str | None = None
    page_url: str | None = None
    page_excerpt: str | None = None
    language: str | None = None
    own_hosts: frozenset[str] = frozenset()
    form_age: timedelta | None = None
    is_honeypot_filled: bool = False
    suspicion: Suspicion | None = None
    published_before: int = 0
    author_age: timedelta | None = None
    local_time: time | None = None
    similar: tuple[Similar, ...] = ()
    reputation: Reputation = field(default_factory=Reputation)
    ban: Ban | None = None
    site_model: OwnModel | None = None
    site_model_version: int | None = None
    policy: Policy = field(default_factory=Policy)
