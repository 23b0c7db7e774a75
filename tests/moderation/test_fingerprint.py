"""Finding nearly the same text again."""

import pytest

from service.moderation.fingerprint import SIGNATURE_BYTES, Fingerprint, fingerprint, likeness

LONG = (
    "I have been looking everywhere for a real supplier and finally found one that ships to all countries in a plain box, "
    "write to them at https://pills.example/{} and you will have your order within three days, guaranteed or your money back"
)


def _of(body: str) -> Fingerprint:
    found = fingerprint(body)
    assert found is not None
    return found


def test_the_same_text_has_the_same_fingerprint_in_every_release() -> None:
    """Stored signatures are compared with new ones: if this fails, all of them must be computed again."""
    found = _of("One two three four five six seven eight nine ten.")
    assert len(found.signature) == SIGNATURE_BYTES
    assert found.signature[:8].hex() == "4364bec52628c5c0"
    assert found.bands[:2] == (-1435140601017112397, -1969413312261818056)


def test_case_spacing_and_the_path_of_a_link_make_no_difference() -> None:
    """The same advertisement with a new tracking path is the same advertisement."""
    assert _of(LONG.format("a")) == _of(LONG.format("b?x=2").upper().replace(" ", "\n "))


def test_a_small_change_is_near_and_another_text_is_far() -> None:
    """A changed word keeps the likeness high and shares a band; another text shares nothing."""
    one, changed = _of(LONG.format("a")), _of(LONG.format("a").replace("plain", "brown"))
    other = _of("My doctor was patient with me and explained each step of the infusion before it began last spring.")
    assert likeness(one.signature, changed.signature) >= 0.75
    assert set(one.bands) & set(changed.bands)
    assert likeness(one.signature, other.signature) < 0.2
    assert likeness(one.signature, one.signature) == 1


@pytest.mark.parametrize("body", ["Thank you so much", "same here", "+1", "", "ありがとうございます"])
def test_short_texts_have_no_fingerprint(body: str) -> None:
    """Honest people say the same few words."""
    assert fingerprint(body) is None


def test_scripts_without_spaces_are_compared_by_letters() -> None:
    """Two nearly equal Japanese texts are near although neither has a word break."""
    text = "この薬は海外から安全に届きます。注文はこちらのサイトからどうぞ。三日以内に必ずお届けいたしますのでご安心くださいませ。"
    assert likeness(_of(text).signature, _of(text + "本当です。").signature) > 0.7


def test_signatures_of_another_size_are_refused() -> None:
    """A damaged signature is an error, not a likeness."""
    with pytest.raises(ValueError, match="192 bytes"):
        likeness(b"", b"")
