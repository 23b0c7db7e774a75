"""Checks: each looks at facts and answers with signals; an empty answer is the normal one.

Every entry of `SPAM_CHECKS` and `MODERATION_CHECKS` takes a batch and answers a batch, so that a trained classifier,
which is cheaper by the hundred, is one more entry. A check that looks at one comment is lifted with `each`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TypeAlias

from service.moderation.checks.author import check_author
from service.moderation.checks.ban import check_ban
from service.moderation.checks.behaviour import check_behaviour
from service.moderation.checks.links import check_links
from service.moderation.checks.personal_data import check_personal_data
from service.moderation.checks.reading import check_conduct_reading, check_spam_reading
from service.moderation.checks.repetition import check_repetition
from service.moderation.checks.rules import check_rules
from service.moderation.model import Facts, Signal

Check: TypeAlias = Callable[[Facts], Iterable[Signal]]
BatchCheck: TypeAlias = Callable[[Sequence[Facts]], Sequence[Iterable[Signal]]]


def each(check: Check) -> BatchCheck:
    """Lift a check of one comment to a check of a batch; it keeps its name."""

    @wraps(check)
    def check_each(batch: Sequence[Facts]) -> Sequence[Iterable[Signal]]:
        return [check(facts) for facts in batch]

    return check_each


SPAM_CHECKS: tuple[BatchCheck, ...] = (
    each(check_links),
    each(check_repetition),
    each(check_behaviour),
    each(check_author),
    check_spam_reading,
)
MODERATION_CHECKS: tuple[BatchCheck, ...] = (
    each(check_ban),
    each(check_rules),
    each(check_personal_data),
    check_conduct_reading,
)


def run_checks(checks: Sequence[BatchCheck], batch: Sequence[Facts]) -> list[tuple[Signal, ...]]:
    """Return the signals of every comment of the batch, in its order.

    An error of a check is the caller's: it tries again and at last holds. Raises ValueError when a check answers for
    more or fewer comments than it was asked about, since then nobody knows whose signals they are.
    """
    signals: list[list[Signal]] = [[] for _ in batch]
    for check in checks:
        for found, answer in zip(signals, check(batch), strict=True):
            found.extend(answer)
    return [tuple(found) for found in signals]
