"""Sites and the versions of their policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, text

from service.moderation.model import Policy
from service.moderation.policy import policy_from_settings, policy_to_settings

DEFAULT_MAX_COMMENT = 10_000
LARGEST_MAX_COMMENT = 20_000
DEFAULT_EDIT_WINDOW = timedelta(minutes=15)


class Friction(StrEnum):
    """Whose browser must compute a little before a comment is taken."""

    OFF = "off"
    SUSPICIOUS = "suspicious"


@dataclass(frozen=True, slots=True)
class Intake:
    """What a site asks of a submission. `max_comment` counts characters."""

    is_name_required: bool = True
    is_email_required: bool = True
    max_comment: int = DEFAULT_MAX_COMMENT
    help_lines: tuple[str, ...] = ()
    """Shown to an author whose own comment was held for a crisis, and to nobody else."""
    hold_after_reports: int | None = None
    """How many readers must report a comment until it is held by itself; None never holds for that."""
    edit_window: timedelta = DEFAULT_EDIT_WINDOW
    """For how long authors may change or delete what they wrote; zero is never."""
    keeps_old_revision: bool = True
    """Whether readers go on seeing the old text of an edited comment until the new one has passed."""
    friction: Friction = Friction.OFF
    replies_by_mail: bool = True
    """Whether authors may ask for mail about replies; it comes only where a mail server is named."""


@dataclass(frozen=True, slots=True)
class Site:
    """One website that uses this instance.

    `remote` is the service outside that is asked about its comments, as stored: see `RemoteSettings`. None asks nobody.
    """

    id: int
    key: str
    name: str
    origins: tuple[str, ...]
    intake: Intake
    policy: Policy
    remote: Mapping[str, object] | None = None
    owners_need_totp: bool = False
    """Whether its owners must log in with a code of an authenticator as well."""

    @property
    def own_hosts(self) -> frozenset[str]:
        return frozenset(urlsplit(origin).hostname or "" for origin in self.origins)


_SELECT = """
    SELECT s.id, s.key, s.name, s.origins, s.intake, s.remote, s.owners_need_totp, p.version, p.settings
    FROM sites s JOIN policies p ON p.site_id = s.id AND p.version = s.policy_version
"""


def find(connection: Connection, key: str) -> Site | None:
    row = connection.execute(text(_SELECT + "WHERE s.key = :key"), {"key": key}).one_or_none()
    return _site(row) if row else None


def of_comment(connection: Connection, comment_id: UUID) -> Site | None:
    where = "WHERE s.id = (SELECT site_id FROM comments WHERE id = :id)"
    row = connection.execute(text(_SELECT + where), {"id": comment_id}).one_or_none()
    return _site(row) if row else None


def by_ids(connection: Connection, ids: list[int]) -> dict[int, Site]:
    rows = connection.execute(text(_SELECT + "WHERE s.id = ANY(:ids)"), {"ids": ids})
    return {site.id: site for site in map(_site, rows)}


def everything(connection: Connection) -> list[Site]:
    return [_site(row) for row in connection.execute(text(_SELECT + "ORDER BY s.key"))]


def lock(connection: Connection, site_id: int) -> Site | None:
    """The site, which nobody else can change until this transaction ends."""
    # Apart from reading it: whoever had to wait must read the version that was made meanwhile.
    connection.execute(text("SELECT FROM sites WHERE id = :id FOR NO KEY UPDATE"), {"id": site_id})
    return by_ids(connection, [site_id]).get(site_id)


def add(connection: Connection, key: str, *, name: str, origins: list[str], changed_by: str) -> None:
    """A new site with the default policy. Raises IntegrityError when the key is taken."""
    site_id = connection.execute(
        text("INSERT INTO sites (key, name, origins) VALUES (:key, :name, :origins) RETURNING id"),
        {"key": key, "name": name, "origins": origins},
    ).scalar_one()
    _add_policy(connection, site_id, 1, Policy(), changed_by)


def change(
    connection: Connection,
    present: Site,
    wanted: Site,
    *,
    changed_by: str,
    note: str = "",
    restored_from: int | None = None,
) -> int:
    """Store a site's new settings; a changed policy becomes a new version. Returns the version in force.

    Key, id and the number of the policy stay what they are, whatever `wanted` says. `note` says why the policy was
    changed, `restored_from` which version it brings back.
    """
    version = present.policy.version
    if policy_to_settings(wanted.policy) != policy_to_settings(present.policy):
        latest = connection.execute(
            text("SELECT max(version) FROM policies WHERE site_id = :id"), {"id": present.id}
        ).scalar_one()
        version = latest + 1
        _add_policy(connection, present.id, version, wanted.policy, changed_by, note, restored_from)
    connection.execute(
        text(
            "UPDATE sites SET name = :name, origins = :origins, intake = CAST(:intake AS jsonb),"
            " remote = CAST(:remote AS jsonb), policy_version = :version, owners_need_totp = :owners_need_totp"
            " WHERE id = :id"
        ),
        {
            "id": present.id,
            "name": wanted.name,
            "origins": list(wanted.origins),
            "version": version,
            "intake": _json(_intake_settings(wanted.intake)),
            "owners_need_totp": wanted.owners_need_totp,
            "remote": None if wanted.remote is None else _json(wanted.remote),
        },
    )
    return version


def _intake_settings(intake: Intake) -> dict[str, object]:
    return {
        "require_name": intake.is_name_required,
        "require_email": intake.is_email_required,
        "max_comment": intake.max_comment,
        "help_lines": list(intake.help_lines),
        "hold_after_reports": intake.hold_after_reports,
        "edit_window": intake.edit_window // timedelta(minutes=1),
        "old_revision": "keep" if intake.keeps_old_revision else "hide",
        "friction": intake.friction.value,
        "replies_by_mail": intake.replies_by_mail,
    }


def _add_policy(
    connection: Connection,
    site_id: int,
    version: int,
    policy: Policy,
    changed_by: str,
    note: str = "",
    restored_from: int | None = None,
) -> None:
    connection.execute(
        text(
            "INSERT INTO policies (site_id, version, settings, changed_by, note, restored_from)"
            " VALUES (:site_id, :version, CAST(:settings AS jsonb), :changed_by, :note, :restored_from)"
        ),
        {
            "site_id": site_id,
            "version": version,
            "settings": _json(policy_to_settings(policy)),
            "changed_by": changed_by,
            "note": note,
            "restored_from": restored_from,
        },
    )


def _site(row: Row[tuple[object, ...]]) -> Site:
    return Site(
        id=row.id,
        key=row.key,
        name=row.name,
        origins=tuple(row.origins),
        intake=intake_of(row.intake),
        policy=policy_from_settings(row.version, row.settings),
        remote=row.remote,
        owners_need_totp=row.owners_need_totp,
    )


def intake_of(settings: Mapping[str, Any]) -> Intake:
    """What a site asks of a submission, as it is stored."""
    return Intake(
        is_name_required=settings.get("require_name", True),
        is_email_required=settings.get("require_email", True),
        max_comment=settings.get("max_comment", DEFAULT_MAX_COMMENT),
        help_lines=tuple(settings.get("help_lines", ())),
        hold_after_reports=settings.get("hold_after_reports"),
        edit_window=timedelta(minutes=settings["edit_window"]) if "edit_window" in settings else DEFAULT_EDIT_WINDOW,
        keeps_old_revision=settings.get("old_revision", "keep") == "keep",
        friction=Friction(settings.get("friction", Friction.OFF)),
        replies_by_mail=settings.get("replies_by_mail", True),
    )


def _json(value: Mapping[str, object]) -> str:
    return orjson.dumps(value).decode()
