"""The thread without JavaScript: as a piece of HTML, as a page for frames, and on the demo page."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.languages.catalogue import LANGUAGES, catalogue
from service.runtime import Runtime
from service.storage.sites import Site
from service.web.threads import DEEPEST
from tests.conftest import ORIGIN, PAGE, PLAIN_CHECKS, MakeRuntime, Rows, Visitor, make_app

FRAGMENT = "/api/v1/sites/blog/thread.html"
FRAMED = "/embed/blog/thread"
OURS = "https://comments.example.net"
IN_A_FRAME = {"Sec-Fetch-Dest": "iframe"}
VOID = {"input", "meta", "link", "base", "br", "img", "hr"}


class Element:
    """A tag with its attributes, its text and what is inside."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.parts: list[Element | str] = []

    def all(self, tag: str, **wanted: str) -> "list[Element]":
        found = [
            child for child in self.children
            if child.tag == tag and all(value in child.attributes.get(name.rstrip("_"), "").split() for name, value in wanted.items())
        ]  # fmt: skip
        return found + [deeper for child in self.children for deeper in child.all(tag, **wanted)]

    @property
    def children(self) -> "list[Element]":
        return [part for part in self.parts if isinstance(part, Element)]

    def one(self, tag: str, **wanted: str) -> "Element":
        (found,) = self.all(tag, **wanted)
        return found

    @property
    def text(self) -> str:
        return " ".join(self.text_as_it_is.split())

    @property
    def text_as_it_is(self) -> str:
        return "".join(part if isinstance(part, str) else part.text_as_it_is for part in self.parts)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class Tree(HTMLParser):
    """Builds elements, and fails where a tag is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(html)
        assert self.open == [self.root], [element.tag for element in self.open]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def tree(answer: TestResponse) -> Element:
    assert answer.status_code == 200, answer.text
    return Tree(answer.text).root


def get(visitor: Visitor, path: str = FRAGMENT, headers: dict[str, str] | None = None, **query: Any) -> TestResponse:
    return visitor.client.get(path, query_string={"page_url": PAGE, **query}, headers=headers or {})


def chain(visitor: Visitor, length: int) -> list[UUID]:
    """Comments each of which answers the one before."""
    visitor.drain.checks = PLAIN_CHECKS
    ids: list[UUID] = []
    for number in range(length):
        parent = {"parent_id": str(ids[-1])} if ids else {}
        name, text = f"Writer {number}", f"A calm thought, number {number}, of its own kind {'again ' * number}"
        ids.append(visitor.published(body=text, author_name=name, author_email=f"w{number}@example.org", **parent))
    return ids


class TestTheFragment:
    """`GET …/thread.html`: what a static site generator puts into its page."""

    def test_it_is_a_piece_and_no_page(self, visitor: Visitor) -> None:
        """One div with the thread and the form; no head, no script, no style, no event handler."""
        visitor.published()
        answer = get(visitor)
        root = tree(answer)

        (outer,) = root.children
        assert (outer.tag, outer["class"], outer["lang"], outer["dir"]) == ("div", "greenroom", "en", "ltr")
        for tag in ("html", "head", "body", "script", "style", "link", "h1"):
            assert root.all(tag) == []
        assert not re.search(r"\s(?:style|on\w+)=", answer.text)
        assert [heading.text for heading in root.all("h2")] == ["1 comment", "Leave a Reply"]
        assert answer.mimetype == "text/html"

    def test_its_addresses_are_absolute_and_ours(self, visitor: Visitor) -> None:
        """It stands on a page of somebody else: only jumps within the page are short."""
        visitor.published(author_website="https://ann.example/")
        root = tree(get(visitor))

        links = [link["href"] for link in root.all("a")]
        assert [link for link in links if not link.startswith((f"{OURS}/", "#comment-", "https://ann.example/"))] == []
        assert root.one("form")["action"] == f"{OURS}/api/v1/sites/blog/comments"

    def test_its_form_can_stand_there_for_years(self, visitor: Visitor) -> None:
        """A key or a time made at build time would be everybody's. What people should not see needs no style of ours."""
        root = tree(get(visitor, page_title="The post"))

        hidden = {field["name"]: field["value"] for field in root.all("input", type="hidden")}
        assert hidden == {"page_url": PAGE, "page_title": "The post", "lang": "en"}
        trap = next(element for element in root.all("div") if "hidden" in element.attributes)
        assert [field["name"] for field in trap.all("input")] == ["subject"]

    def test_two_readers_of_the_same_page_are_two(self, visitor: Visitor, rows: Rows) -> None:
        """And one who clicks twice is one."""
        fields = {"page_url": PAGE, "body": "A calm thought.", "author_email": "ann@example.org", "lang": "en"}
        for peer, name in (("192.0.2.1", "Ann"), ("192.0.2.1", "Ann"), ("192.0.2.2", "Ann"), ("192.0.2.1", "Bea")):
            sent = visitor.client.post(
                visitor.url,
                data={**fields, "author_name": name},
                headers=visitor.headers,
                environ_base={"REMOTE_ADDR": peer},
            )
            assert sent.status_code == 303

        assert rows("SELECT count(*) FROM comments") == [(3,)]

    def test_it_can_be_without_the_form(self, visitor: Visitor) -> None:
        assert tree(get(visitor, form="no")).all("form") == []

    def test_a_build_can_follow_all_pages(self, visitor: Visitor) -> None:
        """`Link: rel=next` leads from one to the next; nothing comes twice and nothing is left out."""
        ids = chain(visitor, 5)
        found: list[str] = []
        answer = get(visitor, limit=2, lang="de")
        for _ in range(5):
            found += [article["id"] for article in tree(answer).all("article")]
            if "Link" not in answer.headers:
                break
            following = re.fullmatch(rf'<{OURS}(.+)>; rel="next"', answer.headers["Link"])
            assert following
            answer = visitor.client.get(following[1])
            assert tree(answer).children[0]["lang"] == "de"
        assert found == [f"comment-{one}" for one in ids]

    def test_caches_may_keep_it(self, visitor: Visitor) -> None:
        """For a moment and by language; who has it already gets 304. Pages of the site may read it."""
        visitor.published()
        first = get(visitor, headers={"Origin": ORIGIN, "Accept-Language": "fr"})
        again = get(visitor, headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "fr"})

        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"].startswith("public, max-age=1")
        assert set(first.vary) == {"Accept-Language", "Origin"}
        assert first.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert get(visitor, headers={"Accept-Language": "it"}).headers["ETag"] != first.headers["ETag"]

    @pytest.mark.parametrize(
        ("query", "status", "code"),
        [
            ({"page_url": "https://elsewhere.example.com/"}, 403, "origin_not_allowed"),
            ({"page_url": "nowhere"}, 422, "invalid"),
            ({"order": "loudest"}, 422, "invalid"),
            ({"limit": 101}, 422, "invalid"),
            ({"theme": "dark"}, 422, "invalid"),
        ],
    )
    def test_what_is_wrong_is_refused(self, visitor: Visitor, query: dict[str, Any], status: int, code: str) -> None:
        answer = get(visitor, **query)

        assert (answer.status_code, answer.get_json()["code"]) == (status, code)


