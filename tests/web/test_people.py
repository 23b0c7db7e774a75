"""People and links: invited, promoted, kept out; and tokens. Never by a token, never the last owner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.storage.sites import Site
from tests.conftest import Rows, add_site
from tests.web.test_login import COOKIE, OWN, PASSWORD, REVIEW, enter

PEOPLE = "/api/v1/people"
LogIn = Callable[..., FlaskClient]
Bearer = Callable[..., dict[str, str]]


def invite(owner: FlaskClient, name: str = "ben", *, role: str = "moderator", site: str = "blog") -> Any:
    answer = owner.post(PEOPLE, json={"site": site, "name": name, "role": role})
    assert answer.status_code == 201, answer.text
    return answer.get_json()["link"]


def path_of(link: str) -> str:
    assert link.startswith("https://comments.example.net/desk/links/grl_")
    return link.removeprefix("https://comments.example.net")


def accept(client: FlaskClient, link: str, password: str = PASSWORD) -> Any:
    return client.post(path_of(link), data={"new_password": password}, headers=OWN)


def id_of(rows: Rows, name: str) -> int:
    ((found,),) = rows("SELECT id FROM moderators WHERE name = :name", name=name)
    return int(found)


class TestInvitation:
    """A link for somebody new."""

    def test_a_link_makes_a_moderator_once(self, app: APIFlask, log_in: LogIn) -> None:
        """Looking at it changes nothing, however often; then it is over."""
        link, browser = invite(log_in("owner", name="ada")), app.test_client()
        for _ in range(3):
            page = browser.get(path_of(link))
            assert (page.status_code, "Welcome" in page.text) == (200, True)
            assert page.headers["Referrer-Policy"] == "no-referrer"
            assert page.headers["Cache-Control"] == "no-store"
        refused = accept(browser, link, "password1234")
        assert (refused.status_code, "first that somebody" in refused.text) == (422, True)
        assert accept(browser, link).location == "/desk/login?welcome=yes"

        assert enter(browser, name="ben").location == "/desk/"
        assert browser.get(REVIEW).status_code == 200
        assert browser.get(path_of(link)).status_code == 404
        assert accept(browser, link).status_code == 404

    def test_it_is_taken_once_also_by_many_at_the_same_time(self, app: APIFlask, log_in: LogIn, rows: Rows) -> None:
        """Exactly one of them is let in."""
        link = invite(log_in("owner", name="ada"))
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: accept(app.test_client(), link).status_code, range(6)))

        assert answers.count(303) == 1
        assert set(answers) <= {303, 404, 409}
        assert rows("SELECT count(*) FROM moderators WHERE name = 'ben'") == [(1,)]

    @pytest.mark.parametrize(
        "change", ["UPDATE links SET expires_at = now()", "UPDATE links SET used_at = now()"], ids=["late", "withdrawn"]
    )
    def test_after_its_time_it_is_worth_nothing(
        self, client: FlaskClient, log_in: LogIn, rows: Rows, change: str
    ) -> None:
        """72 hours, or until somebody withdraws it."""
        link = invite(log_in("owner", name="ada"))
        assert rows("SELECT expires_at - created_at = interval '72 hours' FROM links") == [(True,)]
        rows(change)

        assert accept(client, link).status_code == 404
        assert rows("SELECT count(*) FROM moderators WHERE name = 'ben'") == [(0,)]

    def test_the_link_itself_is_not_stored(self, log_in: LogIn, rows: Rows) -> None:
        """Whoever reads the database can't follow it."""
        link = invite(log_in("owner", name="ada"))

        assert link.rpartition("/")[2] not in str(rows("SELECT l::text FROM links l"))
        assert "grl_" not in str(rows("SELECT a::text FROM audit_log a"))

    def test_another_page_can_not_send_its_form(self, client: FlaskClient, log_in: LogIn) -> None:
        """Though the form has no session; a page without a Referrer says `null` and that it is the same origin."""
        link, form = invite(log_in("owner", name="ada")), {"new_password": PASSWORD}
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}):
            assert client.post(path_of(link), data=form, headers=headers).status_code == 403
        own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}

        assert client.post(path_of(link), data=form, headers=own).status_code == 303

    def test_a_newer_invitation_replaces_an_older_one(self, client: FlaskClient, log_in: LogIn) -> None:
        """So that a link which went astray can be made worthless."""
        ada = log_in("owner", name="ada")
        first, second = invite(ada), invite(ada, role="viewer")

        assert client.get(path_of(first)).status_code == 404
        assert client.get(path_of(second)).status_code == 200

    def test_it_can_be_withdrawn_by_owners_of_the_site_only(
        self, client: FlaskClient, log_in: LogIn, runtime: Runtime
    ) -> None:
        """For others it is not there."""
        ada = log_in("owner", name="ada")
        link = invite(ada)
        (listed,) = ada.get(f"{PEOPLE}?site=blog").get_json()["invitations"]
        eve = log_in("owner", name="eve", of=add_site(runtime, "other", "https://other.example.com"))
        assert eve.delete(f"{PEOPLE}/invitations/{listed['id']}").status_code == 404
        assert client.get(path_of(link)).status_code == 200

        assert ada.delete(f"{PEOPLE}/invitations/{listed['id']}").status_code == 200
        assert client.get(path_of(link)).status_code == 404

    def test_who_has_an_account_already_is_on_the_site_at_once(
        self, log_in: LogIn, runtime: Runtime, rows: Rows
    ) -> None:
        """Without a link: nobody can take an account over by inviting its owner."""
        other = add_site(runtime, "other", "https://other.example.com")
        log_in("viewer", name="ben", of=other)
        ada = log_in("owner", name="ada")

        assert invite(ada) is None
        assert rows(
            "SELECT role FROM memberships WHERE moderator_id = :id ORDER BY site_id", id=id_of(rows, "ben")
        ) == [
            ("moderator",),
            ("viewer",),
        ]
        assert ada.post(PEOPLE, json={"site": "blog", "name": "ben", "role": "viewer"}).status_code == 409
        like_a_token = ada.post(PEOPLE, json={"site": "blog", "name": "token:bench", "role": "viewer"})
        assert (like_a_token.status_code, like_a_token.get_json()["errors"][0]["code"]) == (422, "colon")

    def test_the_api_accepts_links_as_well(self, client: FlaskClient, log_in: LogIn) -> None:
        """The token in the body, not in the address."""
        token = invite(log_in("owner", name="ada")).rpartition("/")[2]
        body = {"token": token, "new_password": PASSWORD}
        assert client.post("/api/v1/links", json={**body, "token": "grl_other"}, headers=OWN).status_code == 404

        assert client.post("/api/v1/links", json=body, headers=OWN).get_json() == {"name": "ben"}


