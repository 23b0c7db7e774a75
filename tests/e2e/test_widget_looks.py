"""How the widget looks and reads: for eyes, ears, keys and phones, in other languages, and on pages that mean it ill."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, OpenWidget, workers_asleep
from tests.e2e.test_every_page import complaints_of_axe
from tests.e2e.widget import Host, Widget, published
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("widget")

BODY = "A **calm** thought with a [link](https://source.example/), `code`, a quote and a list.\n\n> quoted\n\n- one\n\n```\nx\n```"
LONG = "W" * 3_000
CANVAS = "<style>:root { background: canvas; color: canvastext }</style>"
"""What a browser paints anyway, so that axe knows it."""

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(19, 24, 21)"


def talk(stack: Stack, url: str) -> None:
    """A page with a deep conversation and the widest word."""
    (last, *_) = published(stack, url, [BODY, LONG], author_name="Rosalind", author_website="https://rosalind.example/")
    for name in ("Barbara", "محمد", "Grace", "N" * 100):
        (last,) = published(stack, url, ["I think so too."], author_name=name, parent_id=last)


def in_all_its_states(stack: Stack, widget: Widget, *, post: str, report: str) -> None:
    """One's own comment that waits, a form with errors, a report that is being written, a folded hint that is open."""
    page = widget.page
    boxes = page.locator("form").last.get_by_role("textbox")
    with workers_asleep(stack):
        for box, text in zip(boxes.all(), ("Waiting for the checks.", "Ada", "ada@example.org", ""), strict=True):
            box.fill(text)
        widget.button(post).click()
        expect(widget.comment("Waiting for the checks.")).to_be_visible()
        page.get_by_role("article").first.get_by_role("button", name=report).click()
        page.locator("summary").click()
        boxes.nth(0).fill("")
        boxes.nth(1).fill("")
        widget.button(post).click()
        expect(page.locator("[aria-invalid=true]")).to_have_count(2)
        check_access(page)


def check_access(page: Page) -> None:
    assert complaints_of_axe(page) == []


@pytest.mark.parametrize(
    ("lang", "dark", "post", "report"),
    [
        ("en", False, "Post Comment", "Report"),
        ("en", True, "Post Comment", "Report"),
        ("ar", False, "إرسال التعليق", "إبلاغ"),
    ],
    ids=["light", "dark", "right to left"],
)
def test_axe_finds_nothing(
    greenroom: Stack, host: Host, open_widget: OpenWidget, lang: str, dark: bool, post: str, report: str
) -> None:
    url = host.page(f"/axe-{lang}-{dark}", lang=lang, direction="rtl" if lang == "ar" else "ltr", head=CANVAS)
    widget = open_widget(url, dark=dark, bypass_csp=True)
    check_access(widget.page)
    talk(greenroom, url)
    widget.go(url)
    expect(widget.page.get_by_role("article")).to_have_count(6)
    in_all_its_states(greenroom, widget, post=post, report=report)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_it_fits_a_phone(greenroom: Stack, host: Host, open_widget: OpenWidget, lang: str) -> None:
    """Nothing is wider than the screen, a thumb can hit what it must, text can be read."""
    url = host.page(f"/phone-{lang}", lang=lang, direction="rtl" if lang == "ar" else "ltr")
    talk(greenroom, url)
    page = open_widget(url, width=PHONE).page
    expect(page.get_by_role("article")).to_have_count(6)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    shown = "all => all.filter(one => one.offsetParent && !one.closest('[aria-hidden]'))"
    for what, least in (("button", 44), ("input:not([type=checkbox]), textarea, select", 44)):
        heights = page.locator(what).evaluate_all(f"all => ({shown})(all).map(one => one.offsetHeight)")
        assert min(heights) >= least, what
    sizes = page.locator("p, li, label, a").evaluate_all(
        f"all => ({shown})(all).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 13
    boxes = page.get_by_role("article").evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right])"
    )
    assert all(left >= 0 and right <= PHONE for left, right in boxes)


