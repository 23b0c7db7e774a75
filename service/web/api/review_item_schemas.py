"""One comment with everything that is known about it, and what moderators may do about it besides deciding."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from service.web.api.schemas import DecisionOut, ReviewItemOut, Shown, SignalOut
from service.web.parsing import Closed


class PageOut(Shown):
    """The page that the comment stands under."""

    page_url: str
    page_title: str | None
    link: str | None = Field(description="The page's address, where it is one that a browser may safely follow.")
    published_count: int


class AnsweredOut(Shown):
    """The comment that this one answers."""

    id: UUID
    status: str
    author_name: str
    body: str
    created_at: datetime


class AuthorOut(Shown):
    """What this site knows of whoever wrote with the same e-mail address."""

    first_seen_at: datetime
    is_proven: bool = Field(description="Whether the browser that sent it has shown that the address is theirs.")
    published: int
    held: int
    spam: int
    rejected: int
    removed: int
    names: list[str] = Field(description="Other names that came with the address, the most frequent first.")
    email_masked: str | None = Field(description="Like `a…n@e…e.org`; null for viewers.")


class ThresholdOut(Shown):
    """From which score on a label leads to what; null means never."""

    label: str
    hold: float | None
    spam: float | None
    reject: float | None
    escalate: float | None


class JudgedByOut(Shown):
    """The version of the site's policy behind the machine's last decision."""

    version: int
    mode: str
    max_links: int
    thresholds: list[ThresholdOut]


class AlikeOut(Shown):
    """A comment of the same site that says nearly the same."""

    id: UUID
    status: str
    author_name: str
    body: str
    likeness: float = Field(description="0.5 to 1.")
    created_at: datetime


class NoteOut(Shown):
    """A private note, for moderators of the site."""

    id: int
    written_by: str
    body: str
    written_at: datetime


class NotesOut(Shown):
    """All notes about a comment, the oldest first."""

    notes: list[NoteOut]


class NoteIn(Closed):
    """A note for other moderators; never shown to readers or to the author."""

    body: str = Field(min_length=1, max_length=2_000, pattern=r"\S")


class ClaimIn(Closed):
    """Opening a comment. Send it again while it stays open."""

    take_over: bool = Field(default=False, description="Claim it although somebody else has it open.")


class ClaimOut(Shown):
    """Who has the comment open."""

    claimed_by: str | None
    until: datetime | None
    is_yours: bool


class RevealIn(Closed):
    """Why the address must be seen: it stands in the audit log beside the name of who asks."""

    why: str = Field("not_said", pattern=r"^[a-z][a-z0-9_]{0,49}$", description="A short code, like `legal_request`.")


class EmailOut(Shown):
    """The e-mail address behind a comment. The audit log says who has seen it."""

    email: str


class ReportOut(Shown):
    """What a reader said about the comment. The reporter's address is not part of it."""

    id: int
    revision: int
    reason: str = Field(
        description="`spam`, `insult`, `hate`, `threat`, `personal_data`, `false`, `crisis`, `legal`, `other`"
    )
    body: str | None
    has_contact: bool
    created_at: datetime
    resolved_at: datetime | None
    decision_id: int | None = Field(description="The decision that answered it; null while it is open.")


class AppealOut(Shown):
    """An author's objection to a decision."""

    id: int
    decision_id: int
    decided_by: str = Field(description="Who made that decision: somebody else has to answer, where there is one.")
    body: str
    created_at: datetime
    answered_at: datetime | None
    answer_id: int | None = Field(description="The decision that answered it; null while it is open.")
    outcome: str | None = Field(description="`upheld` or `overturned`.")


class RevisionOut(Shown):
    """One of a comment's texts."""

    number: int
    body: str
    created_at: datetime


class ReviewDetailOut(Shown):
    """A comment with everything that is known about it."""

    comment: ReviewItemOut
    body_html: str = Field(description="As readers see it or would see it; sanitised.")
    revisions: list[RevisionOut] = Field(description="All its texts, the first one first; the last is the one judged.")
    website_link: str | None = Field(description="The author's website, where a browser may safely follow it.")
    page: PageOut
    answers: AnsweredOut | None
    author: AuthorOut | None = Field(description="Null where the comment came without an e-mail address.")
    signals: list[SignalOut]
    decisions: list[DecisionOut]
    judged_by: JudgedByOut | None
    notes: list[NoteOut]
    reports: list[ReportOut]
    appeals: list[AppealOut]
    alike: list[AlikeOut] = Field(description="At most ten, the most alike first; texts are remembered for 30 days.")
    claim: ClaimOut
    may_decide: bool = Field(description="Whether your role on this site allows decisions.")
