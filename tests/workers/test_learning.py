"""Learning in a whole Greenroom of real processes: from decisions over HTTP to a model that judges, and back."""

import random
import signal
from dataclasses import dataclass

import httpx
import pytest

from tests.stack import Stack, wait_until
from tests.usecases.test_learn import honest, spam

SITE = "garden"
ORIGIN = "https://garden.example.org"
LEARNT_WITHIN_S = 60


@dataclass
class Garden:
    """A site of its own on the live stack, where everything is held, and one moderator."""

    stack: Stack
    token: str
    chance: random.Random

    def comment(self, body: str) -> str:
        """The id of a comment that was checked and waits."""
        answer = httpx.post(
            f"{self.stack.url}/api/v1/sites/{SITE}/comments",
            json={"page_url": f"{ORIGIN}/", "author_name": "Ann", "author_email": "ann@example.org", "body": body},
            headers={"Origin": ORIGIN},
            timeout=20,
        )
        assert answer.status_code == 202, answer.text
        comment_id = str(answer.json()["id"])
        wait_until(lambda: self.one("SELECT status FROM comments WHERE id = %s", comment_id) != "pending", 30)
        return comment_id

    def decide(self, count: int) -> None:
        """Half of them honest, half spam."""
        for n in range(count):
            body, decision = (spam(self.chance), "spam") if n % 2 else (honest(self.chance), "publish")
            answer = httpx.post(
                f"{self.stack.url}/api/v1/review/comments/{self.comment(body)}/decisions",
                json={"decision": decision, "revision": 1},
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=20,
            )
            assert answer.status_code == 201, answer.text

    def one(self, query: str, *parameters: object) -> object:
        with self.stack.database() as connection:
            row = connection.execute(query, parameters).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None

    def active(self) -> object:
        return self.one(
            "SELECT version FROM site_models m JOIN sites s ON s.id = m.site_id WHERE s.key = %s AND state = 'active'",
            SITE,
        )

    def readers(self, comment_id: str) -> object:
        return self.one("SELECT model_versions[2] FROM readings WHERE comment_id = %s", comment_id)


@pytest.fixture(scope="module")
def garden(live: Stack) -> Garden:
    live.command("site", "add", SITE, "--origin", ORIGIN)
    live.command("site", "set", SITE, "mode=hold_everything", 'thresholds={"spam": {"hold": 0.5}}')
    token = live.command("token", "add", "--site", SITE, "--role", "moderator").split()[-1]
    return Garden(live, token, random.Random(20_261_125))


def test_a_site_learns_and_goes_back(live: Stack, garden: Garden) -> None:
    """Decide, and a worker of its own retrains, compares and switches; one command goes back."""
    garden.decide(12)
    wait_until(lambda: garden.one("SELECT count(*) FROM site_models") == 1, LEARNT_WITHIN_S)
    assert garden.active() is None

    garden.decide(24)
    wait_until(lambda: garden.active() == 1, LEARNT_WITHIN_S)
    assert garden.readers(garden.comment(spam(garden.chance))) == "site:1"
    assert "active" in live.command("model", "list", "--site", SITE)
    assert "no worse" in live.command("model", "show", "1", "--site", SITE)

    assert "shipped reader alone" in live.command("model", "rollback", "--site", SITE)
    assert garden.readers(garden.comment(spam(garden.chance))) is None


def test_no_comment_waits_for_learning(live: Stack, garden: Garden) -> None:
    """While the learning worker stands still, everything else is judged; when it goes on, it learns."""
    newest = garden.one("SELECT max(version) FROM site_models")
    live.signal("worker-learning", signal.SIGSTOP, whole_family=True)
    try:
        garden.decide(24)
        assert garden.one("SELECT count(*) FROM tasks WHERE kind = 'learn' AND done_at IS NULL") == 1
    finally:
        live.signal("worker-learning", signal.SIGCONT, whole_family=True)
    wait_until(lambda: garden.one("SELECT max(version) FROM site_models") != newest, LEARNT_WITHIN_S)


def test_a_killed_learning_worker_leaves_nothing_undone(live: Stack, garden: Garden) -> None:
    """Killed while a task waits for it, it is started again, takes the task up and learns a model."""
    newest = garden.one("SELECT max(version) FROM site_models")
    live.signal("worker-learning", signal.SIGSTOP, whole_family=True)
    garden.decide(24)
    pid = live.pid("worker-learning")
    live.signal("worker-learning", signal.SIGKILL, whole_family=True)

    wait_until(lambda: live.pid("worker-learning") != pid, 30)
    wait_until(
        lambda: garden.one("SELECT count(*) FROM tasks WHERE kind = 'learn' AND done_at IS NULL") == 0, LEARNT_WITHIN_S
    )
    assert garden.one("SELECT max(version) FROM site_models") != newest
