"""Rules as plain JSON values and back, those of earlier releases included; and what is wrong with a rule, in words."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from hashlib import sha256
from typing import NamedTuple

from service.moderation.conditions import (
    TEXT_AND_NAME,
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
from service.moderation.hosts import HostProblem, canonical_host
from service.moderation.model import Rule, Verdict
from service.moderation.patterns import MAX_PATTERN, problem_of_pattern
from service.moderation.stored import read_list, read_mapping, read_text, read_whole, read_word, refuse_unknown

MAX_RULES = 500
MAX_REASON = 300
MAX_OWNER = 200
MAX_FIGURE = 1_000
MAX_DAYS = 3_650
MAX_LANGUAGES = 50

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_EVERY_RULE = frozenset({"id", "kind", "verdict", "state", "owner", "reason"})
_OLD_RULE = frozenset({"pattern", "verdict", "is_regex"})

_Given = Mapping[str, object]


class _Kind(NamedTuple):
    """How one kind of condition is stored: its own settings, and how they are read and written."""

    type: type[Condition]
    settings: frozenset[str]
    read: Callable[[_Given, str], Condition]
    write: Callable[..., dict[str, object]]


def read_rules(given: object) -> tuple[Rule, ...]:
    """Return the rules that settings describe. Raises ValueError naming the setting that is wrong.

    A rule without an id gets one that its own content makes, so that it is the same rule when it is read again.
    """
    rules: list[Rule] = []
    taken: set[str] = set()
    for number, one in enumerate(read_list(given, "rules")):
        where = f"rules[{number}]"
        rule = _rule(read_mapping(one, where), where)
        if rule.id in taken:
            if isinstance(one, Mapping) and one.get("id") is not None:
                message = f"{where}.id: {rule.id!r} is the id of another rule"
                raise ValueError(message)
            rule = _with_free_id(rule, taken)
        taken.add(rule.id)
        rules.append(rule)
    return tuple(rules)


def rule_to_settings(rule: Rule) -> dict[str, object]:
    """Return a rule as plain JSON values; `read_rules` reads it back."""
    return {
        "id": rule.id,
        **condition_to_settings(rule.condition),
        "verdict": rule.verdict.value,
        "state": rule.state.value,
        "owner": rule.owner,
        "reason": rule.reason,
    }


def condition_to_settings(condition: Condition) -> dict[str, object]:
    """Return a condition as plain JSON values, its kind first."""
    name, kind = next((name, kind) for name, kind in KINDS.items() if kind.type is type(condition))
    return {"kind": name, **kind.write(condition)}


def problem_of_rule(rule: Rule) -> str | None:
    """Return a sentence that says what is wrong with a rule, or None when it can be used."""
    if rule.verdict is Verdict.PUBLISH:
        return "A rule leads to hold, spam, reject or escalate."
    if len(rule.reason) > MAX_REASON:
        return f"The reason has {len(rule.reason)} characters; at most {MAX_REASON} are allowed."
    if len(rule.owner) > MAX_OWNER:
        return f"The owner has {len(rule.owner)} characters; at most {MAX_OWNER} are allowed."
    return _problem_of_condition(rule.condition)


def _problem_of_condition(condition: Condition) -> str | None:
    match condition:
        case Word():
            return _problem_of_length(condition.word)
        case Pattern() | LinkPattern():
            return _problem_of_length(condition.pattern) or problem_of_pattern(condition.pattern)
        case TimeOfDay() if condition.start == condition.end:
            return "The two times are the same, so the rule would never hold anything, or always."
        case _:
            return None


def _problem_of_length(said: str) -> str | None:
    if not said.strip():
        return "The rule is empty: give a word or a pattern."
    if len(said) > MAX_PATTERN:
        return f"The rule has {len(said)} characters; at most {MAX_PATTERN} are allowed."
    return None


def _rule(given: _Given, where: str) -> Rule:
    if "kind" not in given:
        return _old_rule(given, where)
    name = given["kind"]
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        message = f"{where}.kind: {name!r} is not one of {', '.join(KINDS)}"
        raise ValueError(message)
    refuse_unknown(where, given, _EVERY_RULE | kind.settings)
    condition = kind.read(given, where)
    return Rule(
        id=_id(given.get("id"), condition, where),
        condition=condition,
        verdict=_verdict(given, where),
        state=read_word(State, given.get("state", State.ON), f"{where}.state"),
        owner=read_text(given.get("owner", ""), f"{where}.owner"),
        reason=read_text(given.get("reason", ""), f"{where}.reason"),
    )


def _old_rule(given: _Given, where: str) -> Rule:
    """Read a rule as earlier releases stored it: a word or a pattern, for the text and the name."""
    refuse_unknown(where, given, _OLD_RULE)
    pattern, is_regex = _said(given, "pattern", where), given.get("is_regex", False)
    if not isinstance(is_regex, bool):
        message = f"{where}.is_regex: {is_regex!r} is neither true nor false"
        raise ValueError(message)  # noqa: TRY004 (one kind of error for every wrong setting)
    condition = Pattern(pattern) if is_regex else Word(pattern)
    return Rule(_id(None, condition, where), condition, _verdict(given, where))


def _verdict(given: _Given, where: str) -> Verdict:
    verdict = read_word(Verdict, given.get("verdict"), f"{where}.verdict")
    if verdict is Verdict.PUBLISH:
        message = (
            f"{where}.verdict: a rule leads to hold, spam, reject or escalate; publish is what happens without one"
        )
        raise ValueError(message)
    return verdict


def _id(given: object, condition: Condition, where: str) -> str:
    if given is None:
        return sha256(json.dumps(condition_to_settings(condition)).encode()).hexdigest()[:12]
    if isinstance(given, str) and _ID.fullmatch(given):
        return given
    message = f"{where}.id: {given!r} is not up to 40 lower-case letters, digits and hyphens"
    raise ValueError(message)


def _with_free_id(rule: Rule, taken: set[str]) -> Rule:
    number = next(number for number in range(2, MAX_RULES * 10) if f"{rule.id}-{number}" not in taken)
    return Rule(f"{rule.id}-{number}", rule.condition, rule.verdict, rule.state, rule.owner, rule.reason)


def _said(given: _Given, name: str, where: str) -> str:
    said = given.get(name)
    if isinstance(said, str) and said.strip():
        return said
    message = f"{where}.{name}: {said!r} is not a word or a pattern"
    raise ValueError(message)


def _places(given: _Given, where: str) -> tuple[Place, ...]:
    listed = read_list(given.get("in", TEXT_AND_NAME), f"{where}.in")
    places = {read_word(Place, place, f"{where}.in") for place in listed}
    if not places:
        message = f"{where}.in: name at least one of {', '.join(Place)}"
        raise ValueError(message)
    return tuple(place for place in Place if place in places)


def _host(given: _Given, where: str) -> str:
    try:
        return canonical_host(_said(given, "host", where).strip()).removeprefix("www.")
    except HostProblem:
        message = f"{where}.host: {given.get('host')!r} is not the name of a host, like example.org"
        raise ValueError(message) from None


def _languages(given: _Given, where: str) -> tuple[str, ...]:
    where = f"{where}.languages"
    listed = [read_text(item, where).strip().lower() for item in read_list(given.get("languages"), where)]
    if not 1 <= len(listed) <= MAX_LANGUAGES or not all(map(_LANGUAGE.fullmatch, listed)):
        message = f"{where}: give 1 to {MAX_LANGUAGES} languages by their two letters, like en"
        raise ValueError(message)
    return tuple(dict.fromkeys(listed))


def _time(given: _Given, name: str, where: str) -> time:
    said = given.get(name)
    found = _TIME.fullmatch(said) if isinstance(said, str) else None
    if found is None:
        message = f"{where}.{name}: {said!r} is not a time like 22:00"
        raise ValueError(message)
    return time(int(found[1]), int(found[2]))


def _figure(given: _Given, name: str, where: str, bounds: tuple[int, int]) -> int:
    return read_whole(given.get(name), f"{where}.{name}", least=bounds[0], most=bounds[1])


KINDS: Mapping[str, _Kind] = {
    "word": _Kind(
        Word,
        frozenset({"word", "in"}),
        lambda given, where: Word(_said(given, "word", where), _places(given, where)),
        lambda word: {"word": word.word, "in": _listed(word.places)},
    ),
    "pattern": _Kind(
        Pattern,
        frozenset({"pattern", "in"}),
        lambda given, where: Pattern(_said(given, "pattern", where), _places(given, where)),
        lambda pattern: {"pattern": pattern.pattern, "in": _listed(pattern.places)},
    ),
    "links": _Kind(
        Links,
        frozenset({"more_than"}),
        lambda given, where: Links(_figure(given, "more_than", where, (0, MAX_FIGURE))),
        lambda links: {"more_than": links.more_than},
    ),
    "link_host": _Kind(
        LinkHost,
        frozenset({"host"}),
        lambda given, where: LinkHost(_host(given, where)),
        lambda link: {"host": link.host},
    ),
    "link_pattern": _Kind(
        LinkPattern,
        frozenset({"pattern"}),
        lambda given, where: LinkPattern(_said(given, "pattern", where)),
        lambda link: {"pattern": link.pattern},
    ),
    "few_published": _Kind(
        FewPublished,
        frozenset({"fewer_than"}),
        lambda given, where: FewPublished(_figure(given, "fewer_than", where, (1, MAX_FIGURE))),
        lambda few: {"fewer_than": few.fewer_than},
    ),
    "new_author": _Kind(
        NewAuthor,
        frozenset({"days"}),
        lambda given, where: NewAuthor(_figure(given, "days", where, (1, MAX_DAYS))),
        lambda new: {"days": new.days},
    ),
    "language": _Kind(
        OtherLanguage,
        frozenset({"languages"}),
        lambda given, where: OtherLanguage(_languages(given, where)),
        lambda other: {"languages": list(other.languages)},
    ),
    "time_of_day": _Kind(
        TimeOfDay,
        frozenset({"from", "until"}),
        lambda given, where: TimeOfDay(_time(given, "from", where), _time(given, "until", where)),
        lambda hours: {"from": f"{hours.start:%H:%M}", "until": f"{hours.end:%H:%M}"},
    ),
}
"""Every kind of rule there is, by the word that settings, API and pages use for it."""


def _listed(places: tuple[Place, ...]) -> list[str]:
    return [place.value for place in places]


def problems_of_rules(rules: tuple[Rule, ...]) -> Iterator[tuple[int | None, str]]:
    """Yield the number of each rule that can't be used (None: all together) and a sentence that says why."""
    if len(rules) > MAX_RULES:
        yield None, f"A site may have {MAX_RULES} rules; these are {len(rules)}."
        return
    for number, rule in enumerate(rules):
        if problem := problem_of_rule(rule):
            yield number, problem