class TestRoles:
    """Who may be what."""

    def test_a_role_is_changed_and_counts_at_once(self, log_in: LogIn, rows: Rows) -> None:
        """Also in a session that runs already; history says who did it."""
        ada, ben = log_in("owner", name="ada"), log_in("viewer", name="ben")
        body = {"site": "blog", "role": "owner"}
        assert ben.put(f"{PEOPLE}/{id_of(rows, 'ada')}/role", json=body).status_code == 403
        assert ada.put(f"{PEOPLE}/{id_of(rows, 'ben')}/role", json=body).status_code == 200

        assert ben.get(f"{PEOPLE}?site=blog").status_code == 200
        assert rows("SELECT actor, action, subject, details FROM audit_log") == [
            ("moderator:ada", "role_changed", "moderator:ben", {"before": "viewer", "role": "owner"})
        ]

    @pytest.mark.parametrize("deed", ["demote", "remove", "disable"])
    def test_the_last_owner_stays(self, log_in: LogIn, rows: Rows, deed: str) -> None:
        """Also when an admin tries, and when the other owner is kept out."""
        admin = log_in("viewer", name="root", is_admin=True)
        log_in("owner", name="ada")
        log_in("owner", name="ben")
        rows("UPDATE moderators SET disabled_at = now() WHERE name = 'ben'")
        url = f"{PEOPLE}/{id_of(rows, 'ada')}"

        answer = {
            "demote": lambda: admin.put(f"{url}/role", json={"site": "blog", "role": "viewer"}),
            "remove": lambda: admin.delete(f"{url}/role?site=blog"),
            "disable": lambda: admin.put(f"{url}/disabled", json={"is_disabled": True}),
        }[deed]()
        assert answer.status_code == 409
        assert rows("SELECT role FROM memberships m JOIN moderators o ON o.id = moderator_id WHERE name = 'ada'") == [
            ("owner",)
        ]

    def test_two_owners_who_remove_each_other_do_not_both_succeed(self, log_in: LogIn, rows: Rows) -> None:
        """However simultaneously."""
        for attempt in range(5):
            pair = {name: log_in("owner", name=name) for name in (f"ada {attempt}", f"ben {attempt}")}
            names = list(pair)
            rows(
                "DELETE FROM memberships WHERE moderator_id NOT IN (:a, :b)",
                a=id_of(rows, names[0]),
                b=id_of(rows, names[1]),
            )
            urls = [f"{PEOPLE}/{id_of(rows, name)}/role?site=blog" for name in reversed(names)]
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda case: case[0].delete(case[1]), zip(pair.values(), urls, strict=True)))

            assert rows("SELECT count(*) FROM memberships WHERE role = 'owner'") == [(1,)]

    def test_who_is_kept_out_is_out_at_once(self, log_in: LogIn, rows: Rows) -> None:
        """Sessions end; letting in again does not bring them back."""
        ada, ben = log_in("owner", name="ada"), log_in("moderator", name="ben")
        url = f"{PEOPLE}/{id_of(rows, 'ben')}/disabled"
        assert ada.put(url, json={"is_disabled": True}).status_code == 200
        assert ben.get(REVIEW).status_code == 401
        assert ada.put(url, json={"is_disabled": False}).status_code == 200

        assert ben.get(REVIEW).status_code == 401
        assert rows("SELECT disabled_at FROM moderators WHERE name = 'ben'") == [(None,)]

    def test_an_owner_does_not_get_further_through_somebody_who_works_elsewhere(
        self, log_in: LogIn, runtime: Runtime, rows: Rows
    ) -> None:
        """A link to their password would open the other site; so would that of an admin. An admin may make one."""
        other = add_site(runtime, "other", "https://other.example.com")
        log_in("moderator", name="ben", of=other)
        log_in("viewer", name="root", is_admin=True)
        ada = log_in("owner", name="ada")
        invite(ada, "ben")
        for name in ("ben", "root"):
            assert ada.post(f"{PEOPLE}/{id_of(rows, name)}/reset", json={}).status_code == 403
            assert ada.put(f"{PEOPLE}/{id_of(rows, name)}/disabled", json={"is_disabled": True}).status_code == 403
        log_in("moderator", name="zoe", of=other)
        assert ada.post(f"{PEOPLE}/{id_of(rows, 'zoe')}/reset", json={}).status_code == 404

        chief = log_in("viewer", name="chief", is_admin=True)
        assert chief.post(f"{PEOPLE}/{id_of(rows, 'ben')}/reset", json={}).status_code == 201

    def test_a_reset_link_changes_the_password_and_ends_all_sessions(
        self, app: APIFlask, log_in: LogIn, rows: Rows
    ) -> None:
        """It works for an hour; the second step stays."""
        ada, ben = log_in("owner", name="ada"), log_in("moderator", name="ben")
        rows(
            "UPDATE moderators SET totp_ciphertext = 'x', totp_key_id = 'k', totp_confirmed_at = now() WHERE name = 'ben'"
        )
        link = ada.post(f"{PEOPLE}/{id_of(rows, 'ben')}/reset", json={}).get_json()["link"]
        assert rows("SELECT expires_at - created_at = interval '1 hour' FROM links") == [(True,)]
        browser = app.test_client()
        assert accept(browser, link).status_code == 303

        assert ben.get(REVIEW).status_code == 401
        assert enter(browser, name="ben").location.startswith("/desk/login/code")

    def test_people_are_listed_page_by_page(self, log_in: LogIn) -> None:
        """All of this site, nobody twice, none of another."""
        ada = log_in("owner", name="ada")
        for number in range(5):
            log_in("viewer", name=f"reader {number}")
        seen, cursor = [], 0
        while cursor is not None:
            page = ada.get(f"{PEOPLE}?site=blog&limit=2&cursor={cursor}").get_json()
            seen += [person["name"] for person in page["people"]]
            cursor = page["next_cursor"]

        assert seen == ["ada", *(f"reader {number}" for number in range(5))]


