"""Puts a site's remote check together from its settings."""

from dataclasses import dataclass, replace

from service.gateways.remote.akismet import Akismet
from service.gateways.remote.breaker import Breaker
from service.gateways.remote.budget import Budget
from service.gateways.remote.client import RemoteClient
from service.gateways.remote.guard import RemoteGuard
from service.gateways.remote.hook import Hook, read_keys
from service.gateways.remote.model import Failure, RemoteAnswer, RemoteCheck, RemoteComment, RemoteFailed
from service.gateways.remote.openai import DEFAULT_MODERATION_MODEL, Chat, Moderation
from service.gateways.remote.secret_names import FindSecret
from service.gateways.remote.settings import RemoteSettings
from service.gateways.remote.store import Store


def remote_guard(
    settings: RemoteSettings, *, site_id: int, store: Store, find_secret: FindSecret, client: RemoteClient | None = None
) -> RemoteGuard:
    """The remote check of a site. Connects to nothing yet; a missing secret shows when it is asked."""
    calls = replace(client or RemoteClient(), is_private_allowed=settings.allow_private_hosts)
    key = str(site_id)
    return RemoteGuard(
        check=remote_check(settings, find_secret, calls),
        settings=settings,
        breaker=Breaker(store, key),
        budget=Budget(store, key, settings.daily_budget),
    )


def remote_check(settings: RemoteSettings, find_secret: FindSecret, client: RemoteClient) -> RemoteCheck:
    """The service that the settings name, or one that fails with `no_secret` where its secret is missing."""
    secret = find_secret(settings.secret_name) if settings.secret_name else None
    if settings.secret_name and secret is None:
        return WithoutSecret(settings.kind)
    try:
        return _check(settings, secret or "", client)
    except ValueError:
        return WithoutSecret(settings.kind)


def _check(settings: RemoteSettings, secret: str, client: RemoteClient) -> RemoteCheck:
    match settings.kind:
        case "akismet":
            return Akismet(client, settings.url, secret)
        case "openai_moderation":
            return Moderation(client, settings.url, secret or None, settings.model or DEFAULT_MODERATION_MODEL)
        case "openai_chat":
            return Chat(client, settings.url, secret or None, settings.model or "")
        case "hook":
            return Hook(client, settings.url, read_keys(secret), client.clock)


@dataclass(frozen=True, slots=True)
class WithoutSecret:
    """Stands in for a check whose secret is missing or unreadable: asks nobody."""

    name: str

    def ask(self, comment: RemoteComment, *, timeout: float) -> tuple[RemoteAnswer, ...]:  # noqa: ARG002
        raise RemoteFailed(Failure.NO_SECRET)
