"""Friction: who is suspicious must show a proof of work, and nobody else notices anything."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.test import TestResponse

from service.credentials.proof_of_work import VALID_FOR, Done, Flaw, WorkKeys, check_work, new_challenge
from service.runtime import Runtime
from service.storage import sites
from service.storage.sites import Friction, Site
from service.web import friction
from tests.conftest import ORIGIN, Drain, MakeRuntime, Rows, Visitor, add_site, make_app, status_of, typed

URL = "/api/v1/sites/blog/comments"
PEER = "203.0.113.5"
Send = Callable[..., TestResponse]


@pytest.fixture
def careful(runtime: Runtime, site: Site) -> Site:
    """The site `blog`, with friction for suspicious clients."""
    return with_friction(runtime, site)


def with_friction(runtime: Runtime, site: Site) -> Site:
    with runtime.engine.begin() as connection:
        sites.change(
            connection,
            site,
            replace(site, intake=replace(site.intake, friction=Friction.SUSPICIOUS)),
            changed_by="test",
        )
    return site


@pytest.fixture
def send(client: FlaskClient, careful: Site) -> Send:
    return lambda **fields: post(client, **fields)


def post(
    client: FlaskClient, *, peer: str = PEER, url: str = URL, headers: dict[str, str] | None = None, **fields: Any
) -> TestResponse:
    return client.post(
        url, json=typed(**fields), headers=headers or {"Origin": ORIGIN}, environ_base={"REMOTE_ADDR": peer}
    )


def opened(runtime: Runtime, ago: timedelta = timedelta(minutes=1)) -> str:
    """The token of a form that was opened so long ago."""
    return runtime.vault.form_token(datetime.now(UTC) - ago)


def asked(answer: TestResponse) -> dict[str, Any]:
    assert (answer.status_code, answer.get_json()["code"]) == (403, "proof_of_work_required"), answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def solved(challenge: dict[str, Any]) -> str:
    """What a browser sends for it."""
    given = altcha.Challenge.from_dict(challenge)
    found = altcha.solve_challenge(given)
    assert found
    return altcha.Payload(given, found).to_base64()


def altered(solution: str, change: Callable[[dict[str, Any]], object]) -> str:
    content = json.loads(base64.b64decode(solution))
    change(content)
    return base64.b64encode(json.dumps(content).encode()).decode()


class TestWhoIsSuspicious:
    """Known at the door: the form, how many, from where."""

    def test_an_honest_person_notices_nothing(self, send: Send, runtime: Runtime, rows: Rows) -> None:
        """A form that was open for a minute."""
        assert send(form_token=opened(runtime)).status_code == 202
        assert rows("SELECT suspicion FROM comments") == [(None,)]

    @pytest.mark.parametrize("ago", [timedelta(seconds=-30), timedelta(hours=25)])
    def test_a_form_that_is_too_young_or_too_old(self, send: Send, runtime: Runtime, ago: timedelta) -> None:
        """Sent faster than anyone can type, or taken from a page once and used for ever."""
        assert asked(send(form_token=opened(runtime, ago)))["reason"] == "missing"

    @pytest.mark.parametrize("token", [None, "", "1700000000.0123456789abcdef0123456789abcdef", "x"])
    def test_no_form_of_ours(self, send: Send, token: str | None) -> None:
        """A program that posts without ever having seen the page."""
        assert asked(send(form_token=token))["reason"] == "missing"

    def test_the_third_comment_within_minutes(self, send: Send, runtime: Runtime) -> None:
        """Two in a row are a conversation; another address is another person."""
        token = opened(runtime)
        assert [send(form_token=token, body=f"{n} thoughts").status_code for n in range(3)] == [202, 202, 403]
        assert send(form_token=token, peer="198.51.100.7").status_code == 202

    def test_a_network_from_which_nearly_nothing_but_spam_came(
        self, send: Send, runtime: Runtime, rows: Rows, client: FlaskClient
    ) -> None:
        """Five times spam today; the next network over is not to blame."""
        for number in range(6):
            assert send(form_token=opened(runtime), peer=f"198.51.100.{number}").status_code == 202
        rows("UPDATE comments SET status = 'spam' WHERE ip_prefix = '198.51.100.0/24'")
        forget_networks(client)

        asked(send(form_token=opened(runtime), peer="198.51.100.99"))
        assert send(form_token=opened(runtime), peer="198.51.101.99").status_code == 202

    def test_a_network_in_which_honest_people_live_as_well(
        self, send: Send, runtime: Runtime, rows: Rows, client: FlaskClient
    ) -> None:
        """Five times spam and twice not: nobody is asked."""
        for number in range(7):
            assert send(form_token=opened(runtime), peer=f"198.51.100.{number}").status_code == 202
        rows("UPDATE comments SET status = 'spam'")
        rows(
            "UPDATE comments SET status = 'published', shown_revision = 1 WHERE id IN (SELECT id FROM comments ORDER BY id LIMIT 2)"
        )
        forget_networks(client)

        assert send(form_token=opened(runtime), peer="198.51.100.99").status_code == 202

    def test_the_sites_own_server_is_never_asked(self, send: Send, bearer: Callable[..., dict[str, str]]) -> None:
        """It vouches for its visitors."""
        answer = send(headers=bearer("submitter"), author_ip=PEER)
        assert answer.status_code == 202, answer.text

    def test_it_is_off_unless_the_site_wants_it(self, visitor: Visitor) -> None:
        """Nothing is asked, nothing counted."""
        assert visitor.send(form_token=None).status_code == 202
        assert not visitor.client.application.extensions[friction.EXTENSION]._known

    def test_what_is_wrong_with_the_comment_is_said_first(self, send: Send) -> None:
        """Nobody computes for a comment that would be refused anyway."""
        answer = send(author_email="nobody")
        assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")


def forget_networks(client: FlaskClient) -> None:
    client.application.extensions[friction.EXTENSION]._known.clear()


class TestTheWork:
    """A challenge, a solution, once."""

    def test_who_did_the_work_is_let_in(self, send: Send, rows: Rows) -> None:
        """Like everybody: nothing is noted against the comment."""
        challenge = asked(send())["challenge"]
        assert challenge["parameters"]["data"] == {"site": "blog"}
        answer = send(pow=solved(challenge))
        assert answer.status_code == 202, answer.text
        assert rows("SELECT suspicion FROM comments") == [(None,)]

    def test_nothing_is_stored_before_the_work_is_done(self, send: Send, rows: Rows) -> None:
        """The refusal can be read from the page that sent it."""
        answer = send()
        assert asked(answer)["detail"].startswith("Solve the challenge")
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert rows("SELECT count(*) FROM comments") == [(0,)]

    def test_a_solution_is_good_once(self, send: Send) -> None:
        """For another comment there is a new challenge."""
        work = solved(asked(send())["challenge"])
        assert send(pow=work).status_code == 202
        again = asked(send(pow=work, body="Another thought."))
        assert again["reason"] == "used"
        assert send(pow=solved(again["challenge"]), body="Another thought.").status_code == 202

    def test_a_comment_that_is_sent_again_needs_no_second_solution(self, send: Send, rows: Rows) -> None:
        """The answer was lost on the way; the key says that it is the same comment."""
        work = solved(asked(send())["challenge"])
        answers = [send(pow=work, idempotency_key="the same") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [202, 202]
        assert answers[0].get_json()["id"] == answers[1].get_json()["id"]
        assert asked(send(pow=work, idempotency_key="another", body="Another thought."))["reason"] == "used"

    def test_a_solution_of_another_site(self, send: Send, runtime: Runtime, careful: Site) -> None:
        """Bound to the site that asked."""
        with_friction(runtime, add_site(runtime, "other", ORIGIN))
        challenge = asked(send(url="/api/v1/sites/other/comments"))["challenge"]
        assert asked(send(pow=solved(challenge)))["reason"] == "foreign"

    def test_a_challenge_that_we_did_not_make(self, send: Send) -> None:
        """Nor one of ours that was made easier."""
        own = altcha.create_challenge(
            "PBKDF2/SHA-256", 1, counter=1, expires_at=2**31, data={"site": "blog"}, hmac_secret=b"x"
        )
        assert asked(send(pow=solved(own.to_dict())))["reason"] == "foreign"
        work = solved(asked(send())["challenge"])
        for change in (
            lambda content: content["challenge"]["parameters"].update(cost=1),
            lambda content: content["challenge"]["parameters"].update(keyPrefix="00"),
            lambda content: content["challenge"]["parameters"].update(expiresAt=2**31),
            lambda content: content["challenge"]["parameters"].update(data={"site": "blog", "more": 1}),
            lambda content: content["challenge"].pop("signature"),
        ):
            assert asked(send(pow=altered(work, change)))["reason"] == "foreign"

    def test_a_solution_that_came_too_late(self, send: Send, runtime: Runtime) -> None:
        """A challenge is good for five minutes."""
        keys = WorkKeys(runtime.vault.work_key("challenge"), runtime.vault.work_key("answer"))
        late = new_challenge(keys, "blog", now=datetime.now(UTC) - VALID_FOR - timedelta(seconds=2))
        assert asked(send(pow=solved(dict(late))))["reason"] == "expired"

    @pytest.mark.parametrize(
        "change",
        [
            lambda content: content["solution"].update(derivedKey="00" * 32),
            lambda content: content["solution"].update(derivedKey=content["challenge"]["parameters"]["keyPrefix"]),
            lambda content: content["solution"].update(derivedKey=""),
            lambda content: content["solution"].update(derivedKey=None),
            lambda content: content["solution"].update(derivedKey="not hex"),
        ],
    )
    def test_a_solution_that_is_wrong(self, send: Send, change: Callable[[dict[str, Any]], object]) -> None:
        """Not solved at all, or guessed."""
        work = solved(asked(send())["challenge"])
        assert asked(send(pow=altered(work, change)))["reason"] == "wrong"

    @pytest.mark.parametrize(
        "work", ["", "x", "e30=", "bnVsbA==", "W10=", base64.b64encode(b"[" * 900).decode(), "\u2603", "null"]
    )
    def test_what_is_no_solution(self, send: Send, work: str) -> None:
        """Refused in words, with a new challenge."""
        assert asked(send(pow=work))["reason"] == "unreadable"

    def test_without_redis_a_signed_solution_is_taken(self, make_runtime: MakeRuntime, careful: Site) -> None:
        """Nobody remembers what was used, and nobody is kept out for that."""
        client = make_app(make_runtime(redis_url="redis://127.0.0.1:1/0")).test_client()
        work = solved(asked(post(client))["challenge"])
        assert [post(client, pow=work, body=f"{n} thoughts").status_code for n in range(2)] == [202, 202]
        assert asked(post(client))["reason"] == "missing"


class TestWhoCannotCompute:
    """Nobody is kept out for want of a script: a person looks."""

    def test_a_browser_that_cannot_compute(self, send: Send, rows: Rows, drain: Drain) -> None:
        """It says so, and the comment is held, with the reason."""
        answer = send(pow="none")
        assert answer.status_code == 202
        drain()
        assert status_of(rows, answer.get_json()["id"]) == "held"
        ((detail,),) = rows("SELECT detail FROM signals WHERE check_name = 'behaviour'")
        assert "without a form of this site" in detail
        assert "so a person has to look" in detail

    def test_a_form_without_javascript_is_held_and_never_refused(
        self, client: FlaskClient, careful: Site, rows: Rows, drain: Drain
    ) -> None:
        """Whatever it sends as a solution."""
        for work in (None, "rubbish"):
            fields = typed(body=f"Sent with {work}.", pow=work)
            answer = client.post(URL, data=fields, headers={"Origin": ORIGIN}, environ_base={"REMOTE_ADDR": PEER})
            assert answer.status_code == 303, answer.text
        drain()
        assert rows("SELECT status, suspicion FROM comments") == [("held", "form")] * 2

    def test_a_form_of_an_honest_person_is_published_as_ever(
        self, client: FlaskClient, careful: Site, rows: Rows, drain: Drain, runtime: Runtime
    ) -> None:
        """Nothing is held that was not suspicious."""
        fields = typed(form_token=opened(runtime))
        answer = client.post(URL, data=fields, headers={"Origin": ORIGIN}, environ_base={"REMOTE_ADDR": PEER})
        assert answer.status_code == 303
        drain()
        assert rows("SELECT status FROM comments") == [("published",)]


KEYS = WorkKeys(b"c" * 32, b"a" * 32)
CHALLENGE = dict(new_challenge(KEYS, "blog", now=datetime.now(UTC) + timedelta(hours=1)))
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["parameters", "signature", "counter", "derivedKey", "data"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
FIELDS = some.fixed_dictionaries(
    {}, optional=dict.fromkeys((*CHALLENGE["parameters"], "memoryCost", "parallelism"), JSON)
)


@given(
    changes=FIELDS,
    solution=JSON,
    signature=some.sampled_from([CHALLENGE["signature"], "", None, 7, "ab"]),
    whole=some.none() | JSON,
)
def test_nothing_that_is_sent_as_a_solution_breaks_the_door(
    changes: Any, solution: Any, signature: Any, whole: Any
) -> None:
    """Whatever it is, it has a flaw that we can name."""
    challenge = {"parameters": CHALLENGE["parameters"] | changes, "signature": signature}
    content = whole if whole is not None else {"challenge": challenge, "solution": solution}
    sent = base64.b64encode(json.dumps(content).encode()).decode()
    assert isinstance(check_work(KEYS, sent, "blog"), Flaw)


def test_a_right_solution_is_known_by_its_challenge() -> None:
    """Two challenges are never the same; the right answer to one is remembered until it would have expired."""
    done = check_work(KEYS, solved(CHALLENGE), "blog")
    assert isinstance(done, Done)
    assert done.mark == CHALLENGE["signature"][:32]
    assert done.until.timestamp() == CHALLENGE["parameters"]["expiresAt"]
