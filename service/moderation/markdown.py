"""From the Markdown that a person typed to the only HTML that ever reaches a page.

Two nets: the renderer knows no raw HTML, images, headings or tables; and an allow-list sanitiser (nh3) reads what it
wrote. Stored HTML carries `RENDERER_VERSION`, so that an upgrade renders again what older code had let through.
"""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from service.moderation.found_links import find_links
from service.moderation.hosts import HostProblem, canonical_host, is_deceptive, is_international

RENDERER_VERSION: int = 1
"""Raise it whenever the same body would come out as other HTML."""

ALLOWED_TAGS = frozenset({"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"})
LINK_REL = "nofollow ugc noopener noreferrer"

MAX_NESTING = 20
"""Quotes in quotes and lists in lists beyond this depth (a list counts twice) are left out: nobody can read them."""

MAX_SANITISING_PASSES = 4
"""Cleaned HTML comes to rest in one pass, hostile HTML in two or three; what still moves then is shown as text."""

_RULES = (
    "code", "fence", "blockquote", "list", "newline", "escape", "backticks", "emphasis", "link", "image", "autolink",
    "entity", "bare_links", "link_hosts",
)  # fmt: skip
# No user-info: in http://bank.example@evil.example/ the host is the second one.
_ABSOLUTE = re.compile(
    r"https?://(?P<host>\[[^\]]*\]|[^/?#:@\\\s]+)(?::\d{0,5})?(?:[/?#].*)?|mailto:[^\s@]+@[^\s@]+",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(r"(?:https?://[^\s<>\"'`\\/?#][^\s<>\"`\\]*|mailto:[^\s<>\"`\\]+)", re.IGNORECASE)


def render_html(body: str) -> str:
    """Return the body as sanitised HTML: emphasis, links, code, quotes, lists and line breaks, nothing else."""
    html: str = _markdown().render(body)
    return sanitise_html(html)


def sanitise_html(html: str) -> str:
    """Return HTML with only the allowed tags and absolute http, https and mailto links. Idempotent.

    Removing a tag can make what is left nest in another way when it is read again, which is how mutation XSS works;
    so the result is read until it stays the same.
    """
    for _ in range(MAX_SANITISING_PASSES):
        cleaned = _clean_once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return _text_only().clean(html)


def _clean_once(html: str) -> str:
    # A parser drops the first line break after <pre>: write it twice, so that it is there when read again.
    return _sanitiser().clean(html).replace("<pre>\n", "<pre>\n\n")


@cache
def _sanitiser() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=ALLOWED_TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}, "*": set()},
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=LINK_REL,
        strip_comments=True,
    )


@cache
def _text_only() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"}, attributes={}, link_rel=None)


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    # "https:evil" and "//evil" are relative in one parser or another: only the long spelling is kept.
    return value if name != "href" or _HREF.fullmatch(value) else None


@cache
def _markdown() -> MarkdownIt:
    """Build the renderer, once. It holds no state between texts, so threads may share it."""
    markdown = MarkdownIt("zero", {"breaks": True, "maxNesting": MAX_NESTING, "langPrefix": ""})
    markdown.core.ruler.after("inline", "bare_links", _link_bare_addresses)
    markdown.core.ruler.after("bare_links", "link_hosts", _show_international_hosts)
    markdown.enable(list(_RULES))
    markdown.validateLink = _is_absolute  # type: ignore[method-assign]
    markdown.add_render_rule("image", _alternative_text)
    return markdown


def _is_absolute(url: str) -> bool:
    found = _ABSOLUTE.fullmatch(url)
    return found is not None and (found["host"] is None or _host(url) is not None)


def _host(url: str) -> str | None:
    found = _ABSOLUTE.fullmatch(url)
    if found is None or found["host"] is None:
        return None
    try:
        return canonical_host(found["host"])
    except HostProblem:
        return None


def _link_bare_addresses(state: StateCore) -> None:
    """Make links of the http and https addresses in running text, the same that the checks count.

    linkify-it-py does more, but takes quadratic time: 1.2 s for 20,000 characters of "http://a.b/http://a.b/".
    """
    for block in state.tokens:
        if block.children and "://" in block.content:
            block.children = list(_with_bare_links(block.children, state.md))


def _with_bare_links(tokens: Sequence[Token], markdown: MarkdownIt) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and depth == 0:
            yield from _linked(token.content, markdown)
        else:
            yield token


def _linked(text: str, markdown: MarkdownIt) -> Iterator[Token]:
    position = 0
    for link in find_links(text):
        href = markdown.normalizeLink(link.url)
        if "://" not in link.url or not markdown.validateLink(href):
            continue
        yield Token("text", "", 0, content=text[position : link.span.start])
        yield Token("link_open", "a", 1, attrs={"href": href})
        yield Token("text", "", 0, content=link.url)
        yield Token("link_close", "a", -1)
        position = link.span.end
    yield Token("text", "", 0, content=text[position:])


def _show_international_hosts(state: StateCore) -> None:
    """Write the punycode host beside each link whose host is not plain ASCII, since its letters may deceive."""
    for token in state.tokens:
        if token.children and any(child.type == "link_open" for child in token.children):
            token.children = _with_hosts(token.children)


def _with_hosts(tokens: Sequence[Token]) -> list[Token]:
    shown: list[Token] = []
    host: str | None = None
    for token in tokens:
        shown.append(token)
        if token.type == "link_open":
            host = _host(str(token.attrs.get("href", "")))
        elif token.type == "link_close" and host and (is_international(host) or is_deceptive(host)):
            shown.append(Token("text", "", 0, content=f" ({host})"))
    return shown


def _alternative_text(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _env: MutableMapping[str, object],
) -> str:
    """Show an image as its description, or as its address when it has none: a reader's browser fetches nothing."""
    image = tokens[index]
    return escapeHtml(image.content.strip() or str(image.attrs.get("src", "")))
