"""Every page of the desk answers at one address, and leads there from the other."""

import re
from collections.abc import Callable

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.web.test_access import APP

PAGES = sorted(
    rule.rule
    for rule in APP.url_map.iter_rules()
    if rule.rule.startswith("/desk/") and "GET" in (rule.methods or set()) and not rule.arguments
)


@pytest.mark.parametrize("page", PAGES)
def test_a_slash_too_many_or_too_few_leads_to_the_page(log_in: Callable[..., FlaskClient], page: str) -> None:
    """With 308 and the same query, for whoever is logged in and whoever will be."""
    client = log_in("owner", name="olga")
    other = page.rstrip("/") if page.endswith("/") else f"{page}/"

    here, there = client.get(page), client.get(other, query_string={"site": "blog"})
    assert here.status_code in {200, 303, 403, 422}, page
    assert there.status_code == 308, other
    assert re.sub(r"^https?://[^/]+", "", there.location) == f"{page}?site=blog"


def test_there_are_pages_of_both_kinds() -> None:
    assert {page.endswith("/") for page in PAGES} == {True, False}
    assert len(PAGES) > 10


@pytest.mark.parametrize("path", ["/desk/nothing/", "/desk/insights//evil.example/", "/nothing/"])
def test_what_is_not_there_stays_so(app: APIFlask, path: str) -> None:
    """And nobody is led off this instance."""
    answer = app.test_client().get(path)

    assert answer.status_code in {404, 308}
    if answer.status_code == 308:
        assert "evil.example" not in answer.location.partition("/desk")[0].removeprefix("http://localhost")


def test_a_form_keeps_what_it_sends(log_in: Callable[..., FlaskClient]) -> None:
    """308 has the browser send the same again."""
    client = log_in("owner", name="olga")
    assert client.post("/desk/people/", data={"site": "blog"}).status_code == 308
