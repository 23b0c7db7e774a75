"""What the pages of the review queue are asked for, and what their forms send."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from service.web.api.appeals_schemas import AppealAnswerForm
from service.web.api.queue_schemas import MAX_TEXT, QueueFilter
from service.web.api.schemas import MAX_MESSAGE, REASON_PATTERN
from service.web.parsing import Closed

Number = Annotated[int, Field(strict=False, ge=1, le=2**31 - 1)]
RowNumber = Annotated[int, Field(strict=False, ge=1, le=2**63 - 1)]
Id = Annotated[UUID, Field(strict=False)]


AGES: Mapping[str, timedelta] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}


class QueueQuery(QueueFilter):
    """Which comments the list shows, and from where on."""

    waited: Literal["hour", "day", "week", "month"] | None = Field(None, description="Longer than that.")
    cursor: str | None = Field(None, pattern=r"^[0-9]\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    done: UUID | None = None

    def kept(self) -> dict[str, Any]:
        """What goes along from page to page: the filters as they stand in an address."""
        return self.model_dump(mode="json", exclude={"done"}, exclude_defaults=True, exclude_none=True)

    def without(self, *names: str) -> dict[str, Any]:
        """The filters but these, and from the beginning."""
        return {name: value for name, value in self.kept().items() if name not in {*names, "cursor"}}


class SearchForm(Closed):
    """What is looked for. An e-mail address stands in no address of a page, so this is posted."""

    text: str = Field("", max_length=MAX_TEXT)


class DecisionForm(Closed):
    """A moderator's decision as the page sends it, and where to go on."""

    decision: Literal["publish", "spam", "reject", "remove", "restore"]
    revision: Number
    reason: str = Field("moderator", pattern=REASON_PATTERN)
    note: str | None = Field(None, max_length=2_000)
    message: str | None = Field(None, max_length=MAX_MESSAGE)
    replaces: RowNumber | None = None
    next: Id | None = None


class AppealForm(AppealAnswerForm):
    """The answer to an appeal as the page sends it, and where to go on."""

    message: str | None = Field(None, max_length=MAX_MESSAGE)
    next: UUID | None = None


class UndoForm(Closed):
    """Which decision is taken back."""

    decision_id: RowNumber


class NoteForm(Closed):
    """A note for other moderators."""

    body: str = Field(min_length=1, max_length=2_000, pattern=r"\S")


class RevealForm(Closed):
    """Why the address must be seen."""

    why: Literal["contact_author", "legal_request", "abuse", "not_said"] = "not_said"
