"""The policy of a site over the API: shown, changed, restored, and tried before it is changed."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.moderation.model import Policy
from service.runtime import Runtime
from service.storage import sites
from service.storage.sites import Site
from tests.conftest import PLAIN_CHECKS, Drain, Rows, Visitor, add_site, make_app, status_of
from tests.stack import wait_until

POLICY = "/api/v1/sites/blog/policy"
CASINO = {"id": "casino", "kind": "word", "word": "casino", "verdict": "hold", "reason": "The flood of May."}
AUDIT = "(SELECT * FROM audit_log WHERE action LIKE 'policy%') AS noted"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def owner(client: FlaskClient, bearer: Bearer) -> "Owner":
    return Owner(client, bearer("owner"))


class Owner:
    """A program of the site's owner."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self.client = client
        self.headers = headers

    def get(self, path: str = "") -> dict[str, Any]:
        answer = self.client.get(POLICY + path, headers=self.headers)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        body: dict[str, Any] = answer.get_json()
        return body

    def put(self, *rules: dict[str, Any], based_on: int | None = None, note: str = "", **settings: Any) -> TestResponse:
        present = self.get()
        policy = {**present["policy"], "rules": list(rules), **settings}
        body = {"based_on": present["version"] if based_on is None else based_on, "note": note, "policy": policy}
        return self.client.put(POLICY, json=body, headers=self.headers)

    def saved(self, *rules: dict[str, Any], **how: Any) -> int:
        answer = self.put(*rules, **how)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return int(answer.get_json()["version"])

    def restore(self, version: int, *, based_on: int) -> TestResponse:
        return self.client.post(
            f"{POLICY}/versions/{version}/restore", json={"based_on": based_on}, headers=self.headers
        )

    def dry_run(self, *rules: dict[str, Any], **settings: Any) -> dict[str, Any]:
        policy = {**self.get()["policy"], "rules": list(rules), **settings}
        answer = self.client.post(f"{POLICY}/dry-run", json={"policy": policy}, headers=self.headers)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        body: dict[str, Any] = answer.get_json()
        return body


