"""The rules editor: a site's rules and settings, what a change would have done before it is saved, and the history."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Response, make_response, redirect, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from service.errors import NotFound, Problem, invalid
from service.moderation.conditions import in_words
from service.moderation.model import Policy, Rule
from service.moderation.policy_changes import policy_changes
from service.moderation.rule_settings import KINDS, MAX_REASON, rule_to_settings
from service.storage.actors import EVERY_ROLE, OWNERS, Actor
from service.storage.rule_hits import Hits
from service.usecases.change_policy import change_policy, problems_of_policy, restore_policy, with_owners
from service.usecases.dry_run import DryRun, dry_run
from service.web import access
from service.web.api.policy import hit_page, policy_in_force, version_page
from service.web.api.policy_schemas import MAX_VERSION
from service.web.console import rules_words as words
from service.web.console.frame import desk_page
from service.web.console.rules_forms import (
    THRESHOLDS,
    EditForm,
    complaints_of,
    fields_of_rule,
    fields_of_settings,
    read_edit,
    wanted_policy,
)
from service.web.context import runtime
from service.web.dry_run_words import sentences
from service.web.parsing import ClosedQuery, read_form, read_query

desk_rules = APIBlueprint("desk_rules", __name__, url_prefix="/desk/rules", enable_openapi=False)

VERSIONS = 20
MET = 20


class RulesQuery(ClosedQuery):
    """What the address of a page of rules may say."""

    saved: int | None = Field(None, ge=1, le=MAX_VERSION)
    kind: str = Field("word", max_length=20)
    cursor: int | None = Field(None, ge=1, le=MAX_VERSION)


@desk_rules.get("/")
def index() -> str:
    """The sites whose rules one may see."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    sites = sorted(key for key, site_id in actor.site_ids.items() if actor.may(EVERY_ROLE, site_id))
    return desk_page("desk/rules_sites.html", actor, sites=sites)


@desk_rules.get("/<site_key>")
def show(site_key: str) -> str:
    """The rules of a site, each with its state and its hits, and the settings."""
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=site_key)
    query = RulesQuery.read(read_query(request))
    present, hits = policy_in_force(actor.site_ids[site_key])
    return _page(
        "desk/rules.html", actor, site_key,
        present=present,
        rules=[_shown(rule, hits.get(rule.id, Hits())) for rule in present.policy.rules],
        kinds=words.KIND_TITLES,
        mode=words.MODES[present.policy.mode],
        saved=query.saved,
    )  # fmt: skip


@desk_rules.get("/<site_key>/new")
def new(site_key: str) -> Response:
    """The form of a new rule of one kind."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    query = RulesQuery.read(read_query(request))
    if query.kind not in KINDS:
        raise NotFound("There is no such kind of rule.")
    present, _ = policy_in_force(actor.site_ids[site_key])
    fields = {"kind": query.kind, "in_text": "1", "in_name": "1", "verdict": "hold", "state": "on"}
    return _form(actor, site_key, "rule", {**fields, "based_on": present.version})


@desk_rules.get("/<site_key>/rules/<rule_id>")
def edit(site_key: str, rule_id: str) -> Response:
    """The form of one rule."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    present, _ = policy_in_force(actor.site_ids[site_key])
    rule = next((rule for rule in present.policy.rules if rule.id == rule_id), None)
    if rule is None:
        raise NotFound("This site has no such rule. Somebody may have removed it.")
    fields = {**fields_of_rule(rule_to_settings(rule)), "based_on": present.version}
    return _form(actor, site_key, "rule", fields, met=_met(actor.site_ids[site_key], rule_id))


@desk_rules.get("/<site_key>/settings")
def settings(site_key: str) -> Response:
    """The form of a site's mode, thresholds and the like."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    present, _ = policy_in_force(actor.site_ids[site_key])
    return _form(actor, site_key, "settings", {**fields_of_settings(present.policy), "based_on": present.version})


@desk_rules.get("/<site_key>/history")
def history(site_key: str) -> str:
    """The versions of a site's policy, the newest first."""
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=site_key)
    query = RulesQuery.read(read_query(request))
    site_id = actor.site_ids[site_key]
    present, _ = policy_in_force(site_id)
    page = version_page(site_id, before=query.cursor, limit=VERSIONS)
    return _page("desk/rules_history.html", actor, site_key, page=page, present=present)


