"""The policy of a site: its rules and settings, its history, and a dry run before anything is changed."""

import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import NotFound
from service.moderation.policy import policy_to_settings
from service.moderation.policy_changes import policy_changes
from service.storage import policies, rule_hits, sites
from service.storage.actors import EVERY_ROLE, OWNERS
from service.storage.policies import PolicyVersion
from service.storage.rule_hits import Hits, Place
from service.usecases.change_policy import change_policy, restore_policy
from service.usecases.dry_run import DryRun, dry_run
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.policy_schemas import (
    MAX_POLICY_BYTES,
    MAX_VERSION,
    DryRunIn,
    DryRunOut,
    HitPageOut,
    HitsQuery,
    PolicyChangeIn,
    PolicyOut,
    RestoreIn,
    VersionInForceOut,
    VersionPageOut,
    VersionsQuery,
    policy_of,
)
from service.web.context import runtime
from service.web.dry_run_words import sentences
from service.web.parsing import read_body, read_query

policy_api = APIBlueprint("policy", __name__, tag="Rules")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
POLICY = "/api/v1/sites/<site_key>/policy"


@policy_api.get(POLICY)
@policy_api.output(PolicyOut, description="The policy in force.")
@policy_api.doc(summary="Show a site's policy", security=MODERATORS, responses=refusals(401, 403, 503))
def show_policy(site_key: str) -> Response:
    """Its settings and rules, and how often each rule was met."""
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=site_key)
    present, hits = policy_in_force(actor.site_ids[site_key])
    return as_json(
        {
            **_head(present),
            "policy": policy_to_settings(present.policy),
            "hits": [{"rule_id": rule.id, **asdict(hits[rule.id])} for rule in present.policy.rules if rule.id in hits],
        }
    )


@policy_api.put(POLICY)
@describe(PolicyChangeIn)
@policy_api.output(VersionInForceOut, description="It is in force, for comments from now on.")
@policy_api.doc(
    summary="Change a site's policy", security=MODERATORS, responses=refusals(400, 401, 403, 409, 413, 415, 422, 503)
)
def put_policy(site_key: str) -> Response:
    """Send the whole policy, and the version that you saw. Where nothing is different, no version is made."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    body = read_body(request, limit=MAX_POLICY_BYTES)
    wanted = PolicyChangeIn.read(body)
    policy = policy_of(body["policy"], wanted.based_on)
    site_id = actor.site_ids[site_key]
    version = change_policy(
        runtime().engine, site_id, policy, based_on=wanted.based_on, note=wanted.note.strip(), by=actor
    )
    return as_json({"version": version})


@policy_api.post(f"{POLICY}/dry-run")
@describe(DryRunIn)
@policy_api.output(DryRunOut, description="What it would have done.")
@policy_api.doc(
    summary="Try a policy on the last comments",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 413, 415, 422, 503),
)
def try_policy(site_key: str) -> Response:
    """Judge the last 2,000 comments by it, on the evidence that is stored. Nothing is changed."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    body = read_body(request, limit=MAX_POLICY_BYTES)
    DryRunIn.read(body)
    found = dry_run(runtime().engine, actor.site_ids[site_key], policy_of(body["policy"], 1), clock=time.monotonic)
    return as_json(_dry_run(found))


@policy_api.get(f"{POLICY}/versions")
@describe(VersionsQuery, where="query")
@policy_api.output(VersionPageOut, description="A page of the history.")
@policy_api.doc(
    summary="List the versions of a site's policy",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 422, 503),
)
def list_versions(site_key: str) -> Response:
    """The newest first, each with what it changed."""
    query = VersionsQuery.read(read_query(request))
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=site_key)
    return as_json(version_page(actor.site_ids[site_key], before=query.cursor, limit=query.limit))


@policy_api.get(f"{POLICY}/versions/<int:version>")
@policy_api.output(PolicyOut, description="The policy as it was.")
@policy_api.doc(summary="Show one version of a policy", security=MODERATORS, responses=refusals(401, 403, 404, 503))
def show_version(site_key: str, version: int) -> Response:
    """Its settings and rules; hits are counted for the policy in force alone."""
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=site_key)
    found = find_version(actor.site_ids[site_key], version)
    return as_json({**_head(found), "policy": policy_to_settings(found.policy), "hits": []})