class TestTokens:
    """Keys for programs."""

    def make(self, owner: FlaskClient, **wanted: Any) -> dict[str, str]:
        body = {"site": "blog", "role": "moderator", "name": "a script", **wanted}
        answer = owner.post("/api/v1/tokens", json=body)
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.get_json()['token']}"}

    def test_it_is_shown_once_works_and_is_revoked(self, client: FlaskClient, log_in: LogIn, rows: Rows) -> None:
        """The list says when it was last used, and by whom it was made."""
        ada = log_in("owner", name="ada")
        token = self.make(ada)
        assert client.get(REVIEW, headers=token).status_code == 200
        (listed,) = ada.get("/api/v1/tokens?site=blog").get_json()["tokens"]
        assert (listed["made_by"], listed["role"], listed["revoked_at"]) == ("moderator:ada", "moderator", None)
        assert listed["last_used_at"]
        assert token["Authorization"][7:] not in str(rows("SELECT t::text FROM tokens t"))

        assert ada.delete(f"/api/v1/tokens/{listed['id']}").status_code == 200
        assert client.get(REVIEW, headers=token).status_code == 401
        assert ada.delete(f"/api/v1/tokens/{listed['id']}").status_code == 404
        assert rows("SELECT action FROM audit_log ORDER BY id") == [("token_made",), ("token_revoked",)]

    def test_one_that_only_reads_changes_nothing(self, client: FlaskClient, log_in: LogIn) -> None:
        """Whatever its role: also not where a search is sent as a POST."""
        token = self.make(log_in("owner", name="ada"), role="owner", is_read_only=True)
        decision = {"decision": "spam", "revision": 1}
        url = "/api/v1/review/comments/01a20324-d1db-77f4-8a65-1ebc3994fe63"

        assert client.get(REVIEW, headers=token).status_code == 200
        assert client.post("/api/v1/review/search", json={}, headers=token).status_code == 200
        refused = client.post(f"{url}/decisions", json=decision, headers=token)
        assert (refused.status_code, refused.get_json()["detail"]) == (403, "This token only reads.")
        assert client.post(f"{url}/undo", json={"decision_id": 1}, headers=token).status_code == 403

    def test_it_ends_by_itself(self, client: FlaskClient, log_in: LogIn, rows: Rows) -> None:
        """After as many days as were asked for."""
        token = self.make(log_in("owner", name="ada"), days=30)
        assert rows("SELECT expires_at - created_at = interval '30 days' FROM tokens") == [(True,)]
        assert client.get(REVIEW, headers=token).status_code == 200
        rows("UPDATE tokens SET expires_at = now()")

        assert client.get(REVIEW, headers=token).status_code == 401

    def test_a_token_in_an_address_is_not_looked_at(self, client: FlaskClient, log_in: LogIn) -> None:
        """Addresses end up in logs and histories."""
        token = self.make(log_in("owner", name="ada"))["Authorization"][7:]
        for name in ("token", "access_token", "api_key", "Authorization"):
            assert client.get(f"{REVIEW}&{name}={token}").status_code in {401, 422}

    def test_it_opens_no_page_and_makes_no_other(self, client: FlaskClient, bearer: Bearer, site: Site) -> None:
        """A leaked token must not outlive its revocation."""
        body = {"site": "blog", "role": "owner", "name": "another"}

        assert client.post("/api/v1/tokens", json=body, headers=bearer("owner")).status_code == 403
        assert client.post(PEOPLE, json=body, headers=bearer("owner")).status_code == 403
        assert client.get("/desk/", headers=bearer("owner")).status_code == 303

    def test_owners_of_other_sites_neither_see_nor_revoke_it(self, log_in: LogIn, runtime: Runtime, rows: Rows) -> None:
        """It is not there for them."""
        self.make(log_in("owner", name="ada"))
        eve = log_in("owner", name="eve", of=add_site(runtime, "other", "https://other.example.com"))
        ((token_id,),) = rows("SELECT id FROM tokens")

        assert eve.get("/api/v1/tokens?site=blog").status_code == 403
        assert eve.delete(f"/api/v1/tokens/{token_id}").status_code == 404


