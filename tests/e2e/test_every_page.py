"""What holds on every page: readable for all, closed to others, and whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESKTOP, HEIGHT, PHONE, FormOn, Moderator, OpenPage, Watch, comment_id, workers_asleep
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("pages")

REFRESHES_ITSELF = "meta-refresh"
"""The result page reloads until the comment is decided; it says so and has a link that stops it, which
`test_refreshing_can_be_stopped` uses. Without JavaScript there is no other way to show that something changed."""

ADDRESSES = {
    "home": "/", "docs": "/api/docs", "not found": "/nothing/here",
    "result: a stranger's": "/comments/01a20324-d1db-77f4-8a65-1ebc3994fe63",
}  # fmt: skip
BODY = """A **calm** thought with a [link](https://source.example/), some `code`, a quote and a list.

> quoted

- one
- two

https://more.example/one https://more.example/two https://more.example/three
"""
AFTER_A_COMMENT = ("result: pending", "result: published", "demo", "errors", "result: not published")


@dataclass(frozen=True)
class Look:
    """What was seen of one page: axe-core's complaints, sizes in pixels, headers."""

    violations: list[str]
    widths: dict[int, int]
    headings: int
    smallest_target: float
    smallest_text: float
    headers: Mapping[str, str]


@pytest.fixture(scope="module", params=["light", "dark"])
def looks(
    request: pytest.FixtureRequest, browser: Browser, greenroom: Stack, moderator: Moderator, form_on: FormOn
) -> Iterator[dict[str, Look]]:
    """Every page with something on it, looked at in light or dark: name of the page and what was seen."""
    context = browser.new_context(color_scheme=request.param, reduced_motion="reduce")
    watch = Watch(greenroom.url)
    watch.over(context)
    headers: dict[str, Mapping[str, str]] = {}
    context.on("response", lambda answer: headers.update({answer.url: answer.headers}))
    page = context.new_page()
    seen = {}
    for name in walk(page, greenroom, moderator, form_on):
        seen[name] = look_at(page, headers[page.url.partition("#")[0]])
    context.close()
    watch.assert_nothing_happened()
    yield seen


def walk(page: Page, greenroom: Stack, moderator: Moderator, form_on: FormOn) -> Iterator[str]:
    """Go to one page after another. Yields the name of each while the browser is there."""
    for name, address in ADDRESSES.items():
        page.goto(greenroom.url + address)
        yield name
    with workers_asleep(greenroom):
        form_on(page).fill(BODY, website="https://ada.example/").send_at_once()
        page.wait_for_url("**/comments/*")
        result, sent = page.url, comment_id(page)
        # An answer without content leaves a document where it is, long enough to be looked at.
        page.route(result, lambda route: route.fulfill(status=204))
        yield "result: pending"
        page.goto("about:blank")
        page.unroute(result)
    moderator.publish_all([sent])
    page.goto(result)
    yield "result: published"
    form = form_on(page, f"/demo/plain?reply_to={sent}")
    yield "demo"
    form.fill("An answer without a name", name="", email="no address")
    page.locator("form.comment-form").evaluate("form => { form.noValidate = true }")
    with page.expect_navigation():
        page.get_by_role("button", name="Post Comment").click()
    yield "errors"
    assert moderator.decide(sent, "remove").status_code == 201
    page.goto(result)
    yield "result: not published"


def look_at(page: Page, headers: Mapping[str, str]) -> Look:
    widths = {}
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        widths[width] = page.evaluate("document.documentElement.scrollWidth")
    target, text = page.evaluate(
        """() => {
            const seen = (what) => [...document.querySelectorAll(what)].filter((one) => one.offsetParent);
            return [
                Math.min(...seen("button, textarea, input:not([type=hidden], [type=checkbox], [tabindex='-1'])")
                    .map((one) => one.offsetHeight), 999),
                Math.min(...seen("p, li, th, td, dd, label").map((one) => parseFloat(getComputedStyle(one).fontSize))),
            ];
        }"""
    )
    return Look(complaints_of_axe(page), widths, page.locator("h1").count(), target, text, headers)


def complaints_of_axe(page: Page) -> list[str]:
    """Every rule that is broken, and where; with that of how large a target must be, which axe-core leaves off."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    results = page.evaluate("axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    return [
        f"{broken['id']}: {broken['help']}: {node['target']} {node['failureSummary']}"
        for broken in results["violations"]
        for node in broken["nodes"]
    ]


def test_every_page_was_looked_at(looks: dict[str, Look]) -> None:
    """The other tests speak of all of them."""
    assert tuple(looks) == (*ADDRESSES, *AFTER_A_COMMENT)


def test_axe_finds_nothing(looks: dict[str, Look]) -> None:
    """No rule of axe-core is broken on any page, in either colours, but that the result page refreshes itself."""
    found = {
        name: [what for what in look.violations if name != "result: pending" or not what.startswith(REFRESHES_ITSELF)]
        for name, look in looks.items()
    }
    assert {name: violations for name, violations in found.items() if violations} == {}
    assert any(what.startswith(REFRESHES_ITSELF) for what in looks["result: pending"].violations)


def test_every_page_fits_and_can_be_read_and_pressed(looks: dict[str, Look]) -> None:
    """Nothing is scrolled sideways on a phone or a desk; no text is tiny; a thumb can hit what it must."""
    for name, look in looks.items():
        assert look.widths == {PHONE: PHONE, DESKTOP: DESKTOP}, name
        assert look.headings == 1, name
        assert look.smallest_text >= 13, name
        assert look.smallest_target >= 44, name


def test_every_page_is_closed_to_others(looks: dict[str, Look]) -> None:
    """The policy allows our own files only, nobody may frame a page, and no cache keeps one."""
    for name, look in looks.items():
        policy = dict(part.split(" ", 1) for part in look.headers["content-security-policy"].split("; "))
        assert {policy[what] for what in ("default-src", "frame-ancestors", "base-uri")} == {"'none'"}, name
        assert {policy[what] for what in ("script-src", "style-src", "img-src", "form-action")} == {"'self'"}, name
        assert look.headers["x-content-type-options"] == "nosniff", name
        assert look.headers["referrer-policy"] == "strict-origin-when-cross-origin", name
        assert look.headers["cache-control"] == "no-store", name


def test_the_cookie_of_an_author_is_out_of_reach(greenroom: Stack, open_page: OpenPage, form_on: FormOn) -> None:
    """It goes to its own result page only, scripts can't read it, and other sites can't have it sent."""
    page = open_page()
    form_on(page).fill("Which cookies do I get?").send_at_once()
    page.wait_for_url("**/comments/*")
    (cookie,) = page.context.cookies()
    assert cookie["path"] == f"/comments/{comment_id(page)}"
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert page.evaluate("document.cookie") == ""


def test_the_watch_sees_what_no_page_may_do(browser: Browser, greenroom: Stack, open_page: OpenPage) -> None:
    """All tests here rely on it: a frame, a foreign picture, a script in the text and a dialog are each noticed."""
    noted = Watch(greenroom.url)
    context = browser.new_context()
    try:
        noted.over(context)
        page = context.new_page()
        page.goto(f"{greenroom.url}/demo/plain")
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('img'), {src: 'https://collector.example/a.png'}))"
        )
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.wasRun = 1'}))"
        )
        page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), {src: '/demo/plain'}))")
        page.evaluate("alert('hello')")
        page.wait_for_function("document.querySelector('iframe')")
        assert page.evaluate("window.wasRun") is None
        assert len(noted.violations) >= 3
        assert noted.dialogs == ["hello"]

        unprotected = browser.new_context(bypass_csp=True)
        noted.over(unprotected)
        page = unprotected.new_page()
        page.goto(f"{greenroom.url}/demo/plain")
        with page.expect_event("requestfailed"):
            page.evaluate(
                "document.body.append(Object.assign(document.createElement('img'), {src: 'https://collector.example/a.png'}))"
            )
        unprotected.close()
        assert noted.foreign == ["https://collector.example/a.png"]
    finally:
        context.close()


def test_the_documentation_is_whole(greenroom: Stack, open_page: OpenPage) -> None:
    """Made from the real document: every operation and schema is there, no id twice, no link that leads nowhere."""
    document = httpx.get(f"{greenroom.url}/api/openapi.json", timeout=20).json()
    page = open_page()
    page.goto(f"{greenroom.url}/api/docs")
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    anchors = page.locator('a[href^="#"]').evaluate_all("all => all.map(one => decodeURIComponent(one.hash.slice(1)))")
    assert set(anchors) <= set(ids)
    assert all(one.strip() == one and " " not in one for one in ids)

    operations = [
        (verb.upper(), path, operation)
        for path, item in document["paths"].items()
        for verb, operation in item.items()
        if verb in {"get", "post", "put", "patch", "delete"}
    ]
    shown = page.locator(".operation .address").evaluate_all(
        "all => all.map(one => [one.querySelector('.verb').textContent, one.querySelector('code').textContent])"
    )
    assert sorted(map(tuple, shown)) == sorted((verb, path) for verb, path, _ in operations)
    headings = page.locator(".operation h3").all_inner_texts()
    assert set(headings) == {operation["summary"] for _, _, operation in operations}
    assert {f"schema-{name}" for name in document["components"]["schemas"]} <= set(ids)


def test_the_documentation_can_be_read(greenroom: Stack, open_page: OpenPage) -> None:
    """Sorted under the names that the document gives, in words: no template, no Python and no JSON shows through."""
    page = open_page()
    page.goto(f"{greenroom.url}/api/docs")
    text = page.locator("main").inner_text()
    for slip in (
        "{{",
        "{%",
        " None",
        "Undefined",
        "<bound method",
        "dict_",
        "OrderedDict",
        "&lt;",
        "&amp;",
        "anything",
    ):
        assert slip not in text, slip
    tags = [item["name"] for item in httpx.get(f"{greenroom.url}/api/openapi.json", timeout=20).json()["tags"]]
    headings = page.locator(".reference > section > h2").all_inner_texts()
    assert headings == [*tags, "Keys and sessions", "Schemas"]
    for summary in page.locator("summary").all():
        assert summary.inner_text().strip()
