"""A site's remote check in the running product: set by the command, asked by a worker of its own."""

import json

import httpx
import pytest

from tests.conftest import HOOK_SECRET
from tests.gateways.remote.service import as_json, serving
from tests.stack import Stack, wait_until

ORIGIN = "https://elsewhere.example"
SITE = "elsewhere"
SPAM = {"answers": [{"label": "spam", "score": 0.97, "detail": "Seen on three other sites today."}]}


@pytest.fixture(scope="module", autouse=True)
def _site(live: Stack) -> None:
    live.command("site", "add", SITE, "--origin", ORIGIN)


def ask_of(live: Stack, url: str, **changes: object) -> None:
    remote = {"kind": "hook", "url": url, "secret_name": "hook", "allow_private_hosts": True, **changes}
    live.command("site", "set", SITE, f"remote={json.dumps(remote)}")


def decided(live: Stack, body: str) -> tuple[str, str]:
    """Status and reason of a comment that was sent and checked."""
    answer = httpx.post(
        f"{live.url}/api/v1/sites/{SITE}/comments",
        json={"page_url": f"{ORIGIN}/", "author_name": "Ann", "author_email": "ann.canary@example.org", "body": body},
        headers={"Origin": ORIGIN},
        timeout=20,
    )
    assert answer.status_code == 202, answer.text

    def row() -> tuple[str, str] | None:
        with live.database() as connection:
            return connection.execute(
                "SELECT status, reasons[1] FROM decisions WHERE comment_id = %s", [answer.json()["id"]]
            ).fetchone()

    wait_until(row, 30)
    found = row()
    assert found
    return found


def test_a_hook_is_asked_and_believed(live: Stack) -> None:
    """Signed with the secret of the instance; its answer decides, and its sentence is the reason."""
    with serving(as_json(SPAM)) as service:
        ask_of(live, service.url)
        assert "97" in live.command("site", "ask", SITE, "--text", "Is anybody there?")
        assert decided(live, "We had the same with our roses last year.") == (
            "spam",
            "The site's own check says: Seen on three other sites today.",
        )

    assert [asked.json["data"]["body"] for asked in service.asked] == [
        "Is anybody there?",
        "We had the same with our roses last year.",
    ]
    assert not any(b"canary" in asked.body or HOOK_SECRET.encode() in asked.body for asked in service.asked)
    assert all(asked.headers["webhook-signature"].startswith("v1,") for asked in service.asked)


def test_when_it_is_gone_comments_are_held_and_then_not_asked(live: Stack) -> None:
    """The listener of the test before is closed: nobody answers there."""
    with serving(as_json(SPAM)) as service:
        pass
    ask_of(live, service.url)
    status, reason = decided(live, "And the roses came back in June.")
    assert status == "held"
    assert reason == "This site's remote check gave no answer (unreachable), so a person has to look."

    live.command("site", "set", SITE, "remote=null")
    assert decided(live, "Nobody believed me about the roses.")[0] == "published"
