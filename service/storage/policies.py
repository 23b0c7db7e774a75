"""The versions of a site's policy: every one is kept, and one of them is in force."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, text

from service.moderation.model import Policy
from service.moderation.policy import policy_from_settings


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A policy, who made it, and why. `restored_from` is the version that it brought back."""

    policy: Policy
    changed_at: datetime
    changed_by: str
    note: str
    restored_from: int | None

    @property
    def version(self) -> int:
        return self.policy.version


_SELECT = "SELECT version, settings, changed_by, created_at, note, restored_from FROM policies WHERE site_id = :site_id"


def find(connection: Connection, site_id: int, version: int) -> PolicyVersion | None:
    """One version of a site's policy."""
    row = connection.execute(text(_SELECT + " AND version = :version"), {"site_id": site_id, "version": version})
    found = row.one_or_none()
    return None if found is None else _version(found)


def latest(connection: Connection, site_id: int, *, before: int | None, limit: int) -> list[PolicyVersion]:
    """Versions of a site's policy below `before`, the newest first."""
    query = text(
        _SELECT + " AND (CAST(:before AS integer) IS NULL OR version < :before) ORDER BY version DESC LIMIT :limit"
    )
    rows = connection.execute(query, {"site_id": site_id, "before": before, "limit": limit})
    return [_version(row) for row in rows]


def _version(row: Row[tuple[object, ...]]) -> PolicyVersion:
    policy = policy_from_settings(row.version, row.settings)
    return PolicyVersion(policy, row.created_at, row.changed_by, row.note, row.restored_from)