class TestTheThread:
    """What readers see, however it is shown."""

    def test_replies_stand_below_what_they_answer_as_deep_as_one_can_read(self, visitor: Visitor) -> None:
        """Deeper ones stand beside, and each says whom it answers, with a link there."""
        ids = chain(visitor, DEEPEST + 3)
        root = tree(get(visitor))

        depth = 0
        level = root.one("ol", class_="thread")
        while nested := [inner for item in level.children for inner in item.children if inner.tag == "ol"]:
            (level,) = nested
            depth += 1
        assert depth == DEEPEST
        assert [article["id"] for article in level.all("article")] == [f"comment-{one}" for one in ids[DEEPEST:]]
        last = level.all("article")[-1]
        assert last.one("span", class_="to").text == f"in reply to Writer {DEEPEST + 1}"
        assert last.one("span", class_="to").one("a")["href"] == f"#comment-{ids[-2]}"

    def test_newest_first_is_one_list(self, visitor: Visitor) -> None:
        ids = chain(visitor, 3)
        root = tree(get(visitor, order="newest"))

        assert [article["id"] for article in root.all("article")] == [f"comment-{one}" for one in reversed(ids)]
        assert root.all("ol", class_="replies") == []
        chosen = [link.text for link in root.one("nav", class_="order").all("a") if "aria-current" in link.attributes]
        assert chosen == ["Newest first"]

    def test_further_comments_are_a_link_away(self, visitor: Visitor, make_runtime: MakeRuntime) -> None:
        """It leads to the page for frames, and from there back to the beginning."""
        ids = chain(visitor, 3)
        more = next(link for link in tree(get(visitor, limit=2)).all("a") if link.attributes.get("rel") == "next")
        assert more.text == "Further comments"
        further = tree(visitor.client.get(more["href"].removeprefix(OURS)))

        assert [article["id"] for article in further.all("article")] == [f"comment-{ids[2]}"]
        reply = further.one("span", class_="to")
        assert (reply.text, reply.all("a")) == ("in reply to Writer 1", [])
        back = next(link for link in further.all("a") if link.text == "From the beginning")
        assert "cursor" not in parse_qs(urlsplit(back["href"]).query)

    def test_of_an_erased_comment_only_its_place_is_left(self, visitor: Visitor, rows: Rows) -> None:
        """No name, no text, nothing to answer or report; its answers stay."""
        first, second = chain(visitor, 2)
        rows("UPDATE comments SET status = 'erased', shown_revision = NULL WHERE id = :id", id=first)
        root = tree(get(visitor))

        gone = root.one("article", id=f"comment-{first}")
        assert (gone.text, gone.all("a")) == ("[erased]", [])
        assert root.one("article", id=f"comment-{second}").text.startswith("Writer 1")

    def test_what_is_not_published_is_nowhere(self, visitor: Visitor) -> None:
        """Neither its text nor that it exists."""
        visitor.drain.checks = PLAIN_CHECKS
        visitor.comment(body="Please call +44 20 7946 0958 tonight")
        visitor.drain()
        visitor.comment(body="Still being checked.")

        for path in (FRAGMENT, FRAMED):
            root = tree(get(visitor, path))
            assert root.all("article") == []
            assert root.all("h2")[0].text == "No comments yet"

    def test_names_and_texts_are_contained(self, visitor: Visitor) -> None:
        """Whatever they are made of: escaped, isolated, in their own direction; websites lead nowhere by themselves."""
        name = '"><img src=x>שרה'
        visitor.published(author_name=name, body="<b>1 < 2</b> שלום", author_website="https://ann.example/?a=1&b='2'")
        root = tree(get(visitor))

        article = root.one("article")
        assert article.one("bdi").text == name
        assert article.one("div", class_="body")["dir"] == "auto"
        assert root.all("img") == []
        website = article.one("b").one("a")
        assert website["href"] == "https://ann.example/?a=1&b='2'"
        assert website["rel"] == "nofollow ugc noopener noreferrer"
        assert [link["aria-label"] for link in article.one("p", class_="answer").all("a")] == [
            f"Reply to {name}", f"Report the comment by {name}"
        ]  # fmt: skip

    def test_times_are_for_people_and_for_machines(self, visitor: Visitor, rows: Rows) -> None:
        comment_id = visitor.published()
        rows("UPDATE comments SET created_at = '2026-11-30T13:05:00.123456Z' WHERE id = :id", id=comment_id)

        moment = tree(get(visitor, lang="de")).one("time")

        assert (moment["datetime"], moment.text) == ("2026-11-30T13:05:00.123+00:00", "30. November 2026, 13:05 UTC")

    @pytest.mark.parametrize("path", [FRAGMENT, FRAMED])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_speaks_every_language(self, visitor: Visitor, language: str, path: str) -> None:
        """And nothing of the English one is left over."""
        parent, _ = chain(visitor, 2)
        answer = get(visitor, path, lang=language, reply_to=str(parent), order="newest")
        root = tree(answer)

        said = catalogue(language)
        assert root.all("h2")[0].text == said.say("pages", "thread.count", count=2)
        assert root.one("button").text == said.say("pages", "form.send")
        assert root.one("p", class_="replying").text.startswith(said.say("pages", "form.replying_to", name="Writer 0"))
        outer = root.one("html") if path == FRAMED else root.children[0]
        assert (outer["lang"], outer.attributes.get("dir", "ltr")) == (language, "rtl" if language == "ar" else "ltr")
        if language != "en":
            for english in ("Leave a", "Required", "Reply", "Report", "the reply", "At most", "in reply"):
                assert english not in root.text, english

    def test_a_name_is_no_pattern(self, visitor: Visitor) -> None:
        """Braces in a name stay braces."""
        visitor.published(author_name="{count} {0} {name.__class__}")

        assert tree(get(visitor)).one("article").one("bdi").text == "{count} {0} {name.__class__}"


