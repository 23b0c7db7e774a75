"""What is different between two versions of a site's policy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.moderation.conditions import State, in_words
from service.moderation.model import Policy, Rule

_STATES: Mapping[State, str] = {State.ON: "turned on", State.OFF: "turned off", State.SHADOW: "put into the shadow"}


@dataclass(frozen=True, slots=True)
class PolicyChanges:
    """Rules that came, went or changed (before, after), and the names of the settings that changed."""

    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    changed: tuple[tuple[Rule, Rule], ...]
    settings: tuple[str, ...]

    def sentences(self) -> Iterator[str]:
        """Yield one sentence for each, as a history shows it."""
        for rule in self.added:
            yield f"Added: {in_words(rule.condition)} → {rule.verdict} ({rule.state})."
        for rule in self.removed:
            yield f"Removed: {in_words(rule.condition)} → {rule.verdict}."
        for before, after in self.changed:
            yield _sentence(before, after)
        for name in self.settings:
            yield f"Changed: {name}."


def policy_changes(before: Policy, after: Policy) -> PolicyChanges:
    """Return what is different; the order of the rules is not looked at."""
    old, new = ({rule.id: rule for rule in policy.rules} for policy in (before, after))
    return PolicyChanges(
        added=tuple(rule for rule in after.rules if rule.id not in old),
        removed=tuple(rule for rule in before.rules if rule.id not in new),
        changed=tuple((old[rule.id], rule) for rule in after.rules if rule.id in old and old[rule.id] != rule),
        settings=tuple(_settings(before, after)),
    )


def _settings(before: Policy, after: Policy) -> Iterator[str]:
    if before.mode is not after.mode:
        yield f"mode, {before.mode.value} → {after.mode.value}"
    if before.max_links != after.max_links:
        yield f"max_links, {before.max_links} → {after.max_links}"
    if before.promise != after.promise:
        yield f"promise, {_share(before.promise)} → {_share(after.promise)}"
    if before.time_zone != after.time_zone:
        yield f"time_zone, {before.time_zone} → {after.time_zone}"
    for label, threshold in after.thresholds.items():
        if threshold != before.thresholds.get(label):
            yield f"thresholds of {label.value}"


def _share(promise: float | None) -> str:
    return "none" if promise is None else f"{promise:g}"


def _sentence(before: Rule, after: Rule) -> str:
    what = in_words(after.condition)
    if before.condition != after.condition:
        return f"Changed: {in_words(before.condition)} → now {what}, {after.verdict} ({after.state})."
    if before.state is not after.state:
        return f"{_STATES[after.state].capitalize()}: {what} → {after.verdict}."
    if before.verdict is not after.verdict:
        return f"Changed: {what} leads to {after.verdict} instead of {before.verdict}."
    return f"Changed: the owner or the reason of {what}."
