"""Weighing evidence."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.moderation.conditions import Pattern, State, Word
from service.moderation.model import Label, Mode, Policy, Rule, Signal, Threshold, Verdict
from service.moderation.policy import Judgement, judge, policy_from_settings, policy_to_settings, with_promise

STRICTNESS = [Verdict.PUBLISH, Verdict.HOLD, Verdict.SPAM, Verdict.REJECT, Verdict.ESCALATE]
SCORES = st.floats(0, 1)
SIGNALS = st.lists(
    st.builds(Signal, st.just("x"), st.sampled_from(Label), SCORES, st.text("ab", min_size=1)), max_size=8
)


DROPPING = [
    Signal("reading", Label.SPAM, 0.99, "Spam."),
    *(
        Signal("rules", Label.HOUSE_RULES, 0.5, "A rule.", rule_id="r", verdict=verdict)
        for verdict in (Verdict.SPAM, Verdict.REJECT)
    ),
    Signal("bans", Label.SHADOW_BAN, 1.0, "Banned.", verdict=Verdict.REJECT),
]
"""What takes a comment away before anybody has seen it."""


def _judge(*signals: Signal, policy: Policy | None = None, published_before: int = 0) -> Judgement:
    return judge(signals, policy=policy or Policy(), published_before=published_before)


def _signal(label: Label, score: float, detail: str = "Because.") -> Signal:
    return Signal("links", label, score, detail)


def test_no_evidence_publishes() -> None:
    """A comment that every check had nothing to say about is published with that as its reason."""
    assert _judge() == Judgement(Verdict.PUBLISH, ("All checks passed.",), "passed")


@pytest.mark.parametrize(
    ("label", "score", "verdict"),
    [
        (Label.SPAM, 0.49, Verdict.PUBLISH),
        (Label.SPAM, 0.5, Verdict.HOLD),
        (Label.SPAM, 0.94, Verdict.HOLD),
        (Label.SPAM, 0.95, Verdict.SPAM),
        (Label.ILLEGAL_SALE, 1.0, Verdict.HOLD),
        (Label.TOXICITY, 0.49, Verdict.PUBLISH),
        (Label.TOXICITY, 1.0, Verdict.HOLD),
        (Label.THREAT, 0.3, Verdict.HOLD),
        (Label.THREAT, 0.4, Verdict.ESCALATE),
        (Label.CRISIS, 0.24, Verdict.PUBLISH),
        (Label.CRISIS, 0.4, Verdict.ESCALATE),
        (Label.PERSONAL_DATA, 0.7, Verdict.HOLD),
        (Label.PERSONAL_DATA, 0.8, Verdict.ESCALATE),
        (Label.HOUSE_RULES, 1.0, Verdict.ESCALATE),
        (Label.HOUSE_RULES, 0.5, Verdict.HOLD),
        (Label.HOUSE_RULES, 0.9, Verdict.REJECT),
        (Label.UNCHECKED, 0.0, Verdict.HOLD),
        (Label.NEWCOMER, 0.0, Verdict.HOLD),
        (Label.SPAM, math.nan, Verdict.HOLD),
        (Label.SPAM, -1.0, Verdict.HOLD),
    ],
)
def test_default_thresholds(label: Label, score: float, verdict: Verdict) -> None:
    """Each label leads to its verdict from its score on; a score that is no number clears nothing."""
    assert _judge(_signal(label, score)).verdict is verdict


@given(signals=SIGNALS, extra=SIGNALS)
@settings(deadline=None, max_examples=200)
def test_more_evidence_never_makes_it_milder(signals: list[Signal], extra: list[Signal]) -> None:
    """Adding a signal keeps the verdict or makes it stricter, or has a person see what would have been dropped."""
    before, after = _judge(*signals), _judge(*signals, *extra)
    is_seen = after.verdict is Verdict.HOLD and after.code in {Label.THREAT, Label.PERSONAL_DATA}
    assert STRICTNESS.index(after.verdict) >= STRICTNESS.index(before.verdict) or is_seen


@given(signals=SIGNALS)
@settings(deadline=None, max_examples=200)
def test_every_verdict_has_a_reason(signals: list[Signal]) -> None:
    """One to five sentences and a code stand behind whatever is decided."""
    judgement = _judge(*signals)
    assert 1 <= len(judgement.reasons) <= 5
    assert judgement.code in {*Label, "passed"}


def test_an_unchecked_signal_holds_whatever_the_thresholds_say() -> None:
    """No setting can make a check that could not look into one that found nothing."""
    policy = Policy(thresholds=dict.fromkeys(Label, Threshold()))
    assert _judge(_signal(Label.UNCHECKED, 0.0), policy=policy).verdict is Verdict.HOLD


def test_a_label_without_a_threshold_keeps_the_default() -> None:
    """A policy that forgot a label does not let it through."""
    assert _judge(_signal(Label.SPAM, 0.95), policy=Policy(thresholds={})).verdict is Verdict.SPAM


def test_reasons_are_those_of_the_verdict_strongest_first() -> None:
    """The sentences explain the verdict, not everything that was seen."""
    judgement = _judge(
        _signal(Label.SPAM, 0.96, "second"),
        _signal(Label.TOXICITY, 0.7, "milder"),
        _signal(Label.SPAM, 0.98, "first"),
    )
    assert judgement == Judgement(Verdict.SPAM, ("first", "second"), "spam")


def test_a_crisis_is_never_dropped_as_spam() -> None:
    """Whatever else a comment is, who may hurt themselves is seen first, and so is a threat."""
    crisis, threat = _signal(Label.CRISIS, 0.5, "Crisis."), _signal(Label.THREAT, 0.9, "Threat.")
    judgement = _judge(_signal(Label.SPAM, 1.0), threat, crisis)
    assert judgement == Judgement(Verdict.ESCALATE, ("Crisis.", "Threat."), "crisis", severity=3)
    assert _judge(_signal(Label.SPAM, 1.0), threat).severity == 2
    assert _judge(_signal(Label.SPAM, 1.0), _signal(Label.PERSONAL_DATA, 0.9)).code == "personal_data"
    assert _judge(_signal(Label.SPAM, 1.0)).severity == 0


def test_private_data_in_an_advertisement_is_held_and_waits_its_turn() -> None:
    """The number of a healer is the healer's own; somebody else's, in a text that sells nothing, is seen first."""
    data, spam = _signal(Label.PERSONAL_DATA, 0.9, "A number."), _signal(Label.SPAM, 1.0)

    assert _judge(spam, data) == Judgement(Verdict.HOLD, ("A number.",), "personal_data")
    assert _judge(_signal(Label.SPAM, 0.6), data).verdict is Verdict.ESCALATE
    assert _judge(spam, data, _signal(Label.THREAT, 0.9)).code == "threat"
    ruled = Signal("rules", Label.HOUSE_RULES, 0.5, "A rule.", rule_id="r", verdict=Verdict.SPAM)
    assert _judge(spam, data, ruled).verdict is Verdict.ESCALATE


def test_what_might_be_a_crisis_does_not_wait_its_turn() -> None:
    """The machine is unsure, so it is held and not escalated; it stands in front all the same."""
    judgement = _judge(_signal(Label.CRISIS, 0.3), _signal(Label.SPAM, 0.6))

    assert (judgement.verdict, judgement.code, judgement.severity) == (Verdict.HOLD, "crisis", 3)
    assert _judge(_signal(Label.THREAT, 0.3)).severity == 0


@given(st.sampled_from([Label.CRISIS, Label.THREAT, Label.PERSONAL_DATA]), st.floats(0, 1), st.sampled_from(DROPPING))
def test_what_a_person_must_see_is_never_dropped(label: Label, score: float, dropping: Signal) -> None:
    """Not where the machine is only unsure, either, whatever else it is; only an owner's rule goes before a mere suspicion
    of a threat or of private data, and before no suspicion of a crisis."""
    alone = _judge(_signal(label, score))
    together = _judge(dropping, _signal(label, score))
    is_only_unsure = alone.verdict is Verdict.HOLD and label is not Label.CRISIS
    if alone.verdict is Verdict.PUBLISH or (is_only_unsure and dropping.verdict):
        assert together.verdict is _judge(dropping).verdict
    else:
        waits = is_only_unsure or (label is Label.PERSONAL_DATA and dropping.label is Label.SPAM)
        assert (together.verdict, together.code) == (Verdict.HOLD if waits else Verdict.ESCALATE, label)


def _said_by_rule(verdict: Verdict, *, is_shadow: bool = False) -> Signal:
    return Signal("rules", Label.HOUSE_RULES, 0.5, "A rule.", rule_id="r", verdict=verdict, is_shadow=is_shadow)


def test_a_rule_asks_for_its_verdict_whatever_the_thresholds_say() -> None:
    """A threshold is about what a machine guessed; a rule is what an owner wrote."""
    never = Policy(thresholds=dict.fromkeys(Label, Threshold()))
    for verdict in STRICTNESS[1:]:
        assert _judge(_said_by_rule(verdict), policy=never).verdict is verdict


def test_a_rule_never_softens_what_hurts_people() -> None:
    """Whatever a rule asks for, a crisis, a threat and others' private data are seen by a person first."""
    for label, score in ((Label.CRISIS, 0.5), (Label.THREAT, 0.9), (Label.PERSONAL_DATA, 0.9)):
        for verdict in (Verdict.HOLD, Verdict.SPAM, Verdict.REJECT):
            judgement = _judge(_said_by_rule(verdict), _signal(label, score))
            assert (judgement.verdict, judgement.code) == (Verdict.ESCALATE, label)