class TestPages:
    """The same with a mouse."""

    def form(self, client: FlaskClient, path: str, **fields: str) -> Any:
        return client.post(path, data=fields)

    def test_an_owner_invites_changes_and_removes(self, log_in: LogIn, rows: Rows) -> None:
        """Each deed says what it did."""
        ada, _ = log_in("owner", name="ada"), log_in("viewer", name="<b>ben</b>")
        invited = self.form(ada, "/desk/people", site="blog", name="cleo", role="viewer")
        assert "https://comments.example.net/desk/links/grl_" in invited.text
        assert "&lt;b&gt;ben&lt;/b&gt;" in invited.text and "<b>ben" not in invited.text
        wrong = self.form(ada, "/desk/people", site="blog", name="\u202e", role="viewer")
        assert (wrong.status_code, "complaint-name" in wrong.text) == (422, True)
        url = f"/desk/people/{id_of(rows, '<b>ben</b>')}"
        assert self.form(ada, url, site="blog", act="role", role="moderator").status_code == 303
        assert "/desk/links/grl_" in self.form(ada, url, site="blog", act="reset").text
        assert self.form(ada, url, site="blog", act="disable").status_code == 303
        assert self.form(ada, url, site="blog", act="enable").status_code == 303
        gone = self.form(ada, url, site="blog", act="remove")
        assert "not on this site any more" in ada.get(gone.location).text

        last = self.form(ada, f"/desk/people/{id_of(rows, 'ada')}", site="blog", act="remove")
        assert (last.status_code, "Somebody must own the site" in last.text) == (409, True)
        ((link_id,),) = rows("SELECT id FROM links WHERE name = 'cleo'")
        assert self.form(ada, f"/desk/people/invitations/{link_id}/withdraw", site="blog").status_code == 303

    def test_an_owner_makes_and_revokes_a_token(self, log_in: LogIn, rows: Rows) -> None:
        """The token stands on the page once."""
        ada = log_in("owner", name="ada")
        made = self.form(
            ada, "/desk/tokens", site="blog", name="a script", role="viewer", is_read_only="true", days="7"
        )
        assert "Bearer grt_" in made.text
        assert "Bearer grt_" not in ada.get("/desk/tokens").text
        wrong = self.form(ada, "/desk/tokens", site="blog", name="a script", role="viewer", days="many")
        assert (wrong.status_code, "complaint-days" in wrong.text) == (422, True)
        ((token_id, is_read_only),) = rows("SELECT id, is_read_only FROM tokens")

        assert is_read_only
        assert self.form(ada, f"/desk/tokens/{token_id}/revoke", site="blog").status_code == 303
        assert "revoked" in ada.get("/desk/tokens").text

    def test_only_owners_have_these_doors(self, log_in: LogIn) -> None:
        """They are not even in the menu of others."""
        moderator = log_in("moderator", name="ben")

        assert "/desk/people" not in moderator.get("/desk/").text
        assert moderator.get("/desk/people").status_code == 403
        assert moderator.get("/desk/tokens").status_code == 403
        assert moderator.get_cookie(COOKIE)
