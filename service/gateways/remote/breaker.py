"""A circuit breaker: who keeps failing is left alone for a while, then tried with one question."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.gateways.remote.model import Failure, RemoteFailed
from service.gateways.remote.store import Store

REMEMBERED = timedelta(hours=1)
"""Failures further apart than this are not consecutive in any sense that matters."""

ANSWERED = frozenset({Failure.OUT_OF_SCHEMA, Failure.REFUSED, Failure.UNDECIDED})
"""Failures of a service that is there. An author can provoke these with a comment, and must not switch it off."""

BROKEN = frozenset(
    {
        Failure.TIMEOUT, Failure.UNREACHABLE, Failure.REDIRECT, Failure.SERVER_ERROR, Failure.RATE_LIMITED,
        Failure.KEY_REFUSED, Failure.TOO_LARGE, Failure.WRONG_TYPE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Breaker:
    """Closed: all pass. Open after `failures` in a row, for `rest`: none pass. Half-open then: one passes and decides.

    Failures between the site and itself (a missing secret, a forbidden address) don't move it.
    """

    store: Store
    key: str
    failures: int = 5
    rest: timedelta = timedelta(minutes=1)

    def admit(self, now: datetime) -> None:
        """Let a question pass.

        Raises:
            RemoteFailed: resting, or store_away.

        """
        until = self.store.read(self._until)
        if until is None:
            return
        # Named after its opening, so that each opening has one probe. If its process dies, there is another later.
        probe = f"{self.key}:probe:{until}"
        if _milliseconds(now) < until or not self.store.claim(probe, expires_in=self.rest):
            raise RemoteFailed(Failure.RESTING)

    def note_answer(self) -> None:
        """The service answered: close."""
        self.store.forget(self._until, self._failures)

    def note_failure(self, failure: RemoteFailed, now: datetime) -> None:
        """Count a failure; open when it is one too many, or at once when the service asks to be left alone."""
        if failure.reason in ANSWERED:
            self.note_answer()
            return
        if failure.reason not in BROKEN:
            return
        failed = self.store.count(self._failures, expires_in=REMEMBERED)
        if failed >= self.failures or failure.retry_after:
            rest = max(self.rest, timedelta(seconds=failure.retry_after or 0))
            self.store.write(self._until, _milliseconds(now + rest), expires_in=rest + REMEMBERED)

    @property
    def _until(self) -> str:
        return f"{self.key}:open_until"

    @property
    def _failures(self) -> str:
        return f"{self.key}:failures"


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
