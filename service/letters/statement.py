"""The statement of reasons: what an author is told when a comment is not shown, and how to object."""

from dataclasses import dataclass
from datetime import datetime

from service.letters.paper import Letter, address, listed, paragraphs, quoted, subject

SHOWN_REASONS = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """What was decided about a comment. There is no field for its text or its author's name.

    An address that nobody has proven may be somebody else's: what a stranger wrote must not reach them from us.
    """

    site_name: str
    page_url: str
    written_at: datetime
    event: str
    is_by_person: bool
    reason: str
    facts: tuple[str, ...]
    message: str | None
    appeal_url: str | None
    help_lines: tuple[str, ...] = ()


def write_statement(told: Statement) -> Letter:
    """The letter to the author."""
    lead, what = _LEADS[told.event]
    return Letter(
        subject=subject(f"{lead}: {told.site_name}"),
        text=paragraphs(
            "Hello,",
            f"on {told.written_at:%-d %B %Y} a comment was sent from your address to this page of {told.site_name}:",
            address(told.page_url),
            what,
            _who(told),
            _why(told),
            f"The moderator writes:\n\n{quoted(told.message)}" if told.message else "",
            _help(told.help_lines),
            _how_to_object(told),
            "If you didn't write that comment, somebody typed your address. You need not do anything.",
            f"-- \n{told.site_name}, by Greenroom. Nobody reads answers to this mail.",
        ),
        secrets=(told.appeal_url,) if told.appeal_url else (),
    )


_LEADS = {
    "reject": ("Your comment was not published", "It was not published. Readers can't see it."),
    "remove": ("Your comment was removed", "It had been published and was taken down. Readers can't see it any more."),
    "recall": (
        "Your comment is waiting again",
        "It had been published. Readers reported it, so it is not shown until a moderator has read it.",
    ),
    "hold": (
        "Your comment is still waiting",
        "It has been waiting for a moderator for more than a day and is not shown until somebody has read it.",
    ),
}


def _who(told: Statement) -> str:
    if told.is_by_person:
        return "A person decided that: one of the site's moderators."
    if told.event in {"hold", "recall"}:
        return "A program held it, so that a person decides. Nothing has been decided about it yet."
    return "A program decided that, by the site's rules. No person has looked at it."


def _why(told: Statement) -> str:
    facts = listed(told.facts[:SHOWN_REASONS])
    return f"The reason: {told.reason}." + (f"\n\nWhat it is based on:\n{facts}" if facts else "")


def _help(lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    return "If you are not well, somebody would like to hear from you, now:\n" + "\n".join(
        f"  {line}" for line in lines
    )


def _how_to_object(told: Statement) -> str:
    if told.appeal_url is None:
        return ""
    until = "You may object within 30 days. Another person than the one who decided looks at it, where there is one:"
    return f"{until}\n\n{address(told.appeal_url)}"
