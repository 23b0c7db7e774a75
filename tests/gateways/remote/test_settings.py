"""A site's remote settings: off unless written, read strictly, refused by name without repeating a secret."""

import json

import pytest

from service.gateways.remote.settings import RemoteSettings

CHAT = {"kind": "openai_chat", "url": "https://api.example.org/v1/chat/completions", "model": "small-1"}


def test_what_is_left_out_is_the_careful_choice():
    """Hold when it fails, send neither e-mail nor address, call nobody inside."""
    found = RemoteSettings.from_settings(CHAT)

    assert (found.on_failure, found.may_send_email, found.may_send_address, found.allow_private_hosts) == (
        "hold", False, False, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"only_uncertain": [0.2, 0.8], "timeout_seconds": 5, "on_failure": "go_on_without", "daily_budget": 7},
        {"secret_name": "chat_key", "allow_private_hosts": True, "url": "http://model:8000/v1/chat/completions"},
        {"may_send_email": True, "may_send_address": True},
    ],
)
def test_settings_survive_the_database(changes):
    """Written as JSON and read again they are the same."""
    found = RemoteSettings.from_settings(CHAT | changes)

    assert RemoteSettings.from_settings(json.loads(json.dumps(found.to_settings()))) == found


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"kind": None}, "kind"),
        ({"kind": "perspective"}, "kind"),
        ({"colour": 1}, "colour"),
        ({"url": None}, "url"),
        ({"url": "ftp://example.org/"}, "url"),
        ({"url": "https:///path"}, "url"),
        ({"url": "https://example.org:99999/"}, "url"),
        ({"url": "https://exa mple.org/"}, "url"),
        ({"url": "https://example.org/\r\nX: y"}, "url"),
        ({"url": "https://[::1/"}, "url"),
        ({"url": "https://u:p@example.org/"}, "url"),
        ({"url": "http://api.example.org/"}, "url"),
        ({"url": "https://example.org/" + "a" * 2000}, "url"),
        ({"model": None}, "model"),
        ({"model": "a b"}, "model"),
        ({"model": "x" * 201}, "model"),
        ({"kind": "akismet", "secret_name": "a"}, "model"),
        ({"kind": "akismet", "model": None}, "secret_name"),
        ({"kind": "hook", "model": None}, "secret_name"),
        ({"secret_name": "../../etc/passwd"}, "secret_name"),
        ({"secret_name": "A"}, "secret_name"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
        ({"timeout_seconds": 60}, "timeout_seconds"),
        ({"timeout_seconds": float("nan")}, "timeout_seconds"),
        ({"timeout_seconds": True}, "timeout_seconds"),
        ({"on_failure": "publish"}, "on_failure"),
        ({"only_uncertain": [0.8, 0.2]}, "only_uncertain"),
        ({"only_uncertain": [0.2]}, "only_uncertain"),
        ({"only_uncertain": [float("nan"), 1]}, "only_uncertain"),
        ({"only_uncertain": "01"}, "only_uncertain"),
        ({"daily_budget": 0}, "daily_budget"),
        ({"daily_budget": 1.5}, "daily_budget"),
        ({"daily_budget": True}, "daily_budget"),
        ({"may_send_email": "yes"}, "may_send_email"),
        ({"may_send_address": 1}, "may_send_address"),
        ({"allow_private_hosts": None}, "allow_private_hosts"),
    ],
)
def test_a_wrong_setting_is_named(changes, named):
    """The sentence says which one to correct."""
    with pytest.raises(ValueError, match=rf"^remote[.:].*{named}"):
        RemoteSettings.from_settings(CHAT | changes)


@pytest.mark.parametrize(
    "changes", [{"secret_name": "sk-HUSH-1234"}, {"url": "https://u:HUSH@example.org/"}, {"url": "https://HUSH/ "}]
)
def test_a_secret_in_the_wrong_place_is_not_repeated(changes):
    """An error is read by more people than the secret was meant for."""
    with pytest.raises(ValueError) as caught:
        RemoteSettings.from_settings(CHAT | changes)

    assert "HUSH" not in str(caught.value)


@pytest.mark.parametrize(
    ("band", "score", "is_wanted"),
    [(None, 0.0, True), (None, 1.0, True), ([0.2, 0.8], 0.2, True), ([0.2, 0.8], 0.8, True),
     ([0.2, 0.8], 0.19, False), ([0.2, 0.8], 0.81, False)],
)  # fmt: skip
def test_only_the_uncertain_band_is_sent(band, score, is_wanted):
    """What our own checks are sure of stays here."""
    assert RemoteSettings.from_settings(CHAT | {"only_uncertain": band}).is_wanted(score) is is_wanted
