"""How moderation went on some sites in a period, in one consistent picture."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from service.storage import insights
from service.storage.actors import OWNERS, Actor
from service.storage.insights import Backlog, ByPeople, Counted, Day, Period


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the page of insights shows."""

    period: Period
    backlog: Backlog
    by_machine: int
    by_people: ByPeople
    by_moderator: list[Counted]
    by_day: list[Day]

    @property
    def machine_share(self) -> float | None:
        """The share of comments that no person had to look at; None where nothing was decided."""
        everything = self.by_machine + self.by_people.waited.decided
        return self.by_machine / everything if everything else None


def look_back(engine: Engine, *, site_ids: tuple[int, ...], days: int, now: datetime, by: Actor) -> LookBack:
    """The last so many days (UTC), with today until now."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    period = Period(site_ids, midnight - timedelta(days=days - 1), now)
    owned = [site_id for site_id in by.sites_with(OWNERS) if site_id in site_ids]
    with engine.begin() as connection:
        insights.read_one_moment(connection)
        return LookBack(
            period=period,
            backlog=insights.backlog(connection, site_ids, now),
            by_machine=insights.by_machine(connection, period),
            by_people=insights.by_people(connection, period),
            by_moderator=insights.by_moderator(connection, period, owned=owned, own_label=by.label),
            by_day=insights.by_day(connection, period),
        )
