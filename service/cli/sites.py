"""Sites and their settings."""

import json
from dataclasses import replace

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import IntegrityError

from service.cli.common import fail, in_words, new_runtime, read_name
from service.moderation.checks.wording import validate_rule
from service.moderation.page_url import PageUrlProblem, canonicalise_origin
from service.moderation.policy import policy_from_settings, policy_to_settings
from service.storage import sites
from service.storage.sites import LARGEST_MAX_COMMENT, Intake, Site

CHANGED_BY = "greenroom command"
LONGEST_KEY = 63
LONGEST_NAME = 200
INTAKE = ("require_name", "require_email", "max_comment", "help_lines")
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
            sites.add(connection, key, name=shown, origins=allowed, changed_by=CHANGED_BY)
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
    greenroom site set blog 'help_lines=["Samaritans: call 116 123, free, day and night"]'
    greenroom site set blog 'rules=[{"pattern": "casino", "verdict": "hold"}]'
    """
    found = find_site(key)
    wanted = dict(_assignment(item) for item in settings)
    policy_settings = dict(policy_to_settings(found.policy))
    unknown = set(wanted) - {"name", "origins", *INTAKE, *policy_settings}
    if unknown:
        fail(f"There is no setting '{min(unknown)}'. See 'greenroom site show {key}'.")
    policy_settings |= {name: value for name, value in wanted.items() if name in policy_settings}
    try:
        policy = policy_from_settings(found.policy.version, policy_settings)
        intake = _intake(found.intake, wanted)
        origins = [_origin(origin) for origin in _origins(wanted.get("origins", list(found.origins)))]
        name = read_name(str(wanted.get("name", found.name)), "name", LONGEST_NAME)
    except ValueError as error:
        fail(str(error))
        return
    for rule in policy.rules:
        if problem := validate_rule(rule):
            fail(f"rules: {problem}")
    if not origins:
        fail("origins: a site needs at least one.")
    with new_runtime().engine.begin() as connection:
        version = sites.change(
            connection, found, name=name, origins=origins, intake=intake, policy=policy,
            changed_by=CHANGED_BY,
        )  # fmt: skip
    click.echo(f"Saved. Policy version {version} is in force within a second.")


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
    )
    return {
        "key": found.key,
        "name": found.name,
        "origins": list(found.origins),
        **dict(zip(INTAKE, intake, strict=True)),
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


def _intake(present: Intake, wanted: dict[str, object]) -> Intake:
    for name in ("require_name", "require_email"):
        if name in wanted and not isinstance(wanted[name], bool):
            raise ValueError(f"{name}: write true or false.")
    longest = wanted.get("max_comment", present.max_comment)
    if isinstance(longest, bool) or not isinstance(longest, int) or not 1 <= longest <= LARGEST_MAX_COMMENT:
        raise ValueError(f"max_comment: a number of characters from 1 to {LARGEST_MAX_COMMENT}.")
    return replace(
        present,
        is_name_required=bool(wanted.get("require_name", present.is_name_required)),
        is_email_required=bool(wanted.get("require_email", present.is_email_required)),
        max_comment=longest,
        help_lines=_help_lines(wanted.get("help_lines", list(present.help_lines))),
    )


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
