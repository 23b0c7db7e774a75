"""What holds on every page of the desk: readable for all, valid, whole with hostile comments, and usable without a script."""

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page, expect

from service.vault import token_digest
from tests.e2e.conftest import DESKTOP, HEIGHT, OpenPage
from tests.e2e.desk import (
    appealed,
    clear_queue,
    decisions_of,
    enter,
    flaws,
    held,
    in_status,
    phone_numbers,
    reported,
    until,
)
from tests.e2e.test_every_page import complaints_of_axe
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("pages")

NARROW = 390
HOSTILE = [
    "x" * 10_000,
    "\u202e\u2067\u2066 gnp.exe \u202b" * 20,
    "Z" + "\u0336\u0337\u0338" * 500,
    "</a></li></ol></main></body><script>alert(1)</script><img src=https://collector.example/a.png onerror=alert(1)>",
    "[click](https://evil.example/?a=1) https://evil.example/now ![pixel](https://collector.example/p.png)",
    "> " * 60 + "deep\n\n" + "- a\n  " * 40,
    "\U000e0041\ufdfd\U0001f469\u200d\u2764\ufe0f\u200d\U0001f468" * 200,
]


def unfold(page: Page) -> None:
    page.locator("#item details").evaluate_all("all => all.forEach(one => { one.open = true })")


def walk(page: Page, stack: Stack, ids: list[str]) -> Iterator[str]:
    """Go to every page of the desk that is ours, with something on it. Yields the name of each."""
    for name, address in {
        "queue": "/desk/",
        "comment": f"/desk/comments/{ids[0]}",
        "narrowed": "/desk/?text=nothing+of+the+kind&label=spam&waited=day",
        "by address": "/desk/?status=any&min_score=0.5",
        "bulk, new": "/desk/bulk/new?label=personal_data",
        "bans": f"/desk/bans/?comment={ids[0]}",
        "mails": "/desk/mails/",
        "own mail": "/desk/account/mail",
    }.items():
        page.goto(stack.url + address)
        yield name
    page.goto(f"{stack.url}/desk/comments/{ids[0]}")
    unfold(page)
    yield "comment, unfolded"
    page.goto(f"{stack.url}/desk/bulk/new?label=personal_data")
    page.get_by_text("Reject", exact=True).click()
    page.get_by_role("button", name="Decide about").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Rejected: {len(ids)} comments")
    expect(page.get_by_role("link", name="Decided")).to_have_text(f"Decided {len(ids)}")
    assert {(comment, event) for comment, event, _ in decisions_of(stack, ids)} == {(one, "reject") for one in ids}
    page.wait_for_load_state()
    yield "bulk"
    page.goto(f"{stack.url}/desk/bulk/")
    yield "bulk, list"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_is_accessible_valid_and_fits(greenroom: Stack, open_page: OpenPage, dark: bool) -> None:
    """axe-core finds nothing, the HTML is valid as it was sent, and nothing is scrolled sideways, at two widths."""
    clear_queue(greenroom)
    ids = held(greenroom, [*phone_numbers(3), HOSTILE[4]])
    page = enter(open_page(dark=dark, width=DESKTOP), greenroom, "olive", "owner")
    seen = []
    for name in walk(page, greenroom, ids):
        seen.append(name)
        for width in (NARROW, DESKTOP):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert page.evaluate("document.documentElement.scrollWidth") == width, f"{name} at {width}"
            assert complaints_of_axe(page) == [], f"{name} at {width}"
        sent = page.request.get(page.url).text()
        assert flaws(sent) == [], name
        assert page.locator("h1").count() == 1, name
    assert len(seen) == 11


def assert_whole(page: Page, name: str, sent: str | None = None) -> None:
    """As above, in light on a phone and in dark at a desk. `sent` is the page where it can't be fetched again."""
    for width, colours in ((NARROW, "light"), (DESKTOP, "dark")):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") == width, f"{name} at {width}"
        assert complaints_of_axe(page) == [], f"{name} in {colours} at {width}"
    assert flaws(sent or page.request.get(page.url).text()) == [], name
    assert page.locator("h1").count() == 1, name


def press(page: Page, button: str) -> str:
    """What the page sends and is answered with, as text."""
    with page.expect_navigation() as answer:
        page.get_by_role("button", name=button, exact=True).click()
    return answer.value.text()


