"""The forms of the rules editor: one edit of a site's policy, as a browser sends it."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from service.errors import NotFound, Problem
from service.moderation.model import Label, Policy
from service.moderation.policy import policy_to_settings
from service.web.api.policy import find_version
from service.web.api.policy_schemas import MAX_NOTE, MAX_VERSION, policy_of
from service.web.parsing import ClosedQuery

THRESHOLDS: Mapping[Label, tuple[str, ...]] = {
    Label.SPAM: ("hold", "spam", "reject"),
    Label.ILLEGAL_SALE: ("hold", "spam", "reject", "escalate"),
    Label.TOXICITY: ("hold", "reject", "escalate"),
    Label.THREAT: ("hold", "escalate"),
    Label.CRISIS: ("hold", "escalate"),
    Label.PERSONAL_DATA: ("hold", "reject", "escalate"),
}
"""Which lines the page lets an owner move. The others can be moved over the API; here they stay as they are."""

Line = Field(None, ge=0, le=1)


class EditForm(ClosedQuery):
    """One edit. Which fields are looked at depends on `edit`; those that are left empty are not sent."""

    edit: Literal["rule", "state", "remove", "settings", "restore"]
    based_on: int = Field(ge=1, le=MAX_VERSION)
    note: str = Field("", max_length=MAX_NOTE)
    version: int | None = Field(None, ge=1, le=MAX_VERSION)

    rule_id: str | None = Field(None, max_length=40)
    kind: str = Field("word", max_length=20)
    word: str = Field("", max_length=20_000)
    pattern: str = Field("", max_length=20_000)
    in_text: bool = False
    in_name: bool = False
    in_website: bool = False
    more_than: int | None = None
    host: str = Field("", max_length=2_000)
    fewer_than: int | None = None
    days: int | None = None
    languages: str = Field("", max_length=1_000)
    since: str = Field("", alias="from", max_length=20)
    until: str = Field("", max_length=20)
    verdict: str = Field("hold", max_length=20)
    state: str = Field("on", max_length=20)
    reason: str = Field("", max_length=2_000)

    mode: str = Field("publish_what_passes", max_length=40)
    max_links: int | None = None
    promise: float | None = None
    time_zone: str = Field("UTC", max_length=64)


class SettingsForm(EditForm):
    """The same with the lines of the thresholds."""

    spam_hold: float | None = Line
    spam_spam: float | None = Line
    spam_reject: float | None = Line
    illegal_sale_hold: float | None = Line
    illegal_sale_spam: float | None = Line
    illegal_sale_reject: float | None = Line
    illegal_sale_escalate: float | None = Line
    toxicity_hold: float | None = Line
    toxicity_reject: float | None = Line
    toxicity_escalate: float | None = Line
    threat_hold: float | None = Line
    threat_escalate: float | None = Line
    crisis_hold: float | None = Line
    crisis_escalate: float | None = Line
    personal_data_hold: float | None = Line
    personal_data_reject: float | None = Line
    personal_data_escalate: float | None = Line


def read_edit(fields: Mapping[str, Any]) -> EditForm:
    """The edit that a form sends.

    Raises:
        Invalid: with every field that is wrong.

    """
    return SettingsForm.read(fields)


def wanted_policy(form: EditForm, present: Policy, site_id: int) -> Policy:
    """The policy that follows from the present one by this edit.

    Raises:
        NotFound: there is no such rule or version.
        Invalid: naming the field that is wrong.

    """
    if form.edit == "restore":
        return find_version(site_id, form.version or 0).policy
    settings = dict(policy_to_settings(present))
    if form.edit == "settings":
        settings |= _settings(form, present)
    else:
        settings["rules"] = _rules(form, settings["rules"])
    return policy_of(settings, present.version)


def fields_of_rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the form for a stored rule."""
    fields = {name: value for name, value in rule.items() if name not in {"in", "languages", "id"}}
    fields |= {f"in_{place}": "1" for place in rule.get("in", ())}
    return {**fields, "rule_id": rule["id"], "languages": ", ".join(rule.get("languages", ()))}


def fields_of_settings(policy: Policy) -> dict[str, Any]:
    """The values of the form for a policy's settings."""
    lines = {
        f"{label}_{name}": getattr(policy.thresholds[label], name)
        for label, names in THRESHOLDS.items()
        for name in names
    }
    return {
        "mode": policy.mode.value,
        "max_links": policy.max_links,
        "promise": policy.promise,
        "time_zone": policy.time_zone,
        **lines,
    }


def complaints_of(problem: Problem | None) -> dict[str, str]:
    """What is wrong with an edit, by the field of its form; under the empty name what is about none of them."""
    if problem is None:
        return {}
    found = {}
    for error in problem.errors:
        name = error.pointer.rpartition("/")[2]
        found["" if name.isdigit() or name in {"rules", "policy"} else name] = error.detail
    return found or {"": problem.detail}


def _rules(form: EditForm, rules: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - plain JSON values
    place = next((number for number, rule in enumerate(rules) if rule["id"] == form.rule_id), None)
    if form.rule_id is not None and place is None:
        raise NotFound("There is no such rule any more. Somebody may have removed it.")
    if form.edit == "remove":
        return [rule for rule in rules if rule["id"] != form.rule_id]
    if place is None:
        if form.edit == "state":
            raise NotFound("There is no such rule.")
        return [*rules, _rule(form)]
    changed = {**rules[place], "state": form.state} if form.edit == "state" else {**_rule(form), "id": form.rule_id}
    return [*rules[:place], changed, *rules[place + 1 :]]


def _rule(form: EditForm) -> dict[str, Any]:
    places = [name for name in ("text", "name", "website") if getattr(form, f"in_{name}")]
    asked: dict[str, dict[str, Any]] = {
        "word": {"word": form.word.strip(), "in": places},
        "pattern": {"pattern": form.pattern.strip(), "in": places},
        "links": {"more_than": form.more_than},
        "link_host": {"host": form.host.strip()},
        "link_pattern": {"pattern": form.pattern.strip()},
        "few_published": {"fewer_than": form.fewer_than},
        "new_author": {"days": form.days},
        "language": {"languages": [part.strip().lower() for part in form.languages.split(",") if part.strip()]},
        "time_of_day": {"from": form.since, "until": form.until},
    }
    return {
        "kind": form.kind,
        **asked.get(form.kind, {}),
        "verdict": form.verdict,
        "state": form.state,
        "reason": form.reason.strip(),
    }


def _settings(form: EditForm, present: Policy) -> dict[str, Any]:
    stored: Any = policy_to_settings(present)["thresholds"]
    lines = {
        label.value: {**stored[label.value], **{name: getattr(form, f"{label}_{name}") for name in names}}
        for label, names in THRESHOLDS.items()
    }
    return {
        "mode": form.mode,
        "max_links": form.max_links,
        "promise": form.promise,
        "time_zone": form.time_zone.strip(),
        "thresholds": {**stored, **lines},
    }
