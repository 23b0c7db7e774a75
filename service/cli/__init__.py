"""The `greenroom` command."""

import os
from importlib import import_module
from types import MappingProxyType

import click

from service import __version__

ROOM_OF = MappingProxyType(
    {
        "up": "up", "web": "serve", "worker": "serve", "relay": "serve", "migrate": "serve", "keys": "serve",
        "site": "sites", "moderator": "people", "token": "people", "doctor": "doctor", "health": "health",
        "replay": "replay", "ledger": "replay",
        "judge": "judge", "evaluate": "evaluate", "train": "train",
        "model": "model",
    }
)  # fmt: skip
"""The file of each command."""


class OnDemand(click.Group):
    """Loads a command when it is called: `greenroom health` must not cost what `greenroom web` does."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(ROOM_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        # Said before numpy is loaded. Vectors here are small: with more threads each step waits for the other
        # processors, and training a site's model took ten times as long on a busy machine.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        room = ROOM_OF.get(cmd_name)
        return getattr(import_module(f"service.cli.{room}"), cmd_name) if room else None


@click.group(cls=OnDemand, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="greenroom")
def main() -> None:
    """Comments wait in the green room until they have been checked; then they go on stage.

    \b
    greenroom up                                    everything, with its own PostgreSQL and Valkey
    greenroom site add blog --origin https://example.org
    greenroom token add --site blog --role moderator
    greenroom doctor                                checks every part and says how to mend it
    """
