"""Change whatever a site has of settings, its policy among them: for whoever has a shell on the machine."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace

from sqlalchemy import Engine

from service.errors import NotFound
from service.storage import audit, sites
from service.storage.actors import Actor
from service.storage.sites import Intake, Site
from service.usecases.change_policy import save_policy, with_owners


def change_site(engine: Engine, site_id: int, wanted: Callable[[Site], Site], *, by: Actor) -> int:
    """Store what `wanted` makes of the site as it is now. Returns the version of the policy in force.

    A policy that changed is a new version, of which the audit log tells apart from the other settings. Of those it has
    the names; their values may be somebody's words. What `wanted` raises changes nothing.

    Raises:
        NotFound: there is no such site.

    """
    with engine.begin() as connection:
        site = sites.lock(connection, site_id)
        if site is None:
            raise NotFound("There is no such site.")
        changed = wanted(site)
        policy = with_owners(changed.policy, site.policy, by.label)
        if names := list(_different(site, changed)):
            sites.change(connection, site, replace(changed, policy=site.policy), changed_by=by.label)
            audit.note(
                connection, by, "site_changed", site_id=site.id, subject=f"site:{site.key}", details={"settings": names}
            )
        return save_policy(connection, replace(changed, policy=site.policy), policy, note="", by=by)


def _different(before: Site, after: Site) -> Iterator[str]:
    for name in ("name", "origins", "remote", "owners_need_totp"):
        if getattr(before, name) != getattr(after, name):
            yield name
    for setting in fields(Intake):
        if getattr(before.intake, setting.name) != getattr(after.intake, setting.name):
            yield setting.name
