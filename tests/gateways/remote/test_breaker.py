"""The circuit breaker: closed, open, half-open; and what moves it."""

from datetime import timedelta

import pytest

from service.gateways.remote.breaker import ANSWERED, BROKEN, Breaker
from service.gateways.remote.model import Failure, RemoteFailed
from tests.gateways.remote.conftest import NOW, failure_of, passes

REST = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


@pytest.fixture
def breaker(store):
    return Breaker(store, "7", failures=3, rest=REST)


def fail(breaker, times, reason=Failure.TIMEOUT, now=NOW):
    for _ in range(times):
        breaker.note_failure(RemoteFailed(reason), now)


def test_it_opens_after_so_many_failures_in_a_row(breaker):
    """And not before."""
    fail(breaker, 2)
    breaker.admit(NOW)

    fail(breaker, 1)

    assert failure_of(lambda: breaker.admit(NOW)) == "resting"
    assert failure_of(lambda: breaker.admit(NOW + REST - SECOND)) == "resting"


def test_an_answer_in_between_begins_the_count_anew(breaker):
    """A service that fails now and then is asked on."""
    for _ in range(5):
        fail(breaker, 2)
        breaker.note_answer()

    assert passes(lambda: breaker.admit(NOW))


def test_after_its_rest_one_question_passes(breaker, store):
    """Others wait for what becomes of it."""
    fail(breaker, 3)
    store.now = later = NOW + REST

    breaker.admit(later)

    assert failure_of(lambda: breaker.admit(later)) == "resting"


def test_the_one_question_closes_it(breaker, store):
    """It was answered: all pass again, and one failure doesn't open it."""
    fail(breaker, 3)
    store.now = later = NOW + REST
    breaker.admit(later)

    breaker.note_answer()
    fail(breaker, 1, now=later)

    assert passes(lambda: breaker.admit(later))
    assert passes(lambda: breaker.admit(later))


def test_or_opens_it_again(breaker, store):
    """One failure is enough now, and the next rest has its own one question."""
    fail(breaker, 3)
    store.now = later = NOW + REST
    breaker.admit(later)

    fail(breaker, 1, now=later)

    assert failure_of(lambda: breaker.admit(later + REST - SECOND)) == "resting"
    store.now = later + REST
    breaker.admit(later + REST)
    assert failure_of(lambda: breaker.admit(later + REST)) == "resting"


def test_a_process_that_dies_with_the_one_question_is_not_waited_for(breaker, store):
    """Another may ask when as much time has passed again."""
    fail(breaker, 3)
    store.now = NOW + REST
    breaker.admit(store.now)

    store.now += REST

    assert passes(lambda: breaker.admit(store.now))


def test_who_asks_for_peace_gets_it(breaker):
    """One 429 with Retry-After opens it for as long as that says, if that is more than usual."""
    breaker.note_failure(RemoteFailed(Failure.RATE_LIMITED, retry_after=300), NOW)

    assert failure_of(lambda: breaker.admit(NOW + timedelta(seconds=299))) == "resting"
    breaker.admit(NOW + timedelta(seconds=300))


@pytest.mark.parametrize("reason", sorted(ANSWERED))
def test_no_comment_can_switch_the_check_off(breaker, reason):
    """What an author can provoke counts as an answer: the service is there."""
    fail(breaker, 50, reason)
    assert passes(lambda: breaker.admit(NOW))

    fail(breaker, 2)
    fail(breaker, 1, reason)
    fail(breaker, 2)
    assert passes(lambda: breaker.admit(NOW))


@pytest.mark.parametrize("reason", sorted(set(Failure) - ANSWERED - BROKEN))
def test_what_the_service_has_no_part_in_moves_nothing(breaker, reason):
    """A missing secret would otherwise hide behind `resting`."""
    fail(breaker, 50, reason)

    assert passes(lambda: breaker.admit(NOW))


def test_sites_have_breakers_of_their_own(breaker, store):
    """What fails for one may work for another, with another key."""
    fail(breaker, 3)

    assert passes(lambda: Breaker(store, "8").admit(NOW))


def test_without_its_memory_it_lets_nothing_pass(breaker, store):
    """Redis is away."""
    store.is_away = True

    assert failure_of(lambda: breaker.admit(NOW)) == "store_away"
