"""Sites and their settings."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import IntegrityError

from service.cli.common import CONSOLE, fail, in_words, new_runtime, read_name
from service.gateways.remote.build import remote_guard
from service.gateways.remote.model import RemoteComment, RemoteFailed
from service.gateways.remote.secret_names import secrets_in
from service.gateways.remote.settings import RemoteSettings
from service.gateways.remote.store import RedisStore
from service.moderation.page_url import PageUrlProblem, canonicalise_origin
from service.moderation.policy import policy_from_settings, policy_to_settings, problem_of_thresholds
from service.moderation.rule_settings import problems_of_rules
from service.runtime import Runtime
from service.settings import SECRETS_DIR, environment
from service.storage import audit, sites
from service.storage.sites import LARGEST_MAX_COMMENT, Friction, Intake, Site
from service.usecases.change_site import change_site
from service.usecases.local_time import is_time_zone

LONGEST_KEY = 63
LONGEST_NAME = 200
MOST_REPORTS = 1_000
INTAKE = (
    "require_name", "require_email", "max_comment", "help_lines", "hold_after_reports", "edit_window", "old_revision",
    "friction", "replies_by_mail",
)  # fmt: skip
LONGEST_EDIT_WINDOW = 7 * 24 * 60
"""Minutes. Whoever changes what was said a week ago changes what others have answered to."""
MAX_HELP_LINES = 10
LONGEST_HELP_LINE = 200


@click.group()
def site() -> None:
    """Websites that use this instance."""


@site.command()
@click.argument("key")
@click.option("--origin", "origins", multiple=True, required=True, help="Like https://example.org; repeat for more.")
@click.option("--name", help="For people; the key if left out.")
@in_words
def add(key: str, origins: tuple[str, ...], name: str | None) -> None:
    """Add a site.

    \b
    greenroom site add blog --origin https://example.org --origin https://www.example.org
    """
    if not key.isascii() or not key.replace("-", "").isalnum() or key != key.lower() or key.startswith("-"):
        fail("A site's key has lower-case letters, digits and hyphens only, and begins with no hyphen.")
    if len(key) > LONGEST_KEY:
        fail(f"A site's key has at most {LONGEST_KEY} characters.")
    shown = read_name(name or key, "--name", LONGEST_NAME)
    allowed = [_origin(origin) for origin in origins]
    try:
        with new_runtime().engine.begin() as connection:
            sites.add(connection, key, name=shown, origins=allowed, changed_by=CONSOLE.label)
            audit.note(connection, CONSOLE, "site_added", subject=f"site:{key}")
    except IntegrityError:
        fail(f"There is a site '{key}' already. See 'greenroom site show {key}'.")
    click.echo(f"Added site {key} for {', '.join(allowed)}.")


@site.command("list")
@in_words
def list_sites() -> None:
    """List all sites.

    \b
    greenroom site list
    """
    table = Table("key", "name", "origins", "mode", "policy")
    with new_runtime().engine.connect() as connection:
        for item in sites.everything(connection):
            table.add_row(
                item.key, item.name, "\n".join(item.origins), item.policy.mode.value, f"version {item.policy.version}"
            )
    Console().print(table)


@site.command()
@click.argument("key")
@in_words
def show(key: str) -> None:
    """Print a site's settings as JSON.

    \b
    greenroom site show blog
    """
    click.echo(json.dumps(_settings(find_site(key)), indent=2))


@site.command("set")
@click.argument("key")
@click.argument("settings", nargs=-1, required=True, metavar="NAME=VALUE...")
@in_words
def set_settings(key: str, settings: tuple[str, ...]) -> None:
    """Change settings. Values are JSON or plain words; a changed policy becomes a new version.

    \b
    greenroom site set blog mode=hold_first_time_authors max_links=3
    greenroom site set blog require_email=false
    greenroom site set blog edit_window=30 old_revision=hide
    greenroom site set blog replies_by_mail=false
    greenroom site set blog 'help_lines=["Samaritans: call 116 123, free, day and night"]'
    greenroom site set blog 'rules=[{"pattern": "casino", "verdict": "hold"}]'
    greenroom site set blog 'remote={"kind": "hook", "url": "https://example.org/hook", "secret_name": "hook"}'
    greenroom site set blog remote=null
    greenroom site set blog friction=suspicious
    greenroom site set blog owners_need_totp=true
    """
    found = find_site(key)
    wanted = dict(_assignment(item) for item in settings)
    version = change_site(new_runtime().engine, found.id, lambda present: _changed(present, wanted), by=CONSOLE)
    click.echo(f"Saved. Policy version {version} is in force within a second.")


def _changed(found: Site, wanted: dict[str, object]) -> Site:
    """The site as it is wanted. Raises ClickException for what can't be."""
    policy_settings = dict(policy_to_settings(found.policy))
    unknown = set(wanted) - {"name", "origins", "remote", "owners_need_totp", *INTAKE, *policy_settings}
    if unknown:
        fail(f"There is no setting '{min(unknown)}'. See 'greenroom site show {found.key}'.")
    policy_settings |= {name: value for name, value in wanted.items() if name in policy_settings}
    try:
        changed = replace(
            found,
            name=read_name(str(wanted.get("name", found.name)), "name", LONGEST_NAME),
            origins=tuple(_origin(origin) for origin in _origins(wanted.get("origins", list(found.origins)))),
            intake=_intake(found.intake, wanted),
            policy=policy_from_settings(found.policy.version, policy_settings),
            remote=_remote(wanted.get("remote", found.remote)),
            owners_need_totp=_yes_or_no(wanted, "owners_need_totp", present=found.owners_need_totp),
        )
    except ValueError as error:
        fail(str(error))
    for number, problem in problems_of_rules(changed.policy.rules):
        fail(f"rules{'' if number is None else f'[{number}]'}: {problem}")
    if unsafe := problem_of_thresholds(changed.policy):
        fail(f"thresholds.crisis: {unsafe}")
    if not is_time_zone(changed.policy.time_zone):
        fail(f"time_zone: this machine knows no time zone '{changed.policy.time_zone}'; Europe/Berlin is one.")
    if not changed.origins:
        fail("origins: a site needs at least one.")
    return changed


