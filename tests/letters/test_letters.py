"""Letters to authors, in each language: whole, with every link, and with nobody else's words in the subject."""

from datetime import UTC, datetime

import pytest

from service.languages.catalogue import LANGUAGES, catalogue
from service.letters.appeal_answer import AppealAnswer, write_appeal_answer
from service.letters.reply import Reply, write_reply
from service.letters.statement import Statement, reason_in_words, write_statement
from service.moderation.model import Label
from service.moderation.reasons import CATALOGUE
from service.moderation.states import Event
from service.usecases.write_mail import in_words

TOLD = {Event.REJECT, Event.REMOVE, Event.HOLD}
UNTOLD = {Label.SHADOW_BAN}
AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", ["reject", "remove", "recall", "hold"])
@pytest.mark.parametrize("is_by_person", [True, False])
def test_a_statement_is_whole_in_every_language(language: str, event: str, is_by_person: bool) -> None:
    """Who decided, why, what the moderator says, and the link by which one objects."""
    letter = write_statement(
        Statement(
            language=language, site_name="Blog", page_url="https://example.org/post/", written_at=AT, event=event,
            is_by_person=is_by_person, reason_code="insult", facts=("A fact.",), message="Hello from a person.",
            appeal_url="https://comments.example.net/appeals/1-x", appeal_days=30, help_lines=("Call 116 123",),
        )
    )  # fmt: skip

    assert letter.language == language
    for part in (
        "https://example.org/post/", "A fact", "> Hello from a person", "30", "Call 116 123",
        "https://comments.example.net/appeals/1-x", catalogue(language).say("letters", "reason.insult"),
        catalogue(language).day(AT),
    ):  # fmt: skip
        assert " ".join(part.split()) in " ".join(letter.text.split()), part
    assert "Blog" in letter.subject
    assert "appeals/" not in letter.public_text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_published", [True, False])
def test_an_answer_to_an_appeal_is_whole_in_every_language(language: str, is_published: bool) -> None:
    letter = write_appeal_answer(AppealAnswer(language, "Blog", "https://example.org/post/", is_published, "Sorry."))

    assert letter.language == language
    assert "https://example.org/post/" in letter.text
    assert "> Sorry." in letter.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_replys_author_stands_in_the_text_and_breaks_nothing(language: str) -> None:
    """Whatever the name is: braces, lines and links are words like any other, and none is in the subject."""
    name = "{site} https://evil.example\nTo: all"
    unsubscribe = "https://comments.example.net/unsubscribe/1-x"
    letter = write_reply(Reply(language, "Blog", "https://example.org/post/#c", name, "{name}", unsubscribe))

    assert "{site}" in letter.text
    assert "evil.example" not in letter.text
    assert "\nTo:" not in letter.text
    assert "evil" not in letter.subject
    assert letter.unsubscribe_url == unsubscribe


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_authors_are_told_has_words(language: str) -> None:
    """Those that moderators choose, and those of the policy; a code of a site's own is named as it is."""
    codes = {reason.code for reason in CATALOGUE if reason.events & TOLD} | set(Label) - UNTOLD | {"mode", "by_mail"}

    assert {code for code in codes if not catalogue(language).has("letters", f"reason.{code}")} == set()
    assert reason_in_words(language, "no_recipes") == "no recipes"


def test_english_says_what_the_desk_says() -> None:
    """A reason has one name."""
    for reason in CATALOGUE:
        if reason.events & TOLD:
            assert reason_in_words("en", reason.code) == in_words(reason.code)