def test_a_shadow_rule_changes_nothing() -> None:
    """Neither the verdict nor its reasons."""
    for verdict in STRICTNESS[1:]:
        shadow = _said_by_rule(verdict, is_shadow=True)
        assert _judge(shadow) == _judge()
        assert _judge(shadow, _signal(Label.SPAM, 0.6)) == _judge(_signal(Label.SPAM, 0.6))


def test_a_promise_moves_the_line_of_spam() -> None:
    """A site that promises holds what its own decisions ask for, and more while they are too few."""
    promising = Policy(promise=0.01)
    assert with_promise(Policy(), 0.1) == Policy()
    assert with_promise(promising, 0.1).thresholds[Label.SPAM] == Threshold(hold=0.1, spam=0.95)
    unsure = with_promise(promising, None).thresholds[Label.SPAM].hold
    shipped = Policy().thresholds[Label.SPAM].hold
    assert unsure is not None
    assert shipped is not None
    assert unsure < shipped


@pytest.mark.parametrize(
    ("mode", "published_before", "verdict"),
    [
        (Mode.HOLD_EVERYTHING, 9, Verdict.HOLD),
        (Mode.HOLD_FIRST_TIME_AUTHORS, 0, Verdict.HOLD),
        (Mode.HOLD_FIRST_TIME_AUTHORS, 1, Verdict.PUBLISH),
        (Mode.PUBLISH_WHAT_PASSES, 0, Verdict.PUBLISH),
    ],
)
def test_modes(mode: Mode, published_before: int, verdict: Verdict) -> None:
    """A site says how far it trusts the machine."""
    judgement = _judge(policy=Policy(mode=mode), published_before=published_before)
    assert judgement.verdict is verdict
    assert judgement.code == ("mode" if verdict is Verdict.HOLD else "passed")


