"""The comments that were written one by one: complete, each once, and both sides of what they teach."""

import json
from collections import Counter
from importlib.resources import files

import pytest

from service.training import written
from service.training.rows import LABELS
from service.training.synthetic.pages import EVERYDAY

FILES = sorted(file for file in files(written.__name__).iterdir() if file.name.endswith(".jsonl"))
LINES = [(file.name, json.loads(line)) for file in FILES for line in file.read_text("utf-8").splitlines()]


def test_the_same_seed_gives_the_same_rows_and_another_seed_other_pages():
    first, other = written.read(7), written.read(8)

    assert first == written.read(7)
    assert [row["text"] for row in first] == [row["text"] for row in other]
    assert [row["page_title"] for row in first] != [row["page_title"] for row in other]


def test_every_row_knows_all_heads_and_stands_somewhere():
    rows = written.read(7)

    assert len(rows) == len(LINES) > 5_000
    for row in rows:
        assert set(row["labels"]) == set(LABELS)
        assert row["source"] == written.SOURCE
        assert row["text"].strip() and row["page_title"] and row["lang"]


def test_every_line_is_spelt_as_the_room_says():
    for name, line in LINES:
        assert line.keys() - {"lang"} == {"text", "author", "url", "page", "labels", "kind"}, (name, line)
        assert set(line["labels"]) <= set(LABELS), (name, line)
        assert "toxicity" in line["labels"] or "threat" not in line["labels"], (name, line)


def test_no_text_is_there_twice():
    twice = [text for text, count in Counter(line["text"].casefold() for _, line in LINES).items() if count > 1]

    assert twice == []


def test_half_of_them_are_honest():
    """A model that only sees harm learns to see harm."""
    honest = sum(not line["labels"] for _, line in LINES)

    assert 0.4 < honest / len(LINES) < 0.75


@pytest.mark.parametrize("label", LABELS)
def test_every_head_has_many(label):
    assert sum(label in line["labels"] for _, line in LINES) >= 100


def test_they_stand_under_many_pages():
    assert {line["page"] for _, line in LINES} > {"ketamine", "recovery", *EVERYDAY}