class TestTheReply:
    """`reply_to`: the form answers a comment that is there."""

    @pytest.mark.parametrize("path", [FRAGMENT, FRAMED])
    def test_it_names_whom_it_answers(self, visitor: Visitor, path: str) -> None:
        parent = visitor.published(author_name="Grace")
        root = tree(get(visitor, path, reply_to=str(parent)))

        assert root.one("input", name="parent_id")["value"] == str(parent)
        assert root.one("p", class_="replying").text.startswith("Replying to Grace")
        cancel = root.one("p", class_="replying").one("a")["href"]
        assert "reply_to" not in cancel

    def test_it_answers_nothing_that_is_not_there(self, visitor: Visitor) -> None:
        """Neither a comment of another page nor one that nobody sees."""
        elsewhere = visitor.published(page_url=f"{ORIGIN}/another/")
        unseen = visitor.comment()

        for one in (elsewhere, unseen, UUID(int=1)):
            root = tree(get(visitor, FRAMED, reply_to=str(one)))
            assert root.all("input", name="parent_id") == []
            assert root.all("p", class_="replying") == []

    def test_its_link_leads_to_the_form(self, visitor: Visitor) -> None:
        """From a static page to a page of ours, with a form that answers."""
        parent = visitor.published(author_name="Grace")
        reply = tree(get(visitor, page_title="The post", lang="de")).one("p", class_="answer").all("a")[0]["href"]
        assert reply.startswith(f"{OURS}{FRAMED}?")
        assert reply.endswith("#reply")

        root = tree(visitor.client.get(reply.removeprefix(OURS)))
        assert root.one("input", name="parent_id")["value"] == str(parent)
        assert root.one("input", name="page_title")["value"] == "The post"
        assert root.one("html")["lang"] == "de"


