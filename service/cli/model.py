"""What each site has learnt: the versions of its model, how they compared, and the way back."""

from collections.abc import Mapping

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from service.cli.common import in_words, new_runtime
from service.cli.sites import find_site
from service.storage import site_models
from service.storage.site_models import ModelRecord, ModelState
from service.usecases.roll_back import roll_back

SHIPPED = "shipped"
LEARNT_AT = "%Y-%m-%d %H:%M"

site_option = click.option("--site", "site_key", required=True, help="The site's key.")


@click.group()
def model() -> None:
    """Models that sites have learnt from their moderators' decisions."""


@model.command("list")
@site_option
@in_words
def list_models(site_key: str) -> None:
    """List the versions of a site's model, newest first. What no version judges, the shipped reader judges alone.

    \b
    greenroom model list --site blog
    """
    site = find_site(site_key)
    with new_runtime().engine.connect() as connection:
        records = site_models.history(connection, site.id)
    if not records:
        click.echo(f"Site {site_key} has not learnt yet: it takes 10 decisions of moderators, 3 of them of each kind.")
        return
    table = Table("version", "state", "labels", "learnt at (UTC)", "log loss", "AUC", "hold from")
    for record in records:
        table.add_row(
            str(record.version), record.state.value, str(record.label_count), f"{record.created_at:{LEARNT_AT}}",
            _change(record.comparison, "log_loss"), _change(record.comparison, "auc"), _share(record.hold_from),
        )  # fmt: skip
    Console().print(table)


@model.command()
@click.argument("version", type=click.IntRange(min=1))
@site_option
@in_words
def show(version: int, site_key: str) -> None:
    """Show one version: what it was trained on, and how it compared with the one before.

    \b
    greenroom model show 3 --site blog
    """
    site = find_site(site_key)
    with new_runtime().engine.connect() as connection:
        record = _record(connection, site.id, version)
    table = Table("", "", show_header=False)
    for name, value in _details(record).items():
        table.add_row(name, value)
    Console().print(table)


@model.command()
@site_option
@click.option("--to", "wanted", help="A version, or 'shipped'; the one before if left out.")
@in_words
def rollback(site_key: str, wanted: str | None) -> None:
    """Let an earlier version judge again; the present one is retired, the shadow refused. Nothing is deleted.

    The next model takes over only when it is no worse than the one that you go back to.

    \b
    greenroom model rollback --site blog
    greenroom model rollback --site blog --to 3
    greenroom model rollback --site blog --to shipped
    """
    site = find_site(site_key)
    with new_runtime().engine.begin() as connection:
        target = _target(connection, site.id, wanted)
        left = roll_back(connection, site.id, target)
    judge = "The shipped reader alone" if target is None else f"Version {target}"
    click.echo(f"{judge} judges the comments of {site_key} now; version {left} is retired.")


def _target(connection: Connection, site_id: int, wanted: str | None) -> int | None:
    """The version to go back to; None for the shipped reader alone."""
    records = site_models.history(connection, site_id)
    active = next((record.version for record in records if record.state is ModelState.ACTIVE), None)
    if active is None and wanted in {None, SHIPPED}:
        raise click.ClickException("No learnt model judges here: there is nothing to roll back.")
    if wanted == SHIPPED:
        return None
    retired = [record.version for record in records if record.state is ModelState.RETIRED]
    if wanted is None:
        return next((version for version in retired if version < (active or 0)), None)
    if not wanted.isdecimal() or int(wanted) not in retired:
        known = ", ".join(map(str, retired)) or "none"
        raise click.ClickException(
            f"--to {wanted}: only a version that has judged before, or '{SHIPPED}', can judge again (retired: {known})."
        )
    return int(wanted)


def _record(connection: Connection, site_id: int, version: int) -> ModelRecord:
    for record in site_models.history(connection, site_id):
        if record.version == version:
            return record
    raise click.ClickException(f"There is no version {version}. See 'greenroom model list'.")


def _details(record: ModelRecord) -> dict[str, str]:
    found = record.comparison
    details = {
        "version": str(record.version),
        "state": record.state.value,
        "learnt at": f"{record.created_at:{LEARNT_AT}} UTC",
        "trained on": f"{record.label_count} labels, up to decision {record.labels_up_to}",
        "for reader": record.shipped_version,
        "size": f"{record.size / 1024:.0f} kB",
        "hold from": _share(record.hold_from),
        "compared": str(found.get("reason", "not yet")),
    }
    if found.get("decisions"):
        details["on"] = (
            f"{found['decisions']} decisions ({found['spam']} spam) by {found['moderators']} moderator(s),"
            " none of which it was trained on"
        )
    for name, words in (("on_all", "all of them"), ("on_others", "those of others than the busiest")):
        if isinstance(found.get(name), Mapping):
            details[words] = (
                f"log loss {_change(found, 'log_loss', name)}, AUC {_change(found, 'auc', name)} (before → after)"
            )
    if isinstance(burst := found.get("burst"), Mapping):
        details["largest burst"] = (
            f"{burst['labels']} labels of {burst['sitting']};"
            f" AUC on all others {burst['auc_without']:.3f} without it, {burst['auc_with']:.3f} with it"
        )
    return details


def _change(comparison: Mapping[str, object], figure: str, where: str = "on_all") -> str:
    figures = comparison.get(where)
    if not isinstance(figures, Mapping):
        return ""
    return f"{figures[f'old_{figure}']:.3f} → {figures[f'new_{figure}']:.3f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
