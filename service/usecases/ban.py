"""Ban somebody from a site, lift a ban, and find the ban that a comment meets."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine

from service.errors import FieldError, NotFound, invalid
from service.moderation.hosts import HostProblem, canonical_host
from service.moderation.model import Ban, BanEffect, BanKind
from service.moderation.patterns import pattern_finder, problem_of_pattern
from service.storage import audit, bans
from service.storage.actors import Actor
from service.storage.bans import MOST_NAMES, NewBan, StoredBan, Suspect
from service.storage.checking import RevisionKey

_STRENGTH = (BanEffect.HOLD, BanEffect.REJECT, BanEffect.SHADOW)
"""Where several are met, the last of these counts: somebody who must not notice isn't told by another ban."""


def ban(engine: Engine, new: NewBan, *, by: Actor, now: datetime) -> StoredBan:
    """Ban from now on; what was published before stays.

    Raises:
        Invalid: the value is no host or pattern, the moment is past, or the comment lacks what is to be banned.

    """
    problems = _problems(new, now)
    if problems:
        raise invalid(problems)
    with engine.begin() as connection:
        if new.comment_id is not None and not bans.has_comment(connection, new.site_id, new.comment_id):
            raise invalid([FieldError("/comment_id", "not_found", "This site has no such comment.")])
        if new.kind is BanKind.NAME and bans.count_names(connection, new.site_id, now=now) >= MOST_NAMES:
            raise invalid([FieldError("/kind", "too_many", f"{MOST_NAMES} patterns of names are in force already.")])
        ban_id = bans.add(connection, new, made_by=by.label)
        if ban_id is None:
            what = "no e-mail address" if new.kind is BanKind.EMAIL else "no network any more"
            raise invalid([FieldError("/comment_id", "unknown", f"There is {what} known of this comment's author.")])
        audit.note(
            connection,
            by,
            "ban_made",
            site_id=new.site_id,
            subject=f"ban:{ban_id}",
            details={"kind": new.kind.value, "effect": new.effect.value, "expires_at": new.expires_at},
        )
        return _found(connection, ban_id, new.site_id, now)


def _problems(new: NewBan, now: datetime) -> list[FieldError]:
    problems = []
    if new.expires_at is not None and new.expires_at <= now:
        problems.append(FieldError("/expires_at", "past", "This moment is past."))
    if new.kind in {BanKind.EMAIL, BanKind.NETWORK}:
        if new.comment_id is None:
            problems.append(FieldError("/comment_id", "required", "Point at a comment of whom you ban."))
        if new.value is not None:
            problems.append(FieldError("/value", "not_wanted", "It is taken from the comment."))
    elif not new.value:
        problems.append(FieldError("/value", "required", "Name the website, or the pattern of the name."))
    elif new.kind is BanKind.NAME and (sentence := problem_of_pattern(new.value)):
        problems.append(FieldError("/value", "pattern", sentence))
    return problems


def host_of(value: str) -> str:
    """The host in its one spelling, with neither scheme nor path; a `www.` in front is left out, as it is below.

    Raises:
        Invalid: it is none.

    """
    raw = value.strip().partition("://")[2] or value.strip()
    try:
        host = canonical_host(raw.partition("/")[0].partition(":")[0])
    except HostProblem:
        host = ""
    if "." not in host:
        raise invalid([FieldError("/value", "host", "This is no website. Write it like example.org.")])
    return host.removeprefix("www.")


def lift_ban(engine: Engine, ban_id: int, *, site_id: int, by: Actor, now: datetime) -> StoredBan:
    """End a ban before its time; one that was lifted before stays as it is.

    Raises:
        NotFound: the site has no such ban.

    """
    with engine.begin() as connection:
        if bans.lift(connection, ban_id, site_id=site_id, lifted_by=by.label):
            audit.note(connection, by, "ban_lifted", site_id=site_id, subject=f"ban:{ban_id}")
        return _found(connection, ban_id, site_id, now)


def _found(connection: Connection, ban_id: int, site_id: int, now: datetime) -> StoredBan:
    found = bans.find(connection, ban_id, site_id=site_id, now=now)
    if found is None:
        raise NotFound("This site has no such ban.")
    return found


def bans_met(
    connection: Connection, suspects: Sequence[Suspect], names: Mapping[RevisionKey, str], *, now: datetime
) -> dict[RevisionKey, Ban]:
    """The ban that counts for each revision that meets any."""
    met: dict[RevisionKey, Ban] = {}
    for candidate in bans.candidates(connection, suspects, now=now):
        if candidate.pattern is not None and not pattern_finder(candidate.pattern)(names[candidate.key]):
            continue
        so_far = met.get(candidate.key)
        if so_far is None or _STRENGTH.index(candidate.ban.effect) > _STRENGTH.index(so_far.effect):
            met[candidate.key] = candidate.ban
    return met
