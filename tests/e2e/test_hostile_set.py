"""About 600 texts of the hostile set, of every class, wherever comments are shown. `make hostile` tries them all."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.e2e.hostile_set import Crowd, Look, Report, Sent
from tests.hostile_vectors import sample
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("hostile")

COUNT = 600
REFUSED = {
    "/body": {
        "control_character",
        "invisible_only",
        "required",
        "too_long",
        "too_large",
        "malformed",
        "lone_surrogate",
    },
    "/author_name": {"control_character", "invisible_only", "required", "malformed", "lone_surrogate", "too_large"},
    "/page_title": {"control_character", "invisible_only", "required", "malformed", "lone_surrogate"},
}
"""Why a text may be refused, by field. An address may be anything but one."""


@dataclass
class Seen:
    sent: list[Sent]
    report: Report


@pytest.fixture(scope="module")
def seen(browser: Browser) -> Iterator[Seen]:
    """Everything, posted to a Greenroom of its own, published, and looked at."""
    with Stack() as stack:
        crowd = Crowd(stack)
        sent = crowd.post_all(sample(COUNT))
        crowd.publish_all(sent)
        Look(stack, browser, crowd.report).everywhere(sent, desk_pages=4, desk_items=12)
        yield Seen(sent, crowd.report)


def test_nothing_hostile_runs_fetches_or_leaves_its_box(seen: Seen) -> None:
    """In the thread without JavaScript (also without its policy), in the widget, in feeds and at the desk."""
    assert seen.report.broken == []


def test_everything_hostile_was_seen(seen: Seen) -> None:
    """What is not shown can't be judged: every text stands on a page, and in the widget."""
    looked = seen.report.looked_at
    assert len(seen.sent) == 2 * seen.report.vectors
    assert (
        looked["thread, with its policy"]
        == looked["thread, sanitiser alone"]
        == looked["widget"]
        == seen.report.vectors
    )
    assert looked["feed"] >= seen.report.vectors / 2
    assert looked["desk, list"] == 200
    assert looked["desk, comment"] == 3 * 12
    assert max(seen.report.cut_off.values()) <= 5


def test_what_is_refused_is_refused_for_a_reason(seen: Seen) -> None:
    """Few texts are no text. Nothing makes an error of ours, which `Crowd` would have said."""
    strange = {(field, code) for field, code in seen.report.refusals if code not in REFUSED.get(field, {code})}
    assert strange == set()
    assert sum(number for (field, _), number in seen.report.refusals.items() if field == "/body") < COUNT / 10