@policy_api.get(f"{POLICY}/rules/<rule_id>/hits")
@describe(HitsQuery, where="query")
@policy_api.output(HitPageOut, description="A page of what the rule met.")
@policy_api.doc(summary="List what a rule met", security=MODERATORS, responses=refusals(400, 401, 403, 422, 503))
def list_hits(site_key: str, rule_id: str) -> Response:
    """The newest first, each with what became of the comment; empty for a rule that never met anything."""
    query = HitsQuery.read(read_query(request))
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=site_key)
    return as_json(
        hit_page(actor.site_ids[site_key], rule_id, is_shadow=query.shadow, cursor=query.cursor, limit=query.limit)
    )


@policy_api.post(f"{POLICY}/versions/<int:version>/restore")
@describe(RestoreIn)
@policy_api.output(VersionInForceOut, 201, description="It is in force again, as a new version.")
@policy_api.doc(
    summary="Bring a version of a policy back",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
def restore_version(site_key: str, version: int) -> Response:
    """Going back is a new version: the history is never cut."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    body = RestoreIn.read(read_body(request))
    site_id = actor.site_ids[site_key]
    if version > MAX_VERSION:
        raise NotFound("This site's policy has no such version.")
    restored = restore_policy(runtime().engine, site_id, version, based_on=body.based_on, by=actor)
    return as_json({"version": restored}, status=201)


def policy_in_force(site_id: int) -> tuple[PolicyVersion, dict[str, Hits]]:
    """The policy of a site and how often its rules were met.

    Raises:
        NotFound: there is no such site.

    """
    with runtime().statements.connect() as connection:
        site = sites.by_ids(connection, [site_id]).get(site_id)
        found = policies.find(connection, site_id, site.policy.version) if site else None
        if found is None:
            raise NotFound("There is no such site.")
        return found, rule_hits.of_site(connection, site_id)


def hit_page(site_id: int, rule_id: str, *, is_shadow: bool, cursor: str | None, limit: int) -> dict[str, Any]:
    """A page of what a rule met, as it goes out. The cursor is in microseconds since 1970."""
    after = None
    if cursor is not None:
        at, _, comment_id = cursor.partition(".")
        after = Place(EPOCH + timedelta(microseconds=int(at)), UUID(comment_id))
    with runtime().statements.connect() as connection:
        found = rule_hits.latest(connection, site_id, rule_id, is_shadow=is_shadow, after=after, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return {
        "hits": [asdict(hit) for hit in found[:limit]],
        "next_cursor": f"{(last.at - EPOCH) // timedelta(microseconds=1)}.{last.comment_id}" if last else None,
    }


def find_version(site_id: int, version: int) -> PolicyVersion:
    """One version of a site's policy. Raises NotFound when there is none."""
    with runtime().statements.connect() as connection:
        found = policies.find(connection, site_id, version) if version <= MAX_VERSION else None
    if found is None:
        raise NotFound(f"This site's policy has no version {version}.")
    return found


def version_page(site_id: int, *, before: int | None, limit: int) -> dict[str, Any]:
    """A page of the history as it goes out."""
    with runtime().statements.connect() as connection:
        found = policies.latest(connection, site_id, before=before, limit=limit + 1)
    pairs = list(zip(found[:limit], [*found[1:], None], strict=False))
    return {
        "versions": [
            {**_head(after), "changes": [] if earlier is None else _changes(earlier, after)} for after, earlier in pairs
        ],
        "next_cursor": found[limit - 1].version if len(found) > limit else None,
    }


def _changes(before: PolicyVersion, after: PolicyVersion) -> list[str]:
    return list(policy_changes(before.policy, after.policy).sentences())


def _head(found: PolicyVersion) -> dict[str, Any]:
    return {
        "version": found.version,
        "changed_at": found.changed_at,
        "changed_by": found.changed_by,
        "note": found.note,
        "restored_from": found.restored_from,
    }


def _dry_run(found: DryRun) -> dict[str, Any]:
    return {
        "looked_at": found.looked_at,
        "is_complete": found.is_complete,
        "summary": sentences(found),
        "turns": [
            {
                "old": turn.old,
                "new": turn.new,
                "count": count,
                "against_moderators": found.against_moderators[turn],
            }
            for turn, count in found.turns.most_common()
        ],
        "met": [{"rule_id": rule_id, "count": count} for rule_id, count in found.met.most_common()],
        "comments": [asdict(changed) for changed in found.listed],
    }
