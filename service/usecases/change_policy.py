"""Change a site's policy, or bring an earlier version back: each time a new version, with its author and its reason."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, Engine

from service.errors import Conflict, FieldError, NotFound, invalid
from service.moderation.model import Policy, Rule
from service.moderation.policy import problem_of_thresholds
from service.moderation.policy_changes import PolicyChanges, policy_changes
from service.moderation.rule_settings import problems_of_rules
from service.storage import audit, learning, policies, sites
from service.storage.actors import Actor
from service.storage.sites import Site
from service.usecases.local_time import is_time_zone

MAX_NAMED = 50
"""Rules that an audit row names; the version itself has them all."""


def change_policy(engine: Engine, site_id: int, wanted: Policy, *, based_on: int, note: str, by: Actor) -> int:
    """Put a policy into force. Returns its version; the present one where nothing is different.

    New rules belong to whoever adds them; others keep their owner, unless an owner takes one over.

    Raises:
        NotFound: there is no such site.
        Conflict: `based_on` is not the version in force: somebody was faster.
        Invalid: with every rule that can't be used, or has no reason.

    """
    with engine.begin() as connection:
        site = _lock(connection, site_id, based_on)
        policy = with_owners(wanted, site.policy, by.label)
        if problems := list(problems_of_policy(policy, site.policy)):
            raise invalid(problems)
        return save_policy(connection, site, policy, note=note, by=by)


def restore_policy(engine: Engine, site_id: int, version: int, *, based_on: int, by: Actor) -> int:
    """Put an earlier version into force again, as a new version. Returns its number.

    Raises:
        NotFound: there is no such version.
        Conflict: `based_on` is not the version in force: somebody was faster.

    """
    with engine.begin() as connection:
        site = _lock(connection, site_id, based_on)
        earlier = policies.find(connection, site_id, version)
        if earlier is None:
            raise NotFound(f"This site's policy has no version {version}.")
        return save_policy(
            connection, site, earlier.policy, note=f"Version {version} again.", by=by, restored_from=version
        )


def with_owners(wanted: Policy, present: Policy, label: str) -> Policy:
    """Return the policy with an owner for every rule: who had it, who takes it over, or who adds it."""
    owners = {rule.id: rule.owner for rule in present.rules}

    def owner_of(rule: Rule) -> str:
        return label if rule.owner == label else owners.get(rule.id, "") or label

    return replace(wanted, rules=tuple(replace(rule, owner=owner_of(rule)) for rule in wanted.rules))


def problems_of_policy(wanted: Policy, present: Policy) -> Iterator[FieldError]:
    """Yield why a policy can't replace the present one: what is unusable, and rules without a reason."""
    yield from unusable_in(wanted)
    known = {rule.id: rule for rule in present.rules}
    for number, rule in enumerate(wanted.rules):
        before = known.get(rule.id)
        is_new = before is None or (before.condition, before.verdict) != (rule.condition, rule.verdict)
        if is_new and not rule.reason.strip():
            yield FieldError(f"/policy/rules/{number}/reason", "required", "Say why this rule exists.")


def unusable_in(policy: Policy) -> Iterator[FieldError]:
    """Yield what can't be judged by, as the field `policy` of a request."""
    for number, problem in problems_of_rules(policy.rules):
        yield FieldError("/policy/rules" if number is None else f"/policy/rules/{number}", "unusable_rule", problem)
    if unsafe := problem_of_thresholds(policy):
        yield FieldError("/policy/thresholds/crisis", "unusable_threshold", unsafe)
    if not is_time_zone(policy.time_zone):
        sentence = f"This machine knows no time zone “{policy.time_zone}”; Europe/Berlin is one."
        yield FieldError("/policy/time_zone", "unknown_time_zone", sentence)


def _lock(connection: Connection, site_id: int, based_on: int) -> Site:
    site = sites.lock(connection, site_id)
    if site is None:
        raise NotFound("There is no such site.")
    if site.policy.version != based_on:
        newest = policies.find(connection, site_id, site.policy.version)
        who = newest.changed_by if newest else "somebody"
        raise Conflict(
            f"You saw version {based_on} of the policy; {who} has made version {site.policy.version} meanwhile."
            " Look at it, then change it again."
        )
    return site


def save_policy(
    connection: Connection, site: Site, policy: Policy, *, note: str, by: Actor, restored_from: int | None = None
) -> int:
    """Make a policy the newest version of a locked site, with a row in the audit log. Returns the version in force."""
    changes = policy_changes(site.policy, policy)
    version = sites.change(
        connection,
        site,
        replace(site, policy=policy),
        changed_by=by.label,
        note=note,
        restored_from=restored_from,
    )
    if policy.promise is not None and policy.promise != site.policy.promise:
        learning.ask(connection, site.id)
    if version != site.policy.version:
        action = "policy_changed" if restored_from is None else "policy_restored"
        details = {"version": version, "based_on": site.policy.version, **_named(changes)}
        if restored_from is not None:
            details["restored_from"] = restored_from
        audit.note(connection, by, action, site_id=site.id, subject=f"policy:{version}", details=details)
    return version


def _named(changes: PolicyChanges) -> dict[str, object]:
    """What changed, by the ids of rules: their words may be somebody's name or address."""
    return {
        "added": [rule.id for rule in changes.added][:MAX_NAMED],
        "removed": [rule.id for rule in changes.removed][:MAX_NAMED],
        "changed": [rule.id for _, rule in changes.changed][:MAX_NAMED],
        "settings": list(changes.settings),
    }
