"""The audit log: read by owners of the site, filtered, page by page, and taken along without a formula."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.storage import audit, audit_log
from service.storage.actors import Actor
from service.storage.sites import Site
from service.web.audit_export import neutral
from tests.conftest import Rows, add_site

AUDIT = "/api/v1/audit"
LogIn = Callable[..., FlaskClient]


def note(runtime: Runtime, action: str, *, site: Site | None = None, name: str = "ada", count: int = 1) -> None:
    with runtime.engine.begin() as connection:
        for number in range(count):
            audit.note(
                connection,
                Actor(name, {}, {}, moderator_id=1),
                action,
                site_id=site.id if site else None,
                subject=f"thing:{number}",
            )


def subjects(client: FlaskClient, **query: object) -> list[str]:
    answer = client.get(AUDIT, query_string={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    return [f"{row['actor']} {row['action']} {row['subject']}" for row in answer.get_json()["rows"]]


def test_owners_read_what_was_done_on_their_sites(log_in: LogIn, runtime: Runtime, site: Site) -> None:
    """The newest first; what is about another site, or about none, is an admin's."""
    other = add_site(runtime, "other", "https://other.example.com")
    note(runtime, "rules_changed", site=site)
    note(runtime, "rules_changed", site=other, name="eve")
    note(runtime, "logged_in", name="zoe")
    ada, root = log_in("owner", name="ada"), log_in("viewer", name="root", is_admin=True)

    assert subjects(ada) == ["moderator:ada rules_changed thing:0"]
    assert len(subjects(root)) == 3
    assert ada.get(f"{AUDIT}?site=other").status_code == 403
    assert subjects(root, site="other") == ["moderator:eve rules_changed thing:0"]
    assert log_in("moderator", name="ben").get(AUDIT).status_code == 403


def test_filters_narrow_it(log_in: LogIn, runtime: Runtime, site: Site) -> None:
    """By who, what and when."""
    note(runtime, "rules_changed", site=site)
    note(runtime, "email_revealed", site=site, name="ben")
    ada = log_in("owner", name="ada")

    assert subjects(ada, actor="moderator:ben") == ["moderator:ben email_revealed thing:0"]
    assert subjects(ada, action="rules_changed") == ["moderator:ada rules_changed thing:0"]
    assert subjects(ada, since="2999-01-01T00:00:00Z") == []
    assert len(subjects(ada, since="2020-01-01T00:00:00Z", until="2999-01-01T00:00:00Z")) == 2
    assert ada.get(f"{AUDIT}?since=2020-01-01T00:00:00").status_code == 422, "a moment without a zone"
    assert ada.get(f"{AUDIT}?action=DROP").status_code == 422


def test_it_is_read_page_by_page(log_in: LogIn, runtime: Runtime, site: Site) -> None:
    """Each row once, also while others are added."""
    note(runtime, "rules_changed", site=site, count=7)
    ada = log_in("owner", name="ada")
    seen, cursor = [], None
    while True:
        query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = ada.get(AUDIT, query_string=query).get_json()
        seen += [row["subject"] for row in page["rows"]]
        note(runtime, "rules_changed", site=site)
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == [f"thing:{number}" for number in reversed(range(7))]


def test_it_is_taken_along_whole(log_in: LogIn, runtime: Runtime, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pieces, as CSV and as JSON lines, with the filters of the page."""
    monkeypatch.setattr(audit_log, "CHUNK", 10)
    note(runtime, "rules_changed", site=site, count=205)
    note(runtime, "email_revealed", site=site)
    ada = log_in("owner", name="ada")
    sheet = ada.get(f"{AUDIT}/export?action=rules_changed")
    lines = ada.get(f"{AUDIT}/export?action=rules_changed&format=jsonl")

    assert sheet.mimetype == "text/csv"
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="greenroom-audit.csv"'
    assert sheet.headers["Cache-Control"] == "no-store"
    found = list(csv.DictReader(io.StringIO(sheet.text)))
    assert [row["subject"] for row in found] == [f"thing:{number}" for number in reversed(range(205))]
    assert [json.loads(line)["subject"] for line in lines.text.splitlines()] == [row["subject"] for row in found]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠x", '=HYPERLINK("x")'],
)
def test_a_spreadsheet_calculates_nothing(cell: str, log_in: LogIn, runtime: Runtime, site: Site) -> None:
    """T14: whoever has a name like a formula does not run in the owner's spreadsheet."""
    assert neutral(cell) == f"'{cell}"
    with runtime.engine.begin() as connection:
        audit.note(connection, Actor("x", {}, {}), "person_added", site_id=site.id, subject=cell)
    (row,) = csv.DictReader(io.StringIO(log_in("owner", name="ada").get(f"{AUDIT}/export").text, newline=""))

    assert row["subject"] == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "moderator:ada", "a=b", "{}", "1"])
def test_an_honest_cell_stays_as_it_is(cell: str) -> None:
    """Only what begins like a formula is touched."""
    assert neutral(cell) == cell


def test_the_page_shows_filters_and_gives_both_files(log_in: LogIn, runtime: Runtime, site: Site, rows: Rows) -> None:
    """A name as people write it, days instead of moments; the links carry the filters along."""
    note(runtime, "rules_changed", site=site, count=51)
    note(runtime, "email_revealed", site=site, name="<b>ben</b>")
    ada = log_in("owner", name="ada")
    page = ada.get("/desk/audit").text
    assert "&lt;b&gt;ben&lt;/b&gt;" in page and "<b>ben" not in page
    assert "Older ones" in page
    filtered = ada.get("/desk/audit?actor=ada&action=rules_changed&since=2020-01-01&until=&site=").text

    assert "email revealed" not in filtered
    link = filtered.partition('href="/api/v1/audit/export?')[2].partition('"')[0].replace("&amp;", "&")
    assert len(ada.get(f"{AUDIT}/export?{link}").text.splitlines()) == 52
    assert "Nothing matches" in ada.get("/desk/audit?until=2020-01-01").text
    assert ada.get("/desk/audit?since=2020-02-31").status_code == 200
    assert rows("SELECT count(*) FROM audit_log") == [(52,)]
