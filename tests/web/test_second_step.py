"""The second step: a code of an authenticator, each once, and recovery codes for when it is lost."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.runtime import Runtime
from service.storage import moderators
from service.storage.sites import Site
from service.vault import token_digest
from tests.conftest import Rows
from tests.web.test_login import COOKIE, HASH, OWN, PASSWORD, REVIEW, call, enter

Clock = Callable[[int], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`clock(30)`: half a minute later, as far as codes are concerned. Nobody waits for it."""
    ahead = 0
    really = Runtime.now

    def later(seconds: int) -> None:
        nonlocal ahead
        ahead += seconds

    from datetime import timedelta

    monkeypatch.setattr(Runtime, "now", staticmethod(lambda: really() + timedelta(seconds=ahead)))
    return later


@pytest.fixture
def ada(runtime: Runtime, site: Site) -> int:
    """Ada, owner of the blog."""
    with runtime.engine.begin() as connection:
        moderator_id = moderators.add(connection, "ada", password_hash=HASH, site_id=site.id, role="owner")
        moderators.set_password(connection, moderator_id, HASH)
    return moderator_id


def code_for(secret: str, offset: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(Runtime.now().timestamp()) + 30 * offset)


def add_authenticator(client: FlaskClient) -> tuple[str, list[str]]:
    """Set one up by the API. Returns its secret and the recovery codes."""
    enter(client)
    proposed = call(client, "POST", "/api/v1/session/totp", {"current_password": PASSWORD})
    assert proposed.status_code == 201, proposed.text
    secret: str = proposed.get_json()["secret"]
    confirmed = call(client, "PUT", "/api/v1/session/totp", {"code": code_for(secret)})
    assert confirmed.status_code == 200, confirmed.text
    return secret, confirmed.get_json()["recovery_codes"]


def show(client: FlaskClient, code: str) -> TestResponse:
    return call(client, "POST", "/api/v1/session/code", {"code": code})


def send(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """A form of a page of this session."""
    cookie = client.get_cookie(COOKIE)
    token = client.application.extensions["greenroom"].vault.csrf_token(token_digest(cookie.value if cookie else ""))
    return client.post(path, data={"csrf_token": token, **fields}, headers=OWN)


def test_the_login_asks_for_a_code(client: FlaskClient, app: APIFlask, ada: int, clock: Clock) -> None:
    """Before it nothing opens; after it there is a new session."""
    secret, _ = add_authenticator(client)
    clock(30)
    browser = app.test_client()
    entered = enter(browser, next="/desk/account")
    assert entered.location == "/desk/login/code?next=/desk/account"
    assert "Your code" in browser.get(entered.location).text
    assert browser.get(REVIEW).status_code == 401
    half = browser.get_cookie(COOKIE)
    assert browser.get_cookie(f"{COOKIE}_known") is None

    shown = send(browser, "/desk/login/code", code=code_for(secret), next="/desk/account")
    assert (shown.status_code, shown.location) == (303, "/desk/account")
    whole = browser.get_cookie(COOKIE)
    assert half and whole and half.value != whole.value
    assert browser.get(REVIEW).status_code == 200


@pytest.mark.parametrize(("offset", "status"), [(-2, 401), (-1, 201), (0, 201), (1, 201), (2, 401)])
def test_a_code_is_taken_a_step_before_and_after_its_time(
    client: FlaskClient, app: APIFlask, ada: int, clock: Clock, offset: int, status: int
) -> None:
    """Clocks differ; but not by more."""
    secret, _ = add_authenticator(client)
    clock(300)
    browser = app.test_client()
    enter(browser)

    assert show(browser, code_for(secret, offset)).status_code == status


def test_a_code_works_once(client: FlaskClient, app: APIFlask, ada: int, clock: Clock) -> None:
    """Whoever looked over a shoulder can't use it, nor one from before it."""
    secret, _ = add_authenticator(client)
    first, second = app.test_client(), app.test_client()
    enter(first)
    assert show(first, code_for(secret)).status_code == 401, "the one that confirmed it"
    clock(60)
    code, earlier = code_for(secret), code_for(secret, -1)
    assert show(first, code).status_code == 201
    enter(second)

    assert show(second, code).status_code == 401
    assert show(second, earlier).status_code == 401


def test_a_recovery_code_works_once(client: FlaskClient, app: APIFlask, ada: int, rows: Rows) -> None:
    """However it was written down; it is stored as a keyed hash, and its use is noted."""
    _, codes = add_authenticator(client)
    assert len(set(codes)) == 10
    browser = app.test_client()
    enter(browser)
    assert show(browser, f" {codes[3].upper().replace('-', ' ')} ").status_code == 201
    enter(browser)

    assert show(browser, codes[3]).status_code == 401
    assert show(browser, codes[4]).status_code == 201
    stored = str(rows("SELECT r::text FROM recovery_codes r"))
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]
    assert rows("SELECT count(*) FROM audit_log WHERE action = 'recovery_code_used'") == [(2,)]


