"""Rules as they are stored, and what is wrong with one, in words."""

import json
from datetime import time
from typing import Any

import pytest

from service.moderation.conditions import (
    Condition,
    FewPublished,
    LinkHost,
    LinkPattern,
    Links,
    NewAuthor,
    OtherLanguage,
    Pattern,
    Place,
    State,
    TimeOfDay,
    Word,
)
from service.moderation.model import Rule, Verdict
from service.moderation.rule_settings import (
    KINDS,
    MAX_RULES,
    problem_of_rule,
    problems_of_rules,
    read_rules,
    rule_to_settings,
)

EVERY_KIND: tuple[Condition, ...] = (
    Word("casino"),
    Pattern("a+b", (Place.WEBSITE,)),
    Links(0),
    LinkHost("example.com"),
    LinkPattern("x"),
    FewPublished(3),
    NewAuthor(7),
    OtherLanguage(("en", "de")),
    TimeOfDay(time(22), time(6, 30)),
)


@pytest.mark.parametrize("condition", EVERY_KIND, ids=lambda condition: type(condition).__name__)
def test_every_kind_comes_back_as_it_was_stored(condition: Condition) -> None:
    """With its owner, its reason and its state."""
    rule = Rule("r-1", condition, Verdict.SPAM, State.SHADOW, "moderator:ada", "Because.")
    assert read_rules(json.loads(json.dumps([rule_to_settings(rule)]))) == (rule,)


def test_there_is_no_other_kind() -> None:
    """Every kind that can be stored is tried above."""
    assert {kind.type for kind in KINDS.values()} == {type(condition) for condition in EVERY_KIND}


def test_rules_of_earlier_releases_are_read() -> None:
    """A word or a pattern, for text and name, on; with an id that its content makes, each its own."""
    old = [
        {"pattern": "casino", "verdict": "hold"},
        {"pattern": "a+b", "verdict": "spam", "is_regex": True},
        {"pattern": "casino", "verdict": "reject", "is_regex": False},
    ]
    rules = read_rules(old)
    assert [rule.condition for rule in rules] == [Word("casino"), Pattern("a+b"), Word("casino")]
    assert {rule.state for rule in rules} == {State.ON}
    assert len({rule.id for rule in rules}) == 3
    assert read_rules(old) == rules
    assert read_rules([rule_to_settings(rule) for rule in rules]) == rules


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        ({"kind": "regex", "pattern": "a"}, r"\.kind"),
        ({"kind": [], "pattern": "a"}, r"\.kind"),
        ({"kind": "word", "word": "a", "days": 3}, "days"),
        ({"kind": "word", "word": " "}, r"\.word"),
        ({"kind": "word", "word": "a", "in": []}, r"\.in"),
        ({"kind": "word", "word": "a", "in": "text"}, r"\.in"),
        ({"kind": "word", "word": "a", "in": ["email"]}, r"\.in"),
        ({"kind": "word", "word": "a", "id": "A b"}, r"\.id"),
        ({"kind": "word", "word": "a", "state": "maybe"}, r"\.state"),
        ({"kind": "word", "word": "a", "verdict": "publish"}, r"\.verdict"),
        ({"kind": "word", "word": "a", "owner": 3}, r"\.owner"),
        ({"kind": "links", "more_than": -1}, r"\.more_than"),
        ({"kind": "links", "more_than": True}, r"\.more_than"),
        ({"kind": "few_published", "fewer_than": 0}, r"\.fewer_than"),
        ({"kind": "new_author", "days": 3651}, r"\.days"),
        ({"kind": "link_host", "host": "not a host"}, r"\.host"),
        ({"kind": "language", "languages": []}, r"\.languages"),
        ({"kind": "language", "languages": ["english"]}, r"\.languages"),
        ({"kind": "time_of_day", "from": "24:00", "until": "06:00"}, r"\.from"),
        ({"kind": "time_of_day", "from": "22:00"}, r"\.until"),
    ],
)
def test_wrong_rules_are_refused_by_name(rule: dict[str, Any], where: str) -> None:
    """An owner is told which setting of which rule is wrong."""
    with pytest.raises(ValueError, match=r"rules\[0\]" + where if where.startswith("\\") else where):
        read_rules([{"verdict": "hold", **rule}])


def test_two_rules_do_not_share_an_id() -> None:
    """Else nobody could tell which was met."""
    rule = {"id": "a", "kind": "links", "more_than": 1, "verdict": "hold"}
    with pytest.raises(ValueError, match=r"rules\[1\]\.id"):
        read_rules([rule, rule])


@pytest.mark.parametrize(
    ("condition", "is_fine"),
    [
        (Word("casino"), True),
        (Pattern(r"casino\d+"), True),
        (Word("("), True),
        (Pattern("("), False),
        (Pattern("a*"), False),
        (Pattern(r"(?=a)"), False),
        (Pattern(r"(a{1000}){1000}"), False),
        (Pattern("((((a{100}){100}){100}){100})"), False),
        (LinkPattern("("), False),
        (Word(" "), False),
        (Word("a" * 501), False),
        (Pattern("a" * 10_000), False),
        (TimeOfDay(time(1), time(1)), False),
    ],
)
def test_rules_are_validated_in_words(condition: Condition, is_fine: bool) -> None:  # noqa: FBT001
    """An owner hears in a sentence what is wrong with a rule."""
    said = problem_of_rule(Rule("r", condition, Verdict.HOLD))
    assert said is None if is_fine else said is not None and said.endswith(".")


def test_a_rule_has_bounds() -> None:
    """A reason is a sentence, a verdict is not to publish, and a site has so many rules."""
    word = Word("a")
    assert problem_of_rule(Rule("r", word, Verdict.PUBLISH))
    assert problem_of_rule(Rule("r", word, Verdict.HOLD, reason="x" * 301))
    rules = tuple(Rule(f"r{n}", word, Verdict.HOLD) for n in range(MAX_RULES + 1))
    assert list(problems_of_rules(rules[:-1])) == []
    ((number, said),) = problems_of_rules(rules)
    assert number is None
    assert "501" in said