def test_the_owners_pages_are_whole(greenroom: Stack, open_page: OpenPage) -> None:
    """Insights, audit log, people, tokens, one's account, one mail, and the keys where they are shown."""
    clear_queue(greenroom)
    accepted = greenroom.post("Ring 020 7946 0177 about the bees", author_email="bea.keeper@example.org").json()
    page = enter(open_page(), greenroom, "olive", "owner")
    until(page, lambda: accepted["id"] in in_status(greenroom, "held"))
    page.goto(f"{greenroom.url}/desk/comments/{accepted['id']}")
    page.locator("#reject > summary").click()
    page.get_by_text("Off topic").click()
    page.get_by_role("button", name="Reject the comment").click()
    until(page, lambda: decisions_of(greenroom, [accepted["id"]]) != [])
    with greenroom.database() as connection:
        (mail_id,) = connection.execute("SELECT max(id) FROM mails WHERE kind = 'statement'").fetchall()[0]
    for address in ("insights/", "audit/", "people/", "tokens/", "account", "mails/", f"mails/{mail_id}"):
        answer = page.goto(f"{greenroom.url}/desk/{address}")
        assert answer
        assert answer.ok, address
        assert_whole(page, address, answer.text())
    expect(page.locator(".letter")).to_be_visible()

    held(greenroom, phone_numbers(1))
    page.goto(f"{greenroom.url}/desk/")
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_whole(page, "keys")


def test_a_report_and_an_appeal_are_whole_and_the_answer_leads_on(greenroom: Stack, open_page: OpenPage) -> None:
    """In the list and on their pages; with the script, too, an answered appeal is followed by the next comment."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(3))
    reported(greenroom, ids[:1])
    appealed(greenroom, ids[1], by="ada")
    ada, bob = enter(open_page(), greenroom, "ada"), enter(open_page(), greenroom, "bob")
    for page, address in (
        (bob, ""),
        (bob, f"comments/{ids[0]}"),
        (bob, f"comments/{ids[1]}"),
        (ada, f"comments/{ids[1]}"),
    ):
        page.goto(f"{greenroom.url}/desk/{address}")
        unfold(page)
        assert_whole(page, address)
    expect(ada.get_by_text("Your own decision:")).to_be_visible()

    bob.goto(f"{greenroom.url}/desk/?status=waiting&site=demo")
    expect(bob.locator("html.scripted")).to_be_attached()
    for _ in range(2):
        bob.keyboard.press("j")
    expect(bob.locator("#item-title")).to_have_text("Reader 1")
    bob.get_by_role("button", name="Uphold the decision").click()
    expect(bob.locator(".toast")).to_contain_text("Upheld after an appeal the comment by Reader 1.")
    expect(bob.locator("#item-title")).to_have_text("Reader 2")
    assert "site=demo" in bob.url
    assert decisions_of(greenroom, ids[1:2])[-1] == (ids[1], "uphold", "moderator:bob")


def test_the_way_in_is_whole(greenroom: Stack, open_page: OpenPage) -> None:
    """Each page before the desk: the login, refused and not, a password, an authenticator, recovery codes, a link."""
    greenroom.command("site", "add", "night", "--origin", "https://night.example")
    told = greenroom.command("moderator", "add", "vera", "--site", "night", "--role", "owner")
    with greenroom.database() as connection:
        connection.execute(
            "INSERT INTO links (digest, name, site_id, role, made_by, expires_at)"
            " SELECT %s, 'wim', id, 'owner', 'moderator:vera', now() + interval '1 hour' FROM sites WHERE key = 'night'",
            (token_digest("i" * 40),),
        )
    page = open_page()

    def log_in(password: str) -> str:
        page.goto(f"{greenroom.url}/desk/login")
        page.get_by_label("Name").fill("vera")
        page.get_by_label("Password").fill(password)
        return press(page, "Log in")

    page.goto(f"{greenroom.url}/desk/login")
    assert_whole(page, "login")
    assert_whole(page, "login, refused", log_in("not the right one"))
    log_in(told.split()[-1])
    assert_whole(page, "choose a password")
    page.get_by_label("New password").fill("password1234")
    assert_whole(page, "choose a password, refused", press(page, "Save and go on"))
    page.get_by_label("New password").fill("nine grey geese over the mill")
    press(page, "Save and go on")

    page.goto(f"{greenroom.url}/desk/account")
    page.locator("#field-totp_password").fill("nine grey geese over the mill")
    press(page, "Set up an authenticator")
    assert_whole(page, "second step")
    with greenroom.database() as connection:
        connection.execute("UPDATE moderators SET totp_key_id = NULL, totp_ciphertext = NULL WHERE name = 'vera'")
        connection.execute("UPDATE sites SET owners_need_totp = true WHERE key = 'night'")
    page.context.clear_cookies()
    log_in("nine grey geese over the mill")
    assert_whole(page, "enrol")
    press(page, "Begin")
    assert_whole(page, "enrol, with a secret")
    authenticator = pyotp.TOTP(page.locator("code.key").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Code").fill(authenticator.now())
    assert_whole(page, "recovery codes", press(page, "Confirm"))
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{greenroom.url}/desk/account")
    assert_whole(page, "account with a second step")
    page.context.clear_cookies()
    log_in("nine grey geese over the mill")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your code")
    assert_whole(page, "code")

    page.context.clear_cookies()
    page.goto(f"{greenroom.url}/desk/links/{'i' * 40}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, wim")
    assert_whole(page, "link")
    page.goto(f"{greenroom.url}/desk/links/{'o' * 40}")
    assert_whole(page, "link that is over")


def test_no_comment_breaks_the_list_or_its_page(greenroom: Stack, open_page: OpenPage) -> None:
    """Whatever was sent: the rows are all there, the page is whole, nothing is asked of anybody else."""
    clear_queue(greenroom)
    ids = held(greenroom, HOSTILE, author="</bdi><script>alert(1)</script>\u202e")
    page = enter(open_page(width=NARROW), greenroom)
    page.goto(f"{greenroom.url}/desk/")
    expect(page.locator(".row")).to_have_count(len(HOSTILE))
    assert max(page.locator(".row").evaluate_all("all => all.map(one => one.offsetHeight)")) < 260
    for comment_id in ids:
        page.goto(f"{greenroom.url}/desk/comments/{comment_id}")
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW
        assert page.locator("#history-title").is_visible()
        assert flaws(page.request.get(page.url).text()) == []
        strangers = page.locator(".sent a, .rendered a, #item img, #item script, .row-text a").count()
        assert strangers == 0


def test_the_desk_works_without_a_script(greenroom: Stack, open_page: OpenPage) -> None:
    """Open, decide, read what happened, undo, reject with a reason: by buttons alone."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2))
    page = enter(open_page(javascript=False), greenroom)
    page.goto(f"{greenroom.url}/desk/")
    page.get_by_role("link", name="Begin with the first").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".toast")).to_contain_text("Published the comment by Reader 0.")
    expect(page.locator("#item-title")).to_have_text("Reader 1")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Took back the decision about the comment by Reader 0.")
    page.locator("#reject > summary").click()
    page.get_by_text("Off topic").click()
    page.get_by_role("button", name="Reject the comment").click()
    page.locator("#note-box > summary").click()
    page.get_by_label("For other moderators of this site").fill("Known to us.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#notes")).to_contain_text("Known to us.")

    assert [event for _, event, _ in decisions_of(greenroom, ids)] == ["publish", "undo", "reject"]