def test_the_secret_is_stored_encrypted(client: FlaskClient, ada: int, rows: Rows) -> None:
    """Whoever reads the database can't make codes."""
    secret, _ = add_authenticator(client)
    ((stored,),) = rows("SELECT totp_ciphertext FROM moderators")

    assert secret.encode() not in bytes(stored)


def test_guessing_codes_becomes_slow(client: FlaskClient, app: APIFlask, ada: int) -> None:
    """A million codes are few."""
    add_authenticator(client)
    browser = app.test_client()
    enter(browser)

    assert [show(browser, f"00000{number}").status_code for number in range(6)] == [401] * 5 + [429]


def test_setting_one_up_needs_the_password_and_a_code(client: FlaskClient, ada: int) -> None:
    """Whoever finds an open browser can't lock its owner out."""
    enter(client)
    assert call(client, "POST", "/api/v1/session/totp", {}).status_code == 401
    assert call(client, "PUT", "/api/v1/session/totp", {"code": "123456"}).status_code == 409
    call(client, "POST", "/api/v1/session/totp", {"current_password": PASSWORD})
    assert call(client, "PUT", "/api/v1/session/totp", {"code": "123456"}).status_code == 422

    client.delete_cookie(COOKIE)
    assert enter(client).location == "/desk/", "what is not confirmed does not count"


def test_pages_set_one_up_and_take_it_away(client: FlaskClient, ada: int, clock: Clock) -> None:
    """The picture has no style and no script; the codes are shown once."""
    enter(client)
    assert "stolen password" in client.get("/desk/account").text
    refused = send(client, "/desk/account/second-step/begin", totp_password="not this one")
    assert (refused.status_code, "That is not your present password." in refused.text) == (401, True)
    begun = send(client, "/desk/account/second-step/begin", totp_password=PASSWORD)
    page = client.get(begun.location).text
    picture = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert picture and "style" not in picture[0] and "viewBox" in picture[0]
    found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert found
    secret = found[1].replace(" ", "")
    shown = send(client, "/desk/account/second-step", code=code_for(secret))
    codes = re.findall(r"<code>([a-z0-9-]+)</code>", shown.text)
    assert len(codes) == 10

    assert "10 of 10 recovery codes" in client.get("/desk/account").text
    renewed = send(client, "/desk/account/second-step/codes", code=codes[0])
    assert len(set(codes) | set(re.findall(r"<code>([a-z0-9-]+)</code>", renewed.text))) == 20
    clock(30)
    assert send(client, "/desk/account/second-step/remove", code="000000").status_code == 401
    assert send(client, "/desk/account/second-step/remove", code=code_for(secret)).status_code == 303
    client.delete_cookie(COOKIE)
    assert enter(client).location == "/desk/"


def test_owners_need_one_where_their_site_says_so(client: FlaskClient, app: APIFlask, ada: int, rows: Rows) -> None:
    """They set it up before they are let in, and can't take it away; moderators of that site need none."""
    rows("UPDATE sites SET owners_need_totp = true")
    entered = enter(client, next="/desk/account")
    assert entered.location == "/desk/login/enrol?next=/desk/account"
    assert client.get(REVIEW).status_code == 401
    assert client.get("/desk/account").status_code == 303
    assert send(client, "/desk/login/enrol", next="/desk/account").status_code == 303
    found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', client.get(entered.location).text)
    assert found
    wrong = send(client, "/desk/login/enrol/confirm", code="000000", next="/desk/account")
    assert (wrong.status_code, 'class="key"' in wrong.text) == (422, True)
    shown = send(client, "/desk/login/enrol/confirm", code=code_for(found[1].replace(" ", "")), next="/desk/account")
    assert 'href="/desk/account"' in shown.text
    assert client.get(REVIEW).status_code == 200
    codes = re.findall(r"<code>([a-z0-9-]+)</code>", shown.text)
    assert call(client, "POST", "/api/v1/session/totp/removal", {"code": codes[0]}).status_code == 403

    rows("UPDATE memberships SET role = 'moderator'")
    rows("UPDATE moderators SET totp_ciphertext = NULL, totp_confirmed_at = NULL")
    assert enter(app.test_client()).location == "/desk/"


def test_a_new_password_does_not_go_round_it(
    client: FlaskClient, app: APIFlask, ada: int, rows: Rows, clock: Clock
) -> None:
    """Whoever got a one-time password still needs the code first."""
    secret, _ = add_authenticator(client)
    rows("UPDATE moderators SET must_change_password = true")
    clock(30)
    browser = app.test_client()

    assert enter(browser).location.startswith("/desk/login/code")
    assert call(browser, "PUT", "/api/v1/session/password", {"new_password": "eleven boats at noon"}).status_code == 403
    assert show(browser, code_for(secret)).get_json()["stage"] == "password"
