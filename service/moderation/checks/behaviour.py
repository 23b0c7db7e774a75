"""Behaviour: what the form saw. A form that saw nothing (no JavaScript, an old page) is no evidence."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from service.moderation.model import Facts, Label, Signal, Suspicion

FASTEST_TYPING = timedelta(seconds=2)
"""Nobody reads a page, writes a comment and fills in two fields in less; robots do it in milliseconds."""

_SUSPICIONS: Mapping[Suspicion, str] = {
    Suspicion.FORM: "It came without a form of this site, or with one that is too old or too young.",
    Suspicion.SEVERAL: "Several comments came from the same address within minutes.",
    Suspicion.NETWORK: "Nearly all that came from its network lately was spam.",
}
_NOTHING_COMPUTED = "Its browser could not show a proof of work, so a person has to look."


def check_behaviour(facts: Facts) -> Iterator[Signal]:
    """Yield signals for a filled trap, for a form sent faster than anyone can type, and for work that was not done."""
    if facts.is_honeypot_filled:
        yield _spam(0.98, "The hidden field that people cannot see was filled in.")
    # A negative age is two clocks that disagree, not a fast writer.
    if facts.form_age is not None and timedelta(0) <= facts.form_age < FASTEST_TYPING:
        seconds = facts.form_age.total_seconds()
        yield _spam(0.6, f"The form was sent {seconds:.1f} seconds after it was shown, faster than anyone can type.")
    if facts.suspicion is not None:
        yield Signal("behaviour", Label.UNCHECKED, 1.0, f"{_SUSPICIONS[facts.suspicion]} {_NOTHING_COMPUTED}")


def _spam(score: float, detail: str) -> Signal:
    return Signal("behaviour", Label.SPAM, score, detail)
