"""Fetching over HTTPS from a host that a stranger's document names: the only door to the network.

The host is asked, and nobody else: no other host, no address inside a private network, no plain
HTTP, whatever it redirects to. An answer is bounded in size and in time, handshake included, and
nothing of this machine is sent: no cookies, no credentials, no proxy's headers.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, urljoin, urlsplit

from mcsite.credentials.did import AUTHORITY

TIMEOUT = 15.0  # seconds for one answer, from the first packet to the last
REDIRECTS = 3
_LONGEST = 2000  # characters of an address
_MOVED = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotFetched(Exception):
    """There is no answer; `reason` is the word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason  # "unreachable", "other-host", "private-address" or "too-large"


@dataclass(frozen=True, slots=True)
class Reply:
    """The status that a host answers with, and where it sends us, "" where nowhere."""

    status: int
    location: str = ""


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the open Internet, also where IPv6 wraps an IPv4 one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def address_parts(url: str) -> SplitResult:
    """Return the parts of an address that anybody may have written, empty where it is none, or is
    too long for one.
    """
    try:
        return urlsplit(url if len(url) <= _LONGEST else "")
    except ValueError:
        return SplitResult("", "", "", "", "")


@cache
def _this_machines() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class HttpsClient:
    """Asks one host at a time. Tests give it their own authority and let it ask this machine."""

    context: ssl.SSLContext | None = None  # None: the authorities that this machine trusts
    may_connect: Callable[[str], bool] = is_public
    timeout: float = TIMEOUT

    def get(self, url: str, *, max_bytes: int) -> bytes:
        """Return what stands at `url`, following redirects on its own host; or NotFetched."""
        authority = address_parts(url).netloc
        deadline = time.monotonic() + self.timeout
        for _ in range(REDIRECTS + 1):
            parts = address_parts(url)
            if parts.scheme != "https" or parts.netloc != authority:
                raise NotFetched("other-host")
            try:
                found = self._answer(parts, deadline, max_bytes)
                if isinstance(found, bytes):
                    return found
                url = urljoin(url, found)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise NotFetched("unreachable") from error
        raise NotFetched("unreachable")

    def ask(self, url: str, method: str) -> Reply:
        """Return what a host says of `url` without reading what stands there; or NotFetched. Plain
        HTTP is asked too, and no redirect is followed.
        """
        parts, deadline = urlsplit(url), time.monotonic() + self.timeout
        try:
            with self._connection_to(parts, deadline) as connection:
                return _reply(connection, parts, method)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotFetched("unreachable") from error

    def _answer(self, parts: SplitResult, deadline: float, max_bytes: int) -> bytes | str:
        """Return the body of the answer, or where the host sends us."""
        with self._connection_to(parts, deadline) as connection:
            found = _exchange(connection, parts, max_bytes)
        if time.monotonic() > deadline:
            raise TimeoutError
        return found

    @contextmanager
    def _connection_to(self, parts: SplitResult, deadline: float) -> Iterator[socket.socket]:
        """Give a connection that ends at the deadline, whatever goes on then."""
        if not AUTHORITY.fullmatch(parts.netloc) or parts.hostname is None:
            raise NotFetched("unreachable")
        plainly = parts.scheme == "http"
        host, port = parts.hostname, parts.port or (80 if plainly else 443)
        plain = self._connected(host, port, deadline)
        with plain if plainly else self._secured(plain, host) as connection:
            stop = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, [connection])
            stop.daemon = True
            stop.start()
            try:
                if isinstance(connection, ssl.SSLSocket):
                    connection.do_handshake()
                yield connection
            finally:
                stop.cancel()

    def _secured(self, plain: socket.socket, host: str) -> ssl.SSLSocket:
        return (self.context or _this_machines()).wrap_socket(
            plain,
            server_hostname=host,
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,  # who cuts a connection doesn't shorten an answer
        )

    def _connected(self, host: str, port: int, deadline: float) -> socket.socket:
        """Return a connection to an address that was looked at: a name can change in between."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        allowed = [place for *_, place in found if self.may_connect(str(place[0]))]
        if not allowed:
            raise NotFetched("private-address")
        for place in allowed[:-1]:
            try:
                return _connection(place, deadline)
            except OSError:
                continue
        return _connection(allowed[-1], deadline)


def _connection(place: tuple[object, ...], deadline: float) -> socket.socket:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return socket.create_connection((str(place[0]), int(str(place[1]))), timeout=left)


def _cut(connection: socket.socket) -> None:
    """End what still runs at the deadline: a host that sends a byte a minute never times out."""
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return


def _asked(connection: socket.socket, parts: SplitResult, method: str) -> http.client.HTTPResponse:
    """Send a request, without the fragment and without anything of this machine."""
    asked = http.client.HTTPConnection(parts.netloc)
    asked.sock = connection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "mcsite"}
    asked.request(method, path, headers=headers)
    return asked.getresponse()


def _reply(connection: socket.socket, parts: SplitResult, method: str) -> Reply:
    with _asked(connection, parts, method) as answer:
        location = answer.headers.get("Location") if answer.status in _MOVED else None
        return Reply(answer.status, urljoin(parts.geturl(), location) if location else "")


def _exchange(connection: socket.socket, parts: SplitResult, max_bytes: int) -> bytes | str:
    with _asked(connection, parts, "GET") as answer:
        if answer.status in _MOVED:
            return answer.headers.get("Location") or ""
        if answer.status != http.client.OK or answer.headers.get("Content-Encoding"):
            raise NotFetched("unreachable")
        body = b"".join(_pieces(answer, max_bytes))
        short = bool(answer.length)
    if len(body) > max_bytes:
        raise NotFetched("too-large")
    if short:
        raise NotFetched("unreachable")
    return body


def _pieces(answer: http.client.HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    left = max_bytes + 1
    while left > 0 and (piece := answer.read(min(left, 65536))):
        left -= len(piece)
        yield piece
