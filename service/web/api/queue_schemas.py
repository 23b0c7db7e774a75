"""Questions to the review queue, and its answers."""

import re
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field

from service.web.api.schemas import MAX_PAGE, ReviewItemOut, Shown
from service.web.parsing import ClosedQuery

BIGGEST_ID = 2**63 - 1
RowId = Annotated[int, Field(ge=1, le=BIGGEST_ID)]
Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
MAX_TEXT = 300

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[^\s]*", re.ASCII)


def _as_moment(given: Any) -> Any:  # noqa: ANN401 - whatever was sent
    """A date and a time in words of ISO 8601, not a number that could mean seconds or years."""
    if isinstance(given, str) and _MOMENT.fullmatch(given):
        return given
    raise ValueError("Write a moment like 2026-11-30T08:00:00Z.")


Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_as_moment)]


class QueueFilter(ClosedQuery):
    """Which comments are meant. What is left out is not asked."""

    site: str | None = Field(None, max_length=63, description="The key of one of your sites; all of them without it.")
    status: Literal["waiting", "any", "held", "spam", "rejected", "removed", "pending", "published"] = Field(
        "waiting", description="`waiting`: held, reported by a reader, or appealed by its author."
    )
    waiting_for: Literal["crisis", "threat", "escalated", "report", "appeal", "rest"] | None = Field(
        None, description="Only this step of the order, as `order.ranks` names it."
    )
    reason: str | None = Field(None, pattern=r"^[a-z][a-z0-9_]{0,49}$", description="Code of the last decision.")
    label: str | None = Field(None, pattern=r"^[a-z][a-z0-9_]{0,49}$", description="What a check found, like `spam`.")
    thread: RowId | None = Field(None, description="`thread_id` of a comment: only those of that page.")
    author: RowId | None = Field(None, description="`author_id` of a comment: only those of that author.")
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}$", description="Two letters, or `und`: not known.")
    older_than: Moment | None = Field(None, description="Arrived before this moment.")
    newer_than: Moment | None = Field(None, description="Arrived after this moment.")
    min_score: Score | None = Field(None, description="Of the strongest signal, of `label` where that is given.")
    max_score: Score | None = None
    text: str | None = Field(
        None,
        max_length=MAX_TEXT,
        description="Words in the comment, its author's name or its page's title; all must be there. `\"two words\"`"
        " stand side by side.",
    )


class QueueQuery(QueueFilter):
    """Which part of the review queue to list."""

    cursor: str | None = Field(
        None,
        pattern=r"^[0-9]\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="`next_cursor` of the page before.",
    )
    limit: int = Field(50, ge=1, le=MAX_PAGE)


class SearchIn(QueueQuery):
    """The same as a body: nothing of it stands in an address."""

    model_config = ConfigDict(strict=True)


class QueueCountsOut(Shown):
    """How many comments match, and of what kind; the most frequent first."""

    total: int
    by_site: dict[str, int]
    by_reason: dict[str, int] = Field(description="By the code of the last decision.")
    by_label: dict[str, int] = Field(description="By what the checks found; one comment may have several labels.")
    by_rank: dict[str, int]


class RankOut(Shown):
    """One step of the queue's order."""

    rank: int
    name: str
    meaning: str


class OrderOut(Shown):
    """Why the list begins with what it begins with."""

    explanation: str
    ranks: list[RankOut] = Field(description="The highest first.")


class QueuePageOut(Shown):
    """A page of the review queue."""

    comments: list[ReviewItemOut]
    next_cursor: str | None
    order: OrderOut
