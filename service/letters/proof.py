"""The question whether an address is somebody's own: to an address that was typed into a form."""

from dataclasses import dataclass

from service.languages.catalogue import catalogue
from service.letters.paper import Letter, address, paragraphs, signature, subject


@dataclass(frozen=True, slots=True)
class ProofAsked:
    """On which page a comment came with the address. Nothing in it was written by whoever typed it."""

    language: str
    site_name: str
    page_url: str
    confirm_url: str
    hours: int


def write_proof(asked: ProofAsked) -> Letter:
    """The letter to the address."""
    say = catalogue(asked.language).say
    return Letter(
        subject=subject(say("letters", "proof.subject", site=asked.site_name)),
        text=paragraphs(
            say("letters", "hello"),
            say("letters", "proof.lead", site=asked.site_name),
            address(asked.page_url),
            say("letters", "proof.how", hours=asked.hours),
            address(asked.confirm_url),
            say("letters", "proof.not_you"),
            signature(asked.language, asked.site_name),
        ),
        secrets=(asked.confirm_url,),
        language=asked.language,
    )