def test_everything_can_be_done_by_keyboard(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """Tab reaches what there is in the order in which it stands, shows where it is, and Enter and Space act."""
    url = host.page("/keys")
    published(greenroom, url, ["Is anybody there?"], author_name="Ann")
    page = open_widget(url).page
    stops = tab_to(page, "Reply: Ann")
    assert stops == ["Order", "1 second ago", "Reply: Ann"] or stops[0] == "Order"
    page.keyboard.press("Enter")
    stops = []
    for typed in ("Typed without a mouse", None, "Katherine", "katherine@example.org", ""):
        if typed is not None:
            page.keyboard.type(typed)
        stops.append(focused(page))
        page.keyboard.press("Tab")
    stops.append(focused(page))
    page.keyboard.press("Space")
    assert stops == [
        "Comment", "Formatting", "Name", "Email", "Website",
        "Save my name, email, and website in this browser for the next time I comment.",
    ]  # fmt: skip
    expect(page.get_by_label("Save my name")).to_be_checked()
    page.keyboard.press("Tab")
    assert focused(page) == "Post Comment"
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").first.get_by_role("listitem")).to_contain_text("Typed without a mouse")
    expect(page.get_by_role("article").nth(1)).to_be_focused()


def tab_to(page: Page, name: str) -> list[str]:
    stops = []
    for _ in range(20):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        if stops[-1] == name:
            return stops
    raise AssertionError(f"Tab never came to {name}, only to {stops}")


def focused(page: Page) -> str:
    """What has the focus, once it is certain that one can see so."""
    name, outline, is_in_view = page.evaluate(
        """() => {
            let here = document.activeElement;
            while (here.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
            const style = getComputedStyle(here), box = here.getBoundingClientRect();
            const label = here.ariaLabel ?? here.labels?.[0]?.textContent ?? here.textContent;
            return [label.replace("*", "").trim(), style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
                    box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight];
        }"""
    )
    assert outline >= 2, f"the focus on {name} can't be seen"
    assert is_in_view, f"{name} has the focus out of sight"
    return str(name)


def test_the_language_is_the_pages_or_the_one_asked_for(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """`data-lang`, else the page's, else the browser's; refusals and plurals too."""
    url = host.page("/sprache", lang="de-AT")
    (first,) = published(greenroom, url, ["Erster."], author_name="Anna")
    published(greenroom, url, ["Antwort."], author_name="Bernd", parent_id=first)
    widget = open_widget(url)
    page = widget.page
    expect(page.get_by_role("heading", name="2 Kommentare")).to_be_visible()
    expect(page.get_by_role("button", name="1 Antwort")).to_be_visible()
    expect(page.get_by_text("Ihre E-Mail-Adresse wird nicht veröffentlicht.")).to_be_visible()
    expect(page.locator("time").first).to_have_text(re.compile("vor .* Sekunde|vor .* Minute|jetzt"))
    widget.button("Kommentar absenden").click()
    expect(page.get_by_role("textbox", name="Name")).to_have_attribute("aria-invalid", "true")
    assert "fill" not in (page.locator(".error").first.inner_text())
    widget.box("Kommentar").fill("Auf Deutsch.")
    widget.box("Name").fill("Ada")
    widget.box("E-Mail").fill("ada@example.org")
    widget.button("Kommentar absenden").click()
    expect(widget.heard).to_have_text("Ihr Kommentar ist veröffentlicht.")

    expect(
        open_widget(host.page("/langue", lang="de", script='data-lang="fr"')).button("Envoyer le commentaire")
    ).to_be_visible()
    expect(open_widget(host.page("/nowhere", lang=""), locale="ja-JP").button("コメントを送信")).to_be_visible()


def test_right_to_left_is_mirrored_and_names_are_apart(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    url = host.page("/arabic", script='data-lang="ar"')
    (first,) = published(greenroom, url, ["تعليق أول."], author_name="Ann (1990)")
    published(greenroom, url, ["رد."], author_name="محمد", parent_id=first)
    page = open_widget(url).page
    outer, inner = (page.get_by_role("article").nth(number).bounding_box() for number in (0, 1))
    assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
    name = page.locator("bdi").first
    assert name.inner_text() == "Ann (1990)"
    assert name.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
    assert page.locator(".body").nth(0).evaluate("one => getComputedStyle(one).direction") == "rtl"
    expect(page.get_by_role("heading", name="تعليقان")).to_be_visible()


def test_a_page_that_breaks_everything_does_not_break_it(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """The rudest style sheet, and prototypes that an old library has patched."""
    rude = (
        "#greenroom, #greenroom * { all: unset !important; display: none !important } button, p { color: red !important }"
        " body { font: 3px/0 cursive; letter-spacing: 1em; text-transform: uppercase; visibility: hidden }"
    )
    url = host.page("/rude", head="<style>" + rude + "</style>", around='<i data-greenroom-count="/rude"></i>{}')
    published(greenroom, url, ["Still here."])
    widget = open_widget(url, bypass_csp=True)
    page = widget.page
    page.context.add_init_script(OLD_LIBRARY)
    widget.go(url)
    mine = widget.comment("Still here.")
    expect(mine).to_be_visible()
    style = mine.evaluate("one => { const { fontSize, letterSpacing, textTransform, color } = getComputedStyle(one);"
                          " return [fontSize, letterSpacing, textTransform, color] }")  # fmt: skip
    assert style == ["16px", "normal", "none", "rgb(28, 36, 32)"]
    widget.fill("Sent in spite of all.").send()
    expect(widget.comment("Sent in spite of all.")).not_to_contain_text("awaiting moderation")
    widget.go(url)
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.locator("[data-greenroom-count]")).to_have_text("2")


OLD_LIBRARY = """
    Date.prototype.toJSON = function () { return `"${this.toISOString()}"`; };
    Array.prototype.toJSON = function () { return "[" + this.join() + "]"; };
    Array.from = (one) => one.length ? [].slice.call(one) : [];
    Array.prototype.entries = Array.prototype.clone = function () { return this.slice(); };
    Array.prototype.reverse = function () { return this; };
    Object.prototype.extend = function () {};
    Object.keys = (one) => { const all = []; for (const name in one) if (one.hasOwnProperty(name)) all.push(name); return all; };
    Function.prototype.bind = function (on) { const act = this; return function () { return act.apply(on, arguments); }; };
    String.prototype.toJSON = function () { return '"' + this + '"'; };
    Element.prototype.remove = function () { return this.parentNode.removeChild(this); };
"""


def test_the_page_is_left_as_it_was(host: Host, open_widget: OpenWidget) -> None:
    """No name, style or element of ours is outside, and what is typed inside triggers no short-cut of the page."""
    widget = open_widget(host.page("/untouched"))
    page = widget.page
    page.evaluate("window.heard = []; addEventListener('keydown', event => heard.push(event.key))")
    widget.box("Comment").press("j")
    assert page.evaluate("window.heard") == []
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
    assert page.evaluate("document.querySelectorAll('style, link[rel=stylesheet]').length") == 0
    assert page.evaluate("document.getElementById('greenroom').childNodes.length") == 0
    bare = page.context.new_page()
    host.pages["/bare"] = "<!doctype html><title>Bare</title>"
    bare.goto(f"{host.url}/bare")
    named = "Object.getOwnPropertyNames(window)"
    assert set(page.evaluate(named)) - set(bare.evaluate(named)) <= {"heard"}


def test_it_is_light_or_dark_as_the_page_is(host: Host, open_widget: OpenWidget) -> None:
    """As asked; else as the page's own text is, whatever the system prefers."""
    light_only = {"head": "<style>:root { color-scheme: only light; color: #222; background: #fff }</style>"}

    def field_colour(path: str, *, dark: bool = False, **page: str) -> str:
        box = open_widget(host.page(path, **page), dark=dark, bypass_csp=True).box("Comment")
        return str(box.evaluate("one => getComputedStyle(one).backgroundColor"))

    assert field_colour("/theme-1") == LIGHT
    assert field_colour("/theme-2", dark=True) == DARK
    assert field_colour("/theme-3", script='data-theme="dark"') == DARK
    assert field_colour("/theme-4", dark=True, script='data-theme="light"') == LIGHT
    assert field_colour("/theme-5", dark=True, script='data-theme="auto"', **light_only) == LIGHT
    assert field_colour("/theme-6", head="<style>body { color: #eee; background: #111 }</style>") == DARK


def test_a_site_chooses_colours_font_and_corners(host: Host, open_widget: OpenWidget) -> None:
    variables = "--greenroom-accent: rgb(90, 20, 120); --greenroom-text: rgb(10, 10, 10); --greenroom-radius: 0px; --greenroom-font: serif;"
    variables += " --greenroom-background: rgb(250, 250, 240); --greenroom-muted: rgb(70, 70, 70); --greenroom-border: rgb(1, 2, 3)"
    widget = open_widget(
        host.page("/chosen", head="<style>:root {" + variables + "}</style>"), bypass_csp=True, width=DESKTOP
    )
    look = (
        "one => { const s = getComputedStyle(one); return [s.backgroundColor, s.color, s.borderRadius, s.fontFamily] }"
    )
    assert widget.button("Post Comment").evaluate(look) == ["rgb(90, 20, 120)", "rgb(250, 250, 240)", "0px", "serif"]
    assert widget.box("Comment").evaluate(look) == ["rgb(250, 250, 240)", "rgb(10, 10, 10)", "0px", "serif"]
