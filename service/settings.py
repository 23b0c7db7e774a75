"""All settings, read from the environment once. Nothing else reads `os.environ`."""

import ipaddress
import json
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from limits import parse_many
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.errors import SettingsError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LIMIT_EXAMPLE = "10 per minute"
SMTP_SCHEMES = frozenset({"smtp", "smtp+starttls", "smtps"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Settings(BaseSettings):
    """How this instance runs. Every field is `GREENROOM_<NAME>` in the environment or a file of that
    name (lower case) in `/run/secrets`; `DATABASE_URL` and `REDIS_URL` go without the prefix.
    """

    model_config = SettingsConfigDict(env_prefix="GREENROOM_", extra="ignore", frozen=True, env_ignore_empty=True)

    data_dir: Path = Path(".greenroom")
    database_url: SecretStr | None = Field(None, validation_alias=AliasChoices("DATABASE_URL", "database_url"))
    redis_url: SecretStr | None = Field(None, validation_alias=AliasChoices("REDIS_URL", "redis_url"))
    secret_key: SecretStr | None = None
    email_keys: SecretStr | None = None

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    public_url: str = ""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(9464, ge=0, le=65535)
    web_processes: int = Field(2, ge=1, le=64)
    web_threads: int = Field(8, ge=1, le=64)
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = ()
    trusted_hops: int = Field(1, ge=1, le=10)

    smtp_url: SecretStr | None = None
    mail_from: str = ""

    limit_address: str = LIMIT_EXAMPLE
    limit_email: str = "30 per hour"
    limit_site: str = "3000 per minute"
    limit_report: str = "20 per hour"
    limit_preview: str = "60 per minute"
    limit_mail: str = "20 per hour"
    limit_edit: str = "30 per hour"

    author_token_days: int = Field(30, ge=1, le=3650)
    ip_retention_days: int = Field(30, ge=0, le=3650)
    idempotency_hours: int = Field(24, ge=1, le=720)
    check_deliverability: bool = True
    dns_timeout_seconds: float = Field(1.5, gt=0, le=3)
    lease_seconds: float = Field(20, ge=10, le=300)
    check_timeout_seconds: float = Field(3, ge=1, le=8)
    sweep_seconds: float = Field(5, ge=0.2, le=60)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "limit_address", "limit_email", "limit_site", "limit_report", "limit_preview", "limit_mail", "limit_edit"
    )
    @classmethod
    def _limit(cls, value: str) -> str:
        try:
            parse_many(value)
        except ValueError as error:
            raise ValueError(f"write it like '{LIMIT_EXAMPLE}' or '10 per minute;100 per hour'") from error
        return value

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}):
            raise ValueError("write it like 'https://comments.example.org', without a path")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("write it like 'postgresql://name:password@host/database'")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("write it like 'redis://host:6379/0' or 'unix:///path/to/socket'")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        parts = urlsplit(value.get_secret_value())
        try:
            is_complete = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            is_complete = False
        if parts.scheme not in SMTP_SCHEMES or not is_complete or parts.path.strip("/") or parts.query:
            raise ValueError("write it like 'smtp+starttls://name:password@host:587', with smtps:// or smtp:// as well")
        if parts.scheme == "smtp" and parts.password is not None and parts.hostname not in LOOPBACK:
            raise ValueError(
                "over smtp:// everybody on the way can read the password; use smtp+starttls:// or smtps://"
            )
        return value

    @field_validator("mail_from")
    @classmethod
    def _mail_from(cls, value: str) -> str:
        _, address = parseaddr(value)
        if value and (not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address) or not value.isprintable()):
            raise ValueError("write it like 'comments@example.org' or 'Example comments <comments@example.org>'")
        return value

    @model_validator(mode="after")
    def _mails_have_a_sender(self) -> "Settings":
        if self.smtp_url and not self.mail_from:
            raise ValueError(
                "GREENROOM_MAIL_FROM must say from which address mails come when GREENROOM_SMTP_URL is set"
            )
        return self

    @model_validator(mode="after")
    def _checks_end_before_their_lease(self) -> "Settings":
        if self.lease_seconds < self.check_timeout_seconds + self.dns_timeout_seconds + 2:
            raise ValueError(
                "GREENROOM_LEASE_SECONDS must be at least 2 seconds longer than GREENROOM_CHECK_TIMEOUT_SECONDS "
                "and GREENROOM_DNS_TIMEOUT_SECONDS together"
            )
        return self

    @property
    def base_url(self) -> str:
        """The address that browsers use, without a trailing slash."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def author_token_lifetime(self) -> timedelta:
        return timedelta(days=self.author_token_days)

    @property
    def lease(self) -> timedelta:
        return timedelta(seconds=self.lease_seconds)

    @property
    def is_embedded(self) -> bool:
        """Whether PostgreSQL or Valkey must be brought along from wheels."""
        return self.database_url is None or self.redis_url is None

    @property
    def sends_mail(self) -> bool:
        """Whether mail goes out from here. Only its worker knows the server; every process may know the sender."""
        return bool(self.mail_from)

    @property
    def is_demo(self) -> bool:
        """Whether this process runs under a `greenroom up` that brought its own servers, and sends no mail."""
        return self.smtp_url is None and (self.data_dir / SERVERS_FILE).is_file()


SECRETS_DIR = Path("/run/secrets")


def environment() -> Mapping[str, str]:
    """The environment itself, for secrets whose names come from sites' settings."""
    return os.environ


SERVERS_FILE = "run/servers.json"
"""Where `greenroom up` says how to reach the servers that it brought along, below the data folder."""


def load_settings(*, with_servers: bool = True) -> Settings:
    """The settings of this process; beside a running `greenroom up`, also where its servers are.

    Raises:
        SettingsError: a value is wrong; the sentence names the variable and never prints a secret.

    """
    try:
        settings = Settings(_secrets_dir=SECRETS_DIR if SECRETS_DIR.is_dir() else None)  # type: ignore[call-arg]
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(item) for item in error.errors(include_input=False))) from None
    servers = settings.data_dir / SERVERS_FILE
    if not with_servers or not settings.is_embedded or not servers.is_file():
        return settings
    found = {name: SecretStr(url) for name, url in json.loads(servers.read_text()).items()}
    return settings.model_copy(update={name: url for name, url in found.items() if getattr(settings, name) is None})


def _sentence(item: object) -> str:
    if not isinstance(item, dict):
        raise TypeError(item)
    message = str(item["msg"]).removeprefix("Value error, ")
    if not item["loc"]:
        return message
    name = str(item["loc"][0])
    variable = name.upper() if name.lower() in {"database_url", "redis_url"} else f"GREENROOM_{name.upper()}"
    return f"{variable}: {message}"