def test_a_mode_does_not_soften_a_verdict_and_evidence_comes_first() -> None:
    """Spam on a site that holds everything is spam; what is held says why before it says that all is held."""
    policy = Policy(mode=Mode.HOLD_EVERYTHING)
    assert _judge(_signal(Label.SPAM, 0.95), policy=policy).verdict is Verdict.SPAM
    held = _judge(_signal(Label.SPAM, 0.6, "Links."), policy=policy)
    assert (held.code, held.reasons[0], len(held.reasons)) == ("spam", "Links.", 2)


def test_settings_come_back_as_they_were_stored() -> None:
    """A policy survives JSON."""
    policy = Policy(
        version=7,
        mode=Mode.HOLD_FIRST_TIME_AUTHORS,
        max_links=0,
        promise=0.01,
        time_zone="America/Argentina/Buenos_Aires",
        rules=(
            Rule("r1", Word("casino"), Verdict.SPAM),
            Rule("r2", Pattern("a+b"), Verdict.HOLD, State.SHADOW, "moderator:ada", "Because."),
        ),
    )
    assert policy_from_settings(7, json.loads(json.dumps(policy_to_settings(policy)))) == policy
    assert policy_from_settings(1, {}) == Policy()


@pytest.mark.parametrize(
    ("settings_", "where"),
    [
        ({"max_link": 2}, "max_link"),
        ({"mode": "x"}, "mode"),
        ({"mode": None}, "mode"),
        ({"mode": []}, "mode"),
        ({"max_links": True}, "max_links"),
        ({"max_links": -1}, "max_links"),
        ({"promise": 1}, "promise"),
        ({"promise": "low"}, "promise"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"rules": "casino"}, "rules"),
        ({"rules": ["casino"]}, r"rules\[0\]"),
        ({"rules": [{"pattern": "", "verdict": "hold"}]}, r"rules\[0\]\.pattern"),
        ({"rules": [{"pattern": "a", "verdict": "publish"}]}, r"rules\[0\]\.verdict"),
        ({"rules": [{"pattern": "a"}]}, r"rules\[0\]\.verdict"),
        ({"rules": [{"pattern": "a", "verdict": "hold", "is_regex": "no"}]}, r"rules\[0\]\.is_regex"),
        ({"rules": [{"pattern": "a", "verdict": "hold", "x": 1}]}, r"rules\[0\]"),
        ({"thresholds": {"spma": {}}}, "thresholds"),
        ({"thresholds": {"spam": {"hold": 2}}}, r"thresholds\.spam\.hold"),
        ({"thresholds": {"spam": {"hold": math.nan}}}, r"thresholds\.spam\.hold"),
        ({"thresholds": {"spam": 0.5}}, r"thresholds\.spam"),
    ],
)
def test_wrong_settings_are_refused_by_name(settings_: dict[str, object], where: str) -> None:
    """An owner is told which setting is wrong."""
    with pytest.raises(ValueError, match=where):
        policy_from_settings(1, settings_)


@pytest.mark.parametrize("shadow_first", [True, False])
def test_a_shadow_ban_is_not_given_away_by_a_rule(shadow_first: bool) -> None:
    """Whichever was found first, and however sure the other is: the code is what the author's answer goes by."""
    shadow = Signal("ban", Label.SHADOW_BAN, 1.0, "Banned.", verdict=Verdict.REJECT)
    rule = Signal("rules", Label.HOUSE_RULES, 1.0, "A rule.", rule_id="r", verdict=Verdict.REJECT)
    signals = [shadow, rule] if shadow_first else [rule, shadow]

    assert judge(signals, policy=Policy(), published_before=0).code == Label.SHADOW_BAN
