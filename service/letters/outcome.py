"""The answer to a report: what a reader is told who named the law and left an address."""

from dataclasses import dataclass
from datetime import datetime

from service.letters.paper import Letter, address, paragraphs, subject


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a report. Nothing in it was written by the reader or by the comment's author."""

    site_name: str
    page_url: str
    reported_at: datetime
    is_published: bool
    is_erased: bool
    reason: str


def write_outcome(outcome: Outcome) -> Letter:
    """The letter to the reader."""
    return Letter(
        subject=subject(f"Your report was answered: {outcome.site_name}"),
        text=paragraphs(
            "Hello,",
            f"on {outcome.reported_at:%-d %B %Y} somebody gave your address when reporting a comment as against the"
            f" law, on this page of {outcome.site_name}:",
            address(outcome.page_url),
            *_what_came_of_it(outcome),
            "If you didn't report anything, somebody typed your address. You need not do anything.",
            f"-- \n{outcome.site_name}, by Greenroom. Nobody reads answers to this mail.",
        ),
    )


def _what_came_of_it(outcome: Outcome) -> tuple[str, ...]:
    if outcome.is_erased:
        return ("The comment is not there any more: its author has erased it.",)
    what = (
        "A moderator has looked at it and left it published."
        if outcome.is_published
        else f"A moderator has looked at it, and it is not shown any more. The reason: {outcome.reason}."
    )
    what_else = (
        "A person decided that, not a program. If you don't agree, report it once more and say what was overlooked."
        " You can always turn to a court or to the authority in your country that answers for such complaints."
    )
    return what, what_else
