"""Connections to the public internet only: a page or feed cannot make the machine read its own network.

A name is resolved once, every address that it has is judged, and the connection goes to an address that was judged,
so that a name which changes its mind (DNS rebinding) changes nothing. The same holds for every redirect.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl

# IPv4 addresses inside IPv6 ones (RFC 6052)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
IPv4 = ipaddress.IPv4Address
IPv6 = ipaddress.IPv6Address


class PrivateAddressError(httpcore.ConnectError):
    """A name that leads into a private network."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so is every address inside it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner: list[IPv4 | None] = []
    if isinstance(found, IPv6):
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in NAT64 or int(found) >> 32 == 0:
            inner.append(IPv4(int(found) & 0xFFFFFFFF))
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
    return (
        found.is_global and not found.is_multicast and all(is_public(str(part)) for part in inner if part is not None)
    )


class Deadline(threading.local):
    """Until when the request of this thread may take."""

    at: float = float("inf")

    def left(self, timeout: float | None) -> float:
        """How long the next step may take. Raises ReadTimeout where no time is left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer takes too long in all")
        return left if timeout is None else min(left, timeout)


class Guard(httpcore.NetworkBackend):
    """Opens connections to public addresses, or to all where the user allows it."""

    def __init__(self, deadline: Deadline, *, allow_private: bool = False) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of a host that answers."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known ({error})") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        private = [address for address in addresses if not is_public(address)]
        if private and not self._allow_private:
            raise PrivateAddressError(f"{host} leads to {private[0]}, which is no address of the public internet")
        failed: Exception = httpcore.ConnectError(f"the name {host} has no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return Timed(stream, self._deadline)
        raise failed

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.NetworkStream:
        """Never: no address names a socket of this machine."""
        raise PrivateAddressError(f"{path} is a socket of this machine")

    def sleep(self, seconds: float) -> None:
        """Wait between two tries."""
        time.sleep(seconds)


class Timed(httpcore.NetworkStream):
    """A connection on which every step ends by the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Let go."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted; the certificate must be the host's, not the address's."""
        return Timed(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)