def test_a_claim_is_seen_and_the_slower_one_is_told(greenroom: Stack, open_page: OpenPage) -> None:
    """Bob sees that Ada has it open, decides all the same, and Ada reads what he decided; leaving ends a claim."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2))
    address = f"{greenroom.url}/desk/comments/{ids[0]}"
    ada, bob = enter(open_page(), greenroom, "ada"), enter(open_page(), greenroom, "bob")

    def claimed() -> list[str]:
        with greenroom.database() as connection:
            return [
                str(row[0])
                for row in connection.execute("SELECT claimed_by FROM claims WHERE comment_id = %s", (ids[0],))
            ]

    ada.goto(address)
    until(ada, lambda: claimed() == ["moderator:ada"])
    bob.goto(address)
    expect(bob.locator("#open-by")).to_have_text("ada has this open.")
    bob.keyboard.press("s")
    until(bob, lambda: ids[0] in in_status(greenroom, "spam"))
    assert claimed() == []

    ada.keyboard.press("a")
    expect(ada.locator("#said")).to_contain_text("bob has decided meanwhile")
    assert [event for _, event, _ in decisions_of(greenroom, ids)] == ["spam"]

    ada.goto(f"{greenroom.url}/desk/comments/{ids[1]}")
    until(ada, lambda: ada.evaluate("1") == 1)
    ada.goto(f"{greenroom.url}/desk/bulk/")
    until(ada, lambda: claimed() == [])


def test_a_selection_is_decided_in_bulk_and_taken_back(greenroom: Stack, open_page: OpenPage) -> None:
    """Chosen with `x`, shown, decided by the real worker, and undone in one go."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(4))
    page = enter(open_page(), greenroom)
    page.goto(f"{greenroom.url}/desk/")
    expect(page.locator("html.scripted")).to_be_attached()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    page.get_by_role("button", name="2 selected: decide…").click()
    expect(page.get_by_role("heading", name="Decide about 2 comments")).to_be_visible()
    page.get_by_text("Spam", exact=True).first.click()
    page.get_by_role("button", name="Decide about all 2").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert set(in_status(greenroom, "spam")) & set(ids) == set(ids[:2])

    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert set(in_status(greenroom, "held")) & set(ids) == set(ids)


