"""How evidence is weighed: signals and a site's rules in, a verdict and its reasons out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from service.moderation.model import (
    DEFAULT_THRESHOLDS,
    Label,
    Mode,
    Policy,
    Signal,
    Threshold,
    Verdict,
)
from service.moderation.rule_settings import read_rules, rule_to_settings
from service.moderation.stored import read_mapping, read_whole, read_word, refuse_unknown

MAX_REASONS = 5
MAX_LINKS_SETTING = 1_000
PASSED = "All checks passed."

_STRICTNESS: Mapping[Verdict, int] = {
    Verdict.PUBLISH: 0, Verdict.HOLD: 1, Verdict.SPAM: 2, Verdict.REJECT: 3, Verdict.ESCALATE: 4,
}  # fmt: skip
_DROPPING = frozenset({Verdict.SPAM, Verdict.REJECT})
_SEVERITY: Mapping[str, int] = {Label.CRISIS: 3, Label.THREAT: 2}
"""What must be seen before what; everything else that is escalated has 1."""

_FOR_A_PERSON: Mapping[str, Verdict] = {
    Label.CRISIS: Verdict.ESCALATE, Label.THREAT: Verdict.HOLD, Label.PERSONAL_DATA: Verdict.HOLD,
}  # fmt: skip
"""What is never dropped unseen, and the verdict instead where it is only unsure and something else would drop it.

An advertisement can be found again in the queue; somebody who asked for help cannot.
"""

CAUTIOUS_HOLD = 0.2
"""Spam probability from which a site with a promise and too few decisions of its own has a comment held."""

_NEVER = Threshold()
_SETTINGS = frozenset({"mode", "max_links", "rules", "thresholds", "promise", "time_zone"})
_THRESHOLD_SETTINGS = ("hold", "spam", "reject", "escalate")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}")


class Judgement(NamedTuple):
    """A verdict, the sentences that led to it (strongest first) and one short stable word for metrics.

    `severity` is how soon a person must see it, up to 3; 0 unless the verdict is escalate, or the code crisis: what may
    be one doesn't wait its turn because the machine is unsure.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    code: str
    severity: int = 0


class _Ground(NamedTuple):
    """One reason to be at least this strict; `is_ruled` where somebody wrote the verdict down, in a rule or a ban."""

    verdict: Verdict
    score: float
    sentence: str
    code: str
    is_ruled: bool = False


def judge(signals: Sequence[Signal], *, policy: Policy, published_before: int) -> Judgement:
    """Return the strictest verdict that any signal or the site's mode asks for; what is in the shadow asks nothing.

    What would be held for a crisis, a threat or somebody's data is seen by a person, whatever else would drop it.
    The caller vouches that every required check has reported. `published_before` counts the author's published
    comments. `code` is the label of the strongest signal, `mode` where only the mode asked, or `passed`.
    """
    grounds = [_ground(signal, policy) for signal in signals if not signal.is_shadow]
    grounds += _grounds_of_mode(policy.mode, published_before)
    if _is_only_an_advertisement(grounds):
        grounds = [ground._replace(verdict=_of_the_advertiser(ground)) for ground in grounds]
    strictest = max((ground.verdict for ground in grounds), key=_STRICTNESS.__getitem__, default=Verdict.PUBLISH)
    if strictest in _DROPPING and (seen_first := list(_for_a_person(grounds))):
        grounds = [ground._replace(verdict=_FOR_A_PERSON[ground.code]) for ground in seen_first]
        strictest = max((ground.verdict for ground in grounds), key=_STRICTNESS.__getitem__)
    if strictest is Verdict.PUBLISH:
        return Judgement(Verdict.PUBLISH, (PASSED,), "passed")
    decisive = sorted(
        (ground for ground in grounds if ground.verdict is strictest),
        # Whoever must not notice is not told by another reason.
        key=lambda g: (-_severity(g.code), g.code != Label.SHADOW_BAN, -g.score),
    )
    sentences = dict.fromkeys(ground.sentence for ground in decisive)
    code = decisive[0].code
    is_urgent = strictest is Verdict.ESCALATE or code == Label.CRISIS
    return Judgement(strictest, tuple(sentences)[:MAX_REASONS], code, _severity(code) if is_urgent else 0)


def with_promise(policy: Policy, hold_from: float | None) -> Policy:
    """Return the policy with the spam threshold that keeps the site's promise.

    `hold_from` is the spam probability that the site's own decisions allow (see `promises`). Where they are too few to
    say, a site that promises something holds from `CAUTIOUS_HOLD` on, which is more than one that promises nothing.
    """
    if policy.promise is None:
        return policy
    spam = policy.thresholds.get(Label.SPAM, DEFAULT_THRESHOLDS[Label.SPAM])
    wanted = CAUTIOUS_HOLD if hold_from is None else hold_from
    return replace(policy, thresholds={**policy.thresholds, Label.SPAM: replace(spam, hold=wanted)})


def problem_of_thresholds(policy: Policy) -> str | None:
    """Return why no site may have these thresholds: with them a crisis would be published or dropped unseen."""
    crisis = policy.thresholds.get(Label.CRISIS, DEFAULT_THRESHOLDS[Label.CRISIS])
    if crisis.spam is not None or crisis.reject is not None:
        return "A crisis is never spam and never rejected by the machine: give hold and escalate only."
    if crisis.hold is None and crisis.escalate is None:
        return "A crisis must reach a person: give hold or escalate."
    return None


