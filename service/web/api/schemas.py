"""Every shape that goes in or out of the public API and the review API."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from service.errors import FieldError
from service.moderation.reasons import UNSAID
from service.usecases.submit import MAX_EXCERPT, MAX_NAME, MAX_TITLE, MAX_WEBSITE
from service.web.parsing import Closed, ClosedQuery, field_errors

MAX_PAGE = 100
MAX_COUNTED_PAGES = 100
MAX_URL = 2_000
MAX_BODY = 40_000
"""Characters of a text as it is sent, before white space is trimmed; how many are taken is the site's to say."""
MAX_MESSAGE = 1_000
LANGUAGE_TAG = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
REASON_PATTERN = r"^[a-z][a-z0-9_]{0,49}$"
EmailText = Annotated[str, Field(max_length=254)]

Ticked = Annotated[bool, BeforeValidator(lambda value: True if value in ("on", "true") else value)]
"""Yes or no; a form's checkbox says "on"."""


class Shown(BaseModel):
    """What goes out: closed, so that a client can rely on it and nothing slips through."""

    model_config = ConfigDict(extra="forbid")


class SubmitIn(Closed):
    """A comment as a form or a program sends it. Required fields depend on the site."""

    page_url: str = Field(
        description="Address of the page; must belong to one of the site's origins.", max_length=MAX_URL
    )
    body: str = Field(description="The comment: a subset of Markdown.", max_length=MAX_BODY)
    author_name: str | None = Field(None, description=f"At most {MAX_NAME} characters.")
    author_email: str | None = Field(None, description="Never published, stored encrypted.")
    author_website: str | None = Field(None, description=f"At most {MAX_WEBSITE} characters.")
    page_title: str | None = Field(None, description=f"At most {MAX_TITLE} characters.")
    page_excerpt: str | None = Field(
        None,
        max_length=8_000,
        description=f"What the page is about; {MAX_EXCERPT:,} characters are kept. Needs a token of role `submitter`.",
    )
    parent_id: UUID | None = Field(None, description="The published comment that this one answers.", strict=False)
    lang: str | None = Field(
        None,
        max_length=35,
        pattern=LANGUAGE_TAG,
        description="The language in which the author reads the form (BCP 47), for what the author is told later.",
    )
    author_ip: str | None = Field(None, description="The visitor's address; only with a token of role `submitter`.")
    pow: str | None = Field(
        None,
        max_length=2_000,
        description="The solution of the `challenge` of a 403 `proof_of_work_required`: base64 of JSON as ALTCHA 2 has"
        " it; `none` from a client that can't compute one, whose comment is then held for a person.",
    )
    form_token: str | None = Field(
        None, description="From `GET …/form`: says when the form was opened.", max_length=100
    )
    subject: str | None = Field(None, description="Leave empty: people do not see this field, programs fill it in.")
    idempotency_key: str | None = Field(
        None, description="For forms, which can't send the header `Idempotency-Key`.", min_length=1, max_length=200
    )
    proof: str | None = Field(
        None,
        max_length=100,
        description="From `POST …/proof`: shows, once it was confirmed, that `author_email` is the author's.",
    )
    notify: Ticked = Field(
        default=False,
        description="Whether the author wants mail about replies to this comment. Needs `author_email`; comes only once"
        " that address has confirmed it, and where `can_notify` of the site's widget says so.",
    )


class AcceptedOut(Shown):
    """The comment is stored and will be checked."""

    id: UUID
    status: Literal["pending"]
    status_url: str
    author_token: str = Field(
        description="Lets its author see where the comment stands, change it and delete it; for 30 days. Keep it."
    )
    editable_until: datetime | None = Field(
        description="Until when its author may change or delete it; null where the site allows neither."
    )


class FormOut(Shown):
    """What a freshly opened form carries along."""

    form_token: str
    idempotency_key: str


class CommentOut(Shown):
    """One published comment, or what is left of an erased one that has answers."""

    id: UUID
    parent_id: UUID | None
    parent_author: str | None = Field(description="Name of whom it answers; null where that is not to be seen.")
    is_erased: bool = Field(description="Erased for good: no author and no text, only its place.")
    author_name: str
    author_website: str | None
    body_html: str = Field(description="Sanitised: p br em strong code pre blockquote ul ol li a.")
    body_text: str = Field(description="As it was typed.")
    created_at: datetime
    edited_at: datetime | None = Field(
        description="When its author wrote the text that is shown, if it is not the first."
    )
    reply_count: int


class ThreadOut(Shown):
    """A page of published comments."""

    comments: list[CommentOut]
    next_cursor: str | None = Field(description="Pass it as `cursor` for the next page; null on the last one.")
    total: int = Field(description="Published comments of this page of the site, erased ones not counted.")
    page_url: str = Field(description="The address as it is kept: one for all the ways to write it.")


class ThreadQuery(ClosedQuery):
    """Which page's comments to list."""

    page_url: str = Field(max_length=MAX_URL)
    cursor: UUID | None = None
    limit: int = Field(MAX_PAGE, ge=1, le=MAX_PAGE)
    order: Literal["oldest", "newest"] = "oldest"


class CountsIn(Closed):
    """Pages whose comments are to be counted."""

    page_urls: list[Annotated[str, Field(max_length=MAX_URL)]] = Field(min_length=1, max_length=MAX_COUNTED_PAGES)


