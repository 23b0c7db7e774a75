"""Shapes of the insights."""

from datetime import date, datetime

from pydantic import Field

from service.web.api.people_schemas import SiteKey
from service.web.api.schemas import Shown
from service.web.parsing import ClosedQuery

LONGEST_DAYS = 366


class InsightsQuery(ClosedQuery):
    """Of which site, and how far back."""

    site: SiteKey | None = Field(None, description="All of one's sites if left out.")
    days: int = Field(30, ge=1, le=LONGEST_DAYS, description="With today.")


class BacklogOut(Shown):
    """What waits for a person now, and for how long."""

    waiting: int
    oldest_at: datetime | None
    under_an_hour: int
    under_a_day: int
    under_three_days: int
    longer: int


class WaitedOut(Shown):
    """How long held comments waited for a person's decision."""

    decided: int
    median_s: float | None = Field(description="Seconds; null where none was decided.")
    p90_s: float | None = Field(description="Nine in ten waited no longer. Seconds.")


class SharesOut(Shown):
    """Comments that the machine concluded alone, those that people decided, and what people corrected."""

    by_machine: int
    by_people: int
    machine_share: float | None
    taken_down_later: int = Field(description="Published by the machine, taken down by a person.")
    let_through_later: int = Field(description="Spam or rejected by the machine, published by a person.")


class CountedOut(Shown):
    """A word, and how often it was meant."""

    name: str
    count: int


class OverturnedOut(Shown):
    """Of what a check spoke against and a person decided, how much that person published."""

    check: str
    decided: int
    published: int


class DayOut(Shown):
    """Decisions of one day (UTC)."""

    day: date
    by_machine: int
    by_people: int


class InsightsOut(Shown):
    """How moderation goes."""

    since: datetime
    until: datetime
    backlog: BacklogOut
    waited: WaitedOut
    shares: SharesOut
    by_reason: list[CountedOut]
    by_moderator: list[CountedOut] = Field(description="Owners see everybody, others themselves.")
    by_check: list[OverturnedOut]
    by_day: list[DayOut]
