"""Models of sites: one judges, one waits in the shadow, and nothing is lost on the way."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from service.runtime import Runtime
from service.storage import learning, site_models
from service.storage.site_models import ModelState, NewModel, Standing
from service.storage.sites import Site
from tests.conftest import Rows, add_site

ACCEPTED = {"is_accepted": True, "reason": "No worse."}


def model(weights: bytes = b"w", up_to: int = 1) -> NewModel:
    return NewModel(shipped_version="abc", weights=weights, label_count=10, labels_up_to=up_to)


def learn(runtime: Runtime, site: Site, *, weights: bytes = b"w", is_accepted: bool = True) -> int:
    """A version that was tried at once."""
    with runtime.engine.begin() as connection:
        site_models.lock(connection, site.id)
        version = site_models.add_shadow(connection, site.id, model(weights))
        (site_models.promote if is_accepted else site_models.refuse)(connection, site.id, version, ACCEPTED)
    return version


def states(runtime: Runtime, site: Site) -> dict[int, str]:
    with runtime.engine.connect() as connection:
        return {record.version: record.state.value for record in site_models.history(connection, site.id)}


def test_a_shadow_judges_nothing(runtime: Runtime, site: Site) -> None:
    """It is stored, and no check is told of it."""
    with runtime.engine.begin() as connection:
        assert site_models.add_shadow(connection, site.id, model()) == 1
        assert site_models.active(connection, [site.id]) == {}
        assert site_models.standing(connection, site.id) == Standing(None, 1)


def test_who_takes_over_retires_the_one_before(runtime: Runtime, site: Site) -> None:
    """Its weights come out as they went in; both versions are kept."""
    learn(runtime, site, weights=b"first")
    learn(runtime, site, weights=b"\x00second\xff")

    with runtime.engine.connect() as connection:
        found = site_models.active(connection, [site.id, 0])[site.id]
    assert (found.version, found.weights, found.shipped_version, found.hold_from) == (2, b"\x00second\xff", "abc", None)
    assert states(runtime, site) == {2: "active", 1: "retired"}


def test_who_is_refused_changes_nothing_else(runtime: Runtime, site: Site) -> None:
    """The one before goes on, and the comparison stays to be looked at."""
    learn(runtime, site)
    learn(runtime, site, is_accepted=False)

    assert states(runtime, site) == {2: "refused", 1: "active"}
    with runtime.engine.connect() as connection:
        assert site_models.history(connection, site.id)[0].comparison == ACCEPTED


def test_no_site_has_two_that_judge_or_two_shadows(runtime: Runtime, site: Site, rows: Rows) -> None:
    """The database refuses it, whoever tries."""
    for _ in range(2):
        learn(runtime, site)
    with pytest.raises(IntegrityError):
        rows("UPDATE site_models SET state = 'active'")
    with pytest.raises(IntegrityError):
        rows("UPDATE site_models SET state = 'shadow'")


def test_sites_do_not_learn_from_each_other(runtime: Runtime, site: Site) -> None:
    """Versions are counted for each site, and each has its own."""
    other = add_site(runtime, "other", "https://other.example.com")
    learn(runtime, site, weights=b"mine")
    learn(runtime, other, weights=b"theirs")

    with runtime.engine.connect() as connection:
        found = site_models.active(connection, [site.id, other.id])
    assert {site_id: (item.version, item.weights) for site_id, item in found.items()} == {
        site.id: (1, b"mine"), other.id: (1, b"theirs"),
    }  # fmt: skip


def test_an_earlier_version_judges_again(runtime: Runtime, site: Site) -> None:
    """Retired ones only: what was refused never judges."""
    learn(runtime, site)
    learn(runtime, site, is_accepted=False)
    learn(runtime, site)
    with runtime.engine.begin() as connection:
        site_models.retire(connection, site.id)
        site_models.reinstate(connection, site.id, 2)
        assert site_models.active(connection, [site.id]) == {}
        site_models.reinstate(connection, site.id, 1)
    assert states(runtime, site) == {3: "retired", 2: "refused", 1: "active"}


def test_a_promise_is_kept_beside_the_model(runtime: Runtime, site: Site) -> None:
    """As the probability from which a comment is held; it can be taken back."""
    version = learn(runtime, site)
    kept: list[Any] = []
    for hold_from in (0.25, None):
        with runtime.engine.begin() as connection:
            site_models.keep_promise(connection, site.id, version, hold_from, promise=0.1)
            kept.append(site_models.active(connection, [site.id])[site.id].hold_from)
    assert kept == [0.25, None]


def test_a_model_of_another_release_is_noticed(runtime: Runtime, site: Site) -> None:
    """Its weights mean nothing beside a new reader."""
    learn(runtime, site)
    with runtime.engine.connect() as connection:
        assert site_models.outdated(connection, "abc") == []
        assert site_models.outdated(connection, "new") == [site.id]


def test_a_failure_waits_for_later_labels(runtime: Runtime, site: Site) -> None:
    """It stands among the versions, so that the next attempt does not follow on its heels."""
    with runtime.engine.begin() as connection:
        site_models.add_failure(connection, site.id, shipped_version="abc", reason="Learning failed 3 times.")
        assert learning.progress(connection, site.id).has_model
    with runtime.engine.connect() as connection:
        (record,) = site_models.history(connection, site.id)
    assert (record.state, record.size) == (ModelState.REFUSED, 0)


def test_one_learn_task_waits_for_each_site(runtime: Runtime, site: Site, rows: Rows) -> None:
    """Asking again while it waits adds none; after it is done, one."""
    with runtime.engine.begin() as connection:
        first = learning.ask(connection, site.id)
        assert first is not None
        assert learning.ask(connection, site.id) is None
    rows("UPDATE tasks SET done_at = now(), outcome = 'reported'")
    with runtime.engine.begin() as connection:
        assert learning.ask(connection, site.id) not in {None, first}
