"""One comment taken apart: which words its channels read, and where they stand."""

import pytest

from service.moderation.reading.material import MOST_CLASSES, material
from tests.moderation.comments import facts

PAGE = {"page_title": "Ketamine and addiction", "page_url": "https://blog.example/ketamine/"}


def test_what_is_said_of_one_group_is_read_as_said_of_any() -> None:
    """Around a word of a class stands the class, beside the words as they are."""
    one, other = (material(facts(f"Tell me why {group} should vote.")).texts.body for group in ("women", "muslims"))

    assert one.startswith("tell me why women should vote .")
    assert "me why ‹group› should vote" in one
    assert one.partition("‹group›")[2] == other.partition("‹group›")[2]


def test_a_drug_that_the_page_is_about_is_still_a_drug_where_it_is_sold() -> None:
    """Its name is no news here; what is offered with it is."""
    taken = material(facts("Buy ketamine online", **PAGE))

    assert taken.texts.body == "buy online  buy ‹drug› online"


@pytest.mark.parametrize("body", ["buy k3tamine and m0lly, sent to women", "Ketamine? Ketamine! Women.", "lsd " * 200])
def test_every_word_that_is_read_leads_back(body: str) -> None:
    """To where it stands in what was typed, a class to the word that it stands for."""
    taken = material(facts(body, **PAGE))
    words = taken.texts.body.split(" ")

    assert len(taken.body_places) == sum(word != "" for word in words)
    assert sum(word.startswith("‹") for word in words) <= MOST_CLASSES
    for place, span in taken.body_places.items():
        word = taken.texts.body[place:].partition(" ")[0]
        typed = body[span.start : span.end].lower()
        assert typed and (typed == word or word.startswith("‹") or typed in {"k3tamine", "m0lly"})
