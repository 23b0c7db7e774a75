"""Mail about replies: the page that confirms it, and the one that ends it. Looking at them changes nothing."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from service.storage import subscriptions
from service.storage.subscriptions import Subscription
from service.usecases.replies import WORKS_FOR, confirm, is_too_late, unsubscribe
from service.vault import LetterLink
from service.web.author_pages import Voice, first_words, note, private, show, unknown_link, voice_in
from service.web.context import runtime
from service.web.parsing import read_form_field

reply_pages = APIBlueprint("reply_pages", __name__, enable_openapi=False)


@reply_pages.get("/replies/<token>")
def ask(token: str) -> Response:
    """Whether mail about replies is wanted, and the button that says yes."""
    wish = _wish("replies", token)
    voice = voice_in(wish.language if wish else None)
    if wish is None:
        return unknown_link(voice)
    if wish.is_over:
        return note(voice, voice.say("replies.title"), voice.say("replies.over"), **_place(wish))
    if wish.confirmed_at is not None:
        return note(voice, voice.say("replies.title"), voice.say("replies.done"), **_place(wish))
    if is_too_late(wish, runtime().now()):
        late = voice.say("replies.late", days=WORKS_FOR.days)
        return note(voice, voice.say("replies.title"), late, **_place(wish))
    return show(
        "replies.html", voice, title=voice.say("replies.title"), date=voice.words.day(wish.written_at),
        author_name=wish.author_name, words=first_words(wish.body), action=request.path, **_place(wish),
    )  # fmt: skip


@reply_pages.post("/replies/<token>")
def say_yes(token: str) -> Response:
    """Confirm, and lead back to the page, which says so."""
    wish = _wish("replies", token)
    if wish is None:
        return unknown_link(voice_in())
    confirm(runtime().engine, wish, now=runtime().now())
    return private(Response(status=303, headers={"Location": request.path}))


@reply_pages.get("/unsubscribe/<token>")
def ask_to_end(token: str) -> Response:
    """What is going to end, and the button for it. Scanners may fetch it as often as they like."""
    wish = _wish("unsubscribe", token)
    voice = voice_in(wish.language if wish else None)
    return _ending(voice, wish) if wish else unknown_link(voice)


@reply_pages.post("/unsubscribe/<token>")
def end(token: str) -> Response:
    """End it: for a person who presses the button, and for a mail provider that posts in their name (RFC 8058).

    That one sends no cookie and no origin, and either kind of form; it follows no redirect. What stands in the body
    decides only whether all mail ends.
    """
    wish = _wish("unsubscribe", token)
    if wish is None:
        return unknown_link(voice_in())
    unsubscribe(runtime().engine, wish, is_all=read_form_field(request, "all") == "yes")
    ended = _wish("unsubscribe", token)
    return _ending(voice_in(wish.language), ended or wish)


def _ending(voice: Voice, wish: Subscription) -> Response:
    done = None
    if wish.no_mail_since is not None:
        done = voice.say("unsubscribe.all_done", site=wish.site_name)
    elif wish.ended_at is not None:
        done = voice.say("unsubscribe.done")
    return show(
        "unsubscribe.html", voice, title=voice.say("unsubscribe.title"), done=done,
        is_all=wish.no_mail_since is not None, action=request.path, **_place(wish),
    )  # fmt: skip


def _wish(link: LetterLink, token: str) -> Subscription | None:
    """What a link of ours is about."""
    number = runtime().vault.read_letter_token(link, token)
    if number is None:
        return None
    with runtime().statements.connect() as connection:
        return subscriptions.find(connection, number)


def _place(wish: Subscription) -> dict[str, Any]:
    return {"site_name": wish.site_name, "page_url": wish.page_url, "page_title": wish.page_title}
