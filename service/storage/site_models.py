"""Models that sites have learnt: their versions, which one judges, and the switch between them.

A site has at most one active model, which judges, and one shadow, which is compared with it and judges nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import orjson
from sqlalchemy import Connection, Row, text


class ModelState(StrEnum):
    """What became of a version."""

    SHADOW = "shadow"
    ACTIVE = "active"
    RETIRED = "retired"
    """It was active before; a rollback makes it active again."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class StoredModel:
    """What the check needs of a site's active model.

    `hold_from` is the spam probability from which `kept_promise` has a comment held; None without a promise, or with
    too few decisions to keep it. `shipped_version` is the reader whose vectors it was trained on: beside
    another reader the weights mean nothing. `labels_up_to` is the last decision that it knew of.
    """

    site_id: int
    version: int
    shipped_version: str
    labels_up_to: int
    weights: bytes
    hold_from: float | None
    kept_promise: float | None

    def bound_of(self, promise: float | None) -> float | None:
        """The spam probability from which this promise has a comment held; None where the bound is of another one."""
        return self.hold_from if self.kept_promise == promise else None


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """One version as people see it. `size` is that of its weights in bytes."""

    version: int
    state: ModelState
    shipped_version: str
    label_count: int
    labels_up_to: int
    hold_from: float | None
    comparison: Mapping[str, object]
    created_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Which versions a site's learner found; a switch is refused when they have changed since."""

    active: int | None
    shadow: int | None


@dataclass(frozen=True, slots=True)
class NewModel:
    """A version to store. The number of labels is of those that it was trained on."""

    shipped_version: str
    weights: bytes
    label_count: int
    labels_up_to: int


def active(connection: Connection, site_ids: list[int]) -> dict[int, StoredModel]:
    """The model that judges, by site id; sites that have none are left out."""
    rows = connection.execute(
        text(
            "SELECT site_id, version, shipped_version, labels_up_to, weights, hold_from, kept_promise FROM site_models"
            " WHERE site_id = ANY(:ids) AND state = 'active'"
        ),
        {"ids": site_ids},
    )
    return {row.site_id: _stored(row) for row in rows}


def find(connection: Connection, site_id: int, version: int) -> StoredModel | None:
    """One version with its weights."""
    row = connection.execute(
        text(
            "SELECT site_id, version, shipped_version, labels_up_to, weights, hold_from, kept_promise FROM site_models"
            " WHERE site_id = :site_id AND version = :version"
        ),
        {"site_id": site_id, "version": version},
    ).one_or_none()
    return _stored(row) if row else None


def history(connection: Connection, site_id: int) -> list[ModelRecord]:
    """Every version of a site, newest first, without the weights."""
    rows = connection.execute(
        text(
            "SELECT version, state, shipped_version, label_count, labels_up_to, hold_from, comparison, created_at,"
            " length(weights) AS size FROM site_models WHERE site_id = :site_id ORDER BY version DESC"
        ),
        {"site_id": site_id},
    )
    return [ModelRecord(**{**row._mapping, "state": ModelState(row.state)}) for row in rows]


def outdated(connection: Connection, shipped_version: str) -> list[int]:
    """Sites whose active model was trained on another release's reader, and so judges no longer."""
    rows = connection.execute(
        text("SELECT site_id FROM site_models WHERE state = 'active' AND shipped_version <> :version ORDER BY 1"),
        {"version": shipped_version},
    )
    return list(rows.scalars())


def promising_otherwise(connection: Connection) -> list[int]:
    """Sites that promise something, while the bound of their active model is of another promise."""
    rows = connection.execute(
        text(
            """
            SELECT m.site_id FROM site_models m
            JOIN sites s ON s.id = m.site_id
            JOIN policies p ON p.site_id = s.id AND p.version = s.policy_version
            WHERE m.state = 'active' AND p.settings ->> 'promise' IS NOT NULL
                AND (p.settings ->> 'promise')::double precision IS DISTINCT FROM m.kept_promise
            ORDER BY 1
            """
        )
    )
    return list(rows.scalars())


def standing(connection: Connection, site_id: int) -> Standing:
    """The versions in force, as of now."""
    rows = connection.execute(
        text("SELECT state, version FROM site_models WHERE site_id = :site_id AND state IN ('active', 'shadow')"),
        {"site_id": site_id},
    )
    versions = {row.state: row.version for row in rows}
    return Standing(versions.get("active"), versions.get("shadow"))


