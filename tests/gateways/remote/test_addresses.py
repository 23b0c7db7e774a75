"""Server-side request forgery (T15): which addresses a host name may lead to."""

import time

import pytest

from service.gateways.remote import addresses
from service.gateways.remote.addresses import pick, resolve
from service.gateways.remote.model import Failure
from tests.gateways.remote.conftest import failure_of

INSIDE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fc00::1", "fd12::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:c0a8:101::", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1",
]  # fmt: skip
NEVER = [
    "169.254.169.254", "169.254.1.1", "fe80::1", "fe80::1%1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255",
    "240.0.0.1", "100.100.100.200", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
    "::7f00:1",
]  # fmt: skip
OUTSIDE = ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INSIDE + NEVER)
def test_no_question_goes_inside_unless_allowed(address):
    """A site's settings can't make the worker speak to what stands beside it."""
    assert failure_of(lambda: pick([address], is_encrypted=True, is_private_allowed=False)) == "forbidden_address"


@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.parametrize("is_encrypted", [True, False])
def test_a_private_service_may_be_allowed(address, is_encrypted):
    """With the setting, a model on the same network can be asked, and without TLS."""
    assert pick([address], is_encrypted=is_encrypted, is_private_allowed=True) == address


@pytest.mark.parametrize("address", NEVER)
def test_no_setting_opens_the_cloud_s_metadata(address):
    """Link-local, multicast, reserved and metadata addresses stay closed."""
    assert failure_of(lambda: pick([address], is_encrypted=True, is_private_allowed=True)) == "forbidden_address"


@pytest.mark.parametrize("address", OUTSIDE)
@pytest.mark.parametrize("is_private_allowed", [True, False])
def test_outside_only_encrypted(address, is_private_allowed):
    """Comments and keys don't cross the internet in the clear."""
    assert pick([address], is_encrypted=True, is_private_allowed=is_private_allowed) == address
    assert (
        failure_of(lambda: pick([address], is_encrypted=False, is_private_allowed=is_private_allowed))
        is Failure.FORBIDDEN_ADDRESS
    )


def test_one_forbidden_address_forbids_them_all():
    """A name that leads both ways is not tried the harmless way."""
    both = [OUTSIDE[0], "127.0.0.1"]

    assert failure_of(lambda: pick(both, is_encrypted=True, is_private_allowed=False)) == "forbidden_address"
    assert failure_of(lambda: pick([], is_encrypted=True, is_private_allowed=False)) == "forbidden_address"


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "017700000001", "localhost"])
def test_odd_spellings_of_this_machine_are_seen_through(host):
    """It is the address that is looked at, not how the host was written."""
    found = resolve(host, 2)

    assert failure_of(lambda: pick(found, is_encrypted=True, is_private_allowed=False)) == "forbidden_address"


def test_a_host_that_does_not_exist_is_unreachable():
    """Names under .invalid never resolve (RFC 2606)."""
    assert failure_of(lambda: resolve("nobody.invalid", 5)) in {"unreachable", "timeout"}
    assert failure_of(lambda: resolve("a" * 300, 5)) == "unreachable"


def test_a_resolver_that_hangs_costs_no_more_than_the_time_out(monkeypatch):
    """The worker doesn't wait for DNS longer than for the service."""
    monkeypatch.setattr(addresses, "_look_up", lambda _: time.sleep(5))
    began = time.monotonic()

    assert failure_of(lambda: resolve("slow.example", 0.1)) == "timeout"
    assert time.monotonic() - began < 1