@desk_rules.post("/<site_key>/try")
def attempt(site_key: str) -> AnyResponse:
    """What an edit would have done with the last comments; only here can it be saved."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    sent = read_form(request)
    try:
        form = read_edit(sent)
        present, _ = policy_in_force(actor.site_ids[site_key])
        wanted = with_owners(wanted_policy(form, present.policy, actor.site_ids[site_key]), present.policy, actor.label)
        if form.edit != "restore" and (problems := list(problems_of_policy(wanted, present.policy))):
            raise invalid(problems)
        found = dry_run(runtime().engine, actor.site_ids[site_key], wanted, clock=time.monotonic)
    except Problem as problem:
        return _refused(actor, site_key, sent, problem)
    return make_response(
        _page(
            "desk/rules_trial.html", actor, site_key,
            changes=list(policy_changes(present.policy, wanted).sentences()),
            trial=_trial(found, wanted),
            kept={name: value for name, value in sent.items() if name not in {"note", "based_on"}},
            based_on=form.based_on,
            is_overtaken=form.based_on != present.version,
            edit=form.edit,
        )
    )  # fmt: skip


@desk_rules.post("/<site_key>/save")
def save(site_key: str) -> AnyResponse:
    """Put the edit into force."""
    actor = access.require_actor(request, roles=OWNERS, site_key=site_key)
    sent = read_form(request)
    try:
        version = _save(read_edit(sent), actor.site_ids[site_key], actor)
    except Problem as problem:
        return _refused(actor, site_key, sent, problem)
    return redirect(url_for("desk_rules.show", site_key=site_key, saved=version), 303)


def _save(form: EditForm, site_id: int, actor: Actor) -> int:
    if form.edit == "restore":
        return restore_policy(runtime().engine, site_id, form.version or 0, based_on=form.based_on, by=actor)
    present, _ = policy_in_force(site_id)
    wanted = wanted_policy(form, present.policy, site_id)
    return change_policy(runtime().engine, site_id, wanted, based_on=form.based_on, note=form.note.strip(), by=actor)


def _page(template: str, actor: Actor, site_key: str, **context: Any) -> str:  # noqa: ANN401 - what the template shows
    is_owner = actor.may(OWNERS, actor.site_ids[site_key])
    return desk_page(template, actor, site_key=site_key, is_owner=is_owner, words=words, **context)


def _met(site_id: int, rule_id: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """The last comments that met a rule while it was on, and those while it stood in the shadow."""
    found = [
        (title, hit_page(site_id, rule_id, is_shadow=is_shadow, cursor=None, limit=MET)["hits"])
        for title, is_shadow in (("While it was on", False), ("While it stood in the shadow", True))
    ]
    return [(title, hits) for title, hits in found if hits]


def _form(
    actor: Actor,
    site_key: str,
    kind: str,
    fields: Mapping[str, Any],
    problem: Problem | None = None,
    *,
    met: Sequence[tuple[str, list[dict[str, Any]]]] = (),
) -> Response:
    """The form of an edit, with what was typed and what is wrong with it."""
    page = _page(
        "desk/rules_settings.html" if kind == "settings" else "desk/rule.html", actor, site_key,
        fields=fields,
        problem=problem,
        errors=complaints_of(problem),
        thresholds=THRESHOLDS,
        longest_reason=MAX_REASON,
        met=met,
    )  # fmt: skip
    return make_response(page, problem.status if problem else 200)


def _refused(actor: Actor, site_key: str, sent: Mapping[str, Any], problem: Problem) -> Response:
    """The form again where somebody typed into one; the page of the problem otherwise."""
    if sent.get("edit") not in {"rule", "settings"} or problem.status not in {409, 422}:
        raise problem
    fields = {"kind": "word", "verdict": "hold", "state": "on", **sent}
    if fields["kind"] not in KINDS:
        raise problem
    return _form(actor, site_key, str(sent["edit"]), fields, problem)


def _shown(rule: Rule, hits: Hits) -> dict[str, Any]:
    return {
        "id": rule.id,
        "what": in_words(rule.condition),
        "verdict": rule.verdict.value,
        "state": rule.state.value,
        "owner": rule.owner,
        "reason": rule.reason,
        "hits": hits,
    }


def _trial(found: DryRun, wanted: Policy) -> dict[str, Any]:
    """What a dry run found, as the page shows it."""
    named = {rule.id: rule for rule in wanted.rules}
    return {
        "sentences": sentences(found),
        "is_complete": found.is_complete,
        "looked_at": found.looked_at,
        "count": sum(found.turns.values()),
        "against": sum(found.against_moderators.values()),
        "listed": found.listed,
        "what": {rule_id: in_words(rule.condition) for rule_id, rule in named.items()},
        "shadows": [
            (in_words(rule.condition), found.met[rule.id]) for rule in wanted.rules if rule.state.value == "shadow"
        ],
    }
