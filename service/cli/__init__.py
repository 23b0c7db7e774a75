"""The `greenroom` command."""

import click

from service import __version__
from service.cli.doctor import doctor, health
from service.cli.people import moderator, token
from service.cli.replay import ledger, replay
from service.cli.serve import keys, migrate, relay, web, worker
from service.cli.sites import site
from service.cli.up import up


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="greenroom")
def main() -> None:
    """Comments wait in the green room until they have been checked; then they go on stage.

    \b
    greenroom up                                    everything, with its own PostgreSQL and Valkey
    greenroom site add blog --origin https://example.org
    greenroom token add --site blog --role moderator
    greenroom doctor                                checks every part and says how to mend it
    """


for command in (up, web, worker, relay, migrate, keys, site, moderator, token, doctor, health, replay, ledger):
    main.add_command(command)
