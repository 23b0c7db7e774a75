"""Self-service without an account: a form for an e-mail address, and the page behind the link that comes by mail."""

from datetime import timedelta

import orjson
from apiflask import APIBlueprint
from flask import Response, request, url_for

from service.errors import Invalid
from service.storage import comments, subscriptions
from service.storage.comments import Standing
from service.storage.sites import Site
from service.usecases.erase import erase_author
from service.usecases.own_words import WORKS_FOR, Opened, export, opened_by
from service.web.api.author_mail import send_author_link
from service.web.author_pages import Voice, note, private, show, unknown_link, voice_in
from service.web.context import runtime, site_of
from service.web.language import language_of
from service.web.own import told_in
from service.web.parsing import FORM, JSON, read_body, read_form_field
from service.web.refusals import in_language

own_words_pages = APIBlueprint("own_words_pages", __name__, enable_openapi=False)
MOST_SHOWN = 100


@own_words_pages.get("/authors/<site_key>")
def ask(site_key: str) -> Response:
    """The form for the address."""
    return _form(site_of(site_key), None, "")


@own_words_pages.post("/authors/<site_key>")
def send(site_key: str) -> Response:
    """Say that a mail is on its way if somebody wrote with the address, whether that is so or not."""
    site = site_of(site_key)
    voice = voice_in(language_of(request))
    typed = str(read_body(request, kinds=(FORM,)).get("email", ""))
    try:
        send_author_link(request, site, typed, language=voice.words.language)
    except Invalid as problem:
        return _form(site, problem, typed)
    sentence = voice.say("authors.sent", hours=WORKS_FOR // timedelta(hours=1))
    return note(voice, voice.say("authors.title"), sentence, site_name=site.name)


@own_words_pages.get("/my-comments/<token>")
def list_comments(token: str) -> Response:
    """What was written with the address on this site, and where each of it stands."""
    opened = _opened(token)
    voice = voice_in(opened.link.language if opened else None)
    if opened is None:
        return unknown_link(voice)
    with runtime().statements.connect() as connection:
        found = comments.standings_of(connection, opened.author.id, limit=MOST_SHOWN + 1)
    return show(
        "my_comments.html",
        voice,
        title=voice.say("own.title", site=opened.link.site_name),
        comments=[_shown(voice, standing) for standing in found[:MOST_SHOWN]],
        has_more=len(found) > MOST_SHOWN,
        wants_no_mail=opened.author.wants_no_mail,
        site_name=opened.link.site_name,
        erased=voice.words.say("pages", "thread.erased"),
        token=token,
    )


@own_words_pages.post("/my-comments/<token>/erase")
def erase(token: str) -> Response:
    """Ask once more, and then erase everything. What others answered stays."""
    opened = _opened(token)
    voice = voice_in(opened.link.language if opened else None)
    if opened is None:
        return unknown_link(voice)
    site_name = opened.link.site_name
    if read_form_field(request, "sure") != "yes":
        erased = voice.words.say("pages", "thread.erased")
        title = voice.say("own.sure", site=site_name)
        return show("erase.html", voice, title=title, erased=erased, site_name=site_name, token=token)
    erase_author(runtime().engine, opened.author.id)
    return note(voice, voice.say("own.erased.title"), voice.say("own.erased"), site_name=site_name)


@own_words_pages.post("/my-comments/<token>/export")
def download(token: str) -> Response:
    """Everything that is stored, as a file."""
    opened = _opened(token)
    if opened is None:
        return unknown_link(voice_in())
    with runtime().statements.connect() as connection:
        found = export(connection, opened, vault=runtime().vault, now=runtime().now())
    response = Response(orjson.dumps(found, option=orjson.OPT_INDENT_2), mimetype=JSON)
    response.headers["Content-Disposition"] = f'attachment; filename="comments-{opened.link.site_key}.json"'
    return private(response)


@own_words_pages.post("/my-comments/<token>/mail")
def allow_mail(token: str) -> Response:
    """Let the site write to this address again."""
    opened = _opened(token)
    if opened is None:
        return unknown_link(voice_in())
    with runtime().engine.begin() as connection:
        subscriptions.allow_mail(connection, opened.author.id)
    return private(Response(status=303, headers={"Location": url_for("own_words_pages.list_comments", token=token)}))


def _opened(token: str) -> Opened | None:
    number = runtime().vault.read_letter_token("own", token)
    if number is None:
        return None
    with runtime().statements.connect() as connection:
        return opened_by(connection, number, now=runtime().now())


def _form(site: Site, problem: Invalid | None, typed: str) -> Response:
    voice = voice_in(language_of(request))
    error = in_language(problem, voice.words).errors[0].detail if problem else None
    return show(
        "authors.html",
        voice,
        status=problem.status if problem else 200,
        is_secret=False,
        title=voice.say("authors.title"),
        error=error,
        typed=typed,
        site_name=site.name,
        action=url_for("own_words_pages.send", site_key=site.key, lang=voice.words.language),
    )


def _shown(voice: Voice, standing: Standing) -> dict[str, object]:
    state, sentence = told_in(standing, voice.words)
    return {
        "date": voice.words.day(standing.created_at),
        "iso": standing.created_at.isoformat(timespec="milliseconds"),
        "author_name": standing.author_name,
        "body": standing.body,
        "sentence": sentence,
        "message": standing.message,
        "page_url": f"{standing.page_url}#comment-{standing.id}" if state == "published" else standing.page_url,
        "page_title": standing.page_title or standing.page_url,
    }
