"""The review API about one comment, besides deciding: looking, notes, claims, and the hidden e-mail address."""

from dataclasses import asdict
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import NotFound
from service.storage import notes, review
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.storage.claims import Claim
from service.usecases.add_note import add_note
from service.usecases.claim import claim, release
from service.usecases.reveal_email import reveal_email
from service.usecases.show_comment import Whole, policy_in_force, show_comment
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.review_item_schemas import (
    ClaimIn,
    ClaimOut,
    EmailOut,
    NoteIn,
    NoteOut,
    NotesOut,
    RevealIn,
    ReviewDetailOut,
)
from service.web.context import runtime
from service.web.parsing import read_body

review_item_api = APIBlueprint(
    "review_item", __name__, tag="Review", url_prefix="/api/v1/review/comments/<uuid:comment_id>"
)
_ON_A_CHANGE = (400, 401, 403, 404, 413, 415, 422, 503)


@review_item_api.get("")
@review_item_api.output(ReviewDetailOut, description="The comment and everything that is known about it.")
@review_item_api.doc(summary="Show one comment", security=MODERATORS, responses=refusals(401, 403, 404, 503))
def show_review(comment_id: UUID) -> Response:
    """As it was sent and as readers see it, why it stands where it stands, and what the site knows of its author.

    The e-mail address is masked for moderators and owners, and not there for viewers.
    """
    actor = access.require_actor(request, roles=EVERY_ROLE)
    with runtime().statements.connect() as connection:
        whole = show_comment(connection, comment_id, by=actor, vault=runtime().vault)
    return as_json(_shown(whole, actor))


@review_item_api.get("/notes")
@review_item_api.output(NotesOut, description="All notes, the oldest first.")
@review_item_api.doc(
    summary="List the notes about a comment", security=MODERATORS, responses=refusals(401, 403, 404, 503)
)
def list_notes(comment_id: UUID) -> Response:
    actor = access.require_actor(request, roles=EVERY_ROLE)
    with runtime().statements.connect() as connection:
        if review.find(connection, comment_id, site_ids=actor.sites_with(EVERY_ROLE)) is None:
            raise NotFound("There is no such comment on your sites.")
        return as_json({"notes": [asdict(note) for note in notes.of_comment(connection, comment_id)]})


@review_item_api.post("/notes")
@describe(NoteIn)
@review_item_api.output(NoteOut, 201, description="The note is there.")
@review_item_api.doc(summary="Leave a private note", security=MODERATORS, responses=refusals(*_ON_A_CHANGE))
def leave_note(comment_id: UUID) -> Response:
    """For other moderators of the site; never shown to readers or to the author, never changed."""
    actor = access.require_actor(request, roles=DECIDERS)
    sent = NoteIn.read(read_body(request))
    return as_json(asdict(add_note(runtime().engine, comment_id, body=sent.body, by=actor)), status=201)


@review_item_api.post("/claim")
@describe(ClaimIn)
@review_item_api.output(ClaimOut, description="Whose it is for the next two minutes.")
@review_item_api.doc(summary="Claim a comment", security=MODERATORS, responses=refusals(*_ON_A_CHANGE))
def claim_review(comment_id: UUID) -> Response:
    """Others see that you have it open. It ends after two minutes unless you claim it again, or with a decision.

    A claim keeps nobody from deciding: the first decision wins. While somebody else has it open, `is_yours` is false.
    """
    actor = access.require_actor(request, roles=DECIDERS)
    sent = ClaimIn.read(read_body(request))
    return as_json(_claimed(claim(runtime().engine, comment_id, take_over=sent.take_over, by=actor), actor))


@review_item_api.delete("/claim")
@review_item_api.output(ClaimOut, description="Your claim has ended.")
@review_item_api.doc(summary="Release a comment", security=MODERATORS, responses=refusals(401, 403, 404, 503))
def release_review(comment_id: UUID) -> Response:
    """Another one's claim stays."""
    actor = access.require_actor(request, roles=DECIDERS)
    return as_json(_claimed(release(runtime().engine, comment_id, by=actor), actor))


@review_item_api.post("/email")
@describe(RevealIn)
@review_item_api.output(EmailOut, description="The address.")
@review_item_api.doc(summary="Reveal the e-mail address", security=MODERATORS, responses=refusals(*_ON_A_CHANGE, 409))
def reveal_review_email(comment_id: UUID) -> Response:
    """The audit log notes who has seen it, when, and why."""
    actor = access.require_actor(request, roles=DECIDERS)
    sent = RevealIn.read(read_body(request))
    address = reveal_email(runtime().engine, runtime().vault, comment_id, why=sent.why, by=actor)
    return as_json({"email": address})


def _claimed(found: Claim | None, actor: Actor) -> dict[str, object]:
    if found is None:
        return {"claimed_by": None, "until": None, "is_yours": False}
    return {**asdict(found), "is_yours": found.claimed_by == actor.label}


def _shown(whole: Whole, actor: Actor) -> dict[str, object]:
    author = None if whole.author is None else {**asdict(whole.author), "email_masked": whole.email_masked}
    return {
        "comment": asdict(whole.item),
        "body_html": whole.body_html,
        "revisions": [asdict(revision) for revision in whole.revisions],
        "website_link": whole.website_link,
        "page": {**asdict(whole.page), "link": whole.page_link},
        "answers": None if whole.answers is None else asdict(whole.answers),
        "author": author,
        "signals": [asdict(signal) for signal in whole.signals],
        "decisions": [asdict(decision) for decision in whole.decisions],
        "judged_by": None if whole.policy is None else policy_in_force(whole.policy),
        "notes": [asdict(note) for note in whole.notes],
        "reports": [asdict(report) for report in whole.reports],
        "appeals": [asdict(appeal) for appeal in whole.appeals],
        "alike": [asdict(item) for item in whole.alike],
        "claim": _claimed(whole.claim, actor),
        "may_decide": whole.may_decide,
    }
