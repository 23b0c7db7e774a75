"""Which language a comment is in."""

import pytest

from service.moderation.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        ("i had five of these and it was not for me", None, "en"),
        ("danke für den text , er ist sehr gut", None, "de"),
        ("ini bagus banget , aku juga mau", None, "id"),
        ("merci pour cet article , il est très bien", None, "fr"),
        ("спасибо большое", None, "ru"),
        ("дякую за статтю , вона цікава", None, "uk"),
        ("ありがとう ございます", None, "ja"),
        ("谢谢 你们", None, "zh"),
        ("شكرا لكم", None, "ar"),
        ("ok", None, "und"),
        ("", None, "und"),
        ("ok", "de-AT", "de"),
        ("i had five of these and it was not for me", "de", "en"),
    ],
)
def test_language(text: str, said: str | None, language: str) -> None:
    """The words decide; what the client says counts where they are too few."""
    assert language_of(text.split(), said) == language
