"""What arrives together is done together, and nobody gets somebody else's answer or error."""

import threading
from collections.abc import Callable, Sequence

import pytest

from service.gathering import Gathering
from tests.stack import wait_until


def run_together(
    gathering: Gathering[int, str], first: int, others: Sequence[int], opened: threading.Event
) -> dict[int, object]:
    """Let `others` arrive while `first` is being worked on, which ends when `opened` is set. Answers or errors by item."""
    found: dict[int, object] = {}

    def ask(item: int) -> None:
        try:
            found[item] = gathering.do(item)
        except Exception as error:
            found[item] = error

    threads = [threading.Thread(target=ask, args=(item,)) for item in (first, *others)]
    threads[0].start()
    wait_until(lambda: gathering._is_led and not gathering._waiting, 5)
    for thread in threads[1:]:
        thread.start()
    wait_until(lambda: len(gathering._waiting) == len(others), 5)
    opened.set()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()
    return found


def recorder(
    batches: list[list[int]], opened: threading.Event, fails: Callable[[Sequence[int]], Exception | None]
) -> Callable[[Sequence[int]], list[str]]:
    def do_all(items: Sequence[int]) -> list[str]:
        batches.append(list(items))
        opened.wait(5)
        if error := fails(items):
            raise error
        return [f"answer {item}" for item in items]

    return do_all


def test_what_arrives_while_another_is_worked_on_is_done_in_one_call_and_each_gets_its_own_answer() -> None:
    batches: list[list[int]] = []
    opened = threading.Event()
    gathering = Gathering(recorder(batches, opened, lambda _: None))

    found = run_together(gathering, 0, range(1, 9), opened)

    assert found == {item: f"answer {item}" for item in range(9)}
    assert batches[0] == [0]
    assert sorted(batches[1]) == list(range(1, 9))
    assert len(batches) == 2


def test_a_batch_has_an_end_and_the_rest_is_led_by_one_who_waits() -> None:
    batches: list[list[int]] = []
    opened = threading.Event()
    gathering = Gathering(recorder(batches, opened, lambda _: None), at_most=3)

    found = run_together(gathering, 0, range(1, 9), opened)

    assert found == {item: f"answer {item}" for item in range(9)}
    assert [len(batch) for batch in batches] == [1, 3, 3, 2]


def test_an_error_of_one_item_is_its_own_and_the_others_are_answered() -> None:
    batches: list[list[int]] = []
    opened = threading.Event()
    gathering = Gathering(
        recorder(batches, opened, lambda items: KeyError(4) if 4 in items else None), alone_on=(KeyError,)
    )

    found = run_together(gathering, 0, range(1, 6), opened)

    assert isinstance(found.pop(4), KeyError)
    assert found == {item: f"answer {item}" for item in (0, 1, 2, 3, 5)}


def test_an_error_of_the_whole_is_everybodys_and_the_next_call_works_again() -> None:
    batches: list[list[int]] = []
    opened = threading.Event()
    gathering = Gathering(recorder(batches, opened, lambda items: OSError("away") if len(items) > 1 else None))

    found = run_together(gathering, 0, range(1, 4), opened)

    assert found[0] == "answer 0"
    assert all(isinstance(found[item], OSError) for item in (1, 2, 3))
    assert len(batches) == 2, "an error that is not of one item is not tried item by item"
    assert gathering.do(7) == "answer 7"


def test_an_answer_too_few_is_an_error_and_not_somebody_elses_answer() -> None:
    gathering: Gathering[int, str] = Gathering(lambda items: [])

    with pytest.raises(ValueError):
        gathering.do(1)
