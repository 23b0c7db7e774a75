"""A site's rules on their way through the checks: what is decided, what is counted, and what is only noted."""

from dataclasses import replace
from typing import Any

import pytest

from service.moderation.policy import policy_from_settings
from service.runtime import Runtime
from service.storage import rule_hits, sites
from service.storage.rule_hits import Hits
from service.storage.sites import Site
from tests.conftest import PLAIN_CHECKS, Drain, Rows, Visitor, status_of

CASINO = {"id": "casino", "kind": "word", "word": "casino", "verdict": "spam", "reason": "We had a flood."}


@pytest.fixture(autouse=True)
def _without_the_reader(drain: Drain) -> None:
    drain.checks = PLAIN_CHECKS


def set_rules(runtime: Runtime, site: Site, *rules: dict[str, Any], **settings: Any) -> None:
    """Let these be the site's policy."""
    with runtime.engine.begin() as connection:
        present = sites.find(connection, site.key)
        assert present
        policy = policy_from_settings(1, {"rules": list(rules), **settings})
        sites.change(connection, present, replace(present, policy=policy), changed_by="test")


def hits(runtime: Runtime, site: Site) -> dict[str, tuple[int, int]]:
    with runtime.engine.connect() as connection:
        return {name: (met.hits, met.shadow_hits) for name, met in rule_hits.of_site(connection, site.id).items()}


def test_a_rule_decides_and_is_counted(
    runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows
) -> None:
    """The signal names the rule and its place, the decision the policy's version, the counter one hit."""
    set_rules(runtime, site, CASINO)
    met = visitor.comment(body="Come to my Casino")
    other = visitor.comment(body="A calm thought.")
    drain()

    assert (status_of(rows, met), status_of(rows, other)) == ("spam", "published")
    assert rows("SELECT check_name, rule_id, verdict, spans FROM signals") == [("rules", "casino", "spam", [[11, 17]])]
    assert rows("SELECT reason_code, policy_version FROM decisions WHERE comment_id = :id", id=met) == [("spam", 2)]
    assert hits(runtime, site) == {"casino": (1, 0)}


def test_a_shadow_rule_is_counted_and_decides_nothing(
    runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows
) -> None:
    """The comment is published as if there were no rule; what it would have done is noted."""
    set_rules(runtime, site, {**CASINO, "state": "shadow"})
    comment_id = visitor.comment(body="Come to my casino")
    drain()

    assert status_of(rows, comment_id) == "published"
    assert rows("SELECT count(*) FROM signals") == [(0,)]
    assert rows("SELECT reasons, signal_ids FROM decisions") == [(["All checks passed."], [])]
    assert rows("SELECT rule_id, is_shadow, verdict FROM rule_hits") == [("casino", True, "spam")]
    assert hits(runtime, site) == {"casino": (0, 1)}


def test_an_off_rule_is_neither(runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows) -> None:
    """It is only kept."""
    set_rules(runtime, site, {**CASINO, "state": "off"})
    comment_id = visitor.comment(body="Come to my casino")
    drain()

    assert status_of(rows, comment_id) == "published"
    assert hits(runtime, site) == {}


def test_a_check_that_reports_twice_counts_once(
    runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows
) -> None:
    """However often a worker dies after reporting, or an operator makes a task due again."""
    set_rules(runtime, site, CASINO)
    visitor.comment(body="Come to my casino")
    drain()
    rows("UPDATE tasks SET done_at = NULL, outcome = NULL, due_at = now() WHERE kind = 'check_moderation'")
    rows("UPDATE comments SET status = 'pending', shown_revision = NULL")
    drain()

    assert hits(runtime, site) == {"casino": (1, 0)}


def test_a_rule_keeps_its_hits_when_it_leaves_the_shadow(
    runtime: Runtime, site: Site, visitor: Visitor, drain: Drain
) -> None:
    """Both are told apart, so that an owner sees what the shadow has promised."""
    for state, name in (("shadow", "ann"), ("on", "bob")):
        set_rules(runtime, site, {**CASINO, "state": state})
        visitor.comment(body=f"Come to my casino, {name}", author_email=f"{name}@example.org")
        drain()

    assert hits(runtime, site) == {"casino": (1, 1)}
    with runtime.engine.connect() as connection:
        assert rule_hits.of_site(connection, site.id)["casino"].last_hit_at is not None
    assert Hits().last_hit_at is None


def test_hold_rules_know_the_author(runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows) -> None:
    """How many of theirs stand here, and since when they are known."""
    set_rules(
        runtime,
        site,
        {"id": "few", "kind": "few_published", "fewer_than": 1, "verdict": "hold"},
        {"id": "new", "kind": "new_author", "days": 7, "verdict": "hold"},
    )
    first = visitor.comment(body="A first thought.")
    drain()
    assert status_of(rows, first) == "held"
    assert hits(runtime, site) == {"few": (1, 0), "new": (1, 0)}

    rows("UPDATE comments SET status = 'published', shown_revision = revision")
    rows("UPDATE authors SET created_at = now() - interval '8 days'")
    second = visitor.comment(body="A second thought.")
    drain()
    assert status_of(rows, second) == "published"
    assert hits(runtime, site) == {"few": (1, 0), "new": (1, 0)}


def test_the_hour_is_that_of_the_sites_clock(
    runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows
) -> None:
    """At five past midnight in Berlin it is not yet eleven at night in London."""
    night = {"id": "night", "kind": "time_of_day", "from": "00:00", "until": "00:30", "verdict": "hold"}
    for zone, status in (("Europe/Berlin", "held"), ("Europe/London", "published")):
        set_rules(runtime, site, night, time_zone=zone)
        comment_id = visitor.comment(body=f"Sent late, by the clock of {zone}.", author_email=f"{status}@example.org")
        rows("UPDATE comments SET created_at = '2026-01-15 23:05+00' WHERE id = :id", id=comment_id)
        drain()
        assert status_of(rows, comment_id) == status


def test_a_clock_nobody_knows_lets_nothing_slip_through(
    runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows
) -> None:
    """A machine without that time zone holds, and says why."""
    night = {"id": "night", "kind": "time_of_day", "from": "00:00", "until": "00:30", "verdict": "hold"}
    set_rules(runtime, site, night, time_zone="Mars/Olympus")
    comment_id = visitor.comment()
    drain()

    assert status_of(rows, comment_id) == "held"
    ((reasons,),) = rows("SELECT reasons FROM decisions")
    assert "time zone" in reasons[0]


def test_policies_of_earlier_releases_are_read(
    runtime: Runtime, site: Site, visitor: Visitor, drain: Drain, rows: Rows
) -> None:
    """What stands in the database is not rewritten, and means what it meant."""
    rows(
        "UPDATE policies SET settings ="
        """ '{"mode": "publish_what_passes", "max_links": 2, "promise": null, "thresholds": {},"""
        """   "rules": [{"pattern": "cas[i1]no", "verdict": "hold", "is_regex": true}]}'"""
    )
    comment_id = visitor.comment(body="Come to my cas1no")
    drain()

    assert status_of(rows, comment_id) == "held"
    assert list(hits(runtime, site).values()) == [(1, 0)]
