"""`greenroom model`: what a site has learnt, and the way back."""

import pytest

from service.runtime import Runtime
from service.storage import site_models
from service.storage.site_models import NewModel
from service.storage.sites import Site
from tests.cli.test_commands import Greenroom, greenroom, refused
from tests.conftest import Rows

__all__ = ["greenroom"]

FIGURES = {"old_log_loss": 0.412, "new_log_loss": 0.301, "old_auc": 0.874, "new_auc": 0.921}
COMPARED = {
    "is_accepted": True, "reason": "It is no worse on decisions that it was not trained on.", "decisions": 40,
    "spam": 17, "moderators": 2, "on_all": FIGURES, "on_others": FIGURES,
    "burst": {"sitting": "moderator:bob 2026-11-25 09:00", "labels": 31, "auc_without": 0.91, "auc_with": 0.93},
}  # fmt: skip


@pytest.fixture
def learnt(runtime: Runtime, site: Site) -> Site:
    """A site with two versions that judged, one that was refused, and a shadow."""
    with runtime.engine.begin() as connection:
        for number, settle in enumerate((site_models.promote, site_models.refuse, site_models.promote, None), 1):
            model = NewModel("abc123", b"x" * 2048, label_count=10 * number, labels_up_to=20 * number)
            version = site_models.add_shadow(connection, site.id, model)
            if settle:
                settle(connection, site.id, version, COMPARED)
        site_models.keep_promise(connection, site.id, 3, 0.25, promise=0.1)
    return site


def states(rows: Rows) -> dict[int, str]:
    return dict(rows("SELECT version, state FROM site_models"))


def test_before_anything_is_learnt_it_says_what_it_takes(greenroom: Greenroom, site: Site) -> None:
    """Not an empty table."""
    assert "10 decisions" in greenroom("model", "list", "--site", "blog").output


def test_versions_are_listed_newest_first(greenroom: Greenroom, learnt: Site) -> None:
    """With their state, their labels and how they compared."""
    result = greenroom("model", "list", "--site", "blog")
    listed = [line.split("│")[1:8] for line in result.output.splitlines() if line.count("│") == 8]

    assert [(row[0].strip(), row[1].strip(), row[2].strip()) for row in listed] == [
        ("4", "shadow", "40"), ("3", "active", "30"), ("2", "refused", "20"), ("1", "retired", "10"),
    ]  # fmt: skip
    assert listed[1][4].strip() == "0.412 → 0.301"
    assert listed[1][5].strip() == "0.874 → 0.921"
    assert listed[1][6].strip() == "0.250"
    assert listed[0][4].strip() == ""


def test_one_version_is_shown_with_its_comparison(greenroom: Greenroom, learnt: Site) -> None:
    """On which decisions, whose, and what the largest burst would have done."""
    output = " ".join(greenroom("model", "show", "3", "--site", "blog").output.split())

    for words in (
        "active", "30 labels", "abc123", "2 kB", "no worse", "40 decisions (17 spam) by 2 moderator(s)", "0.412 → 0.301",
        "31 labels of moderator:bob", "0.910 without it, 0.930 with it",
    ):  # fmt: skip
        assert words in output


def test_a_shadow_has_not_been_compared(greenroom: Greenroom, learnt: Site) -> None:
    """And says so."""
    assert "not yet" in greenroom("model", "show", "4", "--site", "blog").output


def test_rollback_goes_to_the_version_before(greenroom: Greenroom, learnt: Site, rows: Rows) -> None:
    """Past what was refused; the shadow does not follow on its heels; nothing is deleted."""
    result = greenroom("model", "rollback", "--site", "blog")

    assert "Version 1 judges" in result.output
    assert "version 3 is retired" in result.output
    assert states(rows) == {1: "active", 2: "refused", 3: "retired", 4: "refused"}


def test_rollback_twice_ends_at_the_shipped_reader(greenroom: Greenroom, learnt: Site, rows: Rows) -> None:
    """There is nothing before the first version but that; then there is nothing left to do."""
    greenroom("model", "rollback", "--site", "blog")
    assert "shipped reader alone judges" in greenroom("model", "rollback", "--site", "blog").output
    assert states(rows) == {1: "retired", 2: "refused", 3: "retired", 4: "refused"}

    assert "nothing to roll back" in refused(greenroom("model", "rollback", "--site", "blog"))


def test_rollback_to_a_version_goes_forward_as_well(greenroom: Greenroom, learnt: Site, rows: Rows) -> None:
    """A rollback can itself be undone."""
    greenroom("model", "rollback", "--site", "blog", "--to", "shipped")
    assert "active" not in states(rows).values()

    assert "Version 3 judges" in greenroom("model", "rollback", "--site", "blog", "--to", "3").output
    assert states(rows)[3] == "active"


@pytest.mark.parametrize("version", ["2", "3", "4", "99", "latest", "-1"])
def test_only_what_has_judged_can_judge_again(greenroom: Greenroom, learnt: Site, rows: Rows, version: str) -> None:
    """Not what was refused, nor the shadow, nor the present one; and the sentence says which could."""
    before = states(rows)

    assert "retired: 1" in refused(greenroom("model", "rollback", "--site", "blog", "--to", version))
    assert states(rows) == before


def test_what_there_is_not_is_said(greenroom: Greenroom, learnt: Site) -> None:
    """A site or a version."""
    assert "greenroom site list" in refused(greenroom("model", "list", "--site", "other"))
    assert "greenroom model list" in refused(greenroom("model", "show", "7", "--site", "blog"))
    refused(greenroom("model", "show", "0", "--site", "blog"))
