"""Personal data: an e-mail address or a phone number that everyone would read for years."""

from collections.abc import Iterator

from service.moderation.found_contacts import find_emails, find_phones
from service.moderation.model import Facts, Label, Signal, Span


def check_personal_data(facts: Facts) -> Iterator[Signal]:
    """Yield signals for e-mail addresses and phone numbers in the body or the name."""
    if emails := tuple(find_emails(facts.body)):
        yield _signal(0.7, "The text shows an e-mail address.", emails)
    if phones := tuple(find_phones(facts.body)):
        yield _signal(0.6, "The text shows a phone number.", phones)
    if any(find_emails(facts.author_name)):
        yield _signal(0.7, "The name shows an e-mail address.")
    if any(find_phones(facts.author_name)):
        yield _signal(0.6, "The name shows a phone number.")


def _signal(score: float, detail: str, spans: tuple[Span, ...] = ()) -> Signal:
    return Signal("personal_data", Label.PERSONAL_DATA, score, detail, spans)
