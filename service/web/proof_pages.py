"""The page on which somebody says that an address is their own. Looking at it changes nothing."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from service.storage import proofs
from service.storage.proofs import Proof
from service.usecases.prove import WORKS_FOR, confirm, is_too_late
from service.web.author_pages import first_words, note, private, show, unknown_link, voice_in
from service.web.context import runtime

proof_pages = APIBlueprint("proof_pages", __name__, enable_openapi=False)


@proof_pages.get("/proofs/<token>")
def ask(token: str) -> Response:
    """Which comment somebody wrote with the address, and the button that says that it was its owner."""
    proof = _proof(token)
    voice = voice_in(proof.language if proof else None)
    if proof is None:
        return unknown_link(voice)
    place: dict[str, Any] = {"site_name": proof.site_name, "page_url": proof.page_url, "page_title": proof.page_title}
    if proof.confirmed_at is not None:
        return note(voice, voice.say("proof.title"), voice.say("proof.done"), **place)
    if is_too_late(proof, runtime().now()):
        late = voice.say("proof.late", hours=WORKS_FOR // timedelta(hours=1))
        return note(voice, voice.say("proof.title"), late, **place)
    return show(
        "proof.html", voice, title=voice.say("proof.title"), date=voice.words.day(proof.written_at),
        author_name=proof.author_name, words=first_words(proof.body), action=request.path, **place,
    )  # fmt: skip


@proof_pages.post("/proofs/<token>")
def say_yes(token: str) -> Response:
    """Confirm, and lead back to the page, which says so."""
    proof = _proof(token)
    if proof is None:
        return unknown_link(voice_in())
    confirm(runtime().engine, proof, now=runtime().now())
    return private(Response(status=303, headers={"Location": request.path}))


def _proof(token: str) -> Proof | None:
    number = runtime().vault.read_letter_token("proof", token)
    if number is None:
        return None
    with runtime().statements.connect() as connection:
        return proofs.find(connection, number)
