"""A remote check with everything around it that keeps a site safe from it: what may leave, how often, how long."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from service.gateways.remote.breaker import Breaker
from service.gateways.remote.budget import Budget
from service.gateways.remote.model import Failure, RemoteAnswer, RemoteCheck, RemoteComment, RemoteFailed
from service.gateways.remote.settings import SHORTEST_TIMEOUT_S, RemoteSettings

AT_ONCE = 8
"""Questions of one batch that are under way together."""

log = structlog.get_logger(__name__)

Asked = tuple[RemoteAnswer, ...] | RemoteFailed
"""What became of a question."""


@dataclass(frozen=True, slots=True)
class RemoteGuard:
    """One site's remote check. Any number of threads may ask."""

    check: RemoteCheck
    settings: RemoteSettings
    breaker: Breaker
    budget: Budget

    def ask(self, comment: RemoteComment, *, now: datetime, within: float | None = None) -> tuple[RemoteAnswer, ...]:
        """The answers of the service, within the site's time-out, or within `within` seconds if that is less.

        Raises:
            RemoteFailed: there is no answer; the site's `on_failure` says what then.

        """
        self.breaker.admit(now)
        self.budget.spend(now)
        limit = self.settings.timeout_seconds
        timeout = limit if within is None else min(limit, within)
        try:
            answers = self.check.ask(what_may_leave(comment, self.settings), timeout=timeout)
        except RemoteFailed as failure:
            self._note_failure(failure, now)
            raise
        with suppress(RemoteFailed):  # the answer is as good when Redis can't be told of it
            self.breaker.note_answer()
        return answers

    def ask_each(self, comments: Sequence[RemoteComment], *, now: datetime, within: float) -> list[Asked]:
        """Ask about a batch, several at once. Returns, in the same order, what became of each.

        Takes `within` seconds and what three calls of Redis take, at most. What could not be asked by then failed with
        `no_time`, and may be asked another time.
        """
        ends_at = time.monotonic() + within
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="remote") as pool:
            return list(pool.map(lambda comment: self._ask_until(comment, now, ends_at), comments))

    def _ask_until(self, comment: RemoteComment, now: datetime, ends_at: float) -> Asked:
        left = ends_at - time.monotonic()
        if left < SHORTEST_TIMEOUT_S:
            return RemoteFailed(Failure.NO_TIME)
        try:
            return self.ask(comment, now=now, within=left)
        except RemoteFailed as failure:
            return failure

    def _note_failure(self, failure: RemoteFailed, now: datetime) -> None:
        log.warning("remote_check_failed", kind=self.check.name, reason=failure.reason.value)
        with suppress(RemoteFailed):
            self.breaker.note_failure(failure, now)


def what_may_leave(comment: RemoteComment, settings: RemoteSettings) -> RemoteComment:
    """The comment without what the site has not said may leave."""
    return replace(
        comment,
        author_email=comment.author_email if settings.may_send_email else None,
        client_address=comment.client_address if settings.may_send_address else None,
    )
