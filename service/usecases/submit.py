"""Take a comment in: validate it, store it as pending with its tasks, in one commit."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
import uuid_utils.compat as uuid7
from sqlalchemy import Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from service.errors import FieldError, IdempotencyMismatch, NotAnAddress, OriginNotAllowed, Said, invalid
from service.gathering import Gathering
from service.moderation.model import Suspicion
from service.moderation.page_url import PageUrlProblem, canonicalise_page_url, canonicalise_website, origin_of
from service.moderation.text import TextProblem, normalise_body, normalise_name
from service.storage import submissions
from service.storage.sites import Intake, Site
from service.storage.submissions import IdempotencyKey, Keyed, NewComment
from service.vault import Vault, token_digest

MAX_NAME = 100
MAX_WEBSITE = 2_000
MAX_TITLE = 300
MAX_EXCERPT = 2_000


@dataclass(frozen=True, slots=True)
class Submission:
    """What a client sent, in the right types but otherwise untrusted."""

    page_url: str
    body: str
    author_name: str = ""
    author_email: str = ""
    author_website: str = ""
    page_title: str = ""
    page_excerpt: str = ""
    parent_id: UUID | None = None
    language: str | None = None
    form_token: str = ""
    honeypot: str = ""
    suspicion: Suspicion | None = None
    client_address: str | None = None
    idempotency_key: str | None = None
    wants_replies: bool = False
    proof: str = ""

    def body_hash(self) -> bytes:
        """SHA-256 of what the client said. When and with which form it was said does not count."""
        said = (
            self.page_url, self.body, self.author_name, self.author_email, self.author_website, self.page_title,
            str(self.parent_id),
        )  # fmt: skip
        return hashlib.sha256(orjson.dumps(said)).digest()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The comment is stored. `tasks` are due now; none when it was stored by an earlier request."""

    comment_id: UUID
    created_at: datetime
    tasks: Mapping[str, int]


NewAndKey = tuple[NewComment, IdempotencyKey | None]
Reception = Gathering[NewAndKey, dict[str, int]]
"""Stores what arrives together in one commit. Answers task ids by kind, none for what was not stored."""


def open_reception(statements: Engine) -> Reception:
    """`statements` is an engine in which every statement is its own transaction."""

    def accept(comments: Sequence[NewAndKey]) -> list[dict[str, int]]:
        with statements.connect() as connection:
            return submissions.accept(connection, comments)

    return Gathering(accept, alone_on=(IntegrityError, DataError))


def submit_comment(
    statements: Engine,
    reception: Reception,
    submission: Submission,
    *,
    site: Site,
    vault: Vault,
    read_email: Callable[[str], str],
    now: datetime,
) -> Accepted:
    """Store a comment, once per idempotency key.

    `statements` is an engine in which every statement is its own transaction; `reception` was opened on it.

    Raises:
        Invalid: with every field that is wrong.
        OriginNotAllowed: the page does not belong to the site.
        IdempotencyMismatch: the key was used for another comment.

    """
    fields = _read(submission, site=site, read_email=read_email)
    fields.raise_problems()
    _require_own_page(fields["page_url"], site)
    comment = _comment(fields, submission, site=site, vault=vault, now=now)
    key = None
    if submission.idempotency_key is not None:
        key_hash = hashlib.sha256(submission.idempotency_key.encode()).digest()
        key = IdempotencyKey(key_hash, submission.body_hash())
    if comment.page_excerpt:
        _describe_page(statements, comment)
    try:
        return _store(statements, reception, comment, key)
    except OperationalError as error:
        # The server was restarted under a pooled connection. The id makes the second try safe: if the
        # first one was committed after all, the comment is there already.
        if not error.connection_invalidated:
            raise
        return _store(statements, reception, comment, key)


def _describe_page(statements: Engine, comment: NewComment) -> None:
    """The excerpt comes before the comment, so that the checks of this very comment can read it."""
    with statements.connect() as connection:
        submissions.add_thread(
            connection, site_id=comment.site_id, page_url=comment.page_url, page_title=comment.page_title
        )
        submissions.describe_page(connection, comment)


def _store(statements: Engine, reception: Reception, comment: NewComment, key: IdempotencyKey | None) -> Accepted:
    try:
        if tasks := reception.do((comment, key)):
            return Accepted(comment.id, comment.created_at, tasks)
        accepted = _store_where_nothing_was(statements, comment, key)
    except IntegrityError:
        with statements.connect() as connection:
            if not submissions.is_stored(connection, comment.id):
                raise
        accepted = Accepted(comment.id, comment.created_at, {})
    if accepted is None:
        sentence = "The comment you reply to isn't there any more."
        raise invalid([FieldError("/parent_id", "not_found", sentence, Said("parent.not_found"))])
    return accepted


def _store_where_nothing_was(statements: Engine, comment: NewComment, key: IdempotencyKey | None) -> Accepted | None:
    """The key is known, or this is the first comment of its page, or (None) the parent is not there."""
    with statements.connect() as connection:
        if key and (known := submissions.keyed_comment(connection, comment.site_id, key)):
            return _replay(known)
        submissions.add_thread(
            connection, site_id=comment.site_id, page_url=comment.page_url, page_title=comment.page_title
        )
        (tasks,) = submissions.accept(connection, [(comment, key)])
        if tasks:
            return Accepted(comment.id, comment.created_at, tasks)
        known = submissions.keyed_comment(connection, comment.site_id, key) if key else None
        return _replay(known) if known else None


