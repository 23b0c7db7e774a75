"""The question whether mail about replies is wanted: to an address that somebody has typed."""

from dataclasses import dataclass

from service.languages.catalogue import catalogue
from service.letters.paper import Letter, address, paragraphs, signature, subject


@dataclass(frozen=True, slots=True)
class Question:
    """For which page somebody wants replies by mail. Nothing in it was written by that somebody."""

    language: str
    site_name: str
    page_url: str
    confirm_url: str
    unsubscribe_url: str
    days: int


def write_question(asked: Question) -> Letter:
    """The letter to the address. It is the only one until somebody there says yes."""
    say = catalogue(asked.language).say
    return Letter(
        subject=subject(say("letters", "confirm_replies.subject", site=asked.site_name)),
        text=paragraphs(
            say("letters", "hello"),
            say("letters", "confirm_replies.lead", site=asked.site_name),
            address(asked.page_url),
            say("letters", "confirm_replies.how", days=asked.days),
            address(asked.confirm_url),
            say("letters", "confirm_replies.not_you", site=asked.site_name),
            address(asked.unsubscribe_url),
            signature(asked.language, asked.site_name),
        ),
        secrets=(asked.confirm_url, asked.unsubscribe_url),
        language=asked.language,
        unsubscribe_url=asked.unsubscribe_url,
    )
