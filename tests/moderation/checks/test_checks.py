"""Each check by itself."""

import time
from datetime import timedelta
from typing import Any

import pytest

from service.moderation.checks import MODERATION_CHECKS, SPAM_CHECKS, run_checks
from service.moderation.checks.author import check_author
from service.moderation.checks.behaviour import check_behaviour
from service.moderation.checks.links import check_links
from service.moderation.checks.personal_data import check_personal_data
from service.moderation.checks.repetition import check_repetition
from service.moderation.conditions import Word
from service.moderation.model import Facts, Policy, Rule, Signal, Status, Verdict
from tests.moderation.comments import facts, similar

WORDS = "Here is something that I have thought about for a while and want to share. "


def _scores(signals: object) -> list[float]:
    return [signal.score for signal in signals]  # type: ignore[attr-defined]


def _shown(known: Facts, signal: Signal) -> list[str]:
    return [known.body[span.start : span.end] for span in signal.spans]


@pytest.mark.parametrize(
    ("count", "max_links", "score"),
    [
        (2, 2, None),
        (3, 2, 0.5),
        (5, 2, 0.6),
        (9, 2, 0.8),
        (10, 2, 0.98),
        (1, 0, 0.5),
        (12, 4, 0.8),
        (16, 4, 0.98),
        (4, 4, None),
    ],
)
def test_links_are_counted_against_the_policy(count: int, max_links: int, score: float | None) -> None:
    """More links than the site allows hold a comment; very many are spam."""
    body = WORDS + " ".join(f"http://example.com/{i}" for i in range(count))
    found = list(check_links(facts(body, policy=Policy(max_links=max_links))))
    assert _scores(found) == ([] if score is None else [pytest.approx(score)])
    assert all(len(signal.spans) == count and str(count) in signal.detail for signal in found)


def test_link_spans_point_at_the_links() -> None:
    """The review desk can mark each link, without the punctuation around it."""
    known = facts(WORDS + "(http://a.example/x), www.b.example! [c](https://c.example/d_(e)).")
    (signal,) = check_links(known)
    assert _shown(known, signal) == ["http://a.example/x", "www.b.example", "https://c.example/d_(e)"]


def test_own_and_reference_hosts_are_not_counted() -> None:
    """Linking to the site itself, to literature or to help is no evidence."""
    hosts = [
        "example.org",
        "www.example.org",
        "doi.org",
        "pubmed.ncbi.nlm.nih.gov",
        "www.nice.org.uk",
        "de.wikipedia.org",
        "mit.edu",
    ]
    body = " ".join(f"https://{host}/x" for host in hosts)
    assert list(check_links(facts(body, own_hosts=frozenset({"www.example.org"})))) == []
    assert list(check_links(facts(WORDS + "http://notdoi.org http://doi.org.evil.example http://edu.example"))) != []


@pytest.mark.parametrize(
    ("score", "body"), [(0.6, "[url=http://a.example]x[/url]"), (0.96, "[url]a[/url] <a  href=b>")]
)
def test_foreign_markup(score: float, body: str) -> None:
    """One link in a forum's code may be a habit; two are a robot."""
    (signal,) = check_links(facts(WORDS + body))
    assert signal.score == score


@pytest.mark.parametrize(
    ("host", "is_deceptive"),
    [("раураl.com", True), ("аррӏе.com", True), ("xn--80ak6aa92e.com", True), ("пример.рф", False), ("münchen.de", False),
     ("日本語ひらがなabc.jp", False), ("bücher.example", False), ("пример.com", False)],
)  # fmt: skip
def test_deceptive_hosts(host: str, is_deceptive: bool) -> None:  # noqa: FBT001
    """Alphabets mixed in one label, or letters that only look Latin, are shown to a person; an honest IDN is not."""
    assert _scores(check_links(facts(WORDS + f"http://{host}/"))) == ([0.6] if is_deceptive else [])
    assert _scores(check_links(facts(WORDS, author_website=f"http://{host}/"))) == ([0.6] if is_deceptive else [])


@pytest.mark.parametrize(
    ("earlier", "score"),
    [
        ((), None),
        ((similar(0.79),), None),
        ((similar(is_same_thread=True, is_same_author=True),), 0.5),
        ((similar(is_same_author=True),), 0.6),
        ((similar(is_same_thread=True),), 0.6),
        ((similar(),) * 2, 0.6),
        ((similar(),) * 3, 0.6),
        ((similar(status=Status.HELD),) * 30, 0.6),
        ((similar(), similar(), similar(status=Status.REJECTED)), 0.96),
        ((similar(), similar(), similar(status=Status.REMOVED)), 0.96),
        ((similar(), similar(status=Status.REJECTED)), 0.6),
        ((similar(status=Status.SPAM), similar()), 0.98),
        ((similar(0.5, status=Status.SPAM),), None),
    ],
)
def test_repetition(earlier: tuple[object, ...], score: float | None) -> None:
    """The more often and the worse an equal text was judged, the stronger the one signal."""
    assert _scores(check_repetition(facts(similar=earlier))) == ([] if score is None else [score])


