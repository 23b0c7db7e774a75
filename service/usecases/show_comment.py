"""Everything that a moderator sees about one comment, whatever has become of its stored fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from sqlalchemy import Connection

from service.errors import NotFound
from service.moderation.markdown import RENDERER_VERSION, render_html
from service.moderation.model import Policy
from service.storage import (
    appeals,
    authors,
    claims,
    fingerprints,
    notes,
    reports,
    review,
    review_context,
    revisions,
)
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.storage.appeals import StoredAppeal
from service.storage.authors import History
from service.storage.claims import Claim
from service.storage.fingerprints import Alike
from service.storage.notes import Note
from service.storage.reports import StoredReport
from service.storage.review import ReviewItem, StoredDecision, StoredSignal
from service.storage.review_context import Answered, Page
from service.storage.revisions import StoredRevision
from service.vault import Vault, mask_email

ALIKE_FROM = 0.5
MOST_ALIKE = 10
MOST_SPANS = 100

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Whole:
    """One comment with all that is known about it. `body_html` is what readers see or would see.

    `email_masked` is for those who decide on the site; None also where the comment came without an address.
    """

    item: ReviewItem
    body_html: str
    revisions: Sequence[StoredRevision]
    page: Page
    page_link: str | None
    website_link: str | None
    answers: Answered | None
    author: History | None
    email_masked: str | None
    signals: Sequence[StoredSignal]
    decisions: Sequence[StoredDecision]
    policy: Policy | None
    notes: Sequence[Note]
    reports: Sequence[StoredReport]
    appeals: Sequence[StoredAppeal]
    alike: Sequence[Alike]
    claim: Claim | None
    may_decide: bool


def show_comment(connection: Connection, comment_id: UUID, *, by: Actor, vault: Vault) -> Whole:
    """The comment and what stands around it. A stored field that can't be read is left out; the rest is shown.

    Raises:
        NotFound: no site of theirs has such a comment.

    """
    item = review.find(connection, comment_id, site_ids=by.sites_with(EVERY_ROLE))
    if item is None:
        raise NotFound("There is no such comment on your sites.")
    may_decide = by.may(DECIDERS, by.site_ids[item.site])
    return Whole(
        item=item,
        body_html=_html(connection, item),
        revisions=revisions.of_comment(connection, comment_id),
        page=review_context.page_of(connection, item.thread_id),
        page_link=web_link(item.page_url),
        website_link=web_link(item.author_website),
        answers=review_context.answered_by(connection, comment_id),
        author=_author(connection, item),
        email_masked=_masked(connection, comment_id, vault) if may_decide else None,
        signals=[_sound(signal, item) for signal in review.signals(connection, comment_id)],
        decisions=review.decisions(connection, comment_id),
        policy=review_context.policy_that_judged(connection, comment_id),
        notes=notes.of_comment(connection, comment_id),
        reports=reports.of_comment(connection, comment_id),
        appeals=appeals.of_comment(connection, comment_id),
        alike=fingerprints.alike(connection, comment_id, item.revision, at_least=ALIKE_FROM, limit=MOST_ALIKE),
        claim=claims.running(connection, comment_id),
        may_decide=may_decide,
    )


def web_link(url: str | None) -> str | None:
    """The address, when a browser may safely follow it: absolute, http or https, with a host and nothing hidden."""
    if url is None or any(character.isspace() or not character.isprintable() for character in url):
        return None
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return url if is_web else None


def _html(connection: Connection, item: ReviewItem) -> str:
    stored = review_context.html_of(connection, item.id, item.revision)
    if stored.body_html is not None and stored.renderer_version == RENDERER_VERSION:
        return stored.body_html
    try:
        return render_html(item.body)
    except Exception as error:  # noqa: BLE001 - whatever a text does to the renderer, its moderator must see it
        log.warning("rendering_failed", comment=str(item.id), reason=type(error).__name__)
        return f"<p>{escape(item.body)}</p>"


def _author(connection: Connection, item: ReviewItem) -> History | None:
    if item.author_id is None:
        return None
    found = authors.history(connection, item.author_id, comment_id=item.id)
    return replace(found, names=tuple(name for name in found.names if name != item.author_name))


def _masked(connection: Connection, comment_id: UUID, vault: Vault) -> str | None:
    sealed = authors.sealed_email(connection, comment_id)
    address = vault.open_email(sealed.key_id, sealed.ciphertext) if sealed else None
    return mask_email(address) if address else None


def _sound(signal: StoredSignal, item: ReviewItem) -> StoredSignal:
    """The signal with those of its spans that point into the text."""
    length = len(item.body) if signal.revision == item.revision else None
    stored: object = signal.spans
    spans = stored if isinstance(stored, list) else []
    return replace(signal, spans=[list(span) for span in spans if _is_span(span, length)][:MOST_SPANS])


def _is_span(span: object, length: int | None) -> bool:
    match span:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return 0 <= start < end and (length is None or end <= length)
        case _:
            return False


def policy_in_force(policy: Policy) -> Mapping[str, object]:
    """A version of a policy as far as it explains a verdict: its mode, and from which score on what follows."""
    return {
        "version": policy.version,
        "mode": policy.mode.value,
        "max_links": policy.max_links,
        "thresholds": [
            {
                "label": label.value,
                "hold": threshold.hold,
                "spam": threshold.spam,
                "reject": threshold.reject,
                "escalate": threshold.escalate,
            }
            for label, threshold in policy.thresholds.items()
        ],
    }
