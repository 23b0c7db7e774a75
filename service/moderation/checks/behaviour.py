"""Behaviour: what the form saw. A form that saw nothing (no JavaScript, an old page) is no evidence."""

from collections.abc import Iterator
from datetime import timedelta

from service.moderation.model import Facts, Label, Signal

FASTEST_TYPING = timedelta(seconds=2)
"""Nobody reads a page, writes a comment and fills in two fields in less; robots do it in milliseconds."""


def check_behaviour(facts: Facts) -> Iterator[Signal]:
    """Yield signals for a filled trap and for a form sent faster than anyone can type."""
    if facts.is_honeypot_filled:
        yield _signal(0.98, "The hidden field that people cannot see was filled in.")
    # A negative age is two clocks that disagree, not a fast writer.
    if facts.form_age is not None and timedelta(0) <= facts.form_age < FASTEST_TYPING:
        seconds = facts.form_age.total_seconds()
        yield _signal(0.6, f"The form was sent {seconds:.1f} seconds after it was shown, faster than anyone can type.")


def _signal(score: float, detail: str) -> Signal:
    return Signal("behaviour", Label.SPAM, score, detail)
