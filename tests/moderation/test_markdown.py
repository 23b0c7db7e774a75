"""Rendering: the only door through which a stranger's text becomes HTML."""

import itertools
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.moderation.markdown import ALLOWED_TAGS, LINK_REL, render_html, sanitise_html

REL = f' rel="{LINK_REL}"'


class _AllowList(HTMLParser):
    """Fails on every tag, attribute, scheme or comment that is not on the list, as a browser would read them."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED_TAGS
        for name, value in attrs:
            assert (tag, name) in {("a", "href"), ("a", "rel")}
            assert name != "rel" or value == LINK_REL
            assert name != "href" or (value or "").lower().startswith(("http://", "https://", "mailto:"))

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"a processing instruction: {data}")


def _assert_harmless(html: str) -> None:
    parser = _AllowList(convert_charrefs=True)
    parser.feed(html)
    parser.close()
    assert sanitise_html(html) == html


_SCRIPT_URLS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "\x01javascript:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
    "javascript%3Aalert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=x>",
    "data:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd", "blob:http://x", "//evil.example", "/\\evil.example", "\\\\evil", "/x",
    "x.html", "#x", "?x", "http:evil", "https:/evil", "http:\\\\evil", "javascript://example.org/%0aalert(1)", "\u2028javascript:alert(1)",
    'http://x" onclick="alert(1)', "http://x' onclick='alert(1)", "http://x/><script>alert(1)</script>", "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)", "http://user@evil.example", 'mailto:x@y?body="onclick=', "ws://x", "tel:1",
)  # fmt: skip
_URL_HOLDERS = (
    '<a href="{}">x</a>', "<a href='{}'>x</a>", "<a href={}>x</a>", '<A HREF="{}">x</A>', '<iframe src="{}"></iframe>',
    '<img src="{}">', '<form action="{}"><button>x</button></form>', '<svg><a xlink:href="{}">x</a></svg>',
    '<math href="{}">x</math>', '<base href="{}">', '<meta http-equiv=refresh content="0;url={}">', "[x]({})", "[x](<{}>)",
    "<{}>", "![x]({})", "[x]: {}\n\n[x]", "{}",
)  # fmt: skip
_TAGS = (
    "script", "img", "svg", "math", "iframe", "object", "embed", "video", "audio", "body", "details", "marquee", "input", "style",
    "template", "noscript", "xmp", "title", "textarea", "select", "table", "p", "a", "pre", "x-tag", "form", "link", "frameset",
)  # fmt: skip
_HANDLERS = (
    "<{0} onerror=alert(1) src=x>", "<{0} onload=alert(1)>x</{0}>", "<{0}/onclick=alert(1)>x", '<{0} style="x:expression(1)">x</{0}>',
    "<{0}\nonfocus=alert(1) autofocus>", "<{0} id=x name=y class=z data-x=1>x</{0}>", "<<{0} onload=alert(1)>", "<{0} <b onload=alert(1)",
    "<{0}><img src=x onerror=alert(1)></{0}>", "</{0}><script>alert(1)</script>",
)  # fmt: skip
_ODD = (
    "<!--<img src=x onerror=alert(1)>-->", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>", "<!DOCTYPE html>",
    "<?xml version='1.0'?>", "<script>alert(1)", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<math><mtext><table><mglyph><style>"
    '<!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">', '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", '<noscript><p title="</noscript><img src=x '
    'onerror=alert(1)>">', '<select><template><style><!--</style><a rel="--></style></template></select><img src onerror=alert(1)>">',
    '<a href="http://a.b"><table><td><a href="http://c.d">x</a></td></table></a>', "<pre>\n\n\nx</pre>", "<p><p><ul><p></ul></p>",
    "<svg><script>alert&#40;1)</script></svg>", "<b><i><u>x", "\x00<script\x00>alert(1)</script>", '<a href="http://x" target=_blank>x</a>',
    '<a href="http://x" rel="opener">x</a>', "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;script&amp;gt;", "<plaintext>x", "<xmp><p>",
    "<li><li><ol><li><p><blockquote><li>x", "<a><a><a>x", "<code><pre><code>\n</pre>x", "</p></pre></a>", "<p/><br/><br></br>",
    "<svg><foreignObject><p>x</foreignObject>", "<em><p>a</em>b</p>", "<a href=http://x><p><a href=http://y>z",
)  # fmt: skip
VECTORS = (
    *(holder.format(url) for holder, url in itertools.product(_URL_HOLDERS, _SCRIPT_URLS)),
    *(handler.format(tag) for handler, tag in itertools.product(_HANDLERS, _TAGS)),
    *_ODD,
)


def test_nothing_hostile_gets_through_the_renderer_or_the_sanitiser() -> None:
    """Each of a thousand vectors comes out with allowed tags, absolute links and our own rel only."""
    for vector in VECTORS:
        _assert_harmless(render_html(vector))
        _assert_harmless(sanitise_html(vector))


FRAGMENTS = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<pre>", "</pre>", "\n", "<a href='http://x.org'>", "</a>", "<table>", "<td>", "</table>", "<svg>", "</svg>",
        "<style>", "</style>", "<!--", "-->", "<math>", "<mtext>", "<li>", "<ul>", "</ul>", "<em>", "</em>", "<script>", "</script>", "text",
        "<select>", "<template>", "<form>", "&lt;", "&amp;", '"', "'", "<code>", "</code>", "<br>", "<blockquote>", "<img src=x onerror=y>",
        "<textarea>", "<title>", "<xmp>", "<noscript>", "<plaintext>", "<frameset>", "<b>", "</b>", "<h1>", "\x00", "\r", "&#13;", "&nbsp;",
    ]),
    max_size=14,
).map("".join)  # fmt: skip
MARKS = st.text(st.sampled_from("*_`[]()<>!#-+ \n\t\\&;:/.ahtp1~|\"'@é\u202e"), max_size=60)


@given(html=FRAGMENTS | st.text(max_size=40))
@settings(deadline=None, max_examples=600)
def test_sanitising_twice_changes_nothing(html: str) -> None:
    """What was cleaned is read by a browser as it was written, so it cannot mutate into something else."""
    _assert_harmless(sanitise_html(html))


def test_line_breaks_at_the_start_of_preformatted_text_survive() -> None:
    """A parser eats the first line break after <pre>; reading again must not eat them one by one."""
    html = sanitise_html("<pre>\n\n\n\n\n\n\nx</pre>")
    assert html.endswith("\n\n\n\n\n\n\nx</pre>")
    assert html.startswith("<pre>")


@given(body=MARKS | FRAGMENTS | st.lists(st.sampled_from(VECTORS), max_size=3).map("".join))
@settings(deadline=None, max_examples=500)
def test_whatever_is_typed_renders_harmlessly(body: str) -> None:
    """No body makes the renderer fail or say more than the allow-list."""
    _assert_harmless(render_html(body))


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>\n"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("# a", "<p># a</p>\n"),
        ("|a|\n|-|", "<p>|a|<br>\n|-|</p>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("![a cat](http://x.org/c.png)", "<p>a cat</p>\n"),
        ("![](http://x.org/c.png)", "<p>http://x.org/c.png</p>\n"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", "<ol>\n<li>a</li>\n</ol>\n"),
        ("```js\n<x>\n```", "<pre><code>&lt;x&gt;\n</code></pre>\n"),
        ("[t](http://x.org)", f'<p><a href="http://x.org"{REL}>t</a></p>\n'),
        ("see https://x.org/a.", f'<p>see <a href="https://x.org/a"{REL}>https://x.org/a</a>.</p>\n'),
        ("(https://x.org/a_(b))", f'<p>(<a href="https://x.org/a_(b)"{REL}>https://x.org/a_(b)</a>)</p>\n'),
        ("x.org me@x.org www.x.org", "<p>x.org me@x.org www.x.org</p>\n"),
        ("[t](mailto:me@x.org)", f'<p><a href="mailto:me@x.org"{REL}>t</a></p>\n'),
        ("[t](/a) [t](//x.org)", "<p>[t](/a) [t](//x.org)</p>\n"),
        ("`http://x.org`", "<p><code>http://x.org</code></p>\n"),
        (
            "http://x.org/a?b=1&c=2",
            f'<p><a href="http://x.org/a?b=1&amp;c=2"{REL}>http://x.org/a?b=1&amp;c=2</a></p>\n',
        ),
    ],
)
def test_the_subset(body: str, html: str) -> None:
    """What people use in comments works; what could shout or fetch is shown as text."""
    assert render_html(body) == html


@pytest.mark.parametrize(
    "body",
    ["http://аррӏе.com", "[apple.com](http://аррӏе.com/x)", "<http://аррӏе.com>", "http://xn--80ak6aa92e.com"],
)
def test_a_host_in_foreign_letters_shows_its_punycode(body: str) -> None:
    """A reader sees beside the link where it really leads."""
    assert "</a> (xn--80ak6aa92e.com)" in render_html(body)


def test_a_link_with_user_info_is_no_link() -> None:
    """An address that pretends to lead to a bank stays text."""
    assert "<a" not in render_html("http://bank.example@evil.example/ [x](http://bank.example@evil.example/)")


_SIZE = 20_000
HOSTILE = {
    "quotes": ">" * _SIZE,
    "growing quotes": "\n".join(">" * depth for depth in range(200)),
    "lists": "- " * (_SIZE // 2),
    "growing lists": "".join("  " * depth + "- x\n" for depth in range(140)),
    "brackets": "[" * _SIZE,
    "half links": "[a](" * (_SIZE // 4),
    "half images": "![" * (_SIZE // 2),
    "links in links": "[" * 5000 + "a" + "](http://b.c)" * 1200,
    "stars": "*" * _SIZE,
    "open stars": "*a " * (_SIZE // 3),
    "stars and lines": "**a_" * (_SIZE // 4),
    "backticks": "".join("`" * length + " " for length in range(198)),
    "angles": "<" * _SIZE,
    "half autolinks": "<http://" * (_SIZE // 8),
    "addresses": "http://a.b " * (_SIZE // 11),
    "addresses in one": "http://a.b/" * (_SIZE // 11),
    "schemes": "http://" * (_SIZE // 7),
    "open parentheses": "http://a.b/" + "(a" * (_SIZE // 2),
    "foreign hosts": "http://аррӏе.com " * (_SIZE // 17),
    "entities": "&#x" * (_SIZE // 3),
    "backslashes": "\\" * _SIZE,
    "lines": "a\n" * (_SIZE // 2),
    "fences": "```\n" * (_SIZE // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_render_in_time_that_grows_with_their_length(name: str) -> None:
    """Twice the text costs about twice the time: 16 times the text stays far below what quadratic cost would be."""
    body = HOSTILE[name]
    small = min(_seconds(body[: _SIZE // 16]) for _ in range(5))
    whole = min(_seconds(body) for _ in range(3))
    assert whole < 128 * small


def _seconds(body: str) -> float:
    # The time of this process, so that a busy machine does not count.
    start = time.process_time()
    render_html(body)
    return time.process_time() - start
