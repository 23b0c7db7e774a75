"""The texts that we write ourselves to train on: complete, varied, fair to both sides, and the same for a seed."""

import re
from collections import Counter, defaultdict
from functools import cache

import pytest

from service.training.rows import LABELS
from service.training.synthetic import CHAPTERS, generate
from service.training.synthetic.grammar import Pen, alternatives, lexicon
from service.training.synthetic.pages import Page, page_of
from service.training.synthetic.people import FIRST_NAMES
from service.training.synthetic.styles import tidy
from service.training.synthetic.vocabulary import COMMON

FAMILIES = [(chapter, family) for chapter in CHAPTERS for family in chapter.families]
TWINS = {
    "spam": ("honest.blog.praise", "honest.blog.ownlink", "honest.blog.trader", "honest.recovery.gambler"),
    "illegal_sale": ("honest.pharmacy", "honest.ketamine.cost"),
    "crisis": ("honest.crisis.past", "honest.crisis.bereaved", "honest.crisis.joke", "honest.crisis.helper"),
    "threat": ("honest.violence.play", "honest.violence.report", "honest.figure"),
    "toxicity": ("honest.identity.kind", "honest.news.counterspeech", "honest.swearing.thing", "honest.criticism"),
    "personal_data": ("honest.numbers.public", "honest.numbers.plain", "honest.ketamine.help"),
}


@cache
def rows():
    return generate(7)


def slots_in(template):
    """Names of the slots that a template may ask for."""
    depth, start = 0, 0
    for at, character in enumerate(template):
        if character == "{":
            depth += 1
            start = at + 1 if depth == 1 else start
        elif character == "}":
            depth -= 1
            if depth == 0:
                inner = template[start:at]
                choices = alternatives(inner)
                if len(choices) > 1:
                    for choice in choices:
                        yield from slots_in(choice)
                elif not re.fullmatch(r"\d+-\d+(/\d+)?", inner):
                    yield inner.split("#")[0].removeprefix("^")


def test_the_same_seed_writes_the_same_rows_and_another_seed_others():
    again, other = generate(7), generate(8)

    assert again == rows()
    assert {row["text"] for row in other} != {row["text"] for row in again}


def test_there_are_enough_rows_to_learn_from_and_not_so_many_that_they_drown_real_ones():
    assert 12_000 <= len(rows()) <= 20_000


def test_every_row_knows_all_six_labels_where_it_comes_from_and_where_it_stands():
    for row in rows():
        assert set(row["labels"]) == set(LABELS)
        assert set(row["labels"].values()) <= {0, 1}
        assert row["source"] == "synthetic"
        assert row["group"]
        assert row["lang"]
        assert row["text"].strip()
        assert row["page_title"]
        assert row["page_url"].startswith("https://")


def test_no_text_shows_the_grammar_it_was_made_with():
    leftovers = re.compile(r"[{}¶#]\w+[}#]|¶|\{\w+\}|@\w+\n")
    shown = [row["text"] for row in rows() if leftovers.search(row["text"])]

    assert [text for text in shown if "`" not in text and "<" not in text] == []


@pytest.mark.parametrize(("chapter", "family"), FAMILIES, ids=[family.group for _, family in FAMILIES])
def test_every_slot_that_a_family_can_reach_is_known(chapter, family):
    known = {**COMMON, **chapter.words}
    from_page = {"topic", "title", "pageurl"}

    waiting, seen = [name for text in family.texts for name in slots_in(text)], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        assert name in known or name in from_page or name in chapter.makers(), f"{family.group}: {name}"
        waiting += [inner for entry in known.get(name, ()) for inner in slots_in(entry)]


def test_a_group_is_one_family_with_one_set_of_labels():
    labels = defaultdict(set)
    for row in rows():
        labels[row["group"]].add(tuple(sorted(row["labels"].items())))

    assert all(len(sets) == 1 for sets in labels.values())
    assert len(labels) == len(FAMILIES)


