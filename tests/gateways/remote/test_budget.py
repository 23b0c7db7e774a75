"""The daily budget: so many questions from midnight to midnight UTC, whoever asks."""

from datetime import datetime, timedelta, timezone

from service.gateways.remote.budget import Budget
from tests.gateways.remote.conftest import NOW, failure_of, passes


def test_so_many_a_day_and_no_more(store):
    """The next one is refused until midnight."""
    budget = Budget(store, "7", 3)
    for _ in range(3):
        budget.spend(NOW)

    assert failure_of(lambda: budget.spend(NOW)) == "over_budget"
    assert failure_of(lambda: budget.spend(NOW + timedelta(hours=11, minutes=59))) == "over_budget"
    budget.spend(NOW + timedelta(hours=12))


def test_processes_share_it(store):
    """And sites don't."""
    Budget(store, "7", 1).spend(NOW)

    assert failure_of(lambda: Budget(store, "7", 1).spend(NOW)) == "over_budget"
    Budget(store, "8", 1).spend(NOW)


def test_the_day_is_utc_s(store):
    """Not that of the machine, which may move."""
    budget = Budget(store, "7", 1)
    budget.spend(NOW)

    evening = datetime(2026, 5, 3, 22, 0, tzinfo=timezone(timedelta(hours=-7)))  # the 4th in UTC
    assert passes(lambda: budget.spend(evening))


def test_a_larger_budget_helps_at_once(store):
    """What was refused meanwhile is not counted."""
    small = Budget(store, "7", 2)
    for _ in range(2):
        small.spend(NOW)
    for _ in range(50):
        failure_of(lambda: small.spend(NOW))

    assert passes(lambda: Budget(store, "7", 3).spend(NOW))


def test_who_cannot_count_does_not_ask(store):
    """Redis is away: no budget is an empty one."""
    store.is_away = True

    assert failure_of(lambda: Budget(store, "7", 10).spend(NOW)) == "store_away"