@site.command()
@click.argument("key")
@click.option("--text", default="Thank you for this article.", show_default=True, help="The comment to ask about.")
@in_words
def ask(key: str, text: str) -> None:
    """Ask a site's remote check about a comment of your own, and print what it answers. Nothing is stored.

    Run it where the worker runs that asks: it needs the same secrets and the same network.

    \b
    greenroom site ask blog
    greenroom site ask blog --text "Buy followers at cheap.example"
    """
    found = find_site(key)
    if found.remote is None:
        fail(f"{key} asks nobody. See docs/remote-checks.md.")
    guard = remote_guard(
        RemoteSettings.from_settings(found.remote),
        site_id=found.id,
        store=RedisStore(new_runtime().redis),
        find_secret=secrets_in(environment(), SECRETS_DIR),
    )
    comment = RemoteComment(body=text, blog=found.origins[0], author_name="Greenroom", page_url=found.origins[0] + "/")
    try:
        answers = guard.ask(comment, now=Runtime.now())
    except RemoteFailed as failure:
        fail(f"No answer: {failure.reason.value}. docs/remote-checks.md says what that means.")
    for answer in answers:
        click.echo(f"{answer.label}: {answer.score:.2f}. {answer.detail}")
    if not answers:
        click.echo("It has nothing to say about this comment.")


def find_site(key: str) -> Site:
    with new_runtime().engine.connect() as connection:
        found = sites.find(connection, key)
    if found is None:
        raise click.ClickException(f"There is no site '{key}'. See 'greenroom site list'.")
    return found


