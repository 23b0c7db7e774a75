"""Moderators and API tokens."""

import secrets

import click
from argon2 import PasswordHasher
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import IntegrityError

from service.cli.common import fail, in_words, new_runtime, read_name
from service.cli.sites import find_site
from service.runtime import Runtime
from service.storage import moderators, tokens
from service.storage.sites import Site
from service.vault import new_api_token

ROLES = ("viewer", "moderator", "owner")
TOKEN_ROLES = (*ROLES, "submitter")
PASSWORD_BYTES = 15
LONGEST_NAME = 100


@click.group()
def moderator() -> None:
    """People who decide."""


@moderator.command("add")
@click.argument("name")
@click.option("--site", "site_key", required=True)
@click.option("--role", type=click.Choice(ROLES), default="moderator", show_default=True)
@in_words
def add_moderator(name: str, site_key: str, role: str) -> None:
    """Add a moderator and print a one-time password.

    \b
    greenroom moderator add ada --site blog
    """
    site = find_site(site_key)
    name = read_name(name, "the name", LONGEST_NAME)
    try:
        password = create_moderator(new_runtime(), name, site=site, role=role)
    except IntegrityError:
        fail(f"There is a moderator '{name}' already.")
    click.echo(f"One-time password of {name}: {password}")


def create_moderator(runtime: Runtime, name: str, *, site: Site, role: str) -> str:
    """Store a moderator. Returns the one-time password, which is kept as an argon2id hash only."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with runtime.engine.begin() as connection:
        moderators.add(connection, name, password_hash=PasswordHasher().hash(password), site_id=site.id, role=role)
    return password


@click.group()
def token() -> None:
    """Keys for programs: moderators' scripts, and the site's own server."""


@token.command("add")
@click.option("--site", "site_key", required=True)
@click.option("--role", type=click.Choice(TOKEN_ROLES), required=True)
@click.option("--name", default="", help="Whose it is; stands in the history of every decision.")
@in_words
def add_token(site_key: str, role: str, name: str) -> None:
    """Make a token and print it. It is shown this once.

    \b
    greenroom token add --site blog --role moderator --name ada
    """
    click.echo(
        create_token(
            new_runtime(), site=find_site(site_key), role=role, name=read_name(name or role, "--name", LONGEST_NAME)
        )
    )


def create_token(runtime: Runtime, *, site: Site, role: str, name: str) -> str:
    """Store a new token's digest. Returns the token itself, which nobody can see again."""
    fresh = new_api_token()
    with runtime.engine.begin() as connection:
        tokens.add(connection, site_id=site.id, role=role, name=name, digest=fresh.digest)
    return fresh.shown


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
            state = "revoked" if item.revoked_at else "in force"
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
    with new_runtime().engine.begin() as connection:
        was_in_force = tokens.revoke(connection, token_id)
    if not was_in_force:
        fail(f"There is no token {token_id} in force. See 'greenroom token list'.")
    click.echo(f"Token {token_id} is revoked.")
