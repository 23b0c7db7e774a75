"""The rules editor without a script: what an owner sees, tries and saves, and what others only read."""

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.runtime import Runtime
from tests.conftest import PLAIN_CHECKS, Drain, Rows, Visitor, add_site

RULES = "/desk/rules/blog"
LogIn = Callable[..., FlaskClient]


class Forms(HTMLParser):
    """The forms of a page: where each is sent, and the fields that a browser would send with it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._is_in_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((known.get("action", ""), {}))
            self._is_in_form = True
        elif tag == "input" and self._is_in_form and "name" in known:
            is_choice = known.get("type") in {"radio", "checkbox"}
            if not is_choice or "checked" in known:
                self.forms[-1][1][known["name"]] = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_in_form = False


def forms(page: str, action: str) -> list[dict[str, str]]:
    """What each form that is sent there would send."""
    reader = Forms()
    reader.feed(page)
    return [fields for where, fields in reader.forms if where.endswith(action)]


def send(client: FlaskClient, page: str, action: str = "/try", number: int = 0, **typed: str) -> TestResponse:
    """Send a form of a page, with what somebody typed or chose."""
    fields = {**forms(page, action)[number], **typed}
    return client.post(f"{RULES}{action}", data={name: value for name, value in fields.items() if value})


def seen(page: str) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.fixture(autouse=True)
def _plain(drain: Drain) -> None:
    drain.checks = PLAIN_CHECKS


@pytest.fixture
def owner(log_in: LogIn) -> FlaskClient:
    return log_in("owner", name="ada")


def added(owner: FlaskClient, kind: str = "word", **typed: str) -> TestResponse:
    """Try and save a new rule."""
    fields = {"word": "casino", "reason": "The flood of May."} if kind == "word" else {}
    tried = send(owner, owner.get(f"{RULES}/new?kind={kind}").text, **{**fields, **typed})
    assert tried.status_code == 200, seen(tried.text)
    return send(owner, tried.text, "/save")


def test_a_rule_is_tried_and_then_saved(owner: FlaskClient, visitor: Visitor, drain: Drain, rows: Rows) -> None:
    """The page says what it would have held; nothing is stored before the button is pressed."""
    visitor.comment(body="My <b>casino</b>, you know.")
    drain()
    form = owner.get(f"{RULES}/new?kind=word").text
    assert "Save" not in seen(form)
    tried = send(owner, form, word="casino", reason="The flood of May.")

    assert "On the last comment this would have held 1." in seen(tried.text)
    assert "My <b>casino</b>, you know." in seen(tried.text)
    assert "<b>casino" not in tried.text
    assert rows("SELECT count(*) FROM policies") == [(1,)]

    saved = send(owner, tried.text, "/save", note="May again")
    assert (saved.status_code, saved.location) == (303, f"{RULES}?saved=2")
    page = owner.get(saved.location).text
    assert "Version 2 is in force" in seen(page)
    assert "the word “casino” in the text or the name" in seen(page)
    assert rows("SELECT changed_by, note FROM policies WHERE version = 2") == [("moderator:ada", "May again")]


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("pattern", {"pattern": r"cas[i1]no\d", "in_name": ""}, r"the pattern “cas[i1]no\d” in the text"),
        ("links", {"more_than": "0"}, "any link"),
        ("link_host", {"host": "Pills.Example"}, "a link to pills.example"),
        ("link_pattern", {"pattern": r"\?ref="}, r"a link that fits “\?ref=”"),
        ("few_published", {"fewer_than": "3"}, "an author with fewer than 3 published"),
        ("new_author", {"days": "7"}, "an author first seen less than 7 days ago"),
        ("language", {"languages": "EN, de,"}, "another language than en, de"),
        ("time_of_day", {"from": "22:00", "until": "06:00"}, "sent between 22:00 and 06:00"),
    ],
)
def test_every_kind_has_a_form(owner: FlaskClient, kind: str, typed: dict[str, str], said: str) -> None:
    """And comes back into it to be changed."""
    assert added(owner, kind, **typed, verdict="hold", state="shadow", reason="Try it.").status_code == 303
    page = owner.get(RULES).text
    assert said in seen(page)
    (edit,) = re.findall(r'href="(/desk/rules/blog/rules/[a-z0-9-]+)"', page)
    form = owner.get(edit).text
    (fields,) = (fields for fields in forms(form, "/try") if fields["edit"] == "rule")
    kept = {name: value for name, value in typed.items() if name in {"pattern", "more_than", "days", "from", "until"}}
    assert {name: fields[name] for name in kept} == kept
    unchanged = send(owner, form)
    assert "Nothing is different" in seen(unchanged.text)


@pytest.mark.parametrize(
    ("kind", "typed", "complaint"),
    [
        ("word", {"word": "x", "reason": ""}, "Say why this rule exists."),
        ("word", {"word": "", "reason": "x"}, "is not a word"),
        ("word", {"word": "x", "reason": "x", "in_text": "", "in_name": ""}, "name at least one"),
        ("pattern", {"pattern": "(", "reason": "x"}, "cannot be read"),
        ("pattern", {"pattern": "a" * 10_000, "reason": "x"}, "at most 500"),
        ("new_author", {"days": "0", "reason": "x"}, "not a whole number between 1 and"),
        ("new_author", {"days": "many", "reason": "x"}, "integer"),
        ("link_host", {"host": "no host", "reason": "x"}, "not the name of a host"),
        ("word", {"word": "x", "reason": "x", "verdict": "publish"}, "a rule leads to hold"),
        ("word", {"word": "x", "reason": "x", "state": "maybe"}, "is not one of"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(
    owner: FlaskClient, kind: str, typed: dict[str, str], complaint: str, rows: Rows
) -> None:
    """With what was typed still in it."""
    answer = send(owner, owner.get(f"{RULES}/new?kind={kind}").text, **typed)

    assert answer.status_code == 422
    assert complaint in seen(answer.text)
    for name in ("word", "pattern", "host"):
        if typed.get(name):
            assert forms(answer.text, "/try")[0][name] == typed[name]
    assert rows("SELECT count(*) FROM policies") == [(1,)]


def test_a_rule_is_turned_off_put_into_the_shadow_and_removed(owner: FlaskClient, rows: Rows) -> None:
    """From the list; each is tried first and is a version."""
    added(owner)
    for state, said in (("off", "Turned off"), ("shadow", "Put into the shadow"), ("on", "Turned on")):
        tried = send(owner, owner.get(RULES).text, state=state)
        assert said in seen(tried.text)
        assert send(owner, tried.text, "/save").status_code == 303
    page = owner.get(RULES).text
    (edit,) = re.findall(r'href="(/desk/rules/blog/rules/[a-z0-9-]+)"', page)
    removing = send(owner, owner.get(edit).text, number=1)
    assert "Removed: the word “casino”" in seen(removing.text)
    assert send(owner, removing.text, "/save").status_code == 303
    assert "no rules of its own" in seen(owner.get(RULES).text)
    assert rows("SELECT max(version), count(*) FROM policies") == [(6, 6)]
    assert rows("SELECT count(*) FROM audit_log WHERE action = 'policy_changed'") == [(5,)]


def test_a_rule_shows_what_it_met(owner: FlaskClient, visitor: Visitor, drain: Drain) -> None:
    """And what it would have done in the shadow."""
    added(owner, state="shadow")
    visitor.comment(body="My casino.", author_name="Zoë Q.")
    drain()
    page = owner.get(RULES).text
    assert "1 in the shadow" in seen(page)
    (edit,) = re.findall(r'href="(/desk/rules/blog/rules/[a-z0-9-]+)"', page)
    shown = seen(owner.get(edit).text)
    assert "While it stood in the shadow" in shown
    assert "Zoë Q. Hold Published" in shown
    assert "While it was on" not in shown


def test_settings_are_changed(owner: FlaskClient, rows: Rows) -> None:
    """The mode, the links, a threshold; what the page does not show stays as it was."""
    before = rows("SELECT settings->'thresholds' FROM policies")[0][0]
    form = owner.get(f"{RULES}/settings").text
    assert "Nothing is different" in seen(send(owner, form).text)
    tried = send(owner, form, mode="hold_everything", max_links="5", spam_hold="0.4", toxicity_hold="", promise="0.01")
    assert "mode, publish_what_passes → hold_everything" in seen(tried.text)
    assert send(owner, tried.text, "/save").status_code == 303

    ((settings,),) = rows("SELECT settings FROM policies WHERE version = 2")
    assert (settings["mode"], settings["max_links"], settings["promise"]) == ("hold_everything", 5, 0.01)
    changed = {**before, "spam": {**before["spam"], "hold": 0.4}, "toxicity": {**before["toxicity"], "hold": None}}
    assert settings["thresholds"] == changed


@pytest.mark.parametrize("typed", [{"spam_hold": "2"}, {"time_zone": "Mars/Olympus"}, {"max_links": ""}, {"mode": "x"}])
def test_wrong_settings_are_refused_at_the_form(owner: FlaskClient, typed: dict[str, str]) -> None:
    """And nothing is lost."""
    answer = send(owner, owner.get(f"{RULES}/settings").text, **typed)
    assert answer.status_code == 422
    assert 'class="complaint"' in answer.text


def test_an_earlier_version_is_brought_back(owner: FlaskClient, rows: Rows) -> None:
    """From the history, after a look at what that would have done; also rules without a reason, of earlier releases."""
    rows("""UPDATE policies SET settings = '{"rules": [{"pattern": "poker", "verdict": "hold"}]}'""")
    first = owner.get(RULES).text
    assert "nobody named" in seen(first)
    (edit,) = re.findall(r'href="(/desk/rules/blog/rules/[a-z0-9-]+)"', first)
    send(owner, send(owner, owner.get(edit).text, number=1).text, "/save")
    history = owner.get(f"{RULES}/history").text
    assert "Removed: the word “poker”" in seen(history)

    tried = send(owner, history)
    assert "Added: the word “poker”" in seen(tried.text)
    assert send(owner, tried.text, "/save").status_code == 303
    assert "the word “poker”" in seen(owner.get(RULES).text)
    assert rows("SELECT version, restored_from FROM policies ORDER BY version") == [(1, None), (2, None), (3, 1)]


def test_who_was_slower_is_told(owner: FlaskClient, log_in: LogIn, rows: Rows) -> None:
    """At the dry run, and where it happens after that, at saving."""
    form = owner.get(f"{RULES}/new?kind=word").text
    tried = send(owner, form, word="casino", reason="Because.")
    assert added(log_in("owner", name="bob"), word="poker").status_code == 303

    late = send(owner, tried.text, "/save")
    assert late.status_code == 409
    assert "bob has made version 2" in seen(late.text)
    again = send(owner, form, word="casino", reason="Because.")
    assert "Somebody has changed the rules" in seen(again.text)
    assert forms(again.text, "/save") == []
    assert rows("SELECT count(*) FROM policies") == [(2,)]


@pytest.mark.parametrize("role", ["viewer", "moderator"])
def test_others_only_read(owner: FlaskClient, log_in: LogIn, role: str) -> None:
    """The list and the history, without a form."""
    added(owner)
    reader = log_in(role, name="eve")
    for path in ("", "/history"):
        page = reader.get(RULES + path)
        assert page.status_code == 200
        assert forms(page.text, "/try") == []
        assert "casino" in page.text
    for path in ("/new?kind=word", "/settings"):
        assert reader.get(RULES + path).status_code == 403
    data = {**forms(owner.get(f"{RULES}/settings").text, "/try")[0], "mode": "hold_everything"}
    data["csrf_token"] = forms(reader.get(RULES).text, "/desk/logout")[0]["csrf_token"]
    for action in ("/try", "/save"):
        assert reader.post(RULES + action, data=data).status_code == 403


def test_a_form_of_another_session_changes_nothing(owner: FlaskClient, rows: Rows) -> None:
    """Nor one without its token."""
    fields = forms(owner.get(f"{RULES}/settings").text, "/try")[0]
    del owner.environ_base["HTTP_X_CSRF_TOKEN"]
    for token in ("", "x"):
        data = {**fields, "mode": "hold_everything", "csrf_token": token}
        assert owner.post(f"{RULES}/save", data=data).status_code == 403
    assert rows("SELECT count(*) FROM policies") == [(1,)]


def test_one_chooses_among_ones_own_sites(log_in: LogIn, runtime: Runtime) -> None:
    """Others are not named, and not open."""
    other = add_site(runtime, "other", "https://other.example")
    client: Any = log_in("viewer", name="eve", of=other)
    page = client.get("/desk/rules/").text
    assert "/desk/rules/other" in page
    assert "/desk/rules/blog" not in page
    assert client.get(RULES).status_code == 403


def test_words_of_a_rule_are_words(owner: FlaskClient) -> None:
    """Whatever an owner types is shown and is no markup, in the list, the form, the dry run and the history."""
    word = '"><script>alert(1)</script>&amp;'
    added(owner, word=word, reason="<i>Why</i>")
    page = owner.get(RULES).text
    (edit,) = re.findall(r'href="(/desk/rules/blog/rules/[a-z0-9-]+)"', page)
    for shown in (page, owner.get(edit).text, owner.get(f"{RULES}/history").text):
        assert "<script>alert" not in shown
        assert "<i>Why" not in shown
    assert forms(owner.get(edit).text, "/try")[0]["word"] == word


def test_a_severe_text_is_not_shown_in_passing(owner: FlaskClient, visitor: Visitor, drain: Drain, rows: Rows) -> None:
    """Who tries a rule has not asked to read a threat: the list says that there is one."""
    visitor.comment(body="My casino, or else.")
    drain()
    tried = send(owner, owner.get(f"{RULES}/new?kind=word").text, word="casino", reason="Why.", verdict="escalate")

    assert "this would have escalated 1." in seen(tried.text)
    assert "Text hidden. Open it to read it." in seen(tried.text)
    assert "or else" not in tried.text
