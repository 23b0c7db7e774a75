"""Shapes of the audit log."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from service.web.api.people_schemas import SiteKey
from service.web.api.schemas import MAX_PAGE, Shown
from service.web.parsing import LARGEST_ID, ClosedQuery

Action = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,49}$")]


class AuditQuery(ClosedQuery):
    """Which rows."""

    site: SiteKey | None = Field(None, description="All of one's sites if left out; for an admin also the instance.")
    actor: str | None = Field(None, max_length=200, description="As history names them, like `moderator:ada`.")
    action: Action | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = Field(None, description="Before this moment, not at it.")


class AuditPageQuery(AuditQuery):
    """Which rows, and from where on."""

    cursor: int | None = Field(None, ge=1, le=LARGEST_ID, description="`next_cursor` of the page before.")
    limit: int = Field(MAX_PAGE, ge=1, le=MAX_PAGE)


class AuditExportQuery(AuditQuery):
    """Which rows, in which format."""

    format: Literal["csv", "jsonl"] = "csv"


class AuditRowOut(Shown):
    """Who did what, to what, when."""

    id: int
    at: datetime
    site: str | None
    actor: str
    action: str
    subject: str
    details: dict[str, Any] = Field(json_schema_extra={"additionalProperties": True})


class AuditPageOut(Shown):
    """A page of the audit log, the newest first."""

    rows: list[AuditRowOut]
    next_cursor: int | None
