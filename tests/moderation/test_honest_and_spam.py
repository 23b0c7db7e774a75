"""The checks and the default policy together, on comments as they come."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from service.moderation.checks import MODERATION_CHECKS, SPAM_CHECKS, run_checks
from service.moderation.model import Facts, Signal, Verdict
from service.moderation.policy import Judgement, judge
from tests.moderation.comments import HONEST, HONEST_NAMES, SPAM, facts


def _judged(known: Facts) -> Judgement:
    (signals,) = run_checks(SPAM_CHECKS + MODERATION_CHECKS, [known])
    return judge(signals, policy=known.policy, published_before=known.published_before)


KNOWN_FAILURES = {HONEST[1], "Online"}
"""A price list with a complaint, and somebody called like an offer who thanks as robots do: the reader holds them.
docs/model-card.md names both."""


def _or_known(texts: Iterable[str]) -> list[object]:
    known = pytest.mark.xfail(strict=True, reason="held, not lost; see the model card")
    return [pytest.param(text, marks=known) if text in KNOWN_FAILURES else text for text in texts]


@pytest.mark.parametrize("body", _or_known(HONEST))
def test_honest_comments_are_published(body: str) -> None:
    """Doses, prices, grief, relapse, swearing, helplines and literature are what such a page is for."""
    assert _judged(facts(body)) == Judgement(Verdict.PUBLISH, ("All checks passed.",), "passed")


@pytest.mark.parametrize("name", _or_known(HONEST_NAMES))
def test_honest_names_are_published(name: str) -> None:
    """Nobody is held for being called Price."""
    assert _judged(facts(author_name=name)).verdict is Verdict.PUBLISH


@pytest.mark.parametrize("name", SPAM)
def test_spam_is_not_published(name: str) -> None:
    """What robots send is held or called spam by its structure alone."""
    assert _judged(SPAM[name]).verdict in {Verdict.HOLD, Verdict.SPAM}


def test_five_links_wait_for_a_person() -> None:
    """A patient who lists five clinics is not called a spammer."""
    clinics = ", ".join(f"https://clinic-{town}.example.org/" for town in ("leeds", "york", "hull", "ripon", "selby"))
    body = (
        f"I rang five clinics before my first infusion and wrote down what each of them said about aftercare: {clinics}"
    )
    assert _judged(facts(body)).verdict is Verdict.HOLD


def _rounded(signals: tuple[Signal, ...]) -> list[Signal]:
    """Adding up in another order differs in the last digits of a float."""
    return [replace(signal, score=round(signal.score, 9)) for signal in signals]


def test_a_batch_is_answered_in_its_order() -> None:
    """Each comment of a batch gets its own signals, as if it were alone."""
    batch = [facts(HONEST[0]), *SPAM.values(), facts(HONEST[1])]
    checks = SPAM_CHECKS + MODERATION_CHECKS
    together, alone = run_checks(checks, batch), [run_checks(checks, [known])[0] for known in batch]
    assert list(map(_rounded, together)) == list(map(_rounded, alone))
    assert run_checks(checks, []) == []


def test_a_check_that_answers_for_too_few_is_an_error() -> None:
    """Nobody's signals are given to the wrong comment."""
    with pytest.raises(ValueError, match="zip"):
        run_checks([lambda _batch: [()]], [facts(), facts()])
