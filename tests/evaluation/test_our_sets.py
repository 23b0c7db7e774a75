"""The shipped reader on sets of our own writing. The floors are what was reached, less a margin.

The promises are higher (0.90 acceptable, none published that a person must see first): docs/accuracy.md says how far
each is. These tests only notice when a change makes it clearly worse. The `unseen` sets were written by somebody who
saw neither the code nor any text that it was trained on.
"""

import json
from pathlib import Path

import pytest

from service.evaluation.comments import lines_of, read_labelled
from service.evaluation.report import answer_all, compare_with_expected
from service.moderation.model import Policy
from service.moderation.reading.reader import shipped_reader

DATA = Path(__file__).parent.parent / "data"
SETS = {
    "ketamine_page": (155, 62), "honest_and_hateful": (114, 72), "unseen_page": (260, 110),
    "unseen_functional": (240, 120), "unseen_second": (240, 120), "unseen_short": (200, 140),
}  # fmt: skip
"""How many comments each has, and how many of them are honest."""


def rows(name):
    return [read_labelled(line, policy=Policy()) for line in lines_of(DATA / f"{name}.jsonl")]


@pytest.fixture(scope="module")
def decided():
    """How the verdicts stand beside the expected ones, by set."""

    def one(name):
        answers, _ = answer_all(rows(name), reader=shipped_reader(), policy=Policy(), done=lambda _count: None)
        return compare_with_expected(answers)

    return {name: one(name) for name in SETS}


def test_the_sets_are_what_they_say():
    """As many comments and honest ones as they claim; every id once."""
    for name, (total, honest) in SETS.items():
        found = [json.loads(line) for line in lines_of(DATA / f"{name}.jsonl")]
        assert len({row["id"] for row in found}) == len(found) == total
        assert sum(row["kind"].startswith("honest ") for row in found) == honest
        for row in found:
            assert ("publish" in row["expected"]) == row["kind"].startswith("honest "), row["id"]
            assert not (row.get("must_not_publish") and "publish" in row["expected"]), row["id"]


def test_the_ketamine_page(decided):
    """Addicts, relatives and nurses speak; dealers, miracle healers and haters don't."""
    found = decided["ketamine_page"]

    assert found.share >= 0.78
    assert len(found.honest_lost) <= 2
    assert len(found.must_see_published) <= 12


def test_identity_words_and_harsh_words_are_no_offence(decided):
    """Nobody is lost for what they are, or for the English they speak."""
    found = decided["honest_and_hateful"]

    assert found.share >= 0.75
    assert found.honest_lost == []
    assert found.by_kind["honest AAE harmless"][0] >= 7
    assert found.by_kind["honest identity words"][0] >= 17


def test_a_page_by_somebody_who_knew_nothing_of_the_training(decided):
    """The same article, other writers."""
    found = decided["unseen_page"]

    assert found.share >= 0.77
    assert len(found.honest_lost) <= 1
    assert len(found.must_see_published) <= 30


def test_functional_sentences_about_groups(decided):
    """Short sentences that hate and that do not, with the same words."""
    found = decided["unseen_functional"]

    assert found.share >= 0.70
    assert found.honest_lost == []
    assert found.by_kind["honest identity words"][0] >= 27
    assert found.by_kind["honest drug review"][0] >= 28


def test_a_second_set_by_somebody_who_knew_nothing_of_the_training(decided):
    """Readers who look for treatment, advertisements in few words, harm in friendly ones, on many pages."""
    found = decided["unseen_second"]

    assert found.share >= 0.80
    assert len(found.honest_lost) <= 3
    assert len(found.must_see_published) <= 18


def test_short_comments_by_somebody_who_knew_nothing_of_the_training(decided):
    """Ten words at most: thanks, questions and advice beside insults, threats and offers."""
    found = decided["unseen_short"]

    assert found.share >= 0.85
    assert found.honest_lost == []
    assert len(found.must_see_published) <= 8
