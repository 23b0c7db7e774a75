"""What the pages of bulk decisions are asked for, and what their forms send."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from service.moderation.reasons import UNSAID
from service.usecases.bulk import MOST
from service.web.api.bulk_schemas import MOST_NAMED
from service.web.api.schemas import MAX_MESSAGE, REASON_PATTERN
from service.web.console.queue_schemas import Id, Number, RowNumber
from service.web.parsing import Closed, ClosedQuery


def _split(joined: Any) -> Any:  # noqa: ANN401 - whatever was sent
    """The ids that a script has put into one field: a form may have few fields, and none of them twice."""
    return joined.split(",") if isinstance(joined, str) else joined


Ids = Annotated[
    tuple[Annotated[UUID, Field(strict=False)], ...],
    Field(strict=False, max_length=MOST_NAMED),
    BeforeValidator(_split),
]


class SelectionForm(Closed):
    """Comments that were chosen one by one."""

    ids: Ids = Field(min_length=1)


class BulkForm(Closed):
    """One decision about all comments that were shown: those named, or those that match the address."""

    ids: Ids = ()
    like: Id | None = None
    decision: Literal["publish", "spam", "reject", "remove", "restore"]
    reason: str = Field(UNSAID, pattern=REASON_PATTERN)
    note: str | None = Field(None, max_length=2_000)
    message: str | None = Field(None, max_length=MAX_MESSAGE)
    expected: Annotated[Number, Field(le=MOST)]


class NothingForm(Closed):
    """A button and nothing else."""


class BulkListQuery(ClosedQuery):
    """From where on the bulk decisions are listed."""

    cursor: RowNumber | None = None


class BulkQuery(ClosedQuery):
    """Which of a bulk decision's comments are listed."""

    result: (
        Literal["done", "changed", "already", "gone", "forbidden", "own_appeal", "impossible", "failed", "stopped"]
        | None
    ) = None
    after: int = Field(0, ge=0, le=2**31)
