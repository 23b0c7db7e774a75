"""Friction in a browser: a suspicious client computes unseen and gets through, and nobody else loads anything."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import FormOn, OpenPage, OpenWidget, Watch
from tests.e2e.widget import Host, pass_time
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("widget")

NO_FORM_OF_OURS = "1700000000.0123456789abcdef0123456789abcdef"


@pytest.fixture
def friction(greenroom: Stack) -> Iterator[None]:
    """The site wants it while the test runs; what was counted before is forgotten."""
    greenroom.command("site", "set", "demo", "friction=suspicious")
    forget_counts(greenroom)
    yield
    greenroom.command("site", "set", "demo", "friction=off")
    forget_counts(greenroom)


def forget_counts(greenroom: Stack) -> None:
    for key in greenroom.redis().scan_iter("*recent*"):
        greenroom.redis().delete(key)


def in_force(greenroom: Stack) -> None:
    """A setting is known to every process within a second."""
    wait_until(lambda: all(greenroom.post("No form.").status_code == 403 for _ in range(20)), 20)
    forget_counts(greenroom)


def stored(greenroom: Stack, body: str) -> list[tuple[object, ...]]:
    with greenroom.database() as connection:
        query = "SELECT c.status, c.suspicion FROM comments c JOIN revisions r ON r.comment_id = c.id WHERE r.body = %s"
        return connection.execute(query, (body,)).fetchall()


def has_loaded_solver(watch: Watch) -> bool:
    return any(url.endswith("/embed/pow.js") for url in watch.requests)


def test_nothing_is_asked_of_an_honest_person(
    greenroom: Stack, friction: None, host: Host, open_widget: OpenWidget, watch: Watch
) -> None:
    """Two comments in a row on one page: nothing is loaded for them, and both are published."""
    in_force(greenroom)
    widget = open_widget(host.page("/honest"))
    for body in ("Honest, and the first.", "Honest, and the second."):
        widget.fill(body).send()
        expect(widget.comment(body)).not_to_contain_text("awaiting moderation")
        wait_until(lambda body=body: stored(greenroom, body) == [("published", None)], 20)
    assert not has_loaded_solver(watch)


def test_a_suspicious_client_computes_and_gets_through(
    greenroom: Stack, friction: None, host: Host, open_widget: OpenWidget, watch: Watch
) -> None:
    """Nothing is seen of it, not even under the strictest policy; the comment goes the way of all others."""
    in_force(greenroom)
    widget = open_widget(host.page("/suspicious"))
    pass_time(widget.page.context, NO_FORM_OF_OURS)
    widget.fill("Suspicious, but willing.").send()
    expect(widget.comment("Suspicious, but willing.")).to_be_visible()
    wait_until(lambda: stored(greenroom, "Suspicious, but willing.") == [("published", None)], 20)
    assert has_loaded_solver(watch)
    assert watch.violations == []


def test_a_browser_that_cannot_load_the_solver_is_read_by_a_person(
    greenroom: Stack, friction: None, host: Host, open_widget: OpenWidget
) -> None:
    """The comment isn't lost, and its author is told who looks at it."""
    in_force(greenroom)
    widget = open_widget(host.page("/no-solver"))
    pass_time(widget.page.context, NO_FORM_OF_OURS)
    widget.page.context.route("**/embed/pow.js", lambda route: route.fulfill(status=404))
    widget.fill("Willing, but not able.").send()
    expect(widget.comment("Willing, but not able.")).to_be_visible()
    wait_until(lambda: stored(greenroom, "Willing, but not able.") == [("held", "form")], 20)


def test_a_form_without_javascript_is_taken_and_read_by_a_person(
    greenroom: Stack, friction: None, open_page: OpenPage, form_on: FormOn
) -> None:
    """Nobody is refused for want of a script."""
    in_force(greenroom)
    page = open_page(javascript=False)
    form_on(page).fill("No script at all.")
    page.locator("[name=form_token]").evaluate("(field, token) => { field.value = token }", NO_FORM_OF_OURS)
    page.get_by_role("button", name="Post Comment").click()
    page.wait_for_url("**/comments/*")
    wait_until(lambda: [found[1] for found in stored(greenroom, "No script at all.")] == ["form"], 20)
    assert stored(greenroom, "No script at all.")[0][0] in {"pending", "held"}


def test_a_solution_is_worth_one_comment_of_the_site_that_asked(
    greenroom: Stack, friction: None, open_page: OpenPage
) -> None:
    """Used, spoilt and unsolved ones are refused in words, each time with a new challenge."""
    in_force(greenroom)
    page = open_page()
    page.goto(f"{greenroom.url}/demo/plain")
    said = page.evaluate(SOLVE, {"page_url": f"{greenroom.url}/demo/"})
    assert said == [
        "missing: Solve the challenge and send the",
        "202",
        "used: This proof of work was used",
        "wrong: The proof of work is wrong.",
        "unreadable: The proof of work can't be",
        "foreign: The proof of work is not",
    ]


SOLVE = r"""
async ({ page_url }) => {
    const { solve } = await import("/embed/pow.js");
    let number = 0;
    const send = async (pow) => {
        const body = { page_url, body: `One of several, ${number++}.`, author_name: "Ada", author_email: "ada@example.org", pow };
        const answer = await fetch("/api/v1/sites/demo/comments", {
            method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
        });
        const told = await answer.json();
        return { challenge: told.challenge, said: answer.ok ? String(answer.status) : `${told.reason}: ${told.detail.split(" ").slice(0, 6).join(" ")}` };
    };
    const spoil = (pow, change) => {
        const content = JSON.parse(atob(pow));
        change(content);
        return btoa(JSON.stringify(content));
    };
    const asked = await send();
    const pow = await solve(asked.challenge);
    const all = [asked, await send(pow), await send(pow)];
    const another = await solve(all[2].challenge);
    all.push(await send(spoil(another, ({ solution }) => { solution.derivedKey = "00".repeat(32); })));
    all.push(await send("solved, I promise"));
    all.push(await send(spoil(another, ({ challenge }) => { challenge.parameters.cost = 1; })));
    return all.map(({ said }) => said);
}
"""


def test_the_solver_says_so_where_it_cannot_compute(greenroom: Stack, open_page: OpenPage) -> None:
    """A page without TLS has no cryptography; a page with an old library has objects that write themselves otherwise."""
    page = open_page()
    page.goto(f"{greenroom.url}/demo/plain")
    challenge = {
        "parameters": {"nonce": "00", "salt": "00", "cost": 1, "keyLength": 32, "keyPrefix": ""},
        "signature": "x",
    }
    solve = "async (challenge) => (await import('/embed/pow.js')).solve(challenge)"
    page.evaluate("Object.defineProperty(Object.prototype, 'toJSON', { value() { return 'old'; } })")
    assert re.fullmatch(r"[A-Za-z0-9+/]{100,}=*", page.evaluate(solve, challenge))
    page.evaluate("Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })")
    assert page.evaluate(solve, challenge) == "none"
