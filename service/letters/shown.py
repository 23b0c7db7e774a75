"""A comment is shown after all: what its author is told who was told before why it is not."""

from dataclasses import dataclass

from service.languages.catalogue import catalogue
from service.letters.paper import Letter, address, paragraphs, quoted, signature, subject


@dataclass(frozen=True, slots=True)
class ShownAfterAll:
    """Where the comment is to be seen now. Nothing in it was written by the author."""

    language: str
    site_name: str
    page_url: str
    message: str | None


def write_shown(shown: ShownAfterAll) -> Letter:
    """The letter to the author."""
    say = catalogue(shown.language).say
    return Letter(
        subject=subject(say("letters", "appeal.published.subject", site=shown.site_name)),
        text=paragraphs(
            say("letters", "hello"),
            say("letters", "shown.lead", site=shown.site_name),
            address(shown.page_url),
            say("letters", "shown.what"),
            f"{say('letters', 'message')}\n\n{quoted(shown.message)}" if shown.message else "",
            say("letters", "appeal.by_person"),
            signature(shown.language, shown.site_name),
        ),
        language=shown.language,
    )
