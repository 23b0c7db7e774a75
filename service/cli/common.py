"""What every command needs: the runtime, and errors as sentences."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, TypeVar

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from service.errors import SettingsError
from service.moderation.text import TextProblem, normalise_name
from service.runtime import Runtime
from service.settings import load_settings
from service.storage.actors import Actor

CONSOLE = Actor("greenroom command", {}, {}, is_admin=True)
"""Whoever has a shell on the machine, as history names them."""

Command = TypeVar("Command", bound=Callable[..., Any])


def new_runtime() -> Runtime:
    return Runtime(load_settings(), pool_size=2, application="greenroom command")


def in_words(command: Command) -> Command:
    """Say what is wrong in a sentence and exit with 1, where a stack trace would help nobody."""

    @wraps(command)
    def wrapped(*args: object, **kwargs: object) -> object:
        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
        except OperationalError:
            raise click.ClickException(
                "PostgreSQL can't be reached. Is it running, and is DATABASE_URL right? Try 'greenroom doctor'."
            ) from None
        except ProgrammingError:
            raise click.ClickException("The database has no tables yet. Run 'greenroom migrate'.") from None

    return wrapped  # type: ignore[return-value]


def read_name(raw: str, what: str, longest: int) -> str:
    """A name in its normal form; the command ends with a sentence when it is none."""
    try:
        return normalise_name(raw, max_length=longest)
    except TextProblem as problem:
        raise click.ClickException(f"{what}: {problem.detail}") from None


def fail(sentence: str) -> NoReturn:
    """Print to standard error and exit with 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
