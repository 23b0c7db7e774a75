"""The desk's words: what a status, a label, a check and an event are called, and how long ago something was."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from service.moderation.model import Label, Status
from service.moderation.rank import Rank
from service.moderation.reasons import CATALOGUE, UNSAID
from service.moderation.states import TRANSITIONS, Decider, Event


class Word(NamedTuple):
    """What something is called, and the tone in which it is shown: colour never says it alone."""

    title: str
    tone: str = "plain"


STATUSES: Mapping[str, Word] = {
    Status.PENDING: Word("Being checked"),
    Status.HELD: Word("Held", "warm"),
    Status.PUBLISHED: Word("Published", "good"),
    Status.SPAM: Word("Spam", "bad"),
    Status.REJECTED: Word("Rejected", "bad"),
    Status.REMOVED: Word("Removed", "bad"),
    Status.ERASED: Word("Erased"),
}
LABELS: Mapping[str, Word] = {
    Label.CRISIS: Word("Crisis", "bad"),
    Label.THREAT: Word("Threat", "bad"),
    Label.PERSONAL_DATA: Word("Private data", "warm"),
    Label.TOXICITY: Word("Insult or hatred", "warm"),
    Label.SPAM: Word("Spam", "warm"),
    Label.ILLEGAL_SALE: Word("Illegal sale", "warm"),
    Label.HOUSE_RULES: Word("House rules"),
    Label.UNCHECKED: Word("Not checked"),
    Label.NEWCOMER: Word("First comment"),
    Label.BAN: Word("Banned"),
    Label.SHADOW_BAN: Word("Banned, unnoticed"),
    "mode": Word("Site holds these"),
}
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "pl": "Polish",
    "tr": "Turkish",
    "id": "Indonesian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ar": "Arabic",
    "he": "Hebrew",
    "zh": "Chinese",
    "ja": "Japanese",
    "und": "Too short to tell",
}
RANKS: Mapping[int, str] = {
    Rank.CRISIS: "Crisis",
    Rank.THREAT: "Threat",
    Rank.ESCALATED: "Escalated",
    Rank.REPORT: "Reported",
    Rank.APPEAL: "Appealed",
    Rank.REST: "The rest",
}
"""What is waited for, by the rank of a comment: the steps of the queue's order."""

SEVERE: frozenset[str] = frozenset({Label.CRISIS, Label.THREAT})
"""Comments that are shown only when somebody asks for their text."""

EVENTS: Mapping[str, Word] = {
    Event.PUBLISH: Word("Publish", "good"),
    Event.SPAM: Word("Spam", "bad"),
    Event.REJECT: Word("Reject", "bad"),
    Event.REMOVE: Word("Remove", "bad"),
    Event.RESTORE: Word("Restore", "good"),
}
DONE: Mapping[str, str] = {
    Event.PUBLISH: "Published",
    Event.KEEP: "Left published",
    Event.RECALL: "Held again",
    Event.UPHOLD: "Upheld after an appeal",
    Event.OVERTURN: "Published after an appeal",
    Event.HOLD: "Held",
    Event.SPAM: "Marked as spam",
    Event.REJECT: "Rejected",
    Event.REMOVE: "Removed",
    Event.RESTORE: "Restored",
    Event.UNDO: "Took back",
    Event.REVISE: "Edited",
    Event.ERASE: "Erased",
}
BULK_EVENTS: tuple[Event, ...] = (Event.PUBLISH, Event.SPAM, Event.REJECT, Event.REMOVE, Event.RESTORE)
"""What can be decided about many at once."""

RESULTS: Mapping[str, str] = {
    "done": "Decided",
    "changed": "Left alone: edited or decided otherwise meanwhile",
    "already": "Left alone: it was so before",
    "gone": "Left alone: erased",
    "forbidden": "Left alone: the role had ended",
    "own_appeal": "Left alone: its author appeals against a decision of yours",
    "impossible": "Left alone: this cannot follow its status",
    "failed": "Given up after three attempts",
    "stopped": "Taken back before it was reached",
}
"""What can come of one comment of a bulk decision."""

CHECKS: Mapping[str, str] = {
    "links": "Links",
    "repetition": "Repetition",
    "behaviour": "Behaviour",
    "author": "Author",
    "reading": "Reading",
    "remote": "Remote check",
    "rules": "Rules of the site",
    "wording": "Wording",
    "personal_data": "Personal data",
}
REASONS: Mapping[str, str] = {reason.code: reason.title for reason in CATALOGUE}
BAN_KINDS: Mapping[str, str] = {
    "email": "E-mail address",
    "network": "Network address",
    "host": "Website",
    "name": "Name",
}
BAN_EFFECTS: Mapping[str, tuple[str, str]] = {
    "reject": ("Reject", "Their comments are rejected at once."),
    "hold": ("Hold", "Their comments wait for a person."),
    "shadow": ("Shadow", "They are told that it is published; nobody else sees it."),
}

_UNITS = ((365 * 86_400, "year"), (30 * 86_400, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute"))


def word_for(words: Mapping[str, Word], code: str) -> Word:
    """What this code is called; a code that nobody has named yet reads as plain words."""
    return words.get(code) or Word(code.replace("_", " ").capitalize())


def check_title(name: str) -> str:
    return CHECKS.get(name) or name.replace("_", " ").capitalize()


def voices(report_count: int, *, has_appeal: bool) -> list[Word]:
    """That readers reported a comment and that its author objects, as chips."""
    reports = f"{report_count} report{'s' if report_count != 1 else ''}"
    return [*([Word(reports, "warm")] if report_count else []), *([Word("Appeal", "warm")] if has_appeal else [])]


def reason_title(code: str, *, is_by_person: bool = False) -> str:
    """The words for the code of a decision: a moderator's reason, or the label that moved the policy."""
    if is_by_person and code in REASONS:
        return REASONS[code]
    return LABELS[code].title if code in LABELS else (REASONS.get(code) or word_for({}, code).title)


def kind_title(code: str) -> str:
    """The same in the bar above the list, where nothing else says that the checks are meant."""
    return "Passed the checks" if code == "passed" else reason_title(code)


def reasons_for(event: str) -> list[tuple[str, str]]:
    """What a moderator can give as reason for this, as codes and words."""
    return [(reason.code, reason.title) for reason in CATALOGUE if event in reason.events and reason.code != UNSAID]


def decided_by(who: str) -> str:
    """The name behind `decided_by`: a moderator's, a program's, or the policy's."""
    kind, _, name = who.partition(":")
    if kind != "moderator":
        return {"policy": "The checks", "author": "The author"}.get(who, kind.capitalize())
    return f"the program “{name.removeprefix('token:')}”" if name.startswith("token:") else name


def age(since: datetime, now: datetime) -> str:
    """How long ago in the largest unit that fits: “3 hours”, “just now” below a minute."""
    seconds = max(now - since, timedelta(0)).total_seconds()
    for length, unit in _UNITS:
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {unit}{'s' if count != 1 else ''} ago"
    return "just now"


def possible_events(status: str) -> list[str]:
    """What a moderator can decide about a comment in this status, mildest first; restoring stands for publishing."""
    events = [
        arrow.event.value
        for arrow in TRANSITIONS
        if arrow.current == status and arrow.decider is Decider.MODERATOR and arrow.event.value in EVENTS
    ]
    return [event for event in events if event != Event.PUBLISH or Event.RESTORE not in events]
