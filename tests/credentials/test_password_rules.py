"""Which passwords are refused, and which are not."""

import pytest

from service.credentials.password_rules import common_passwords, weakness

NAMES = ("Ada Lovelace", "harbour-gazette", "The Harbour Gazette")


@pytest.mark.parametrize(
    "password",
    [
        "", "short", "elevenchars", "x" * 129, "aaaaaaaaaaaa", "abababababab", "123123123123",
        "password1234", "P@ssw0rd!2026", "PASSWORD-2026", "passwordpassword", "qwertyuiop12", "qwertyuiopas", "1234567890123",
        "abcdefghijklm", "zyxwvutsrqpo", "iloveyou1234", "letmein-letmein", "monkeydragon1", "1qaz2wsx3edc",
        "adalovelace1815", "Lovelace-2026!", "harbourgazette", "Harbour Gazette 1", "greenroom2026", "Gr33nr00m!!!!",
        "ｐａｓｓｗｏｒｄ１２３４",
    ],
)  # fmt: skip
def test_what_somebody_would_try_first_is_refused(password: str) -> None:
    """Too short, too long, repeated, listed, listed with decoration, the names around a person, neighbouring keys."""
    assert weakness(password, names=NAMES)


@pytest.mark.parametrize(
    "password",
    [
        "seven herons over a grey weir", "correct horse battery staple gun", "tR7#kq-Lm2!vXz", "xkcdfgqwpzmn", "ein Dachs im Nebel",
        "ада читает ночью", "雨の日は図書館で静かに本を読む", "dragonfly nets at dusk", "harbour lights gone by ten", "pw: 4 cups of oolong",
    ],
)  # fmt: skip
def test_what_nobody_would_try_is_allowed(password: str) -> None:
    """Several words in a row, random letters, any script; a listed word among others does no harm."""
    assert weakness(password, names=NAMES) is None


def test_the_list_is_long_and_lower_case() -> None:
    """It is compared with what was typed in lower case."""
    listed = common_passwords()

    assert len(listed) > 3000
    assert {"password", "qwerty", "letmein", "iloveyou"} <= listed
    assert all(word == word.lower() and len(word) >= 4 for word in listed)


def test_a_long_password_is_judged_quickly() -> None:
    """Whatever it consists of: the longest that is allowed takes a few milliseconds."""
    import time

    began = time.process_time()
    weakness("password" * 16)
    weakness("ab1" * 42)

    assert time.process_time() - began < 0.2
