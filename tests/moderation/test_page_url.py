"""One spelling for each address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.moderation.page_url import (
    TRACKING_PARAMETERS,
    PageUrlProblem,
    canonicalise_origin,
    canonicalise_page_url,
    canonicalise_website,
    origin_of,
)

PIECES = st.lists(
    st.sampled_from([
        "http://", "HTTPS://", "example", "EXAMPLE", ".org", ".", ":", "80", "443", "8080", "/", "/a", "%7e", "%", "%4", "%2f", "1",
        "?", "&", "=", "a=1", "utm_source=x", "%75tm_x=1", "fbclid=1", "#", "@", "ü", "пример", "[::1]", " ", "\\", "é", "'", '"', "<",
        "xn--", "０", "。", "ß", "\u0301", "..", "😀", "_", "-",
    ]),
    max_size=12,
).map("".join)  # fmt: skip


@given(raw=PIECES | PIECES.map(lambda rest: f"http://example.org{rest}") | st.text(max_size=40))
@settings(deadline=None, max_examples=1000)
def test_canonical_addresses_stay_as_they_are(raw: str) -> None:
    """Whatever comes in is refused with a code, or its canonical form is its own canonical form."""
    for canonicalise in (canonicalise_page_url, origin_of, canonicalise_origin, _website):
        try:
            once = canonicalise(raw)
        except PageUrlProblem as problem:
            assert problem.code
            assert problem.detail.endswith(".")
            continue
        assert canonicalise(once) == once
        assert once.isascii()
        assert once.startswith(("http://", "https://"))


def _website(raw: str) -> str:
    return canonicalise_website(raw, max_length=200)


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org:80/A?b=2&a=1#top", "http://example.org/A?b=2&a=1"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org./x", "https://example.org/x"),
        ("https://münchen.de/straße", "https://xn--mnchen-3ya.de/stra%C3%9Fe"),
        ("https://example.org/%7euser/%c3%9f", "https://example.org/~user/%C3%9F"),
        ("https://example.org/?utm_source=a&x=1&fbclid=2&UTM_Medium=b&y", "https://example.org/?x=1&y"),
        ("https://example.org/?utm_source=a", "https://example.org/"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"),
        ("http://localhost:8000/page", "http://localhost:8000/page"),
    ],
)
def test_page_urls(raw: str, canonical: str) -> None:
    """The same page has the same address, whoever links to it."""
    assert canonicalise_page_url(raw) == canonical


@pytest.mark.parametrize("name", sorted(TRACKING_PARAMETERS))
def test_tracking_parameters_make_no_new_thread(name: str) -> None:
    """A reader from a newsletter or an advertisement meets the same thread."""
    assert canonicalise_page_url(f"https://example.org/a?{name}=1&p=2") == "https://example.org/a?p=2"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "required"),
        ("/page", "not_http"),
        ("//example.org/", "not_http"),
        ("javascript:alert(1)", "not_http"),
        ("ftp://example.org/", "not_http"),
        ("https:example.org", "not_http"),
        ("https://", "not_a_host"),
        ("https:///x", "not_a_host"),
        ("https://exa mple.org/", "bad_character"),
        ("https://example.org\\@evil.example/", "bad_character"),
        ("https://example.org/\x00", "bad_character"),
        ("https://example.org/\ud800", "bad_character"),
        ("java\nscript:alert(1)", "bad_character"),
        ("https://me:pw@example.org/", "user_info"),
        ("https://example.org:99999/", "bad_port"),
        ("https://example.org:0/", "bad_port"),
        ("https://example.org:x/", "not_a_host"),
        ("https://2130706433/", "not_a_host"),
        ("https://0x7f.1/", "not_a_host"),
        ("https://1.2.3.400/", "not_a_host"),
        ("https://-x.org/", "not_a_host"),
        ("https://a..b/", "not_a_host"),
        ("https://[::1/", "not_a_host"),
        ("https://" + "ü" * 300 + ".org/", "not_a_host"),
        ("https://example.org/" + "a" * 2000, "too_long"),
    ],
)
def test_addresses_that_are_refused(raw: str, code: str) -> None:
    """What is no absolute http address of a host is refused with its own code."""
    with pytest.raises(PageUrlProblem) as caught:
        canonicalise_page_url(raw)
    assert caught.value.code == code


def test_origins() -> None:
    """An origin ends after the port."""
    assert origin_of("HTTPS://Example.org:443/a/b?c#d") == "https://example.org"
    assert canonicalise_origin(" http://Example.org:8000/ ") == "http://example.org:8000"


@pytest.mark.parametrize("raw", ["https://example.org/blog", "https://example.org/?a", "https://example.org/#a"])
def test_an_origin_with_a_path_is_refused(raw: str) -> None:
    """An owner who pastes a page's address is told what to leave out."""
    with pytest.raises(PageUrlProblem, match=r"https://example\.org\?") as caught:
        canonicalise_origin(raw)
    assert caught.value.code == "not_an_origin"


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("example.org", "https://example.org/"),
        (" Example.org/me?utm_source=x#top ", "https://example.org/me?utm_source=x#top"),
        ("http://example.org/me", "http://example.org/me"),
        ("example.org:8080/me", "https://example.org:8080/me"),
    ],
)
def test_websites(raw: str, canonical: str) -> None:
    """People type a bare host; it becomes an address."""
    assert canonicalise_website(raw, max_length=100) == canonical


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("javascript:alert(1)", "not_http"),
        ("JavaScript:alert(1)//example.org", "not_http"),
        ("data:text/html,x", "not_http"),
        ("mailto:me@example.org", "not_http"),
        ("//example.org", "not_http"),
        ("/etc/passwd", "not_http"),
        ("me@example.org", "user_info"),
        ("none", "not_a_host"),
        ("http://localhost/", "not_a_host"),
        ("", "required"),
        ("example.org/" + "a" * 100, "too_long"),
        ("java\tscript:alert(1)", "bad_character"),
    ],
)
def test_websites_that_are_refused(raw: str, code: str) -> None:
    """What cannot be a person's website is refused with its own code."""
    with pytest.raises(PageUrlProblem) as caught:
        canonicalise_website(raw, max_length=100)
    assert caught.value.code == code