class TestTheFrame:
    """`GET /embed/<site>/thread`: a whole page for an iframe."""

    def test_only_pages_of_the_site_may_frame_it(self, visitor: Visitor) -> None:
        """T22. A refusal can be read in the frame as well."""
        for query in ({}, {"page_url": "https://elsewhere.example.com/"}, {"cursor": "x"}):
            policy = get(visitor, FRAMED, **query).headers["Content-Security-Policy"]
            assert f"frame-ancestors 'self' {ORIGIN};" in f"{policy};"
            assert "script-src 'self'" in policy

    def test_no_other_page_may_be_framed(self, visitor: Visitor) -> None:
        """The result page neither: the form leaves the frame."""
        comment_id = visitor.published()
        for path in (
            "/",
            f"/comments/{comment_id}",
            f"/comments/{comment_id}/report",
            "/embed/nobody/thread",
            FRAGMENT,
        ):
            policy = get(visitor, path).headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy, path

    def test_what_leaves_it_leaves_the_frame(self, visitor: Visitor) -> None:
        """Links of commenters, reports, and the form with its result page; replies, pages and jumps stay inside."""
        visitor.published(author_website="https://ann.example/")
        visitor.published(body="Another calm thought, of another kind altogether.")
        root = tree(get(visitor, FRAMED, headers=IN_A_FRAME))

        assert root.one("base")["target"] == "_top"
        assert "href" not in root.one("base").attributes
        staying = {urlsplit(link["href"]).path for link in root.all("a") if link.attributes.get("target") == "_self"}
        leaving = {urlsplit(link["href"]).path for link in root.all("a") if "target" not in link.attributes}
        assert staying == {FRAMED, ""}
        assert FRAMED not in leaving
        assert "target" not in root.one("form").attributes

    def test_in_a_frame_it_does_not_lead_back_to_the_page_around_it(self, visitor: Visitor) -> None:
        """By itself it does: whoever comes by a link for replying finds the way back."""
        alone = tree(get(visitor, FRAMED, page_title="The post"))
        framed = tree(get(visitor, FRAMED, page_title="The post", headers=IN_A_FRAME))

        assert [link["href"] for link in alone.all("a") if link.text == "Back to “The post”"] == [PAGE]
        assert [link["href"] for link in framed.all("a") if link["href"] == PAGE] == []
        assert (alone.one("h1").attributes.get("class"), framed.one("h1")["class"]) == (None, "visually-hidden")

    def test_parameters_that_others_add_do_no_harm(self, visitor: Visitor) -> None:
        assert get(visitor, FRAMED, utm_source="letter").status_code == 200

    def test_its_form_is_taken(self, visitor: Visitor, rows: Rows) -> None:
        """From our own origin, for a page of the site; the result page speaks the language of the form."""
        root = tree(get(visitor, FRAMED, lang="de"))
        fields = {field["name"]: field["value"] for field in root.all("input", type="hidden")}
        typed = {"body": "Ein ruhiger Gedanke.", "author_name": "Ann", "author_email": "ann@example.org"}
        sent = visitor.client.post(root.one("form")["action"], data={**fields, **typed}, headers={"Origin": OURS})

        assert sent.status_code == 303
        assert urlsplit(sent.location).query == "lang=de"
        result = tree(visitor.client.get(sent.location))
        assert result.one("h1").text == catalogue("de").say("pages", "result.heading.pending")
        assert rows("SELECT page_url FROM threads") == [(PAGE,)]


