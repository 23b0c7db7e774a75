"""Settings: from the environment, refused by name when wrong."""

import json
from pathlib import Path

import pytest

from service.errors import SettingsError
from service.runtime import Runtime, make_keys, read_keys
from service.settings import Settings, load_settings
from service.vault import generate_keys


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GREENROOM_DATA_DIR", str(tmp_path))


def test_the_defaults_are_those_that_are_documented() -> None:
    """Whoever sets nothing gets this."""
    settings = load_settings()

    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert (settings.limit_address, settings.limit_email, settings.limit_site) == (
        "10 per minute", "30 per hour", "3000 per minute",
    )  # fmt: skip
    assert settings.trusted_proxies == ()
    assert settings.ip_retention_days == 30
    assert settings.is_embedded


def test_every_value_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the prefix; the two URLs without it."""
    for name, value in {
        "GREENROOM_PORT": "9000", "GREENROOM_PUBLIC_URL": "https://comments.example.org/",
        "GREENROOM_TRUSTED_PROXIES": "10.0.0.0/8, 2001:db8::/32", "DATABASE_URL": "postgresql://a:b@c/d",
        "REDIS_URL": "redis://e:6379/0", "GREENROOM_CHECK_DELIVERABILITY": "false", "GREENROOM_LOG_LEVEL": "DEBUG",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings = load_settings()

    assert (settings.port, settings.base_url) == (9000, "https://comments.example.org")
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "2001:db8::/32"]
    assert not settings.check_deliverability
    assert not settings.is_embedded
    assert Runtime(settings).database_url == "postgresql://a:b@c/d"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GREENROOM_PORT", "0"), ("GREENROOM_PORT", "65536"), ("GREENROOM_PORT", "http"), ("GREENROOM_METRICS_PORT", "-1"),
        ("GREENROOM_PUBLIC_URL", "comments.example.org"), ("GREENROOM_PUBLIC_URL", "ftp://example.org"),
        ("GREENROOM_PUBLIC_URL", "https://example.org/path"), ("GREENROOM_PUBLIC_URL", "https://"),
        ("GREENROOM_TRUSTED_PROXIES", "10.0.0.1/8"), ("GREENROOM_TRUSTED_PROXIES", "proxy"),
        ("GREENROOM_TRUSTED_HOPS", "0"), ("GREENROOM_LIMIT_ADDRESS", "many"), ("GREENROOM_LIMIT_EMAIL", "5 per fortnight"),
        ("GREENROOM_LIMIT_SITE", "-3 per minute"), ("GREENROOM_IP_RETENTION_DAYS", "-1"),
        ("GREENROOM_IDEMPOTENCY_HOURS", "0"), ("GREENROOM_CHECK_DELIVERABILITY", "perhaps"),
        ("GREENROOM_DNS_TIMEOUT_SECONDS", "60"), ("GREENROOM_LEASE_SECONDS", "5"), ("GREENROOM_SWEEP_SECONDS", "0"),
        ("GREENROOM_CHECK_TIMEOUT_SECONDS", "60"), ("GREENROOM_LOG_LEVEL", "LOUD"), ("GREENROOM_WEB_PROCESSES", "0"),
        ("GREENROOM_WEB_THREADS", "1000"), ("DATABASE_URL", "mysql://a@b/c"), ("DATABASE_URL", "localhost"),
        ("REDIS_URL", "http://localhost"), ("REDIS_URL", "6379"),
    ],
)  # fmt: skip
def test_a_wrong_value_stops_the_start_and_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """One sentence with the variable's name in it; no stack trace."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=f"^{name}: ") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_all_wrong_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody mends one, only to hear of the next."""
    monkeypatch.setenv("GREENROOM_PORT", "x")
    monkeypatch.setenv("GREENROOM_LOG_LEVEL", "x")

    with pytest.raises(
        SettingsError, match=r"(?s)GREENROOM_PORT.*GREENROOM_LOG_LEVEL|GREENROOM_LOG_LEVEL.*GREENROOM_PORT"
    ):
        load_settings()


def test_settings_that_contradict_each_other_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease that ends before its check would let a comment be checked twice at once."""
    monkeypatch.setenv("GREENROOM_LEASE_SECONDS", "10")
    monkeypatch.setenv("GREENROOM_CHECK_TIMEOUT_SECONDS", "8")

    with pytest.raises(SettingsError, match="GREENROOM_LEASE_SECONDS.*GREENROOM_CHECK_TIMEOUT_SECONDS"):
        load_settings()


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_a_secret_is_never_printed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Not in the refusal, not in the settings' own text, not in the runtime's (T10)."""
    monkeypatch.setenv(name, "mysql://me:hunter2@host/db")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)

    scheme = "postgresql" if name == "DATABASE_URL" else "redis"
    monkeypatch.setenv(name, f"{scheme}://me:hunter2@host/0")
    monkeypatch.setenv("GREENROOM_SECRET_KEY", "hunter2" * 6)
    monkeypatch.setenv("GREENROOM_EMAIL_KEYS", "hunter2")
    settings = load_settings()
    assert "hunter2" not in repr(settings) + str(settings) + repr(Runtime(settings))


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files write `DATABASE_URL=` for what is not given."""
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("GREENROOM_PORT", "")

    assert load_settings().port == 8080


def test_secrets_come_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In containers they are files of their names, so that `docker inspect` does not show them."""
    secret_key, email_keys = generate_keys()
    (tmp_path / "greenroom_secret_key").write_text(secret_key)
    (tmp_path / "greenroom_email_keys").write_text(email_keys)
    (tmp_path / "database_url").write_text("postgresql://a:b@c/d")
    monkeypatch.setattr("service.settings.SECRETS_DIR", tmp_path)
    settings = load_settings()

    assert settings.secret_key
    assert settings.secret_key.get_secret_value() == secret_key
    assert settings.database_url
    assert Runtime(settings).vault.form_token(Runtime.now())


def test_commands_beside_a_running_instance_find_its_servers(tmp_path: Path) -> None:
    """`greenroom up` says where they are; what the environment names wins."""
    (tmp_path / "run").mkdir()
    servers = {"database_url": "postgresql://embedded/db", "redis_url": "unix:///embedded"}
    (tmp_path / "run" / "servers.json").write_text(json.dumps(servers))

    assert Runtime(load_settings()).database_url == "postgresql://embedded/db"
    assert load_settings(with_servers=False).is_embedded


def test_what_is_missing_is_said_in_words() -> None:
    """Every collaborator that can't be made names its setting."""
    runtime = Runtime(load_settings())

    for name, make in {"DATABASE_URL": lambda: runtime.database_url, "REDIS_URL": lambda: runtime.redis_url}.items():
        with pytest.raises(SettingsError, match=f"{name} is not set"):
            make()
    with pytest.raises(SettingsError, match=r"GREENROOM_SECRET_KEY.*`greenroom keys`"):
        _ = runtime.vault


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    """A second start finds the same keys: e-mail addresses stay readable."""
    make_keys(tmp_path)
    first = read_keys(tmp_path)
    make_keys(tmp_path)

    assert first
    assert read_keys(tmp_path) == first
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_nothing_connects_before_it_is_used() -> None:
    """Importing and making a runtime costs no connection."""
    runtime = Runtime(Settings(database_url="postgresql://nobody@127.0.0.1:1/x", redis_url="redis://127.0.0.1:1/0"))

    assert runtime.engine.pool.checkedin() == 0  # type: ignore[attr-defined]