class TestChanging:
    """A change is a version with its author, its reason and an audit row."""

    def test_what_is_shown_can_be_sent_back(self, owner: Owner, rows: Rows) -> None:
        """And makes no version while nothing is different."""
        shown = owner.get()
        assert (shown["version"], shown["policy"]["mode"], shown["policy"]["rules"]) == (1, "publish_what_passes", [])
        assert owner.saved() == 1
        assert owner.saved(CASINO) == 2
        assert owner.saved(*owner.get()["policy"]["rules"]) == 2
        assert rows("SELECT count(*) FROM policies") == [(2,)]

    def test_every_kind_of_rule(self, owner: Owner) -> None:
        """Each comes back as it was sent, with an id and an owner."""
        kinds: list[dict[str, Any]] = [
            {"kind": "word", "word": "casino", "in": ["text"]},
            {"kind": "pattern", "pattern": r"\bcas[i1]no", "in": ["name", "website"]},
            {"kind": "links", "more_than": 0},
            {"kind": "link_host", "host": "pills.example"},
            {"kind": "link_pattern", "pattern": r"\?ref="},
            {"kind": "few_published", "fewer_than": 3},
            {"kind": "new_author", "days": 7},
            {"kind": "language", "languages": ["en", "de"]},
            {"kind": "time_of_day", "from": "22:00", "until": "06:00"},
        ]
        owner.saved(*({**kind, "verdict": "hold", "state": "shadow", "reason": "Try."} for kind in kinds))

        rules = owner.get()["policy"]["rules"]
        assert [{name: rule[name] for name in kind} for rule, kind in zip(rules, kinds, strict=True)] == kinds
        assert len({rule["id"] for rule in rules}) == len(kinds)
        assert {rule["owner"] for rule in rules} == {"moderator:token:a owner"}

    def test_it_decides_what_comes_next(self, owner: Owner, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """By the new version, which the decision names; and the hit is counted."""
        version = owner.saved(CASINO)
        drain.checks = PLAIN_CHECKS
        comment_id = visitor.comment(body="Come to my casino")
        drain()

        assert status_of(rows, comment_id) == "held"
        assert rows("SELECT policy_version FROM decisions") == [(version,)]
        assert [(hit["rule_id"], hit["hits"], hit["shadow_hits"]) for hit in owner.get()["hits"]] == [("casino", 1, 0)]

    def test_it_is_audited_without_the_words(self, owner: Owner, rows: Rows) -> None:
        """A rule may be about somebody: the audit log names its id."""
        owner.saved({**CASINO, "word": "eve@example.org"}, mode="hold_everything")

        ((actor, action, subject, details),) = rows(f"SELECT actor, action, subject, details FROM {AUDIT}")
        assert (actor, action, subject) == ("moderator:token:a owner", "policy_changed", "policy:2")
        assert (details["added"], details["based_on"]) == (["casino"], 1)
        assert "example.org" not in json.dumps(details)

    def test_a_change_of_what_is_not_in_force_any_more_is_refused(self, owner: Owner, rows: Rows) -> None:
        """With who was faster; and nothing is changed."""
        owner.saved(CASINO)
        late = owner.put({**CASINO, "verdict": "spam"}, based_on=1)

        assert late.status_code == 409
        assert "moderator:token:a owner" in late.get_json()["detail"]
        assert owner.get()["version"] == 2
        assert rows(f"SELECT count(*) FROM {AUDIT}") == [(1,)]

    def test_who_waits_for_another_change_hears_of_it(
        self, owner: Owner, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """Both saw version 1; the second one is told, however close they were."""

        def change() -> TestResponse:
            body = {"based_on": 1, "policy": {"rules": [CASINO]}}
            return make_app(runtime).test_client().put(POLICY, json=body, headers=owner.headers)

        with ThreadPoolExecutor(1) as pool:
            with runtime.engine.begin() as connection:
                present = sites.lock(connection, site.id)
                assert present
                wanted = replace(present, policy=Policy(max_links=9))
                sites.change(connection, present, wanted, changed_by="moderator:ada")
                waiting = pool.submit(change)
                wait_until(
                    lambda: rows("SELECT count(*) FROM pg_locks WHERE NOT granted") == [(1,)], 30, "nobody waits"
                )
            answer = waiting.result()
        assert answer.status_code == 409, answer.get_data(as_text=True)
        assert "moderator:ada has made version 2" in answer.get_json()["detail"]
        assert owner.get()["policy"]["max_links"] == 9

    def test_a_rule_keeps_its_owner(self, owner: Owner, client: FlaskClient, log_in: Any) -> None:
        """Whoever else changes it, unless they take it over; and nobody can name another."""
        owner.saved(CASINO)
        ada = log_in("owner", name="ada")
        rule = {**owner.get()["policy"]["rules"][0], "verdict": "spam"}

        def put(version: int, *rules: dict[str, Any]) -> list[str]:
            answer = ada.put(POLICY, json={"based_on": version, "policy": {"rules": list(rules)}})
            assert answer.status_code == 200, answer.get_data(as_text=True)
            return [rule["owner"] for rule in owner.get()["policy"]["rules"]]

        assert put(2, {**rule, "owner": "moderator:eve"}) == ["moderator:token:a owner"]
        assert put(3, {**rule, "owner": "moderator:ada"}) == ["moderator:ada"]
        new = {**CASINO, "id": "new", "word": "x", "owner": "moderator:eve"}
        assert put(4, rule, new) == ["moderator:ada", "moderator:ada"]

    @pytest.mark.parametrize(
        ("rule", "pointer"),
        [
            ({"reason": " "}, "/policy/rules/0/reason"),
            ({"kind": "pattern", "pattern": "("}, "/policy/rules/0"),
            ({"kind": "pattern", "pattern": "a*"}, "/policy/rules/0"),
            ({"kind": "pattern", "pattern": "(a{999}){999}"}, "/policy/rules/0"),
            ({"kind": "pattern", "pattern": "a" * 10_000}, "/policy/rules/0/pattern"),
            ({"kind": "word", "word": ""}, "/policy/rules/0/word"),
            ({"kind": "word", "word": "  "}, "/policy/rules/0/word"),
            ({"kind": "word", "word": "a\0b"}, "/policy/rules/0/word"),
            ({"kind": "word", "word": "a\ud800"}, "/policy/rules/0/word"),
            ({"kind": "link_host", "host": "no host"}, "/policy/rules/0/host"),
            ({"kind": "new_author", "days": "7"}, "/policy/rules/0/days"),
            ({"kind": "new_author", "days": 7, "word": "x"}, "/policy/rules/0/word"),
            ({"kind": "time_of_day", "from": "25:00", "until": "06:00"}, "/policy/rules/0/from"),
            ({"kind": "nonsense"}, "/policy/rules/0"),
            ({"verdict": "publish"}, "/policy/rules/0/verdict"),
        ],
    )
    def test_a_rule_that_cannot_be_used_is_refused(
        self, owner: Owner, rule: dict[str, Any], pointer: str, rows: Rows
    ) -> None:
        """With a pointer to what is wrong in what was sent."""
        given = {"verdict": "hold", "reason": "Why not.", **({} if "kind" in rule else {"kind": "word", "word": "x"})}
        body = json.dumps({"based_on": 1, "policy": {"rules": [{**given, **rule}]}})
        answer = owner.client.put(POLICY, data=body, content_type="application/json", headers=owner.headers)

        assert answer.status_code == 422, answer.get_data(as_text=True)
        assert pointer in [error["pointer"] for error in answer.get_json()["errors"]]
        assert rows("SELECT count(*) FROM policies") == [(1,)]

    def test_the_bounds(self, owner: Owner) -> None:
        """500 rules are taken, in a body of their size; 501 are not, nor two of one id, nor a body without end."""
        many = [{**CASINO, "id": f"r{n}", "word": f"word {n} " + "x" * 400} for n in range(500)]
        assert owner.saved(*many) == 2
        assert owner.put(*many, {**CASINO, "id": "one-more"}).status_code == 422
        twice = owner.put(CASINO, {**CASINO, "word": "other"})
        assert (twice.status_code, twice.get_json()["errors"][0]["pointer"]) == (422, "/policy/rules/1/id")
        assert owner.put({**CASINO, "word": "x" * 1_200_000}).status_code == 413

    @pytest.mark.parametrize(
        "body",
        [
            b"[]",
            b"{",
            b'{"based_on": 1, "policy": null}',
            b'{"based_on": 1, "policy": {"rules": {}}}',
            b'{"based_on": true, "policy": {}}',
            b'{"based_on": 1e400, "policy": {}}',
            b'{"based_on": 99999999999999999999, "policy": {}}',
            b'{"based_on": 1, "policy": {"promise": NaN}}',
            b'{"based_on": 1, "policy": {"thresholds": {"spam": {"hold": 2}}}}',
            b'{"based_on": 1, "policy": {"thresholds": {"spma": {}}}}',
            b'{"based_on": 1, "policy": {"thresholds": {"crisis": {}}}}',
            b'{"based_on": 1, "policy": {"thresholds": {"crisis": {"hold": 0.2, "spam": 0.9}}}}',
            b'{"based_on": 1, "policy": {"time_zone": "Mars/Olympus"}}',
            b'{"based_on": 1, "policy": {"time_zone": "../../etc/passwd"}}',
            b'{"based_on": 1, "policy": {"rules": [[[[[[[[[]]]]]]]]]}}',
            b'{"based_on": 1, "policy": {"mode": "hold_everything", "mode": "publish_what_passes"}}',
        ],
    )
    def test_hostile_bodies(self, owner: Owner, body: bytes) -> None:
        """Are refused in words, by 4xx, for a change and for a dry run."""
        for send, path in ((owner.client.put, POLICY), (owner.client.post, f"{POLICY}/dry-run")):
            answer = send(path, data=body, content_type="application/json", headers=owner.headers)
            assert answer.status_code in {400, 422}, answer.get_data(as_text=True)
        assert owner.get()["version"] == 1


class TestHistory:
    """Every version stays, and each can come back."""

    def test_each_version_says_what_it_changed(self, owner: Owner) -> None:
        """In sentences, the newest first, with a note; page by page."""
        owner.saved(CASINO, note="May again")
        owner.saved({**CASINO, "state": "off"})
        owner.saved(mode="hold_everything")

        first = owner.get("/versions?limit=2")
        second = owner.get(f"/versions?limit=2&cursor={first['next_cursor']}")
        found = [*first["versions"], *second["versions"]]
        assert [item["version"] for item in found] == [4, 3, 2, 1]
        assert second["next_cursor"] is None
        assert found[2]["note"] == "May again"
        assert found[1]["changes"] == ["Turned off: the word “casino” in the text or the name → hold."]
        assert [len(item["changes"]) for item in found] == [2, 1, 1, 0]

    def test_a_version_comes_back_as_a_new_one(self, owner: Owner, rows: Rows) -> None:
        """The same rules, owners and settings; what was between stays readable."""
        owner.saved(CASINO, max_links=7)
        before = owner.get()["policy"]
        owner.saved()
        restored = owner.restore(2, based_on=3)

        assert (restored.status_code, restored.get_json()["version"]) == (201, 4)
        now = owner.get()
        assert (now["policy"], now["restored_from"]) == (before, 2)
        assert owner.get("/versions/3")["policy"]["rules"] == []
        assert rows(f"SELECT action FROM {AUDIT} ORDER BY id") == [
            ("policy_changed",),
            ("policy_changed",),
            ("policy_restored",),
        ]

    def test_going_back_is_refused_when_somebody_was_faster(self, owner: Owner) -> None:
        """As any other change; and what never was can't come back."""
        owner.saved(CASINO)
        assert owner.restore(1, based_on=1).status_code == 409
        assert owner.restore(9, based_on=2).status_code == 404
        assert owner.restore(10**30, based_on=2).status_code == 404
        assert owner.client.get(f"{POLICY}/versions/9", headers=owner.headers).status_code == 404


class TestHits:
    """What a rule met, and what it would have done."""

    def test_what_a_rule_met_is_listed(self, owner: Owner, visitor: Visitor, drain: Drain) -> None:
        """The newest first, page by page, on and in the shadow apart, with what became of each comment."""
        drain.checks = PLAIN_CHECKS
        ids = []
        for state in ("shadow", "on"):
            owner.saved({**CASINO, "state": state})
            for n in range(3):
                ids.append(visitor.comment(body=f"Casino {state} {n}", author_email=f"{state}{n}@example.org"))
                drain()
        for shadow, expected, status in (("true", ids[:3], "published"), ("false", ids[3:], "held")):
            first = owner.get(f"/rules/casino/hits?shadow={shadow}&limit=2")
            second = owner.get(f"/rules/casino/hits?shadow={shadow}&limit=2&cursor={first['next_cursor']}")
            found = [*first["hits"], *second["hits"]]
            assert [hit["comment_id"] for hit in found] == [str(one) for one in reversed(expected)]
            assert {(hit["verdict"], hit["status"]) for hit in found} == {("hold", status)}
            assert second["next_cursor"] is None

    @pytest.mark.parametrize("cursor", ["x", "1", "9999999999999999.00000000-0000-0000-0000-000000000000"])
    def test_any_cursor_is_answered(self, owner: Owner, cursor: str) -> None:
        """Refused, or past the beginning of all hits; and a rule that nobody knows met nothing."""
        answer = owner.client.get(f"{POLICY}/rules/casino/hits?cursor={cursor}", headers=owner.headers)
        assert answer.status_code in {200, 422}, answer.get_data(as_text=True)
        assert owner.get("/rules/nobody/hits") == {"hits": [], "next_cursor": None}


class TestAccess:
    """Owners change; moderators and viewers of the site read; others have no business here."""

    READS = ("", "/versions", "/versions/1", "/rules/casino/hits")
    WRITES = (
        ("put", "", {"based_on": 1, "policy": {}}),
        ("post", "/dry-run", {"policy": {}}),
        ("post", "/versions/1/restore", {"based_on": 1}),
    )

    @pytest.mark.parametrize(
        ("role", "reads", "writes"), [("viewer", 200, 403), ("moderator", 200, 403), ("submitter", 403, 403)]
    )
    def test_roles(self, client: FlaskClient, bearer: Bearer, role: str, reads: int, writes: int) -> None:
        """By token."""
        headers = bearer(role)
        assert {client.get(POLICY + path, headers=headers).status_code for path in self.READS} == {reads}
        for method, path, body in self.WRITES:
            answer = getattr(client, method)(POLICY + path, json=body, headers=headers)
            assert answer.status_code == writes, (method, path)

    def test_strangers(self, client: FlaskClient, bearer: Bearer, runtime: Runtime) -> None:
        """Without a token, and owners of another site."""
        other = bearer("owner", of=add_site(runtime, "other", "https://other.example"))
        for headers, status in (({}, 401), (other, 403)):
            assert {client.get(POLICY + path, headers=headers).status_code for path in self.READS} == {status}
            for method, path, body in self.WRITES:
                assert getattr(client, method)(POLICY + path, json=body, headers=headers).status_code == status

    def test_a_page_of_somebody_else_changes_nothing(self, log_in: Any, rows: Rows) -> None:
        """Though the owner's browser sends the cookie along."""
        owner = log_in("owner")
        body = {"based_on": 1, "policy": {"mode": "hold_everything"}}
        answer = owner.put(POLICY, json=body, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403
        assert owner.put(POLICY, json=body).status_code == 200
        assert rows("SELECT count(*) FROM policies") == [(2,)]


class TestDryRun:
    """What a policy would have done, before it is saved."""

    @pytest.fixture(autouse=True)
    def _plain(self, drain: Drain) -> None:
        drain.checks = PLAIN_CHECKS

    def test_it_says_what_would_have_been_held_and_what_a_moderator_had_published(
        self, owner: Owner, visitor: Visitor, drain: Drain, bearer: Bearer, rows: Rows
    ) -> None:
        """Two comments of four, one of which a moderator decided to publish; with the list."""
        ids = [visitor.comment(body=body) for body in ("My casino.", "A calm thought.", "Casino, anyone?", "Hello.")]
        drain()
        url = f"/api/v1/review/comments/{ids[0]}/decisions"
        for decision in ("remove", "restore"):
            answer = owner.client.post(url, json={"decision": decision, "revision": 1}, headers=bearer("moderator"))
            assert answer.status_code == 201, answer.get_data(as_text=True)

        found = owner.dry_run(CASINO)

        assert (found["looked_at"], found["is_complete"]) == (4, True)
        assert found["summary"] == [
            "On the last 4 comments this would have held 2, 1 of them published by a moderator."
        ]
        assert found["turns"] == [{"old": "publish", "new": "hold", "count": 2, "against_moderators": 1}]
        assert [item["id"] for item in found["comments"]] == [str(ids[2]), str(ids[0])]
        assert found["comments"][0]["rules"] == ["casino"]
        assert found["met"] == [{"rule_id": "casino", "count": 2}]

    def test_it_writes_nothing(self, owner: Owner, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """Neither decisions, nor hits, nor versions, nor audit rows; every table stays as it was."""
        visitor.comment(body="My casino.")
        drain()
        owner.get()
        tables = [name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        query = " UNION ALL ".join(
            f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t"
            for name in tables
            if name != "tokens"
        )  # noqa: S608, E501
        before = sorted(rows(query))
        owner.dry_run(CASINO, mode="hold_everything")

        assert sorted(rows(query)) == before

    def test_a_rule_that_is_given_up_publishes_again(
        self, owner: Owner, visitor: Visitor, drain: Drain, rows: Rows
    ) -> None:
        """What the rule itself had found is not counted any more."""
        owner.saved(CASINO)
        visitor.comment(body="My casino.")
        drain()
        found = owner.dry_run()

        assert found["summary"] == ["On the last comment this would have published 1 that the present policy holds."]
        assert owner.dry_run(CASINO)["turns"] == []
        assert owner.dry_run({**CASINO, "state": "shadow"})["met"] == [{"rule_id": "casino", "count": 1}]
        assert owner.dry_run({**CASINO, "state": "shadow"})["turns"] == found["turns"]

    @pytest.mark.parametrize(
        ("settings", "turn"),
        [
            ({"mode": "hold_everything"}, ("publish", "hold")),
            ({"max_links": 0}, ("publish", "hold")),
            ({"max_links": 1}, None),
            ({"mode": "hold_first_time_authors"}, ("publish", "hold")),
            ({"thresholds": {"spam": {"hold": 0.5}}}, None),
        ],
    )
    def test_settings_are_tried_too(
        self, owner: Owner, visitor: Visitor, drain: Drain, settings: dict[str, Any], turn: tuple[str, str] | None
    ) -> None:
        """The mode, the links, the thresholds."""
        visitor.comment(body="I wrote down what I learnt in all these years: https://pages.example.net/1")
        drain()
        turns = owner.dry_run(**settings)["turns"]
        assert [(item["old"], item["new"]) for item in turns] == ([turn] if turn else [])

    def test_hold_rules_know_what_was_known_then(
        self, owner: Owner, visitor: Visitor, drain: Drain, rows: Rows
    ) -> None:
        """The author's third comment had two before it, though there are three now."""
        ids = [visitor.comment(body=f"Thought number {n}, a calm one.") for n in range(3)]
        drain()
        found = owner.dry_run({"kind": "few_published", "fewer_than": 2, "verdict": "hold", "reason": "Newcomers."})
        assert [item["id"] for item in found["comments"]] == [str(ids[1]), str(ids[0])]

        rows("UPDATE authors SET created_at = now() - interval '30 days'")
        new = {"kind": "new_author", "verdict": "hold", "reason": "Newcomers."}
        assert owner.dry_run({**new, "days": 29})["turns"] == []
        assert owner.dry_run({**new, "days": 31})["turns"][0]["count"] == 3

    def test_what_hurts_people_stays_escalated(self, owner: Owner, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """No rule would have dropped it as spam."""
        comment_id = visitor.comment(body="My casino.")
        drain()
        rows(
            "INSERT INTO signals (comment_id, revision, check_name, label, score, detail)"
            " VALUES (:id, 1, 'reading', 'crisis', 0.9, 'Reads like a crisis.')",
            id=comment_id,
        )
        assert owner.dry_run({**CASINO, "verdict": "spam"})["turns"] == []

    def test_a_rule_that_cannot_be_used_is_not_tried(self, owner: Owner) -> None:
        """It is refused as it would be when saved."""
        body = {"policy": {"rules": [{**CASINO, "kind": "pattern", "pattern": "(", "word": None}]}}
        del body["policy"]["rules"][0]["word"]
        answer = owner.client.post(f"{POLICY}/dry-run", json=body, headers=owner.headers)
        assert answer.status_code == 422
        assert "cannot be read" in answer.get_json()["errors"][0]["detail"]

    def test_another_sites_comments_are_not_looked_at(
        self, owner: Owner, visitor: Visitor, drain: Drain, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """Nor those that nobody has decided yet."""
        other = add_site(runtime, "other", "https://other.example")
        visitor.comment(body="My casino.")
        drain()
        rows("UPDATE comments SET site_id = :id", id=other.id)
        visitor.comment(body="My casino, undecided.")
        assert owner.dry_run(CASINO)["looked_at"] == 0
