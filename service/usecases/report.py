"""A reader reports a published comment: it stands in the review queue, and stays published until somebody decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from service.errors import NotFound, Said
from service.moderation.rank import Rank
from service.moderation.states import Event
from service.storage import decisions, reports, review
from service.storage.decisions import POLICY, Decision, LockedComment
from service.storage.reports import NewReport
from service.storage.sites import Site
from service.usecases.notify import notify_of
from service.vault import SealedEmail, Vault

LEGAL = "legal"
REASONS: Mapping[str, str] = {
    "spam": "Advertising or spam",
    "insult": "Insults somebody",
    "hate": "Hatred against people for what they are",
    "threat": "Threatens somebody",
    "personal_data": "Shows somebody's private data",
    "false": "Says something false that can hurt people",
    "crisis": "Somebody may be in danger of hurting themselves",
    LEGAL: "Against the law",
    "other": "Something else",
}
"""What a reader may say is wrong, and how it is called."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reader sent, in the right types and lengths."""

    reason: str
    body: str | None
    email: str | None
    client_address: str


def report_comment(engine: Engine, comment_id: UUID, complaint: Complaint, *, site: Site, vault: Vault) -> None:
    """Store the report and raise the comment. A second one of the same client is taken as the first.

    Reports teach the site's model nothing: only what a moderator then decides does.

    Raises:
        NotFound: the site has no such published comment.

    """
    with engine.begin() as connection:
        comment = decisions.lock(connection, [comment_id]).get(comment_id)
        if comment is None or comment.site_id != site.id or comment.shown_revision is None:
            raise NotFound("There is no such comment on this site's pages.", said=Said("not_found.comment"))
        if reports.add(connection, comment, comment.shown_revision, _sealed(complaint, vault)):
            review.raise_to(connection, comment.id, Rank.REPORT)
            notify_of(connection, comment.id, "report")
            _hold_where_many_report(connection, comment, comment.shown_revision, site)


def _sealed(complaint: Complaint, vault: Vault) -> NewReport:
    contact: SealedEmail | None = vault.seal_email(complaint.email) if complaint.email else None
    return NewReport(
        reason=complaint.reason,
        body=complaint.body,
        contact=contact,
        reporter_hash=vault.traces_of(complaint.client_address).ip_hash,
    )


def _hold_where_many_report(connection: Connection, comment: LockedComment, seen: int, site: Site) -> None:
    """Hold the comment where the site wants that after so many reports, unless a moderator has published what is seen.

    What a person has decided, no number of readers takes back: another person looks, and until then it stays.
    """
    needed = site.intake.hold_after_reports
    if needed is None or decisions.was_decided_by_person(connection, comment.id, seen):
        return
    said = reports.open_reasons(connection, comment.id, seen)
    if sum(said.values()) < needed:
        return
    reasons = tuple(f"{_readers(count)} reported it: {REASONS[reason].lower()}." for reason, count in said.items())
    held = Decision(
        comment=comment,
        event=Event.RECALL,
        decided_by=POLICY,
        reason_code="reported",
        reasons=reasons[:5],
        policy_version=site.policy.version,
    )
    decisions.record(connection, [held])


def _readers(count: int) -> str:
    return "A reader" if count == 1 else f"{count} readers"