def lock(connection: Connection, site_id: int) -> Standing:
    """The versions in force, which nobody else can change until this transaction ends."""
    # The site's own row, because it is there also while there is no version yet.
    connection.execute(text("SELECT FROM sites WHERE id = :site_id FOR NO KEY UPDATE"), {"site_id": site_id})
    return standing(connection, site_id)


def add_shadow(connection: Connection, site_id: int, model: NewModel) -> int:
    """Store a new version that judges nothing yet. Returns its number. Lock the site's models first."""
    version = connection.execute(
        text(
            """
            INSERT INTO site_models (site_id, version, state, shipped_version, weights, label_count, labels_up_to)
            SELECT :site_id, coalesce(max(version), 0) + 1, 'shadow', :shipped_version, :weights, :label_count,
                   :labels_up_to
            FROM site_models WHERE site_id = :site_id
            RETURNING version
            """
        ),
        {
            "site_id": site_id,
            "shipped_version": model.shipped_version,
            "weights": model.weights,
            "label_count": model.label_count,
            "labels_up_to": model.labels_up_to,
        },
    ).scalar_one()
    return int(version)


def add_failure(connection: Connection, site_id: int, *, shipped_version: str, reason: str) -> None:
    """Note as a refused version that learning failed for good: learning then waits for labels that are newer still."""
    connection.execute(
        text(
            """
            INSERT INTO site_models (site_id, version, state, shipped_version, weights, label_count, labels_up_to,
                                     comparison)
            SELECT :site_id, coalesce(max(version), 0) + 1, 'refused', :shipped_version, '', 0,
                   (SELECT coalesce(max(id), 0) FROM decisions), CAST(:comparison AS jsonb)
            FROM site_models WHERE site_id = :site_id
            """
        ),
        {
            "site_id": site_id,
            "shipped_version": shipped_version,
            "comparison": _json({"is_accepted": False, "reason": reason}),
        },
    )


def promote(connection: Connection, site_id: int, version: int, comparison: Mapping[str, object]) -> None:
    """Make the shadow the active model; the one that was active is retired. Lock the site's models first."""
    retire(connection, site_id)
    _leave_shadow(connection, site_id, version, ModelState.ACTIVE, comparison)


def refuse(connection: Connection, site_id: int, version: int, comparison: Mapping[str, object]) -> None:
    """Let a shadow never judge. Lock the site's models first."""
    _leave_shadow(connection, site_id, version, ModelState.REFUSED, comparison)


def keep_promise(
    connection: Connection, site_id: int, version: int, hold_from: float | None, *, promise: float | None
) -> None:
    """Store from which spam probability on this promise of the site has a comment held."""
    connection.execute(
        text(
            "UPDATE site_models SET hold_from = :hold_from, kept_promise = :promise"
            " WHERE site_id = :site_id AND version = :version"
        ),
        {"site_id": site_id, "version": version, "hold_from": hold_from, "promise": promise},
    )


def retire(connection: Connection, site_id: int) -> None:
    """Let the active model judge no longer: the shipped reader alone does. Lock the site's models first."""
    connection.execute(
        text("UPDATE site_models SET state = 'retired' WHERE site_id = :site_id AND state = 'active'"),
        {"site_id": site_id},
    )


def reinstate(connection: Connection, site_id: int, version: int) -> None:
    """Make a retired version the active one again. Lock the site's models and retire the active one first."""
    connection.execute(
        text(
            "UPDATE site_models SET state = 'active'"
            " WHERE site_id = :site_id AND version = :version AND state = 'retired'"
        ),
        {"site_id": site_id, "version": version},
    )


def _leave_shadow(
    connection: Connection, site_id: int, version: int, state: ModelState, comparison: Mapping[str, object]
) -> None:
    connection.execute(
        text(
            "UPDATE site_models SET state = :state, comparison = CAST(:comparison AS jsonb)"
            " WHERE site_id = :site_id AND version = :version AND state = 'shadow'"
        ),
        {"site_id": site_id, "version": version, "state": state.value, "comparison": _json(comparison)},
    )


def _stored(row: Row[tuple[object, ...]]) -> StoredModel:
    return StoredModel(
        site_id=row.site_id,
        version=row.version,
        shipped_version=row.shipped_version,
        labels_up_to=row.labels_up_to,
        weights=bytes(row.weights),
        hold_from=row.hold_from,
        kept_promise=row.kept_promise,
    )


def _json(value: Mapping[str, object]) -> str:
    return orjson.dumps(value).decode()
