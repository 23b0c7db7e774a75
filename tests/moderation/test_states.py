"""The state machine."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.moderation.model import Status
from service.moderation.states import TRANSITIONS, Decider, Event, IllegalTransition, next_status, status_before

STEPS = st.lists(st.tuples(st.sampled_from(Event), st.booleans()), max_size=12)


@given(steps=STEPS)
@settings(deadline=None, max_examples=500)
def test_only_publish_and_restore_lead_to_the_stage(steps: list[tuple[Event, bool]]) -> None:
    """On every walk a comment is published only by that word, and never again after it was erased."""
    current = Status.PENDING
    for event, by_moderator in steps:
        before = current
        try:
            current = next_status(current, event, by_moderator=by_moderator)
        except IllegalTransition as problem:
            assert (problem.current, problem.event) == (before, event)
            continue
        assert before is not Status.ERASED
        assert (current is Status.PUBLISHED) == (event in {Event.PUBLISH, Event.RESTORE, Event.KEEP, Event.OVERTURN})
        assert event is not Event.KEEP or before is Status.PUBLISHED
        assert by_moderator or before is Status.PENDING or event in {Event.REVISE, Event.ERASE, Event.RECALL}


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PENDING])
@pytest.mark.parametrize("event", [Event.PUBLISH, Event.HOLD, Event.SPAM, Event.REJECT, Event.REMOVE, Event.RESTORE])
def test_the_policy_decides_pending_comments_only(status: Status, event: Event) -> None:
    """A late job cannot overrule what was decided."""
    with pytest.raises(IllegalTransition):
        next_status(status, event, by_moderator=False)


@pytest.mark.parametrize(
    ("current", "event"),
    [
        (Status.PUBLISHED, Event.PUBLISH),
        (Status.SPAM, Event.SPAM),
        (Status.REJECTED, Event.REJECT),
        (Status.REMOVED, Event.REMOVE),
    ],
)
def test_deciding_what_it_already_is_is_refused(current: Status, event: Event) -> None:
    """The second of two moderators hears that the first was there."""
    with pytest.raises(IllegalTransition):
        next_status(current, event, by_moderator=True)


def test_the_table_has_one_answer_for_each_question() -> None:
    """No two arrows start alike, and an arrow for anyone has no rival."""
    asked = [(arrow.current, arrow.event, arrow.decider) for arrow in TRANSITIONS]
    assert len(asked) == len(set(asked))
    open_to_all = {(arrow.current, arrow.event) for arrow in TRANSITIONS if arrow.decider is Decider.ANYONE}
    assert not [a for a in TRANSITIONS if a.decider is not Decider.ANYONE and (a.current, a.event) in open_to_all]


def test_every_status_but_erased_can_be_left_and_every_one_reached() -> None:
    """Nothing is stuck for good but what was forgotten."""
    assert {arrow.current for arrow in TRANSITIONS} == set(Status) - {Status.ERASED}
    assert {arrow.following for arrow in TRANSITIONS} == set(Status)


@given(walk=STEPS)
@settings(deadline=None, max_examples=300)
def test_undo_leads_back_to_where_a_moderator_began(walk: list[tuple[Event, bool]]) -> None:
    """Whatever was walked before; and what the policy, an author or an owner did can't be taken back."""
    current = Status.PENDING
    for event, by_moderator in walk:
        before = current
        try:
            current = next_status(before, event, by_moderator=by_moderator)
        except IllegalTransition:
            continue
        if by_moderator and event not in {Event.REVISE, Event.ERASE}:
            assert status_before(before, event, current) is before
        elif event in {Event.REVISE, Event.ERASE}:
            with pytest.raises(IllegalTransition):
                status_before(before, event, current)


@pytest.mark.parametrize("status", Status)
def test_undo_is_no_arrow_of_its_own(status: Status) -> None:
    """It never leads anywhere without the decision that it takes back."""
    for by_moderator in (True, False):
        with pytest.raises(IllegalTransition):
            next_status(status, Event.UNDO, by_moderator=by_moderator)
