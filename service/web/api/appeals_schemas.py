"""Every shape that goes in where an author objects and a moderator answers."""

from typing import Literal

from pydantic import Field

from service.web.api.schemas import MAX_MESSAGE, Shown
from service.web.language import LANGUAGE, LONGEST_TAG
from service.web.parsing import Closed, ClosedQuery

MAX_APPEAL = 2_000


class AppealIn(Closed):
    """What an author says against the last decision about the own comment."""

    text: str = Field(description=f"At most {MAX_APPEAL:,} characters, for moderators only.", max_length=8_000)
    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)


class AppealedOut(Shown):
    """The appeal is stored."""

    status: Literal["received"]
    detail: str


class AppealAnswerIn(Closed):
    """How a moderator answers: the decision stands, or is overturned and the comment published."""

    outcome: Literal["uphold", "overturn"]
    revision: int = Field(ge=1, le=2**31 - 1)
    note: str | None = Field(None, max_length=2_000, description="For other moderators; never shown to readers.")
    message: str | None = Field(None, min_length=1, max_length=MAX_MESSAGE, description="For the author.")


class AppealAnswerForm(ClosedQuery):
    """The same from a form of the desk, where every value is text."""

    outcome: Literal["uphold", "overturn"]
    revision: int = Field(ge=1, le=2**31 - 1)
    note: str | None = Field(None, max_length=2_000)
    message: str | None = Field(None, min_length=1, max_length=MAX_MESSAGE)
