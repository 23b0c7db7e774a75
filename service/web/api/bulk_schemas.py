"""Bulk decisions: what is asked for, and how far it is."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from service.moderation.reasons import UNSAID
from service.usecases.bulk import MOST, SAMPLE
from service.web.api.queue_schemas import BIGGEST_ID, QueueFilter, RowId
from service.web.api.schemas import MAX_MESSAGE, MAX_PAGE, REASON_PATTERN, ReviewItemOut, Shown
from service.web.parsing import Closed, ClosedQuery

MOST_NAMED = 1_000
CommentId = Annotated[UUID, Field(strict=False)]
Result = Literal["done", "changed", "already", "gone", "forbidden", "own_appeal", "impossible", "failed", "stopped"]
MEANING = (
    "`done`: decided. `changed`: edited, or decided otherwise meanwhile. `already`: it was so before. `gone`: erased."
    " `forbidden`: the role ended. `own_appeal`: its author objects to a decision of the same moderator; another person"
    " can answer. `impossible`: this decision can't follow its status. `failed`: given up after three attempts."
    " `stopped`: taken back before it was reached."
)


class SelectionIn(Closed):
    """Which comments are meant: one of the three."""

    ids: list[CommentId] | None = Field(
        None, min_length=1, max_length=MOST_NAMED, description=f"At most {MOST_NAMED:,} comments."
    )
    query: QueueFilter | None = Field(
        None, description=f"All that match, as in `GET /api/v1/review/comments`; at most {MOST:,}."
    )

    like: CommentId | None = Field(
        None, description="A comment: all that are held on its site and say nearly the same, itself included."
    )

    @model_validator(mode="after")
    def _name_one(self) -> Self:
        if sum(way is not None for way in (self.ids, self.query, self.like)) != 1:
            raise ValueError("Send one of ids, query and like.")
        return self


class BulkIn(SelectionIn):
    """One decision about all of them."""

    decision: Literal["publish", "spam", "reject", "remove", "restore", "hold"]
    reason: str = Field(UNSAID, pattern=REASON_PATTERN, description="A code from `GET /api/v1/review/reasons`.")
    note: str | None = Field(None, max_length=2_000, description="For other moderators; never shown to readers.")
    message: str | None = Field(None, min_length=1, max_length=MAX_MESSAGE, description="For each author.")
    expected: int = Field(
        ge=1, le=MOST, description="`count` of the preview: with another number of comments nothing is decided."
    )


class BulkUndoIn(Closed):
    """Why a bulk decision is taken back."""

    note: str | None = Field(None, max_length=2_000, description="For other moderators; never shown to readers.")


class PreviewOut(Shown):
    """What a bulk decision would be about."""

    count: int
    sample: list[ReviewItemOut] = Field(description=f"The first {SAMPLE} of them.")


class BulkOut(Shown):
    """A bulk decision and how far it is."""

    id: int
    decision: str
    reason: str
    note: str | None
    message: str | None
    made_by: str
    query: dict[str, Any] | None = Field(description="The filter as it was kept; null for a selection by hand.")
    undoes: int | None
    undone_by: int | None
    state: Literal["waiting", "running", "finished", "stopped"]
    total: int
    processed: int
    results: dict[str, int] = Field(description=f"How many items came to what. {MEANING}")
    created_at: datetime
    finished_at: datetime | None


class BulksQuery(ClosedQuery):
    """Which part of the list."""

    cursor: RowId | None = Field(None, description="`next_cursor` of the page before.")
    limit: int = Field(20, ge=1, le=MAX_PAGE)


class BulksOut(Shown):
    """Bulk decisions, the newest first."""

    bulk: list[BulkOut]
    next_cursor: int | None


class BulkItemsQuery(ClosedQuery):
    """Which items."""

    result: Result | None = Field(None, description=MEANING)
    cursor: int | None = Field(None, ge=1, le=BIGGEST_ID, description="`next_cursor` of the page before.")
    limit: int = Field(MAX_PAGE, ge=1, le=MAX_PAGE)


class BulkItemOut(Shown):
    """What came of one comment. `result` is null while it waits."""

    place: int
    comment_id: UUID
    revision: int
    result: Result | None
    decision_id: int | None


class BulkItemsOut(Shown):
    """A page of items, in the order in which they are decided."""

    items: list[BulkItemOut]
    next_cursor: int | None


class GroupsQuery(ClosedQuery):
    """Which groups."""

    site: str | None = Field(None, max_length=63, description="The key of one of your sites; all of them without it.")
    cursor: str | None = Field(
        None,
        pattern=r"^[1-9][0-9]{0,8}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="`next_cursor` of the page before.",
    )
    limit: int = Field(20, ge=1, le=50)


class GroupOut(Shown):
    """Held comments that say nearly the same, as one row."""

    comment: ReviewItemOut = Field(description="The one that a person should see first.")
    similar_count: int = Field(description="How many more are like it: decide all with `like` of a bulk decision.")


class GroupsOut(Shown):
    """A page of groups, the largest first."""

    groups: list[GroupOut]
    next_cursor: str | None
