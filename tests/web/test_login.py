"""Logging in: one answer for all that is wrong, slow for whoever guesses, and no session before every step is done."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from service.cli.people import create_moderator
from service.credentials.passwords import hash_password
from service.runtime import Runtime
from service.storage import moderators
from service.storage.sites import Site
from service.vault import token_digest
from tests.conftest import MakeRuntime, Rows, make_app

COOKIE = "__Host-greenroom"
PASSWORD = "seven herons over a grey weir"
HASH = hash_password(PASSWORD)
OWN = {"Origin": "https://comments.example.net", "Sec-Fetch-Site": "same-origin"}
REVIEW = "/api/v1/review/comments?site=blog"
LogIn = Callable[..., FlaskClient]


@pytest.fixture
def ada(runtime: Runtime, site: Site) -> int:
    """Ada, a moderator of the blog who has chosen a password."""
    with runtime.engine.begin() as connection:
        moderator_id = moderators.add(connection, "ada", password_hash=HASH, site_id=site.id, role="moderator")
        moderators.set_password(connection, moderator_id, HASH)
    return moderator_id


def enter(client: FlaskClient, *, name: str = "ada", password: str = PASSWORD, **more: Any) -> TestResponse:
    """Send the form of the login page."""
    headers = {**OWN, **more.pop("headers", {})}
    return client.post("/desk/login", data={"name": name, "password": password, **more}, headers=headers)


def call(client: FlaskClient, method: str, path: str, body: Any = None) -> TestResponse:
    """An API call as a page of the desk makes it."""
    cookie = client.get_cookie(COOKIE)
    runtime = client.application.extensions["greenroom"]
    token = runtime.vault.csrf_token(token_digest(cookie.value if cookie else ""))
    return client.open(path, method=method, json=body, headers={**OWN, "X-CSRF-Token": token})


class TestEntering:
    """Name and password."""

    def test_whoever_knows_the_password_is_let_in(self, client: FlaskClient, ada: int) -> None:
        """And comes to the page that they wanted to see."""
        asked = client.get("/desk/account?done=x")
        assert asked.status_code == 303
        assert asked.location == "/desk/login?next=/desk/account?done%3Dx"
        assert 'value="/desk/account?done=x"' in client.get(asked.location).text

        entered = enter(client, next="/desk/account?done=x")
        assert (entered.status_code, entered.location) == (303, "/desk/account?done=x")
        assert client.get("/desk/account").status_code == 200
        assert client.get(REVIEW).status_code == 200
        assert client.get("/desk/login").status_code == 303

    def test_the_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts(self, client: FlaskClient, ada: int) -> None:
        """`__Host-` wants TLS, no domain and the whole path; Lax keeps it from other sites' posts."""
        for line in enter(client).headers.getlist("Set-Cookie"):
            assert line.startswith("__Host-")
            assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(line.split("; "))
            assert "Domain" not in line

    def test_without_tls_it_goes_by_another_name(self, make_runtime: MakeRuntime, site: Site, ada: int) -> None:
        """Browsers would refuse the other one there."""
        client = make_app(make_runtime(public_url="http://127.0.0.1:8080")).test_client()
        entered = enter(client, headers={"Origin": "http://127.0.0.1:8080"})

        assert [line.split("=")[0] for line in entered.headers.getlist("Set-Cookie")] == [
            "greenroom_session",
            "greenroom_session_known",
        ]
        assert "Secure" not in str(entered.headers)

    def test_each_login_is_a_session_of_its_own(self, client: FlaskClient, ada: int) -> None:
        """Whoever planted a cookie before does not get in with it."""
        client.set_cookie(COOKIE, "grs_planted", secure=True)
        enter(client)
        first = client.get_cookie(COOKIE)
        enter(client)
        second = client.get_cookie(COOKIE)

        assert first and second
        assert len({"grs_planted", first.value, second.value}) == 3

    @pytest.mark.parametrize(
        ("name", "password"), [("ada", "another one entirely"), ("nobody", PASSWORD), ("ADA\u202e", "x"), ("ada", "-")]
    )
    def test_wrong_is_wrong(self, client: FlaskClient, ada: int, name: str, password: str) -> None:
        """One sentence for a wrong name and for a wrong password, what was typed as the name is kept, the rest is not."""
        refused = enter(client, name=name, password=password)

        assert refused.status_code == 401
        assert "The name or the password is not right." in refused.text
        assert password not in refused.text.replace(PASSWORD, "") if len(password) > 5 else True
        assert not client.get_cookie(COOKIE)

    def test_whoever_is_disabled_is_told_the_same(self, client: FlaskClient, ada: int, rows: Rows) -> None:
        """Also with the right password."""
        rows("UPDATE moderators SET disabled_at = now()")

        assert enter(client).status_code == 401

    def test_a_name_that_nobody_has_costs_the_same_work(self, client: FlaskClient, ada: int, rows: Rows) -> None:
        """So that the clock does not tell who is a moderator (T11). Counted in time of the processor, not of the wall."""
        spent: dict[str, list[float]] = {"ada": [], "nobody": []}
        enter(client, name="warm up", password="x" * 12)
        for _ in range(7):
            for name, times in spent.items():
                rows("DELETE FROM guesses")
                began = time.process_time()
                assert enter(client, name=name, password="a wrong password").status_code == 401
                times.append(time.process_time() - began)

        assert 0.75 < median(spent["nobody"]) / median(spent["ada"]) < 1.33

    @pytest.mark.parametrize(
        "wanted",
        ["https://evil.example/", "//evil.example", "/\\evil.example", "/desk/../../x\n", "javascript:alert(1)",
         "/desk//evil.example\\@x", "/api/docs", "/desk/login", "x" * 1500],
    )  # fmt: skip
    def test_a_link_leads_nowhere_but_to_the_desk(self, client: FlaskClient, ada: int, wanted: str) -> None:
        """T17: whatever stands behind `next`."""
        assert enter(client, next=wanted).location == "/desk/"

    @pytest.mark.parametrize(
        "headers",
        [{"Origin": "https://example.org"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": ""}],
    )
    def test_another_page_can_not_log_somebody_in(self, client: FlaskClient, ada: int, headers: dict[str, str]) -> None:
        """Else a stranger could let somebody work under the stranger's name."""
        assert enter(client, headers=headers).status_code == 403
        assert not client.get_cookie(COOKIE)

    def test_pages_of_the_desk_are_kept_nowhere_and_framed_by_nobody(self, client: FlaskClient, ada: int) -> None:
        """Before the login, after it, and the way between."""
        answers = [client.get("/desk/login"), client.get("/desk/account"), enter(client), client.get("/desk/account")]
        for answer in answers:
            assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answers[-1].headers["Content-Security-Policy"]
        assert "unsafe" not in answers[-1].headers["Content-Security-Policy"]


class TestGuessing:
    """How soon it becomes slow, and for whom."""

    def test_the_sixth_guess_waits(self, client: FlaskClient, ada: int, rows: Rows) -> None:
        """The sentence and `Retry-After` say how long; the right password waits as well, and then is let in."""
        assert [enter(client, password="a wrong guess").status_code for _ in range(5)] == [401] * 5
        refused = enter(client)

        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) >= 1
        assert "Please wait" in refused.text
        rows("UPDATE guesses SET free_at = now()")
        assert enter(client).status_code == 303

    def test_each_wait_is_twice_the_one_before_but_not_for_ever(
        self, client: FlaskClient, ada: int, rows: Rows, runtime: Runtime
    ) -> None:
        """Five minutes at most: a stranger can't lock anybody out for good."""
        waits = []
        for _ in range(13):
            enter(client, password="a wrong guess")
            ((wait,),) = rows(
                "SELECT extract(epoch FROM free_at - last_at)::int FROM guesses WHERE key = :key",
                key=runtime.vault.guess_key("name", "ada"),
            )
            waits.append(wait)
            rows("UPDATE guesses SET free_at = now()")

        assert waits == [0, 0, 0, 0, 10, 20, 40, 80, 160, *[300] * 4]

    def test_a_name_that_nobody_has_is_slowed_down_alike(self, client: FlaskClient, site: Site) -> None:
        """Else the slowness would tell who is a moderator."""
        assert [enter(client, name="nobody").status_code for _ in range(6)] == [401] * 5 + [429]

    def test_many_at_once_get_no_further_than_one_after_another(self, app: APIFlask, ada: int) -> None:
        """A guess is counted before it is looked at."""
        with ThreadPoolExecutor(10) as pool:
            answers = list(
                pool.map(lambda _: enter(app.test_client(), password="a wrong guess").status_code, range(10))
            )

        assert set(answers) == {401, 429}
        assert answers.count(401) <= 5

    def test_strangers_do_not_slow_down_a_browser_that_was_let_in_before(
        self, app: APIFlask, client: FlaskClient, ada: int
    ) -> None:
        """While they guess, the person logs in where they always do; elsewhere they wait."""
        enter(client)
        client.delete_cookie(COOKIE)
        for _ in range(6):
            enter(app.test_client(), password="a wrong guess")

        assert enter(app.test_client()).status_code == 429
        assert enter(client).status_code == 303

    def test_what_a_browser_keeps_counts_for_its_own_person_only(
        self, app: APIFlask, client: FlaskClient, ada: int, runtime: Runtime, site: Site
    ) -> None:
        """A moderator can't guess another's password with it; and a made-up one is worth nothing."""
        enter(client)
        known = client.get_cookie(f"{COOKIE}_known")
        assert known
        with runtime.engine.begin() as connection:
            moderators.add(connection, "bob", password_hash=HASH, site_id=site.id, role="owner")
        for value in (known.value, "made.up", known.value[:-1] + ("0" if known.value[-1] != "0" else "1")):
            stranger = app.test_client()
            stranger.set_cookie(f"{COOKIE}_known", value, secure=True)
            answers = [enter(stranger, name="bob", password="a wrong guess").status_code for _ in range(6)]
            assert answers[-1] == 429

    def test_one_address_tries_twenty_names(self, client: FlaskClient, site: Site) -> None:
        """Then it waits, whatever the name; nobody else does."""
        assert [enter(client, name=f"name {number}").status_code for number in range(21)] == [401] * 20 + [429]

    def test_it_is_counted_without_redis(self, make_runtime: MakeRuntime, site: Site, ada: int) -> None:
        """Guessing stays limited when Redis is away."""
        client = make_app(make_runtime(redis_url="redis://127.0.0.1:1/0")).test_client()

        assert [enter(client, password="a wrong guess").status_code for _ in range(6)] == [401] * 5 + [429]

    def test_neither_names_nor_addresses_are_kept(self, client: FlaskClient, site: Site, rows: Rows) -> None:
        """Somebody may type their e-mail address there."""
        enter(client, name="ann@example.org")
        kept = str(rows("SELECT g::text FROM guesses g")) + str(rows("SELECT a::text FROM audit_log a"))

        assert len(rows("SELECT 1 FROM guesses")) == 2
        assert "ann" not in kept
        assert "127.0.0.1" not in kept

    def test_the_log_says_how_many_attempts_came_before(self, client: FlaskClient, ada: int, rows: Rows) -> None:
        """So that somebody whose name was guessed at can see it."""
        enter(client, password="a wrong guess")
        enter(client, password="a wrong guess")
        enter(client)

        assert rows("SELECT actor, action, details FROM audit_log") == [
            ("moderator:ada", "logged_in", {"refused_before": 2})
        ]


class TestOneTimePassword:
    """Who was just made a moderator."""

    def test_it_opens_nothing_but_the_choice_of_another(
        self, client: FlaskClient, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """No page and no API before that; then a new session, and the old one is worth nothing."""
        password = create_moderator(runtime, "ben", site=site, role="owner")
        entered = enter(client, name="ben", password=password, next="/desk/account")
        assert entered.location == "/desk/login/password?next=/desk/account"
        assert client.get(REVIEW).status_code == 401
        assert client.get("/desk/account").status_code == 303
        page = client.get(entered.location)
        assert "Welcome" in page.text
        half = client.get_cookie(COOKIE)
        assert half

        token = runtime.vault.csrf_token(token_digest(half.value))
        form = {"csrf_token": token, "new_password": PASSWORD, "next": "/desk/account"}
        refused = client.post("/desk/login/password", data={**form, "new_password": "password1234"}, headers=OWN)
        assert refused.status_code == 422
        assert "first that somebody would try" in refused.text
        chosen = client.post("/desk/login/password", data=form, headers=OWN)
        assert (chosen.status_code, chosen.location) == (303, "/desk/account")
        assert client.get(REVIEW).status_code == 200
        again = client.get_cookie(COOKIE)
        assert again and again.value != half.value
        assert rows("SELECT stage, ended_at IS NULL FROM sessions ORDER BY id") == [
            ("password", False),
            ("open", True),
        ]
        assert enter(client, name="ben", password=password).status_code == 401

    def test_it_needs_the_page_of_this_session(self, client: FlaskClient, runtime: Runtime, site: Site) -> None:
        """Nobody else's page chooses the password."""
        password = create_moderator(runtime, "ben", site=site, role="owner")
        enter(client, name="ben", password=password)

        assert client.post("/desk/login/password", data={"new_password": PASSWORD}, headers=OWN).status_code == 403

    def test_the_step_is_over_after_a_quarter_of_an_hour(
        self, client: FlaskClient, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """A half-open door does not stay half open."""
        enter(client, name="ben", password=create_moderator(runtime, "ben", site=site, role="owner"))

        assert rows("SELECT expires_at - created_at <= interval '15 minutes' FROM sessions") == [(True,)]


class TestOwnAccount:
    """Password and sessions, by page and by API."""

    def test_the_api_does_what_the_pages_do(self, client: FlaskClient, ada: int) -> None:
        """Log in, look, log out."""
        entered = client.post("/api/v1/session", json={"name": "ada", "password": PASSWORD}, headers=OWN)
        assert entered.status_code == 201
        assert entered.get_json()["stage"] == "open"
        shown = client.get("/api/v1/session").get_json()
        assert shown["name"] == "ada"
        assert shown["roles"] == [{"site": "blog", "role": "moderator"}]
        assert shown["csrf_token"] == entered.get_json()["csrf_token"]

        assert call(client, "DELETE", "/api/v1/session").get_json() == {"ended": 1}
        assert client.get("/api/v1/session").status_code == 401

    def test_logging_out_needs_the_desk_itself(self, client: FlaskClient, ada: int) -> None:
        """No picture on a foreign page does it, and no GET."""
        enter(client)
        assert client.get("/desk/logout").status_code == 405
        assert client.post("/desk/logout", data={"x": "y"}, headers=OWN).status_code == 403
        cookie = client.get_cookie(COOKIE)
        assert cookie
        token = client.application.extensions["greenroom"].vault.csrf_token(token_digest(cookie.value))

        out = client.post("/desk/logout", data={"csrf_token": token}, headers=OWN)
        assert (out.status_code, out.location) == (303, "/desk/login")
        assert not client.get_cookie(COOKIE)
        client.set_cookie(COOKIE, cookie.value, secure=True)
        assert client.get("/api/v1/session").status_code == 401

    def test_sessions_are_listed_and_ended(self, app: APIFlask, client: FlaskClient, ada: int) -> None:
        """One, or all others; the one that asks goes on."""
        others = [app.test_client() for _ in range(3)]
        for number, other in enumerate(others):
            enter(other, headers={"User-Agent": f"Browser {number}"})
        enter(client, headers={"User-Agent": "This browser"})
        listed = client.get("/api/v1/sessions").get_json()["sessions"]
        assert {item["client"] for item in listed} == {"Browser 0", "Browser 1", "Browser 2", "This browser"}
        assert [item["client"] for item in listed if item["is_this"]] == ["This browser"]

        (first,) = (item["id"] for item in listed if item["client"] == "Browser 0")
        assert call(client, "DELETE", f"/api/v1/sessions/{first}").status_code == 200
        assert [other.get("/api/v1/session").status_code for other in others] == [401, 200, 200]
        assert call(client, "DELETE", "/api/v1/sessions").get_json() == {"ended": 2}
        assert [other.get("/api/v1/session").status_code for other in others] == [401, 401, 401]
        assert client.get("/api/v1/session").status_code == 200

    def test_nobody_ends_anothers_session(self, client: FlaskClient, ada: int, log_in: LogIn, rows: Rows) -> None:
        """It is not even there for them."""
        enter(client)
        ((session_id,),) = rows("SELECT id FROM sessions")
        eve = log_in("owner", name="eve", is_admin=True)

        assert eve.delete(f"/api/v1/sessions/{session_id}").status_code == 404
        assert eve.delete(f"/api/v1/sessions/{2**70}").status_code == 404
        assert client.get("/api/v1/session").status_code == 200

    def test_a_new_password_needs_the_present_one_and_ends_every_other_session(
        self, app: APIFlask, client: FlaskClient, ada: int
    ) -> None:
        """With a new session for whoever changed it; the old one is worth nothing."""
        other = app.test_client()
        enter(other)
        enter(client)
        before = client.get_cookie(COOKIE)
        wanted = {"current_password": "not this one", "new_password": "eleven boats asleep at noon"}
        assert call(client, "PUT", "/api/v1/session/password", wanted).status_code == 401
        assert call(client, "PUT", "/api/v1/session/password", {"new_password": PASSWORD}).status_code == 401

        wanted["current_password"] = PASSWORD
        changed = call(client, "PUT", "/api/v1/session/password", wanted)
        assert changed.status_code == 200, changed.text
        after = client.get_cookie(COOKIE)
        assert before and after and before.value != after.value
        assert client.get("/api/v1/session").status_code == 200
        assert other.get("/api/v1/session").status_code == 401
        assert enter(app.test_client()).status_code == 401
        assert enter(app.test_client(), password=wanted["new_password"]).status_code == 303

    def test_a_stolen_session_can_not_guess_the_password(self, client: FlaskClient, ada: int) -> None:
        """That is counted too."""
        enter(client)
        wanted = {"current_password": "a wrong guess", "new_password": "eleven boats asleep at noon"}
        answers = [call(client, "PUT", "/api/v1/session/password", wanted).status_code for _ in range(6)]

        assert answers == [401] * 5 + [429]

    def test_the_page_shows_sessions_and_says_what_is_wrong(self, client: FlaskClient, ada: int) -> None:
        """And what was done."""
        enter(client, headers={"User-Agent": "<b>Browser</b>"})
        cookie = client.get_cookie(COOKIE)
        assert cookie
        token = client.application.extensions["greenroom"].vault.csrf_token(token_digest(cookie.value))
        page = client.get("/desk/account").text
        assert "&lt;b&gt;Browser&lt;/b&gt;" in page
        assert "moderator of blog" in page

        form = {"csrf_token": token, "current_password": PASSWORD, "new_password": PASSWORD}
        refused = client.post("/desk/account/password", data=form, headers=OWN)
        assert refused.status_code == 422
        assert "This is the password that you have now." in refused.text

    def test_programs_have_no_account(self, client: FlaskClient, bearer: Callable[..., dict[str, str]]) -> None:
        """A token is told so."""
        assert client.get("/api/v1/session", headers=bearer("owner")).status_code == 403
        assert client.get("/api/v1/sessions", headers=bearer("owner")).status_code == 403


def test_nothing_of_it_is_in_redis(client: FlaskClient, ada: int, runtime: Runtime) -> None:
    """Neither sessions nor counters."""
    enter(client)
    redis: Redis = runtime.redis

    assert redis.keys("*") == []
