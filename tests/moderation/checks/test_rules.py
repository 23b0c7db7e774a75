"""The site's own rules, held against one comment."""

import time
from datetime import time as clock
from datetime import timedelta
from typing import Any

import pytest

from service.moderation.checks.rules import check_rules
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
    in_words,
)
from service.moderation.model import Facts, Label, Policy, Rule, Signal, Verdict
from tests.moderation.comments import facts


def ruled(
    condition: Condition, *, verdict: Verdict = Verdict.HOLD, state: State = State.ON, **known: Any
) -> list[Signal]:
    """What one rule says about a comment."""
    return list(check_rules(facts(policy=Policy(rules=(Rule("r", condition, verdict, state),)), **known)))


def shown(known: Facts, signal: Signal) -> list[str]:
    return [known.body[span.start : span.end] for span in signal.spans]


@pytest.mark.parametrize(
    ("word", "body", "found"),
    [
        ("casino", "The Casino, they said", ["Casino"]),
        ("casino", "casinos", None),
        ("free money", "FREE \n money now", ["FREE \n money"]),
        ("$$$", "win $$$ now", ["$$$"]),
        ("賭場", "去賭場玩", ["賭場"]),
        ("strasse", "in der Straße", []),
        ("casino", "ｃａｓｉｎｏ", []),
        ("casino", "ca\u200bsino", []),
        ("é", "e\u0301", []),
        ("C++", "I like c++ a lot", ["c++"]),
        ("casino", "CASİNO", ["CASİNO"]),
    ],
)
def test_words(word: str, body: str, found: list[str] | None) -> None:
    """Whole words are found as typed, or disguised (then without a place)."""
    signals = ruled(Word(word), body=body)
    assert [shown(facts(body), signal) for signal in signals] == ([] if found is None else [found])


def test_patterns_run_on_re2_and_point_at_their_places() -> None:
    """A moderator's pattern finds its places, in capitals too, and cannot hang."""
    body = "call Dealer1 or dealer22"
    (signal,) = ruled(Pattern(r"dealer\d+"), body=body)
    assert shown(facts(body), signal) == ["Dealer1", "dealer22"]
    start = time.process_time()
    assert ruled(Pattern(r"(a+)+b"), body="a" * 20_000) == []
    assert ruled(LinkPattern(r"(a+)+b"), body="https://a.example/" + "a" * 19_000) == []
    assert time.process_time() - start < 1


def test_places_are_code_points_in_any_script() -> None:
    """Letters before the match do not move the place."""
    body = "ñ 😀 dealer1"
    (signal,) = ruled(Pattern(r"dealer\d"), body=body)
    assert shown(facts(body), signal) == ["dealer1"]


@pytest.mark.parametrize(
    ("verdict", "label", "score"),
    [
        (Verdict.HOLD, Label.HOUSE_RULES, 0.5),
        (Verdict.REJECT, Label.HOUSE_RULES, 0.95),
        (Verdict.SPAM, Label.SPAM, 0.98),
        (Verdict.ESCALATE, Label.HOUSE_RULES, 1.0),
    ],
)
def test_a_rule_leads_to_its_verdict(verdict: Verdict, label: Label, score: float) -> None:
    """Each comes out as the owner wrote it, with the rule named."""
    (signal,) = ruled(Word("casino"), verdict=verdict, body="casino")
    assert (signal.label, signal.score, signal.verdict, signal.rule_id) == (label, score, verdict, "r")
    assert "casino" in signal.detail


@pytest.mark.parametrize(
    ("places", "known", "where"),
    [
        ((Place.TEXT, Place.NAME), {"author_name": "Casino Joe"}, "name"),
        ((Place.TEXT,), {"author_name": "Casino Joe"}, None),
        ((Place.NAME,), {"body": "casino"}, None),
        ((Place.WEBSITE,), {"author_website": "https://best-casino.example/x"}, "website"),
        ((Place.WEBSITE,), {"author_website": "https://blog.example/casino"}, None),
        ((Place.TEXT, Place.NAME), {"author_website": "https://best-casino.example/x"}, None),
    ],
)
def test_a_rule_looks_where_it_is_told_to(places: tuple[Place, ...], known: dict[str, Any], where: str | None) -> None:
    """In the text, the name or the host of the website; for a pattern as for a word."""
    for condition in (Word("casino", places), Pattern("casino", places)):
        signals = ruled(condition, **known)
        assert [where in signal.detail and signal.spans == () for signal in signals] == ([True] if where else [])


