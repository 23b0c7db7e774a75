"""The shipped reader on sets of our own writing. The floors are what was reached, less a margin.

The promises are higher (0.90 acceptable, none published that a person must see first): docs/accuracy.md says how far
each is. These tests only notice when a change makes it clearly worse. The `unseen` sets were written by somebody who
saw neither the code nor any text that it was trained on.
"""

import json
from pathlib import Path
from typing import NamedTuple

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


class Floor(NamedTuple):
    """The smallest share of right decisions, and the most that may be lost, or published unseen."""

    share: float
    honest_lost: int
    must_see_published: int


FLOORS = {
    "ketamine_page": Floor(0.90, 1, 4),
    "honest_and_hateful": Floor(0.85, 0, 8),
    "unseen_page": Floor(0.80, 1, 22),
    "unseen_functional": Floor(0.75, 0, 44),
    "unseen_second": Floor(0.80, 3, 16),
    "unseen_short": Floor(0.85, 0, 8),
}


@pytest.mark.parametrize("name", SETS)
def test_it_decides_no_worse_than_it_did(decided, name):
    """A little below what docs/accuracy.md tells of the shipped weights, for another draw of the training."""
    found, floor = decided[name], FLOORS[name]

    assert found.share >= floor.share
    assert len(found.honest_lost) <= floor.honest_lost
    assert len(found.must_see_published) <= floor.must_see_published


@pytest.mark.parametrize(
    ("name", "kind", "fewest"),
    [
        ("honest_and_hateful", "honest AAE harmless", 9),
        ("honest_and_hateful", "honest identity words", 20),
        ("unseen_functional", "honest identity words", 28),
        ("unseen_functional", "honest drug review", 28),
    ],
)
def test_nobody_is_held_for_what_they_are_or_take_or_the_english_they_speak(decided, name, kind, fewest):
    assert decided[name].by_kind[kind][0] >= fewest
