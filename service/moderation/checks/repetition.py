"""Repetition: nearly the same text has been sent to this site before."""

from collections.abc import Iterator

from service.moderation.model import Facts, Label, Signal, Similar, Status

NEAR_DUPLICATE = 0.8
MANY = 3
_UNWANTED = frozenset({Status.REJECTED, Status.REMOVED})


def check_repetition(facts: Facts) -> Iterator[Signal]:
    """Yield at most one signal, from the comments that earlier said nearly the same."""
    near = [similar for similar in facts.similar if similar.likeness >= NEAR_DUPLICATE]
    if near:
        score, detail = _weighed(near)
        yield Signal("repetition", Label.SPAM, score, detail)


def _weighed(near: list[Similar]) -> tuple[float, str]:
    judged_spam = sum(similar.status is Status.SPAM for similar in near)
    elsewhere = sum(not (similar.is_same_thread and similar.is_same_author) for similar in near)
    if judged_spam:
        verb = "was" if judged_spam == 1 else "were"
        return 0.98, f"{_earlier(len(near))} nearly the same, and {judged_spam} of them {verb} judged spam."
    rejected = sum(similar.status in _UNWANTED for similar in near)
    if rejected and len(near) >= MANY:
        return 0.96, f"{_earlier(len(near))} nearly the same, and {rejected} of them did not stay."
    # What this site publishes is no proof against what says the same, however often.
    if len(near) >= MANY:
        return 0.6, f"{_earlier(len(near))} nearly the same; none of them was judged spam or rejected."
    if elsewhere:
        return 0.6, f"{_earlier(elsewhere)} nearly the same in another thread or under another name."
    return 0.5, "The same author has said nearly the same in this thread before."


def _earlier(count: int) -> str:
    return "1 earlier comment says" if count == 1 else f"{count} earlier comments say"