@pytest.mark.parametrize(
    ("age", "scores"),
    [
        (None, []),
        (timedelta(seconds=0.1), [0.6]),
        (timedelta(seconds=2), []),
        (timedelta(days=2), []),
        (timedelta(seconds=-5), []),
    ],
)
def test_form_age(age: timedelta | None, scores: list[float]) -> None:
    """Only a form sent at once is evidence; an old page, no script or a wrong clock is not."""
    assert _scores(check_behaviour(facts(form_age=age))) == scores


def test_honeypot() -> None:
    """The field that people cannot see is filled in by robots."""
    assert _scores(check_behaviour(facts(is_honeypot_filled=True))) == [0.98]


@pytest.mark.parametrize(
    ("known", "scores"),
    [
        ({}, []),
        ({"email_domain": "gmail.com", "is_email_deliverable": True}, []),
        ({"email_domain": "Mailinator.com"}, [0.5]),
        ({"email_domain": "sub.mailinator.com"}, [0.5]),
        ({"is_email_deliverable": False}, [0.5]),
        ({"is_email_deliverable": None}, []),
        ({"author_name": "www.pills.example"}, [0.8]),
        ({"author_name": "Order Xanax"}, [0.6]),
    ],
)
def test_author(known: dict[str, Any], scores: list[float]) -> None:
    """A throw-away or dead address and an advertising name are shown to a person; the unknown is not guilt."""
    assert _scores(check_author(facts(**known))) == scores


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("write me: anna.b+x@mail.example.org.", "anna.b+x@mail.example.org"),
        ("mailto:me@example.org", "me@example.org"),
        ("@anna@social.example", None),
        ("I was @ home.today", None),
        ("+44 20 7946 0958 is my number", "+44 20 7946 0958"),
        ("ring 07700 900123 tonight", "07700 900123"),
        ("(020) 7946 0958", "(020) 7946 0958"),
        ("tel:+1-202-555-0143", "+1-202-555-0143"),
        ("(202) 555-0143", "(202) 555-0143"),
        ("202.555.0143", "202.555.0143"),
        ("1-202-555-0143", "1-202-555-0143"),
        ("text me 2025550143", "2025550143"),
        ("call me on 555-0143!", "555-0143"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("+49 (0)30 1234567", "+49 (0)30 1234567"),
        ("0171/ no", None),
        ("1-800-273-8255", None),
        ("call 1-888-555-0143", None),
        ("+1 (866) 555-0143", None),
        ("0800 111 0 111", None),
        ("0808 808 4994", None),
        ("+44 800 1111 222", None),
        ("call 116 123", None),
        ("116 117", None),
        ("0300 123 3393", None),
        ("call 988 now, or 13 11 14", None),
        ("1300 22 4636", None),
        ("2019-2021 and 1999 2000 2001", None),
        ("on 03.05.2021 10 20", None),
        ("2021-05-03 12", None),
        ("order 202 555 0143", None),
        ("$400-800-1200", None),
        ("400-800-1200 mg", None),
        ("100 200 300 400 mg", None),
        ("0.5 0.75 1.0 1.25 1.5", None),
        ("https://example.com/0770090012345/202-555-0143", None),
        ("10.1001/202-555-0143", None),
        ("ISBN 0-306-40615-2", None),
        ("1234567890123456", None),
        ("0000-0002-1825-0097", None),
        ("192.168.100.200", None),
    ],
)
def test_personal_data(body: str, shown: str | None) -> None:
    """A private address or number is found in its place; helplines, doses, dates and identifiers are not."""
    known = facts(body)
    assert [_shown(known, signal) for signal in check_personal_data(known)] == ([] if shown is None else [[shown]])


@pytest.mark.parametrize(("name", "score"), [("me@example.org", 0.7), ("Anna 07700 900123", 0.6)])
def test_personal_data_in_the_name(name: str, score: float) -> None:
    """A name is as public as the text."""
    assert _scores(check_personal_data(facts(author_name=name))) == [score]


_SIZE = 20_000


@pytest.mark.parametrize(
    "piece",
    ["a@", "a.", "1", "0 1 ", "+1", "call 12345678 ", "0" + " 12" * 9, "10.1234/", "www.a", "http://a.b/(", "[url", "<a ", "<a  ", "@",
     "-", "1-", "a.b@c.", "isbn ", "ISBN", "http://", "((((1", "01", "call ", "x-", "\u0301", "http://аррӏе.com "],
)  # fmt: skip
def test_checks_stay_quick_on_hostile_texts(piece: str) -> None:
    """20,000 characters of any one piece: what grows with the square of them would take many times as long as this."""
    body = (piece * _SIZE)[:_SIZE]
    start = time.process_time()
    run_checks(
        SPAM_CHECKS + MODERATION_CHECKS,
        [facts(body, author_name=body, policy=Policy(rules=(Rule("r", Word("a a"), Verdict.HOLD),)))],
    )
    assert time.process_time() - start < 2