def policy_from_settings(version: int, settings: Mapping[str, object]) -> Policy:
    """Return the policy that a site's stored settings describe; what is left out has its default.

    Raises ValueError naming the setting that is wrong. Patterns are not compiled here: see `problem_of_rule`.
    """
    refuse_unknown("policy", settings, _SETTINGS)
    return Policy(
        version=version,
        mode=read_word(Mode, settings.get("mode", Mode.PUBLISH_WHAT_PASSES), "mode"),
        max_links=read_whole(
            settings.get("max_links", Policy().max_links), "max_links", least=0, most=MAX_LINKS_SETTING
        ),
        rules=read_rules(settings.get("rules", ())),
        thresholds=_thresholds(settings.get("thresholds", {})),
        promise=_promise(settings.get("promise")),
        time_zone=_time_zone(settings.get("time_zone", Policy().time_zone)),
    )


def policy_to_settings(policy: Policy) -> dict[str, object]:
    """Return the settings of a policy as plain JSON values; `policy_from_settings` reads them back."""
    return {
        "mode": policy.mode.value,
        "max_links": policy.max_links,
        "rules": [rule_to_settings(rule) for rule in policy.rules],
        "thresholds": {
            label.value: {name: getattr(threshold, name) for name in _THRESHOLD_SETTINGS}
            for label, threshold in policy.thresholds.items()
        },
        "promise": policy.promise,
        "time_zone": policy.time_zone,
    }


def _ground(signal: Signal, policy: Policy) -> _Ground:
    verdict = _verdict_of(signal, policy)
    return _Ground(verdict, signal.score, signal.detail, signal.label.value, is_ruled=signal.verdict is not None)


def _for_a_person(grounds: Sequence[_Ground]) -> Iterator[_Ground]:
    """Yield why the comment must not be dropped unseen. Over a rule or a ban, only a possible crisis is a reason."""
    is_ruled = any(ground.is_ruled and ground.verdict in _DROPPING for ground in grounds)
    for ground in grounds:
        asks = ground.code in _FOR_A_PERSON and ground.verdict is not Verdict.PUBLISH
        if asks and (ground.code == Label.CRISIS or not is_ruled):
            yield ground


def _is_only_an_advertisement(grounds: Sequence[_Ground]) -> bool:
    """Whether the machine is sure that this is spam, and nobody wrote down what to do with it."""
    dropping = [ground for ground in grounds if ground.verdict in _DROPPING]
    return any(ground.code == Label.SPAM for ground in dropping) and not any(ground.is_ruled for ground in dropping)


def _of_the_advertiser(ground: _Ground) -> Verdict:
    """Private data in an advertisement is most often the advertiser's own: a person sees it, but in its turn."""
    is_sure = ground.code == Label.PERSONAL_DATA and ground.verdict is Verdict.ESCALATE and not ground.is_ruled
    return Verdict.HOLD if is_sure else ground.verdict


def _severity(code: str) -> int:
    return _SEVERITY.get(code, 1)


def _verdict_of(signal: Signal, policy: Policy) -> Verdict:
    if signal.verdict is not None:
        return signal.verdict
    threshold = policy.thresholds.get(signal.label) or DEFAULT_THRESHOLDS.get(signal.label, _NEVER)
    if _reaches(signal.score, threshold.escalate):
        return Verdict.ESCALATE
    if _reaches(signal.score, threshold.reject):
        return Verdict.REJECT
    if _reaches(signal.score, threshold.spam):
        return Verdict.SPAM
    # A check that could not look, or that answered with no number (NaN), has cleared nothing: a person decides.
    is_unclear = signal.label is Label.UNCHECKED or not 0 <= signal.score <= 1
    return Verdict.HOLD if is_unclear or _reaches(signal.score, threshold.hold) else Verdict.PUBLISH


def _reaches(score: float, bound: float | None) -> bool:
    return bound is not None and score >= bound


def _grounds_of_mode(mode: Mode, published_before: int) -> Iterator[_Ground]:
    # Scored below every signal, so that evidence is named before the rule of the house.
    if mode is Mode.HOLD_EVERYTHING:
        yield _Ground(Verdict.HOLD, -1.0, "This site has every comment read by a moderator.", "mode")
    if mode is Mode.HOLD_FIRST_TIME_AUTHORS and published_before == 0:
        yield _Ground(Verdict.HOLD, -1.0, "This is the author's first comment here; a moderator reads it.", "mode")


def _promise(given: object) -> float | None:
    if given is None:
        return None
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 < given < 1:
        return float(given)
    message = f"promise: {given!r} is not a share between 0 and 1 (or null for none)"
    raise ValueError(message)


def _thresholds(given: object) -> Mapping[Label, Threshold]:
    """Read the thresholds over the defaults: a label that is not given keeps its own."""
    thresholds = dict(DEFAULT_THRESHOLDS)
    for name, threshold in read_mapping(given, "thresholds").items():
        where = f"thresholds.{name}"
        thresholds[read_word(Label, name, "thresholds")] = _threshold(read_mapping(threshold, where), where)
    return thresholds


def _threshold(given: Mapping[str, object], where: str) -> Threshold:
    refuse_unknown(where, given, frozenset(_THRESHOLD_SETTINGS))
    return Threshold(**{name: _score(given.get(name), f"{where}.{name}") for name in _THRESHOLD_SETTINGS})


def _score(given: object, where: str) -> float | None:
    if given is None:
        return None
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= 1:
        return float(given)
    message = f"{where}: {given!r} is not a number between 0 and 1 (or null for never)"
    raise ValueError(message)


def _time_zone(given: object) -> str:
    if isinstance(given, str) and _ZONE.fullmatch(given):
        return given
    message = f"time_zone: {given!r} is not the name of a time zone, like Europe/Berlin"
    raise ValueError(message)
