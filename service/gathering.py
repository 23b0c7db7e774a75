"""Do together what arrives together: under a burst several requests share one round trip, alone each has its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Waiting(Generic[Item, Answer]):
    """One thread's item, and what became of it."""

    __slots__ = ("answer", "error", "is_leading", "item", "news")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.answer: Answer | None = None
        self.error: Exception | None = None
        self.is_leading = False
        self.news = threading.Lock()
        self.news.acquire()


class Gathering(Generic[Item, Answer]):
    """`do(item)` is `do_all([item])[0]`, but threads that call it at the same time are served by one call.

    The first thread leads: it works for all that wait, while others gather behind it; then one of those leads. An
    error belongs to everybody of the batch, but one of `alone_on` belongs to a single item: each is then done alone.
    """

    def __init__(
        self,
        do_all: Callable[[Sequence[Item]], Sequence[Answer]],
        *,
        at_most: int = 32,
        alone_on: tuple[type[Exception], ...] = (),
    ) -> None:
        self._do_all = do_all
        self._at_most = at_most
        self._alone_on = alone_on
        self._lock = threading.Lock()
        self._waiting: list[_Waiting[Item, Answer]] = []
        self._is_led = False

    def do(self, item: Item) -> Answer:
        """The answer for this item. Raises what `do_all` raised for it."""
        mine: _Waiting[Item, Answer] = _Waiting(item)
        with self._lock:
            self._waiting.append(mine)
            mine.is_leading = not self._is_led
            self._is_led = True
        if not mine.is_leading:
            mine.news.acquire()
        if mine.is_leading:
            self._lead()
        if mine.error is not None:
            raise mine.error
        return mine.answer  # type: ignore[return-value] # without an error there is an answer

    def _lead(self) -> None:
        """Work for those who wait by now, this thread among them, then hand the lead on."""
        with self._lock:
            batch, self._waiting = self._waiting[: self._at_most], self._waiting[self._at_most :]
        try:
            self._serve(batch)
        finally:
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._is_led = following is not None
            if following:
                following.is_leading = True
                following.news.release()
            for other in batch[1:]:
                other.news.release()

    def _serve(self, batch: Sequence[_Waiting[Item, Answer]]) -> None:
        try:
            answers = self._do_all([waiting.item for waiting in batch])
            for waiting, answer in zip(batch, answers, strict=True):
                waiting.answer = answer
        except Exception as error:  # noqa: BLE001 - raised again in the thread that it belongs to
            if len(batch) > 1 and isinstance(error, self._alone_on):
                for waiting in batch:
                    self._serve([waiting])
            else:
                for waiting in batch:
                    waiting.error = error
