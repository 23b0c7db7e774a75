"""The answer to an appeal: what its author is told."""

from dataclasses import dataclass

from service.languages.catalogue import catalogue
from service.letters.paper import Letter, address, paragraphs, quoted, signature, subject


@dataclass(frozen=True, slots=True)
class AppealAnswer:
    """What came of an appeal. Nothing in it was written by the author."""

    language: str
    site_name: str
    page_url: str
    is_published: bool
    message: str | None


def write_appeal_answer(answer: AppealAnswer) -> Letter:
    """The letter to the author."""
    say = catalogue(answer.language).say
    outcome = "published" if answer.is_published else "stands"
    further = "" if answer.is_published else " " + say("letters", "appeal.further")
    return Letter(
        subject=subject(say("letters", f"appeal.{outcome}.subject", site=answer.site_name)),
        text=paragraphs(
            say("letters", "hello"),
            say("letters", "appeal.lead", site=answer.site_name),
            address(answer.page_url),
            say("letters", f"appeal.{outcome}.what"),
            f"{say('letters', 'message')}\n\n{quoted(answer.message)}" if answer.message else "",
            say("letters", "appeal.by_person") + further,
            signature(answer.language, answer.site_name),
        ),
        language=answer.language,
    )