def _replay(known: Keyed) -> Accepted:
    if not known.has_same_body:
        raise IdempotencyMismatch("This idempotency key was used for another comment. Send a new key.")
    return Accepted(known.comment_id, known.created_at, {})


def normal_text(raw: str, intake: Intake) -> str:
    """A comment's text in its normal form, as `submit_comment` stores it.

    Raises:
        Invalid: there is none, or it can't be taken.

    """
    fields = _Fields()
    fields.read_text(raw, intake)
    fields.raise_problems()
    return fields["body"]


def find_problems(submission: Submission, *, site: Site, read_email: Callable[[str], str]) -> list[FieldError]:
    """Everything that is wrong with the fields, without storing anything."""
    return _read(submission, site=site, read_email=read_email).problems


def _read(submission: Submission, *, site: Site, read_email: Callable[[str], str]) -> "_Fields":
    """Every field in its normal form, or noted as wrong."""
    fields = _Fields()
    intake = site.intake
    fields.read("page_url", submission.page_url, canonicalise_page_url)
    fields.read("page_title", submission.page_title, _name(MAX_TITLE), is_required=False)
    fields.read("page_excerpt", submission.page_excerpt[:MAX_EXCERPT], _body(MAX_EXCERPT), is_required=False)
    fields.read("author_name", submission.author_name, _name(MAX_NAME), is_required=intake.is_name_required)
    needs_email = intake.is_email_required or _wants_replies(submission, site)
    fields.read("author_email", submission.author_email.strip(), read_email, is_required=needs_email)
    fields.read("author_website", submission.author_website.strip(), _website, is_required=False)
    fields.read_text(submission.body, intake)
    return fields


def _wants_replies(submission: Submission, site: Site) -> bool:
    return submission.wants_replies and site.intake.replies_by_mail


def _require_own_page(page_url: str, site: Site) -> None:
    if origin_of(page_url) not in site.origins:
        raise OriginNotAllowed(
            "That page doesn't belong to this site.",
            errors=[FieldError("/page_url", "origin_not_allowed", "That page doesn't belong to this site.")],
            said=Said("origin_not_allowed.page"),
        )


def _comment(fields: "_Fields", submission: Submission, *, site: Site, vault: Vault, now: datetime) -> NewComment:
    email = fields["author_email"]
    address = submission.client_address
    comment_id = uuid7.uuid7()
    return NewComment(
        id=comment_id,
        site_id=site.id,
        page_url=fields["page_url"],
        page_title=fields["page_title"] or None,
        page_excerpt=fields["page_excerpt"] or None,
        parent_id=submission.parent_id,
        author_name=fields["author_name"],
        author_website=fields["author_website"] or None,
        author_language=submission.language,
        author_token_hash=token_digest(vault.author_token(comment_id)),
        email=vault.seal_email(email) if email else None,
        body=fields["body"],
        traces=vault.traces_of(address) if address else None,
        form_age=vault.form_age(submission.form_token, now) if submission.form_token else None,
        is_honeypot_filled=bool(submission.honeypot),
        suspicion=submission.suspicion,
        created_at=now,
        wants_replies=_wants_replies(submission, site),
        proof_hash=token_digest(submission.proof) if submission.proof else None,
    )


class _Fields(dict[str, str]):
    """Fields in their normal form; an empty string where there is none. Remembers everything that is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[FieldError] = []

    def read(self, name: str, raw: str, reader: Callable[[str], str], *, is_required: bool = True) -> None:
        self[name] = ""
        try:
            if raw:
                self[name] = reader(raw)
            elif is_required:
                self.problems.append(FieldError(f"/{name}", "required", "Please fill in this field."))
        except TextProblem as problem:
            self.problems.append(field_error_of_text(f"/{name}", problem))
        except PageUrlProblem as problem:
            self.problems.append(field_error_of_url(f"/{name}", problem))
        except NotAnAddress as problem:
            self.problems.append(FieldError(f"/{name}", "invalid", str(problem), problem.said))

    def read_text(self, raw: str, intake: Intake) -> None:
        self.read("body", raw, _body(intake.max_comment))

    def raise_problems(self) -> None:
        if self.problems:
            raise invalid(self.problems)


def _name(max_length: int) -> Callable[[str], str]:
    return lambda raw: normalise_name(raw, max_length=max_length)


def _body(max_length: int) -> Callable[[str], str]:
    return lambda raw: normalise_body(raw, max_length=max_length)


def _website(raw: str) -> str:
    return canonicalise_website(raw, max_length=MAX_WEBSITE)


def field_error_of_text(pointer: str, problem: TextProblem) -> FieldError:
    return FieldError(pointer, problem.code, problem.detail, Said(f"text.{problem.code}", problem.values))


def field_error_of_url(pointer: str, problem: PageUrlProblem) -> FieldError:
    return FieldError(pointer, problem.code, problem.detail, Said(f"address.{problem.code}", problem.values))


def is_database_away(error: DBAPIError) -> bool:
    """Whether this error means that PostgreSQL can't be asked right now."""
    return isinstance(error, OperationalError) or error.connection_invalidated