class CountsOut(Shown):
    """Published comments by page address, as it was sent."""

    counts: dict[str, int]


class ReviewItemOut(Shown):
    """A comment as moderators see it. The e-mail address is not part of it."""

    id: UUID
    site: str = Field(description="The site's key.")
    status: str
    revision: int
    parent_id: UUID | None
    thread_id: int = Field(description="To filter by: all comments of the page have it.")
    author_id: int | None = Field(description="To filter by: who wrote with the same e-mail address on this site.")
    author_name: str
    author_website: str | None
    has_email: bool
    body: str
    page_url: str
    page_title: str | None
    created_at: datetime
    edited_at: datetime | None = Field(description="When its author last changed the text.")
    shown_revision: int | None = Field(description="The revision that readers see; null for none.")
    rank: int = Field(description="How soon a person must see it; `order` of the list explains it.")
    severity: int = Field(description="What the site's policy made of it: 0 for most, up to 3.")
    language: str | None = Field(description="Two letters, or `und` where the text is too short to tell.")
    labels: list[str] = Field(description="What the checks found.")
    claimed_by: str | None = Field(description="Who has it open now.")
    report_count: int = Field(description="Reports that wait for an answer.")
    has_appeal: bool = Field(description="Whether its author objects and waits for an answer.")
    decision_id: int | None = Field(description="The last decision about it: what `replaces` and undo name.")
    reason_code: str | None
    reasons: list[str]


class SignalOut(Shown):
    """One piece of evidence. `spans` are [start, end) in characters of the body."""

    id: int
    revision: int
    check_name: str
    label: str
    score: float
    detail: str
    spans: list[list[int]]


class DecisionOut(Shown):
    """One line of a comment's history."""

    id: int
    revision: int
    event: str
    status: str
    decided_by: str
    reason_code: str
    reasons: list[str]
    note: str | None
    message: str | None = Field(description="What the author is told.")
    undoes: int | None = Field(description="The decision that this one took back.")
    policy_version: int | None
    model_versions: list[str] = Field(description="The models that read the comment: `shipped:…`, `site:…`.")
    decided_at: datetime


class DecisionIn(Closed):
    """What a moderator decides, about which revision, and why."""

    decision: Literal["publish", "spam", "reject", "remove", "restore", "hold"]
    revision: int = Field(ge=1, le=2**31 - 1)
    reason: str = Field(
        UNSAID,
        pattern=REASON_PATTERN,
        description="A code from `GET /api/v1/review/reasons`, or a short one of your own.",
    )
    note: str | None = Field(None, max_length=2_000, description="For other moderators; never shown to readers.")
    message: str | None = Field(
        None, min_length=1, max_length=MAX_MESSAGE, description="For the author, who sees it beside the status."
    )
    replaces: int | None = Field(
        None,
        ge=1,
        le=2**63 - 1,
        description="The moderator's decision that you change. Without it, publish, spam and reject are refused with"
        " 409 once a moderator has decided.",
    )


class UndoIn(Closed):
    """Which decision is taken back: the last one about the comment, if a moderator made it."""

    decision_id: int = Field(ge=1, le=2**63 - 1)
    note: str | None = Field(None, max_length=2_000, description="For other moderators; never shown to readers.")


class DecidedOut(Shown):
    """The status that follows from the decision."""

    id: UUID
    status: str
    decision_id: int = Field(description="Name it to undo or to replace it.")


class ReasonOut(Shown):
    """One reason of the catalogue and the decisions that it can explain."""

    code: str
    title: str
    decisions: list[str]


class ReasonsOut(Shown):
    """The catalogue of reasons."""

    reasons: list[ReasonOut]


class StandingDecisionOut(Shown):
    """The decision that was there first."""

    id: int
    revision: int
    decision: str
    status: str
    decided_by: str
    reason: str
    decided_at: datetime


class FieldErrorOut(Shown):
    """What is wrong with one field. `pointer` is a JSON pointer (RFC 6901)."""

    pointer: str
    code: str
    detail: str


class ProblemOut(Shown):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str = Field(description="Stable: programs may rely on it.")
    detail: str = Field(description="A sentence for people.")
    errors: list[FieldErrorOut]
    decision: StandingDecisionOut | None = Field(
        None, description="With 409 about a comment, where it was decided: what the other moderator did, and when."
    )
    reason: str | None = Field(
        None, description="With `proof_of_work_required`: missing, unreadable, foreign, expired, wrong or used."
    )
    challenge: dict[str, Any] | None = Field(
        None, description="With `proof_of_work_required`: what is to be solved, an ALTCHA 2 challenge."
    )


def parse_submission(fields: dict[str, Any]) -> tuple[SubmitIn, list[FieldError]]:
    """The submission as far as it can be understood, and everything about its shape that is wrong."""
    try:
        return SubmitIn.model_validate(fields), []
    except ValidationError as error:
        problems = field_errors(error)
    wrong = {problem.pointer.partition("/")[2].partition("/")[0] for problem in problems}
    usable = {name: value for name, value in fields.items() if name not in wrong}
    return SubmitIn.model_construct(None, **{"page_url": "", "body": "", **usable}), problems
