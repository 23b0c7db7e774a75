"""How often a site may ask in a day, so that a wave of spam costs no fortune."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.gateways.remote.model import Failure, RemoteFailed
from service.gateways.remote.store import Store

KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Budget:
    """`per_day` questions from midnight to midnight UTC, for all processes together."""

    store: Store
    key: str
    per_day: int

    def spend(self, now: datetime) -> None:
        """Take one question out of today's budget.

        Raises:
            RemoteFailed: over_budget, or store_away: whoever can't count doesn't ask.

        """
        today = f"{self.key}:asked:{now.astimezone(UTC):%Y-%m-%d}"
        # Read first: what is refused must not be counted, or a larger budget would not help before midnight.
        if (self.store.read(today) or 0) >= self.per_day or self.store.count(today, expires_in=KEPT) > self.per_day:
            raise RemoteFailed(Failure.OVER_BUDGET)
