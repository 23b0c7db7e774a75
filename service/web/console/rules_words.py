"""The words of the rules editor: what kinds, verdicts, states, modes and settings are called."""

from collections.abc import Mapping

from service.moderation.model import Label, Mode, Verdict
from service.web.console.wording import LABELS, STATUSES, Word, decided_by, word_for

KIND_TITLES: Mapping[str, str] = {
    "word": "Word",
    "pattern": "Pattern",
    "links": "Number of links",
    "link_host": "Link to a host",
    "link_pattern": "Link that fits a pattern",
    "few_published": "Few published comments",
    "new_author": "New author",
    "language": "Other language",
    "time_of_day": "Time of day",
}
VERDICTS: Mapping[str, Word] = {
    Verdict.PUBLISH: Word("Publish", "good"),
    Verdict.HOLD: Word("Hold", "warm"),
    Verdict.SPAM: Word("Spam", "bad"),
    Verdict.REJECT: Word("Reject", "bad"),
    Verdict.ESCALATE: Word("Escalate", "bad"),
}
VERDICT_HINTS: Mapping[str, str] = {
    Verdict.HOLD: "a person reads it first",
    Verdict.SPAM: "dropped as spam",
    Verdict.REJECT: "not published, its author is told",
    Verdict.ESCALATE: "held, in front of the review queue",
}
STATES: Mapping[str, Word] = {"on": Word("On", "good"), "shadow": Word("Shadow", "warm"), "off": Word("Off")}
STATE_HINTS: Mapping[str, str] = {
    "on": "it counts",
    "shadow": "counted where it is met, changes nothing",
    "off": "kept, looks at nothing",
}
MODES: Mapping[str, str] = {
    Mode.PUBLISH_WHAT_PASSES: "Publish what passes the checks",
    Mode.HOLD_FIRST_TIME_AUTHORS: "Hold the first comment of every author",
    Mode.HOLD_EVERYTHING: "Hold everything",
}
LINES: Mapping[str, str] = {
    "hold": "Hold from",
    "spam": "Spam from",
    "reject": "Reject from",
    "escalate": "Escalate from",
}


def label_title(label: Label) -> str:
    """What a kind of evidence is called."""
    return word_for(LABELS, label).title


def verdict_word(verdict: str) -> Word:
    """A verdict and its tone."""
    return word_for(VERDICTS, verdict)


def state_word(state: str) -> Word:
    """A rule's state and its tone."""
    return word_for(STATES, state)


def status_word(status: str) -> Word:
    """A comment's status and its tone."""
    return word_for(STATUSES, status)


def who(label: str) -> str:
    """How an owner is named; of rules that an earlier release stored, nobody is known."""
    return decided_by(label) if label else "nobody named"
