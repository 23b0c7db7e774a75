"""Tasks are taken once, finished once, and come back when they are let go."""

from datetime import timedelta

from service.storage import tasks

LEASE = timedelta(seconds=20)


def take(runtime, worker="one", **options):
    with runtime.engine.begin() as connection:
        return tasks.claim(connection, "check_spam", worker=worker, lease=LEASE, **options)


def test_what_is_taken_is_not_taken_again(visitor, runtime):
    """While a lease runs, nobody else gets the task."""
    visitor.accepted()

    assert len(take(runtime)) == 1
    assert take(runtime, "two") == []


def test_what_is_finished_is_not_finished_again(visitor, runtime):
    """Only the first report of a task counts."""
    visitor.accepted()
    (task,) = take(runtime)

    with runtime.engine.begin() as connection:
        assert tasks.finish(connection, [task.id], "reported") == {task.id}
        assert tasks.finish(connection, [task.id], "reported") == set()


def test_what_was_interrupted_is_not_kept_waiting_by_what_is_fresh(visitor, runtime):
    """On its turn, a task that was tried before goes first, and alone."""
    visitor.accepted()
    (tried,) = take(runtime, "dead")
    with runtime.engine.begin() as connection:
        assert tasks.release(connection, "dead") == 1
    visitor.accepted()

    assert [task.id for task in take(runtime, retry_first=True)] == [tried.id]
    assert [task.attempts for task in take(runtime)] == [1]


def test_nobody_releases_what_another_worker_holds(visitor, runtime):
    """A worker that starts again lets go of its own tasks only."""
    visitor.accepted()
    take(runtime, "one")

    with runtime.engine.begin() as connection:
        assert tasks.release(connection, "two") == 0
    assert take(runtime) == []
