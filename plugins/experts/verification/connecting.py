"""Connections to addresses of the public internet only, which end when their time is over.

A name is looked up once, each of its addresses is checked, and the connection goes to one that was: between looking and
connecting nothing can change (DNS rebinding).  The way of httpcore's network backends; the checks follow the registries
of special addresses of IANA (RFC 6890), also inside of IPv6 addresses that carry an IPv4 one (RFC 4291, 3056, 4380, 6052).
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

_TRANSLATED = IPv6Network("64:ff9b::/96")
_TRANSLATED_LOCALLY = IPv6Network("64:ff9b:1::/48")
_SITE_LOCAL = IPv6Network("fec0::/10")


class Refused(httpcore.ConnectError):
    """A name leads to no address that may be asked."""


def public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not (one.is_multicast or one.is_reserved) for one in _meant(found))


def _meant(found: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """An address, or the IPv4 address that it stands for, with all others that it carries."""
    if isinstance(found, IPv4Address):
        return [found]
    if found.ipv4_mapped:
        return [found.ipv4_mapped]
    if found in _SITE_LOCAL or found in _TRANSLATED_LOCALLY:
        return [IPv4Address("10.0.0.1")]
    if found in _TRANSLATED:
        return [IPv4Address(int(found) & 0xFFFFFFFF)]
    carried = [found.sixtofour, *(found.teredo or ())]
    return [found, *[one for one in carried if one is not None]]


def addresses(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of a name, in the order of the system; ConnectError where there are none, or not in time."""
    found: list[str] = []
    failure: list[Exception] = []

    def look() -> None:
        try:
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(str(place[0]))
        except (OSError, UnicodeError, OverflowError) as error:
            failure.append(error)

    # The system cannot be told to give up, so it is left alone.
    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if thread.is_alive():
        raise httpcore.ConnectTimeout(f"the name {host} is not found in time")
    if failure or not found:
        raise httpcore.ConnectError(f"the name {host} is not known")
    return list(dict.fromkeys(found))


class Network(httpcore.NetworkBackend):
    """Connects within a time, to addresses that are `allowed`."""

    def __init__(self, until: float, allowed: Callable[[str], bool]) -> None:
        """Take the end of all that may happen, by the monotonic clock."""
        self.until, self.allowed = until, allowed
        self.system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the name's addresses that answers."""
        found = addresses(host, port, _left(self.until, timeout))
        allowed = [address for address in found if self.allowed(address)]
        if not allowed:
            raise Refused(f"{host} is {found[0]}, which is no address of the public internet")
        failure: Exception = httpcore.ConnectError(f"{host} cannot be reached")
        for address in allowed:
            try:
                stream = self.system.connect_tcp(
                    address, port, _left(self.until, timeout), local_address, socket_options
                )
                return _Stream(stream, self.until)
            except httpcore.ConnectError as error:
                failure = error
        raise failure

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    """A connection on which every step gets the time that is left, however little comes with each."""

    def __init__(self, inner: httpcore.NetworkStream, until: float) -> None:
        self.inner, self.until = inner, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, _left(self.until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, _left(self.until, timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self.inner.start_tls(ssl_context, server_hostname, _left(self.until, timeout))
        return _Stream(inner, self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left if timeout is None else min(left, timeout)