@pytest.mark.parametrize(
    ("condition", "known", "places"),
    [
        (Links(1), {"body": "https://a.example and https://b.example"}, ["https://a.example", "https://b.example"]),
        (Links(2), {"body": "https://a.example and https://b.example"}, None),
        (Links(0), {"body": "see https://en.wikipedia.org/wiki/Sleep"}, ["https://en.wikipedia.org/wiki/Sleep"]),
        (Links(0), {"body": "see https://www.own.example/x", "own_hosts": frozenset({"own.example"})}, None),
        (LinkHost("b.example"), {"body": "x https://www.b.example/1 y"}, ["https://www.b.example/1"]),
        (LinkHost("b.example"), {"body": "x https://ab.example/1 y"}, None),
        (LinkHost("b.example"), {"author_website": "http://shop.b.example"}, []),
        (LinkPattern(r"\?ref="), {"body": "x https://a.example/?REF=1 y"}, ["https://a.example/?REF=1"]),
        (LinkPattern(r"\?ref="), {"body": "is it ?ref=1"}, None),
        (FewPublished(2), {"published_before": 1}, []),
        (FewPublished(2), {"published_before": 2}, None),
        (NewAuthor(7), {"author_age": timedelta(days=6, hours=23)}, []),
        (NewAuthor(7), {"author_age": timedelta(days=7)}, None),
        (NewAuthor(7), {"author_age": None}, []),
        (OtherLanguage(("en",)), {"body": "Das ist ja nicht der Text, den ich mir hier gewünscht habe."}, []),
        (OtherLanguage(("en", "de")), {"body": "Das ist ja nicht der Text, den ich mir hier gewünscht habe."}, None),
        (OtherLanguage(("en",)), {"body": "Hm."}, None),
        (TimeOfDay(clock(22), clock(6)), {"local_time": clock(23, 30)}, []),
        (TimeOfDay(clock(22), clock(6)), {"local_time": clock(5, 59)}, []),
        (TimeOfDay(clock(22), clock(6)), {"local_time": clock(6)}, None),
        (TimeOfDay(clock(9), clock(17)), {"local_time": clock(9)}, []),
        (TimeOfDay(clock(9), clock(17)), {"local_time": clock(17)}, None),
    ],
)
def test_the_other_kinds(condition: Condition, known: dict[str, Any], places: list[str] | None) -> None:
    """Each is met at its boundary and not beyond it, with a sentence, and with places where it has any."""
    signals = ruled(condition, **known)
    assert [shown(facts(**known), signal) for signal in signals] == ([] if places is None else [places])
    assert all(signal.detail.endswith(".") and signal.verdict is Verdict.HOLD for signal in signals)
    assert in_words(condition)


def test_what_cannot_be_read_is_unchecked() -> None:
    """A broken rule, or a clock nobody knows, holds comments rather than being forgotten."""
    (signal,) = ruled(Pattern("("), body="hello")
    assert signal.label is Label.UNCHECKED
    assert "missing )" in signal.detail
    (signal,) = ruled(TimeOfDay(clock(22), clock(6)))
    assert signal.label is Label.UNCHECKED
    assert ruled(Pattern("("), state=State.SHADOW, body="hello") == []


def test_an_empty_fit_is_no_fit() -> None:
    """A pattern that fits nothing at all does not stop every comment."""
    assert ruled(Pattern("x*"), body="hello") == []


def test_off_is_off_and_a_shadow_is_marked() -> None:
    """An off rule says nothing; one in the shadow says what it would have said, and that it is one."""
    assert ruled(Word("casino"), state=State.OFF, body="casino") == []
    (signal,) = ruled(Word("casino"), state=State.SHADOW, body="casino")
    assert signal.is_shadow
    assert signal.verdict is Verdict.HOLD


def test_five_hundred_rules_are_quick() -> None:
    """As many as a site may have, on a text of ordinary length: a small part of what the reader takes."""
    rules = tuple(Rule(f"w{n}", Word(f"word{n} thing"), Verdict.HOLD) for n in range(400))
    rules += tuple(Rule(f"p{n}", Pattern(rf"offer{n}\d+\s*(now|today)"), Verdict.HOLD) for n in range(100))
    known = facts("I wrote down what I learnt in all those years, and word7 thing is not a part of it. " * 5)
    known = facts(known.body, policy=Policy(rules=rules))
    assert [signal.rule_id for signal in check_rules(known)] == ["w7"]
    start = time.process_time()
    for _ in range(10):
        list(check_rules(known))
    assert time.process_time() - start < 0.3


@pytest.mark.parametrize(
    "piece", ["a@", "a ", "www.a", "http://a.b/(", "http://аррӏе.com ", "ı", "\u0301", "賭", "aab"]
)
def test_rules_stay_quick_on_hostile_texts(piece: str) -> None:
    """20,000 characters of any one piece, against rules that would hang another engine."""
    rules = (
        Rule("a", Word("a a"), Verdict.HOLD),
        Rule("b", Pattern(r"(a+)+b|(a|a)*c|(.*.*)*d"), Verdict.HOLD),
        Rule("c", LinkPattern(r"(a*)*b"), Verdict.HOLD),
        Rule("d", OtherLanguage(("en",)), Verdict.HOLD),
        Rule("e", Word("ı ı"), Verdict.HOLD),
    )
    body = (piece * 20_000)[:20_000]
    start = time.process_time()
    list(check_rules(facts(body, author_name=body, author_website=body, policy=Policy(rules=rules))))
    assert time.process_time() - start < 1