def _settings(found: Site) -> dict[str, object]:
    intake = (
        found.intake.is_name_required,
        found.intake.is_email_required,
        found.intake.max_comment,
        list(found.intake.help_lines),
        found.intake.hold_after_reports,
        found.intake.edit_window // timedelta(minutes=1),
        "keep" if found.intake.keeps_old_revision else "hide",
        found.intake.friction.value,
        found.intake.replies_by_mail,
    )
    return {
        "key": found.key,
        "name": found.name,
        "origins": list(found.origins),
        **dict(zip(INTAKE, intake, strict=True)),
        "remote": found.remote,
        "owners_need_totp": found.owners_need_totp,
        "policy_version": found.policy.version,
        **policy_to_settings(found.policy),
    }


def _assignment(item: str) -> tuple[str, object]:
    name, equals, value = item.partition("=")
    if not equals:
        raise click.ClickException(f"'{item}': write it like name=value.")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def _origins(value: object) -> list[str]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(origin, str) for origin in listed):
        raise ValueError('origins: write one, or a list like ["https://example.org"].')
    return listed


def _remote(value: object) -> Mapping[str, object] | None:
    """The settings of a remote check, whole; null for none."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ValueError('remote: write null, or settings like {"kind": "hook", …}; see docs/remote-checks.md.')  # noqa: TRY004
    return RemoteSettings.from_settings(value).to_settings()


def _intake(present: Intake, wanted: dict[str, object]) -> Intake:
    longest = wanted.get("max_comment", present.max_comment)
    if isinstance(longest, bool) or not isinstance(longest, int) or not 1 <= longest <= LARGEST_MAX_COMMENT:
        raise ValueError(f"max_comment: a number of characters from 1 to {LARGEST_MAX_COMMENT}.")
    return replace(
        present,
        is_name_required=_yes_or_no(wanted, "require_name", present=present.is_name_required),
        is_email_required=_yes_or_no(wanted, "require_email", present=present.is_email_required),
        max_comment=longest,
        help_lines=_help_lines(wanted.get("help_lines", list(present.help_lines))),
        hold_after_reports=_hold_after_reports(wanted.get("hold_after_reports", present.hold_after_reports)),
        edit_window=_edit_window(wanted, present.edit_window),
        keeps_old_revision=_keeps_old_revision(wanted, present=present.keeps_old_revision),
        friction=_friction(wanted.get("friction", present.friction)),
        replies_by_mail=_yes_or_no(wanted, "replies_by_mail", present=present.replies_by_mail),
    )


def _yes_or_no(wanted: dict[str, object], name: str, *, present: bool) -> bool:
    value = wanted.get(name, present)
    if not isinstance(value, bool):
        raise ValueError(f"{name}: write true or false.")  # noqa: TRY004 - all settings are refused alike
    return value


def _hold_after_reports(value: object) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_REPORTS):
        raise ValueError(f"hold_after_reports: a number from 1 to {MOST_REPORTS}, or null for never.")
    return value


def _friction(value: object) -> Friction:
    try:
        return Friction(value)  # type: ignore[arg-type] # refused just below
    except ValueError:
        raise ValueError(f"friction: write one of {', '.join(Friction)}.") from None


def _edit_window(wanted: dict[str, object], present: timedelta) -> timedelta:
    minutes = wanted.get("edit_window", present // timedelta(minutes=1))
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 <= minutes <= LONGEST_EDIT_WINDOW:
        raise ValueError(f"edit_window: minutes from 0, for never, to {LONGEST_EDIT_WINDOW}.")
    return timedelta(minutes=minutes)


def _keeps_old_revision(wanted: dict[str, object], *, present: bool) -> bool:
    value = wanted.get("old_revision", "keep" if present else "hide")
    if value not in {"keep", "hide"}:
        raise ValueError("old_revision: write keep or hide.")
    return value == "keep"


def _help_lines(value: object) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or len(listed) > MAX_HELP_LINES:
        raise ValueError(f'help_lines: write at most {MAX_HELP_LINES}, like ["Samaritans: call 116 123"].')
    return tuple(read_name(str(line), "help_lines", LONGEST_HELP_LINE) for line in listed)


def _origin(raw: str) -> str:
    try:
        return canonicalise_origin(raw)
    except PageUrlProblem as problem:
        raise click.ClickException(f"--origin {raw}: {problem.detail}") from None
