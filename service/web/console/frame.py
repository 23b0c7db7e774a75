"""What every page of the desk stands in: who is logged in, and the doors that are open to them."""

from collections.abc import Collection
from typing import Any, NamedTuple

from flask import render_template, request, url_for

from service.errors import NotFound, Problem
from service.storage.actors import DECIDERS, EVERY_ROLE, OWNERS, Actor
from service.web import access


class Door(NamedTuple):
    """One entry of the desk's menu, for those who have one of `roles` on some site."""

    endpoint: str
    title: str
    roles: Collection[str]


DOORS: tuple[Door, ...] = (
    Door("desk_queue.queue", "Review queue", EVERY_ROLE),
    Door("desk_bulk.index", "Bulk decisions", EVERY_ROLE),
    Door("desk_bans.index", "Bans", DECIDERS),
    Door("desk_rules.index", "Rules", EVERY_ROLE),
    Door("desk_mails.index", "Mails", OWNERS),
    Door("desk_insights.index", "Insights", EVERY_ROLE),
    Door("desk_people.index", "People", OWNERS),
    Door("desk_tokens.index", "Tokens", OWNERS),
    Door("desk_audit.index", "Audit log", OWNERS),
)


def _is_open(door: Door) -> bool:
    """Whether this page stands behind that door: they share the blueprint."""
    return door.endpoint.partition(".")[0] == request.blueprint


def desk_page(template: str, actor: Actor, **context: Any) -> str:  # noqa: ANN401 - whatever the template shows
    """A page of the desk for this moderator."""
    doors = [
        {"url": url_for(door.endpoint), "title": door.title, "is_open": _is_open(door)}
        for door in DOORS
        if actor.sites_with(door.roles)
    ]
    return render_template(template, actor=actor, doors=doors, csrf_token=access.csrf_token(request), **context)


def chosen_site(actor: Actor, roles: Collection[str], asked: str) -> tuple[str, list[str]]:
    """The key of the site that was asked for, or of the first one on which they have such a role; and all of those.

    Raises:
        NotFound: they have no such role on the site.

    """
    keys = sorted(key for key, site_id in actor.site_ids.items() if actor.may(roles, site_id))
    if not asked and keys:
        return keys[0], keys
    if asked not in keys:
        raise NotFound("There is no such site, or it is none of yours.")
    return asked, keys


def complaints(problem: Problem | None) -> dict[str, str]:
    """What is wrong with a form, by field; under the empty name what is about none of them."""
    if problem is None:
        return {}
    found = {error.pointer.lstrip("/"): error.detail for error in problem.errors}
    return found or {"": problem.detail}
