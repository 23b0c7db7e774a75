"""Moderators and API tokens."""

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import IntegrityError

from service.cli.common import CONSOLE, fail, in_words, new_runtime, read_name
from service.cli.sites import find_site
from service.credentials.passwords import hash_password, one_time_password
from service.errors import NotFound
from service.runtime import Runtime
from service.storage import audit, moderators, second_steps, sessions, tokens
from service.storage.sites import Site
from service.storage.tokens import Scope
from service.usecases.make_token import make_token, revoke_token

ROLES = ("viewer", "moderator", "owner")
TOKEN_ROLES = (*ROLES, "submitter")
LONGEST_NAME = 100


@click.group()
def moderator() -> None:
    """People who decide."""


@moderator.command("add")
@click.argument("name")
@click.option("--site", "site_key", required=True)
@click.option("--role", type=click.Choice(ROLES), default="moderator", show_default=True)
@click.option("--admin", "is_admin", is_flag=True, help="Also admin of this instance: owner of every site.")
@in_words
def add_moderator(name: str, site_key: str, role: str, is_admin: bool) -> None:
    """Add a moderator and print a one-time password.

    \b
    greenroom moderator add ada --site blog
    greenroom moderator add grace --site blog --role owner --admin
    """
    site = find_site(site_key)
    name = read_name(name, "the name", LONGEST_NAME)
    if ":" in name:
        fail("A name has no colon: history writes one before it.")
    try:
        password = create_moderator(new_runtime(), name, site=site, role=role, is_admin=is_admin)
    except IntegrityError:
        fail(f"There is a moderator '{name}' already.")
    click.echo(f"One-time password of {name}: {password}")


def create_moderator(runtime: Runtime, name: str, *, site: Site, role: str, is_admin: bool = False) -> str:
    """Store a moderator. Returns the one-time password, which is kept as an argon2id hash only."""
    password = one_time_password()
    with runtime.engine.begin() as connection:
        moderators.add(
            connection, name, password_hash=hash_password(password), site_id=site.id, role=role, is_admin=is_admin
        )
        details = {"role": role, "is_admin": is_admin}
        audit.note(connection, CONSOLE, "person_added", site_id=site.id, subject=f"moderator:{name}", details=details)
    return password


@moderator.command()
@click.argument("name")
@click.option("--without-totp", is_flag=True, help="Take their authenticator away as well: phone and codes are lost.")
@in_words
def reset(name: str, without_totp: bool) -> None:
    """Give a moderator a new one-time password and end all of their sessions.

    \b
    greenroom moderator reset ada
    greenroom moderator reset ada --without-totp
    """
    password = one_time_password()
    with new_runtime().engine.begin() as connection:
        found = moderators.find(connection, name)
        if found is None:
            fail(f"There is no moderator '{name}'.")
        moderators.set_one_time_password(connection, found.id, hash_password(password))
        sessions.end_all(connection, found.id)
        if without_totp:
            second_steps.remove(connection, found.id)
            audit.note(connection, CONSOLE, "totp_removed", subject=f"moderator:{name}")
        audit.note(connection, CONSOLE, "password_reset", subject=f"moderator:{name}")
    click.echo(f"One-time password of {name}: {password}")


@click.group()
def token() -> None:
    """Keys for programs: moderators' scripts, and the site's own server."""


@token.command("add")
@click.option("--site", "site_key", required=True)
@click.option("--role", type=click.Choice(TOKEN_ROLES), required=True)
@click.option("--name", default="", help="Whose it is; stands in the history of every decision.")
@click.option("--read-only", is_flag=True, help="It changes nothing, whatever its role.")
@in_words
def add_token(site_key: str, role: str, name: str, read_only: bool) -> None:
    """Make a token and print it. It is shown this once.

    \b
    greenroom token add --site blog --role moderator --name ada
    """
    click.echo(
        create_token(
            new_runtime(),
            site=find_site(site_key),
            role=role,
            name=read_name(name or role, "--name", LONGEST_NAME),
            is_read_only=read_only,
        )
    )


def create_token(runtime: Runtime, *, site: Site, role: str, name: str, is_read_only: bool = False) -> str:
    """Store a new token's digest. Returns the token itself, which nobody can see again."""
    scope = Scope(site.id, role, is_read_only=is_read_only)
    return make_token(runtime.engine, scope, name=name, by=CONSOLE).shown


@token.command("list")
@click.option("--site", "site_key", help="Only those of this site.")
@in_words
def list_tokens(site_key: str | None) -> None:
    """List tokens; the tokens themselves are not known here.

    \b
    greenroom token list --site blog
    """
    site_id = find_site(site_key).id if site_key else None
    table = Table("id", "site", "role", "name", "made", "last used", "state")
    with new_runtime().engine.connect() as connection:
        for item in tokens.everything(connection, site_id):
            used = f"{item.last_used_at:%Y-%m-%d %H:%M}" if item.last_used_at else "never"
            state = "revoked" if item.revoked_at else "read only" if item.is_read_only else "in force"
            table.add_row(
                str(item.id), item.site_key, item.role, item.name, f"{item.created_at:%Y-%m-%d %H:%M}", used, state
            )
    Console().print(table)


@token.command()
@click.argument("token_id", type=int)
@in_words
def revoke(token_id: int) -> None:
    """Put a token out of force at once.

    \b
    greenroom token revoke 3
    """
    try:
        revoke_token(new_runtime().engine, token_id, by=CONSOLE)
    except NotFound:
        fail(f"There is no token {token_id} in force. See 'greenroom token list'.")
    click.echo(f"Token {token_id} is revoked.")
