"""The statement of reasons: what an author is told when a comment is not shown, and how to object."""

from dataclasses import dataclass
from datetime import datetime

from service.languages.catalogue import catalogue
from service.letters.paper import Letter, address, listed, paragraphs, quoted, signature, subject

SHOWN_REASONS = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """What was decided about a comment. There is no field for its text or its author's name.

    An address that nobody has proven may be somebody else's: what a stranger wrote must not reach them from us.
    `facts` are in the words of the checks, which are English.
    """

    language: str
    site_name: str
    page_url: str
    written_at: datetime
    event: str
    is_by_person: bool
    reason_code: str
    facts: tuple[str, ...]
    message: str | None
    appeal_url: str | None
    appeal_days: int
    help_lines: tuple[str, ...] = ()


def write_statement(told: Statement) -> Letter:
    """The letter to the author."""
    words = catalogue(told.language)
    return Letter(
        subject=subject(words.say("letters", f"statement.{told.event}.subject", site=told.site_name)),
        text=paragraphs(
            words.say("letters", "hello"),
            words.say("letters", "statement.lead", date=words.day(told.written_at), site=told.site_name),
            address(told.page_url),
            words.say("letters", f"statement.{told.event}.what"),
            words.say("letters", f"statement.{_who(told)}"),
            _why(told),
            f"{words.say('letters', 'message')}\n\n{quoted(told.message)}" if told.message else "",
            _help(told),
            _how_to_object(told),
            words.say("letters", "statement.not_you"),
            signature(told.language, told.site_name),
        ),
        secrets=(told.appeal_url,) if told.appeal_url else (),
        language=told.language,
    )


def reason_in_words(language: str, code: str) -> str:
    """A reason's short code as people read it in the middle of a letter; a site's own code as it is."""
    words = catalogue(language)
    name = f"reason.{code}"
    return words.say("letters", name) if words.has("letters", name) else code.replace("_", " ")


def _who(told: Statement) -> str:
    if told.is_by_person:
        return "by_person"
    return "held_by_program" if told.event in {"hold", "recall"} else "by_program"


def _why(told: Statement) -> str:
    words = catalogue(told.language)
    why = words.say("letters", "statement.why", reason=reason_in_words(told.language, told.reason_code))
    facts = listed(told.facts[:SHOWN_REASONS])
    return why + (f"\n\n{words.say('letters', 'statement.facts')}\n{facts}" if facts else "")


def _help(told: Statement) -> str:
    if not told.help_lines:
        return ""
    lines = "\n".join(f"  {line}" for line in told.help_lines)
    return f"{catalogue(told.language).say('letters', 'statement.help')}\n{lines}"


def _how_to_object(told: Statement) -> str:
    if told.appeal_url is None:
        return ""
    how = catalogue(told.language).say("letters", "statement.object", days=told.appeal_days)
    return f"{how}\n\n{address(told.appeal_url)}"
