"""Every shape that goes in or out where a page of a site embeds its comments."""

from typing import Literal

from pydantic import Field

from service.web.api.schemas import Shown
from service.web.language import LANGUAGE, LONGEST_TAG
from service.web.parsing import Closed, ClosedQuery


class WidgetQuery(ClosedQuery):
    """In which language the widget speaks, and how much of it is wanted."""

    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)
    part: Literal["page"] | None = Field(
        None, description="`page`: without `report_reasons` and the sentences of forms that few people open."
    )


class WidgetSiteOut(Shown):
    """What the site asks of a comment, and lets its author do."""

    required: list[str] = Field(description="Fields that must be filled in, in the form's order.")
    can_notify: bool = Field(description="Whether an author may be told of replies by mail.")
    sends_mail: bool = Field(description="Whether a mail can open the page with all that one wrote, `/authors/<site>`.")


class ReportReasonOut(Shown):
    """What a reader may say is wrong with a comment."""

    code: str
    title: str


class WidgetOut(Shown):
    """All that the widget must know to show itself."""

    site: WidgetSiteOut
    report_reasons: list[ReportReasonOut] | None = Field(None, description="Left out of `part=page`.")
    language: str
    direction: Literal["ltr", "rtl"]
    messages: dict[str, str | dict[str, str]] = Field(
        description="Sentences by name; those with a number by plural category of CLDR."
    )


class DraftIn(Closed):
    """What somebody is about to send."""

    body: str = Field(description="The comment: a subset of Markdown.", max_length=40_000)
    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)


class DraftOut(Shown):
    """How it would look."""

    body_html: str = Field(description="Sanitised: p br em strong code pre blockquote ul ol li a.")
