"""Try a policy on the last comments of a site, and change nothing: what would have been decided otherwise."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Engine

from service.errors import NotFound, invalid
from service.moderation.checks.links import check_links
from service.moderation.checks.rules import Looked, signals_of
from service.moderation.conditions import FewPublished
from service.moderation.model import Facts, Mode, Policy, Signal, Status, Verdict
from service.moderation.policy import Judgement, judge, with_promise
from service.storage import past_comments, site_models, sites
from service.storage.past_comments import PastComment
from service.usecases.change_policy import unusable_in
from service.usecases.local_time import local_time

MOST_COMMENTS = 2_000
MOST_LISTED = 100
EXCERPT = 200
RULE_CHECKS = frozenset({"rules", "wording"})
"""Checks whose stored signals come from the policy itself: `wording` is what an earlier release called them."""


class Turn(NamedTuple):
    """From which verdict to which."""

    old: Verdict
    new: Verdict


@dataclass(frozen=True, slots=True)
class Changed:
    """One comment that would be decided otherwise. `rules` are those of the tried policy that it meets."""

    id: UUID
    excerpt: str
    author_name: str
    created_at: datetime
    status: Status
    moderator: str | None
    old: Verdict
    new: Verdict
    reasons: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def is_against_a_moderator(self) -> bool:
        """Whether a moderator decided last, and the other way."""
        return self.moderator is not None and (self.status is Status.PUBLISHED) != (self.new is Verdict.PUBLISH)


@dataclass(slots=True)
class DryRun:
    """What a policy would have done. `looked_at` may be fewer than asked for, where there was no time for more."""

    looked_at: int = 0
    is_complete: bool = True
    turns: Counter[Turn] = field(default_factory=Counter)
    against_moderators: Counter[Turn] = field(default_factory=Counter)
    listed: list[Changed] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    """How many comments each rule of the tried policy meets, by its id; those in the shadow too."""

    def note(self, changed: Changed) -> None:
        turn = Turn(changed.old, changed.new)
        self.turns[turn] += 1
        self.against_moderators[turn] += changed.is_against_a_moderator
        if len(self.listed) < MOST_LISTED:
            self.listed.append(changed)


def dry_run(
    engine: Engine, site_id: int, wanted: Policy, *, clock: Callable[[], float], budget_s: float = 1.5
) -> DryRun:
    """Judge the last 2,000 comments by the present policy and by the wanted one, on the evidence that is stored.

    Rules, and where `max_links` differs the links, are looked at anew; what was read stands as it was read. Judging
    ends after `budget_s` seconds of `clock`, the newest comments first. The database refuses any change meanwhile.

    Raises:
        NotFound: there is no such site.
        Invalid: with every rule that can't be used.

    """
    with engine.begin() as connection:
        past_comments.forbid_writing(connection)
        site = sites.by_ids(connection, [site_id]).get(site_id)
        if site is None:
            raise NotFound("There is no such site.")
        if problems := list(unusable_in(wanted)):
            raise invalid(problems)
        policies = (site.policy, wanted)
        comments = past_comments.latest(
            connection, site_id, limit=MOST_COMMENTS, count_up_to=max(map(_published_asked_for, policies))
        )
        model = site_models.active(connection, [site_id]).get(site_id)
    present, tried = (with_promise(policy, model.bound_of(policy.promise) if model else None) for policy in policies)
    found = DryRun()
    ends_at = clock() + budget_s
    for comment in comments:
        if clock() > ends_at:
            found.is_complete = False
            break
        _try(comment, present, tried, site.own_hosts, found)
    return found


def _published_asked_for(policy: Policy) -> int:
    """How many published comments of an author the policy wants to be told of at most."""
    asked = [rule.condition.fewer_than for rule in policy.rules if isinstance(rule.condition, FewPublished)]
    return max([*asked, 1 if policy.mode is Mode.HOLD_FIRST_TIME_AUTHORS else 0])


def _try(comment: PastComment, present: Policy, tried: Policy, own_hosts: frozenset[str], found: DryRun) -> None:
    found.looked_at += 1
    facts = _facts(comment, present, own_hosts)
    looked = Looked(facts)
    stored = tuple(signal for signal in comment.signals if signal.check not in RULE_CHECKS)
    old = judge((*stored, *signals_of(present.rules, looked)), policy=present, published_before=facts.published_before)
    if tried.time_zone != present.time_zone:
        looked = Looked(_facts(comment, tried, own_hosts))
    met = tuple(signals_of(tried.rules, looked))
    found.met.update(signal.rule_id for signal in met if signal.rule_id is not None)
    if tried.max_links != present.max_links:
        links = check_links(replace(facts, policy=tried))
        stored = (*(signal for signal in stored if signal.check != "links"), *links)
    new = judge((*stored, *met), policy=tried, published_before=facts.published_before)
    if new.verdict is not old.verdict:
        found.note(_changed(comment, old, new, met))


def _facts(comment: PastComment, policy: Policy, own_hosts: frozenset[str]) -> Facts:
    return Facts(
        body=comment.body,
        author_name=comment.author_name,
        author_website=comment.author_website,
        page_title=comment.page_title,
        page_url=comment.page_url,
        page_excerpt=comment.page_excerpt,
        own_hosts=own_hosts,
        published_before=comment.published_before,
        author_age=comment.author_age,
        local_time=local_time(comment.created_at, policy.time_zone),
        policy=policy,
    )


def _changed(comment: PastComment, old: Judgement, new: Judgement, met: Sequence[Signal]) -> Changed:
    counted = (signal.rule_id for signal in met if not signal.is_shadow and signal.rule_id is not None)
    return Changed(
        id=comment.id,
        excerpt=_excerpt(comment.body),
        author_name=comment.author_name,
        created_at=comment.created_at,
        status=comment.status,
        moderator=comment.moderator,
        old=old.verdict,
        new=new.verdict,
        reasons=new.reasons,
        rules=tuple(counted),
    )


def _excerpt(body: str) -> str:
    line = " ".join(body[: EXCERPT * 2].split())
    return line if len(line) <= EXCERPT and len(body) <= EXCERPT * 2 else f"{line[:EXCERPT].rstrip()}…"
