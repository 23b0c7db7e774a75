"""Reasons that a moderator can give: short codes for programs, titles for people."""

from typing import NamedTuple

from service.moderation.states import Event


class Reason(NamedTuple):
    """One entry of the catalogue and the decisions that it can explain."""

    code: str
    title: str
    events: frozenset[Event]


UNSAID = "moderator"
"""What stands where a moderator gave no reason."""

_SHOWN = frozenset({Event.PUBLISH, Event.RESTORE})
_SPAM = frozenset({Event.SPAM})
_REFUSED = frozenset({Event.REJECT, Event.REMOVE})
_HELD = frozenset({Event.HOLD})

CATALOGUE: tuple[Reason, ...] = (
    Reason(UNSAID, "No reason given", _SHOWN | _SPAM | _REFUSED | _HELD),
    Reason("within_rules", "Within the rules", _SHOWN),
    Reason("mistake", "The earlier decision was a mistake", _SHOWN),
    Reason("appeal_upheld", "The author's appeal was right", _SHOWN),
    Reason("advertising", "Advertising", _SPAM | _REFUSED),
    Reason("link_drop", "Posted for its link", _SPAM),
    Reason("repeated", "The same text again and again", _SPAM | _REFUSED),
    Reason("scam", "Fraud or phishing", _SPAM | _REFUSED),
    Reason("illegal_sale", "Offers illegal goods", _SPAM | _REFUSED),
    Reason("off_topic", "Off topic", _REFUSED),
    Reason("insult", "Insults somebody", _REFUSED),
    Reason("hate", "Hatred against people for what they are", _REFUSED),
    Reason("threat", "Threatens somebody", _REFUSED),
    Reason("personal_data", "Shows private data of somebody", _REFUSED),
    Reason("sexual", "Sexual content", _REFUSED),
    Reason("harmful_advice", "Advice that can hurt people", _REFUSED),
    Reason("impersonation", "Pretends to be somebody else", _REFUSED),
    Reason("unlawful", "Against the law", _REFUSED),
    Reason("house_rules", "Against the house rules", _REFUSED),
    Reason("author_asked", "The author asked for it", _REFUSED),
    Reason("banned", "From somebody who is banned", _SPAM | _REFUSED),
    Reason("second_opinion", "A second opinion is wanted", _HELD),
    Reason("reported", "Readers reported it", _HELD),
)
_TITLES = {reason.code: reason.title for reason in CATALOGUE}


def in_words(code: str) -> str:
    """Return the sentence that stands in a comment's history; a code of the site's own is named in it."""
    if code == UNSAID:
        return "A moderator decided."
    title = _TITLES.get(code)
    return f"A moderator decided: {title[0].lower()}{title[1:]}." if title else f"A moderator decided ({code})."
