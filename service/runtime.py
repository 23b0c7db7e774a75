"""The composition root: every collaborator is made here, once a process, and handed on."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from redis import Redis
from sqlalchemy import Engine

from service.errors import SettingsError
from service.gateways.job_queue import JobQueue, Messenger, connect_redis
from service.settings import Settings
from service.storage.database import autocommit, connect
from service.vault import Vault, generate_keys, parse_keys

KEYS_FILE = "keys.json"


@dataclass(frozen=True)
class Runtime:
    """One process's connections and keys. Nothing connects before it is used."""

    settings: Settings
    pool_size: int = 4
    application: str = "greenroom"

    @cached_property
    def engine(self) -> Engine:
        """Transactions that the caller begins and ends."""
        return connect(self.database_url, pool_size=self.pool_size, application=self.application)

    @cached_property
    def statements(self) -> Engine:
        """The same pool; every statement is a transaction of its own."""
        return autocommit(self.engine)

    @cached_property
    def redis(self) -> Redis:
        """An impatient client: it gives up after a quarter of a second."""
        return connect_redis(self.redis_url)

    @cached_property
    def job_queue(self) -> JobQueue:
        return JobQueue(self.redis)

    @cached_property
    def messenger(self) -> Messenger:
        return Messenger(self.job_queue)

    @cached_property
    def vault(self) -> Vault:
        return Vault(parse_keys(*_keys(self.settings)))

    @property
    def database_url(self) -> str:
        return _required(self.settings.database_url, "DATABASE_URL")

    @property
    def redis_url(self) -> str:
        return _required(self.settings.redis_url, "REDIS_URL")

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)


def _required(value: object, name: str) -> str:
    if value is None:
        raise SettingsError(f"{name} is not set. `greenroom up` brings its own servers; every other command needs it.")
    return value.get_secret_value()  # type: ignore[attr-defined, no-any-return]


def _keys(settings: Settings) -> tuple[str, str]:
    """The keys from the settings, or those that `greenroom up` made in the data folder."""
    if settings.secret_key and settings.email_keys:
        return settings.secret_key.get_secret_value(), settings.email_keys.get_secret_value()
    stored = read_keys(settings.data_dir)
    if stored is None:
        raise SettingsError(
            "GREENROOM_SECRET_KEY and GREENROOM_EMAIL_KEYS are not set. `greenroom keys` prints a fresh pair."
        )
    return stored


def read_keys(data_dir: Path) -> tuple[str, str] | None:
    path = data_dir / KEYS_FILE
    if not path.is_file():
        return None
    stored = json.loads(path.read_text())
    return stored["secret_key"], stored["email_keys"]


def make_keys(data_dir: Path) -> None:
    """Write fresh keys into the data folder, readable by its owner only, unless there are some."""
    if read_keys(data_dir):
        return
    secret_key, email_keys = generate_keys()
    descriptor = os.open(data_dir / KEYS_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"secret_key": secret_key, "email_keys": email_keys}, file)
