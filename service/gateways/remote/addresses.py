"""Which network addresses a remote check may call (T15), and how a host name becomes one of them."""

import socket
import threading
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from typing import Final

from service.gateways.remote.model import Failure, RemoteFailed

Address = IPv4Address | IPv6Address

METADATA: Final = frozenset(map(ip_address, ("169.254.169.254", "100.100.100.200", "fd00:ec2::254")))
"""Where clouds hand out their machines' credentials (AWS, Google, Azure, Alibaba): no setting opens these."""

_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


def pick(addresses: Collection[str], *, is_encrypted: bool, is_private_allowed: bool) -> str:
    """The address to connect to, of those that a host name resolved to.

    One forbidden address forbids them all: a name that points inside as well as outside is a trap or a mistake.
    Plain http goes to private addresses only, for elsewhere others read along.

    Raises:
        RemoteFailed: forbidden_address.

    """
    found = [(address, seen(ip_address(address))) for address in addresses]
    if not found or not all(_is_allowed(ip, is_encrypted, is_private_allowed) for _, ip in found):
        raise RemoteFailed(Failure.FORBIDDEN_ADDRESS)
    return found[0][0]


def seen(ip: Address) -> Address:
    """The address that a packet to `ip` ends at: IPv4 inside IPv6 is taken out."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(ip.packed[12:])
    return ip.ipv4_mapped or ip.sixtofour or ip


def is_public(ip: Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def is_private(ip: Address) -> bool:
    """Whether it is this machine or a network at home: not link-local, multicast, reserved or a cloud's metadata."""
    odd = ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip in METADATA
    # The loopback ::1 lies in a range that is otherwise reserved.
    return ip.is_loopback or (not odd and not ip.is_global and not ip.is_reserved)


def _is_allowed(ip: Address, is_encrypted: bool, is_private_allowed: bool) -> bool:  # noqa: FBT001 - of this module only
    return (is_private_allowed and is_private(ip)) or (is_encrypted and is_public(ip))


def resolve(host: str, timeout: float) -> tuple[str, ...]:
    """The addresses of a host, as this machine sees it (hosts file and all), within `timeout` seconds.

    Raises:
        RemoteFailed: timeout, or unreachable when there is no such host.

    """
    answers: SimpleQueue[tuple[str, ...]] = SimpleQueue()
    threading.Thread(target=lambda: answers.put(_look_up(host)), name="resolve", daemon=True).start()
    try:
        found = answers.get(timeout=max(timeout, 0))
    except Empty:
        raise RemoteFailed(Failure.TIMEOUT) from None
    if not found:
        raise RemoteFailed(Failure.UNREACHABLE)
    return found


def _look_up(host: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(item[4][0]) for item in found))
