"""The link to everything that was written with an address: to that address, because somebody asked for it."""

from dataclasses import dataclass

from service.languages.catalogue import catalogue
from service.letters.paper import Letter, address, paragraphs, signature, subject


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """What the link is to, and for how many hours it works."""

    language: str
    site_name: str
    url: str
    hours: int


def write_author_link(asked: LinkAsked) -> Letter:
    """The letter to the address."""
    say = catalogue(asked.language).say
    return Letter(
        subject=subject(say("letters", "author_link.subject", site=asked.site_name)),
        text=paragraphs(
            say("letters", "hello"),
            say("letters", "author_link.lead", site=asked.site_name),
            address(asked.url),
            say("letters", "author_link.how", hours=asked.hours),
            say("letters", "author_link.not_you"),
            signature(asked.language, asked.site_name),
        ),
        secrets=(asked.url,),
        language=asked.language,
    )
