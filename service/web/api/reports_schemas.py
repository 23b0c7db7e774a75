"""Every shape that goes in or out where a reader reports a comment."""

from typing import Literal

from pydantic import Field

from service.web.api.schemas import EmailText, Shown
from service.web.language import LANGUAGE, LONGEST_TAG
from service.web.parsing import Closed

MAX_REPORT = 2_000
ReasonWord = Literal["spam", "insult", "hate", "threat", "personal_data", "false", "crisis", "legal", "other"]


class ReportIn(Closed):
    """What a reader says about a published comment."""

    reason: ReasonWord
    text: str | None = Field(
        None, description=f"At most {MAX_REPORT:,} characters, for moderators only.", max_length=8_000
    )
    email: EmailText | None = Field(
        None, description="Stored encrypted and never shown. Needed for `legal`: you are told what was decided."
    )
    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)


class ReportedOut(Shown):
    """The report is stored; the same whether it is the first of this client or not."""

    status: Literal["received"]
    detail: str
