"""The answer to an appeal: what its author is told."""

from dataclasses import dataclass

from service.letters.paper import Letter, address, paragraphs, quoted, subject


@dataclass(frozen=True, slots=True)
class AppealAnswer:
    """What came of an appeal. Nothing in it was written by the author."""

    site_name: str
    page_url: str
    is_published: bool
    message: str | None


def write_appeal_answer(answer: AppealAnswer) -> Letter:
    """The letter to the author."""
    what = (
        "A moderator has looked at it again. You were right: it is published now."
        if answer.is_published
        else "A moderator has looked at it again, and the decision stands. This can't be appealed once more."
    )
    lead = "Your comment is published" if answer.is_published else "Your appeal was answered"
    further = "" if answer.is_published else " You can still turn to a court, or to a body that settles such disputes."
    return Letter(
        subject=subject(f"{lead}: {answer.site_name}"),
        text=paragraphs(
            "Hello,",
            f"you objected to a decision about your comment on this page of {answer.site_name}:",
            address(answer.page_url),
            what,
            f"The moderator writes:\n\n{quoted(answer.message)}" if answer.message else "",
            f"A person decided that, not a program.{further}",
            f"-- \n{answer.site_name}, by Greenroom. Nobody reads answers to this mail.",
        ),
    )