@pytest.mark.parametrize("head", LABELS)
def test_each_head_has_groups_on_both_sides_of_its_line(head):
    bad = {row["group"] for row in rows() if row["labels"][head]}
    good = {row["group"] for row in rows() if not row["labels"][head]}

    assert len(bad) >= 4
    assert set(TWINS[head]) <= good


def test_threats_are_toxic_too_and_dealers_are_spam_but_a_child_who_asks_is_not():
    for row in rows():
        labels = row["labels"]
        assert labels["toxicity"] >= labels["threat"]
    assert {row["labels"]["spam"] for row in rows() if row["group"] == "illegal.dealer"} == {1}
    assert {row["labels"]["spam"] for row in rows() if row["group"] == "illegal.minor"} == {0}


def test_every_family_writes_what_it_was_asked_for_and_hardly_ever_repeats_itself():
    written = Counter(row["group"] for row in rows())
    thin = {family.group: written[family.group] for _, family in FAMILIES if written[family.group] < 0.6 * family.rows}
    texts = [row["text"].casefold() for row in rows()]

    assert thin == {}
    assert len(set(texts)) / len(texts) > 0.97


def test_the_honest_side_uses_the_words_that_a_word_list_would_punish():
    honest = " ".join(row["text"].casefold() for row in rows() if not any(row["labels"].values()))

    for word in (
        "ketamine",
        "casino",
        "heroin",
        "porn",
        "fuck",
        "suicide",
        "gay",
        "muslim",
        "kill",
        "xanax",
        "bitch",
        "http",
    ):
        assert honest.count(word) >= 20, word


def test_no_text_means_an_insult_in_one_place_and_nothing_in_another():
    meant = defaultdict(set)
    for row in rows():
        meant[row["text"].casefold()].add(tuple(row["labels"][head] for head in LABELS if head != "spam"))

    assert [text for text, sets in meant.items() if len(sets) > 1] == []


def test_honest_and_commercial_comments_both_come_with_and_without_a_site():
    share = {
        spam: sum(bool(row["url"]) for row in rows() if row["labels"]["spam"] == spam)
        / sum(row["labels"]["spam"] == spam for row in rows())
        for spam in (0, 1)
    }

    assert 0.05 < share[0] < 0.5
    assert 0.2 < share[1] < 0.8


def test_many_languages_are_honest_before_they_are_anything_else():
    honest = Counter(row["lang"] for row in rows() if not any(row["labels"].values()))

    for language in ("de", "id", "es", "fr", "pt", "ru", "ar", "zh", "ja", "hi", "tr", "pl"):
        assert honest[language] >= 30, language


class First:
    """Chance without surprises: always the first."""

    def choice(self, entries):
        return entries[0]

    def randrange(self, low, _high, _step=1):
        return low

    def random(self):
        return 0.5


def test_a_pen_fills_slots_picks_alternatives_and_keeps_what_it_was_told_to_keep():
    words = lexicon("""
        @drink
        tea | coffee
        @order
        a {drink} for {3-9/3}
    """)
    pen = Pen(First(), [words], {"raw": lambda _chance: "{as it is}"})

    assert (
        pen.write("{^order}, {milk|sugar} {drink#1} {drink#1} {raw}¶end") == "A tea for 3, milk tea tea {as it is}\nend"
    )


def test_a_pen_that_is_asked_for_an_unknown_slot_says_so():
    with pytest.raises(KeyError):
        Pen(First(), [{}], {}).write("{nobody}")
    with pytest.raises(ValueError, match="never closed"):
        Pen(First(), [{}], {}).write("{open")


def test_tidying_starts_sentences_and_leaves_links_alone():
    assert tidy("a apple. see  http://a.org/b now .", "en") == "An apple. See http://a.org/b now."
    assert tidy("http://a.org is down", "en") == "http://a.org is down"


def test_a_page_has_an_address_made_of_its_title():
    page = page_of("ketamine", Pen(First(), [COMMON], {}), First())

    assert isinstance(page, Page)
    assert page.url.endswith("/ketamine-therapy-for-addiction-what-the-evidence-says")
    assert page.topics


def test_names_come_from_many_places():
    assert len(set(FIRST_NAMES)) > 140
