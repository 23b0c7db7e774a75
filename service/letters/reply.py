"""Somebody has answered: what the author of the comment above is told, who asked for that and has confirmed it."""

from dataclasses import dataclass

from service.languages.catalogue import catalogue
from service.letters.paper import Letter, address, disarmed, one_line, paragraphs, quoted, signature, subject


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer in its author's own words, and where it stands. `body` and `author_name` are a stranger's."""

    language: str
    site_name: str
    permalink: str
    author_name: str
    body: str
    unsubscribe_url: str


def write_reply(reply: Reply) -> Letter:
    """The letter to whoever was answered."""
    say = catalogue(reply.language).say
    name = disarmed(one_line(reply.author_name))
    lead = say("letters", "reply.lead", name=name, site=reply.site_name) if name else say(
        "letters", "reply.lead_unnamed", site=reply.site_name
    )  # fmt: skip
    return Letter(
        subject=subject(say("letters", "reply.subject", site=reply.site_name)),
        text=paragraphs(
            say("letters", "hello"),
            lead,
            address(reply.permalink),
            quoted(reply.body),
            say("letters", "reply.why"),
            address(reply.unsubscribe_url),
            signature(reply.language, reply.site_name),
        ),
        secrets=(reply.unsubscribe_url,),
        language=reply.language,
        unsubscribe_url=reply.unsubscribe_url,
    )