class TestTheFormsMistakes:
    """What is wrong is said in the language of the form, beside what was typed."""

    def test_errors_are_in_the_language_of_the_form(self, visitor: Visitor) -> None:
        answer = visitor.send_form(author_name="", author_email="ann", lang="ar")
        root = Tree(answer.text).root

        assert answer.status_code == 422
        assert (root.one("html")["lang"], root.one("html")["dir"]) == ("ar", "rtl")
        assert root.one("h1").text == catalogue("ar").say("pages", "form.not_sent")
        arabic = catalogue("ar").part("problems")
        assert arabic["email.invalid"] in root.one("p", id="error-author_email").text
        assert root.one("input", name="lang")["value"] == "ar"
        assert root.one("textarea").text == "A calm thought."

    def test_a_page_that_the_site_does_not_have_is_said_so(self, visitor: Visitor) -> None:
        answer = visitor.send_form(page_url="https://elsewhere.example.com/", lang="pl")

        assert answer.status_code == 403
        assert "Ta strona nie należy do tej witryny." in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_readers_speak_every_language(visitor: Visitor, language: str) -> None:
    """Report, its thanks, the stranger's result page and what is not there; each knows its own direction."""
    comment_id = visitor.published()
    said = catalogue(language)
    for path, name in (
        (f"/comments/{comment_id}/report", "report.title"),
        (f"/comments/{comment_id}/report/thanks", "report.thanks"),
        (f"/comments/{UUID(int=7)}", "result.heading.unknown"),
    ):
        root = tree(visitor.client.get(path, query_string={"lang": language}))
        assert root.one("h1").text == said.say("pages", name)
        assert (root.one("html")["lang"], root.one("html")["dir"]) == (language, said.direction)
    missing = visitor.client.get("/nothing/here", headers={"Accept-Language": language})
    assert said.say("problems", "title.not_found") in Tree(missing.text).root.one("h1").text


def test_a_report_stays_in_the_language_it_was_begun_in(visitor: Visitor) -> None:
    """From the link in the thread over a mistake to the thanks."""
    visitor.published()
    link = tree(get(visitor, lang="nl")).one("p", class_="answer").all("a")[1]["href"]
    form = tree(visitor.client.get(link.removeprefix(OURS)))
    action = form.one("form")["action"]
    wrong = visitor.client.post(action, data={"reason": "legal"}, headers={"Origin": OURS})
    assert catalogue("nl").say("pages", "report.not_sent") in wrong.text
    assert catalogue("nl").say("problems", "report.email_required") in wrong.text

    sent = visitor.client.post(action, data={"reason": "spam"}, headers={"Origin": OURS})
    assert "lang=nl" in sent.location
    assert tree(visitor.client.get(sent.location)).one("h1").text == "Bedankt"


def test_the_desk_and_what_nobody_translated_stay_english(visitor: Visitor) -> None:
    """A German browser gets pages that are of one piece."""
    for path in ("/", "/desk/login", "/api/docs"):
        answer = visitor.client.get(path, headers={"Accept-Language": "de"})
        assert '<html lang="en" dir="ltr">' in answer.text, path
        assert "Skip to the content" in answer.text, path


def test_the_demo_article_is_english_and_its_comments_are_not(runtime: Runtime, site: Site) -> None:
    """The thread says which language it is in."""
    from tests.conftest import add_site

    add_site(runtime, "demo", OURS)
    client: FlaskClient = make_app(runtime).test_client()
    root = tree(client.get("/demo/plain", headers={"Accept-Language": "ar"}))

    assert root.one("html")["lang"] == "en"
    thread = root.one("div", class_="greenroom")
    assert (thread["lang"], thread["dir"]) == ("ar", "rtl")
    assert thread.all("h2")[0].text == catalogue("ar").say("pages", "thread.none")