def test_everything_that_matches_is_decided_and_leaves_the_queue(greenroom: Stack, open_page: OpenPage) -> None:
    """What the filter finds, all of it and nothing else: as many as were shown, and the rest still waits."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(5))
    others = held(greenroom, ["A heron stood in the weir all afternoon."], author="Walker")
    with greenroom.database() as connection:
        connection.execute("UPDATE comments SET reason_code = 'links' WHERE id = %s", (others[0],))
    page = enter(open_page(), greenroom)
    page.goto(f"{greenroom.url}/desk/?reason=personal_data")
    expect(page.locator(".row")).to_have_count(5)
    page.locator("#decide-all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide about 5 comments")
    page.get_by_text("Spam", exact=True).first.click()
    page.get_by_role("button", name="Decide about all 5").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    expect(page.get_by_role("link", name="Decided")).to_have_text("Decided 5")
    expect(page.locator("#progress-words")).to_have_text("5 of 5")

    assert decisions_of(greenroom, [*ids, *others]) == [(one, "spam", "moderator:ada") for one in ids]
    page.goto(f"{greenroom.url}/desk/?reason=personal_data")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    page.goto(f"{greenroom.url}/desk/")
    expect(page.locator(".row-author")).to_have_text(["Walker 0"])


def test_an_address_is_revealed_on_purpose_only(greenroom: Stack, open_page: OpenPage) -> None:
    """Masked first; the click is noted in the audit log; no address of a page has it."""
    answer = greenroom.post(
        "Call +44 20 7946 0111 about the vineyard at dusk", author_email="vera.lang@example.org"
    ).json()
    until_page = enter(open_page(javascript=False), greenroom, "ada")
    until(until_page, lambda: answer["id"] not in in_status(greenroom, "pending"))
    until_page.goto(f"{greenroom.url}/desk/comments/{answer['id']}")
    assert "vera.lang" not in until_page.content()
    until_page.locator(".reveal summary").click()
    until_page.get_by_role("button", name="Reveal the address").click()
    expect(until_page.locator(".facts").first).to_contain_text("vera.lang@example.org")
    assert "vera" not in until_page.url
    with greenroom.database() as connection:
        ((actor, details),) = connection.execute(
            "SELECT actor, details FROM audit_log WHERE action = 'email_revealed' AND subject = %s",
            (f"comment:{answer['id']}",),
        ).fetchall()
    assert (actor, details) == ("moderator:ada", {"why": "contact_author"})


def test_a_ban_from_a_comment(greenroom: Stack, open_page: OpenPage) -> None:
    """`b` leads to the form about whoever sent it; the list shows the ban and lifts it."""
    answer = greenroom.post("Ring 020 7946 0123 about the lighthouse", author_email="bea@example.org").json()
    page = enter(open_page(), greenroom)
    until(page, lambda: answer["id"] not in in_status(greenroom, "pending"))
    page.goto(f"{greenroom.url}/desk/comments/{answer['id']}")
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.press("b")
    page.get_by_text("Shadow.").click()
    page.get_by_label("Reason, for other moderators").fill("The third time this week")
    page.get_by_role("button", name="Ban").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("The third time this week")
    page.get_by_role("button", name="Lift").click()
    expect(page.get_by_role("heading", name="Nobody is banned here")).to_be_visible()


def test_one_logs_in_and_begins(greenroom: Stack, open_page: OpenPage) -> None:
    """With the one-time password of the command line, a password of one's own, and then the queue is there."""
    clear_queue(greenroom)
    held(greenroom, phone_numbers(1))
    told = greenroom.command("moderator", "add", "zoe", "--site", "demo", "--role", "moderator")
    page = open_page()
    page.goto(f"{greenroom.url}/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.get_by_label("Name").fill("zoe")
    page.get_by_label("Password").fill(told.split()[-1])
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Log in")
    for field in page.locator("input[type=password]").all():
        field.fill("eleven boats asleep at noon")
    page.locator("main button[type=submit]").click()
    expect(page.locator(".row")).to_have_count(1)
