"""Fetching from strangers: the host that was named, within bounds, and nobody else."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from mcsite.store.https import HttpsClient, NotFetched, is_public
from tests.https_server import HttpsServer, answering, https_server, moved


@pytest.fixture
def server() -> Iterator[HttpsServer]:
    with https_server() as running:
        yield running


def refused(client: HttpsClient, url: str, *, max_bytes: int = 1000) -> str:
    with pytest.raises(NotFetched) as caught:
        client.get(url, max_bytes=max_bytes)
    return caught.value.reason


def test_an_answer_is_fetched_and_nothing_of_this_machine_is_told(server: HttpsServer) -> None:
    server.routes["/a?b=c"] = answering(b"hello")

    assert server.client().get(f"{server.base}/a?b=c", max_bytes=5) == b"hello"

    (heard,) = server.heard
    names = sorted(line.split(":")[0] for line in heard.splitlines()[1:] if line)
    assert names == ["Accept-Encoding", "Connection", "Host", "User-Agent"]
    assert f"Host: localhost:{server.port}" in heard


def test_the_fragment_is_never_sent(server: HttpsServer) -> None:
    server.routes["/c/"] = answering(b"page")

    assert server.client().get(f"{server.base}/c/#k=secret", max_bytes=10) == b"page"
    assert "secret" not in server.heard[0]


def test_a_redirect_on_the_same_host_is_followed_a_few_times(server: HttpsServer) -> None:
    server.routes |= {"/1": moved("/2"), "/2": moved(f"{server.base}/3"), "/3": answering(b"3")}
    server.routes["/round"] = moved("/round")

    assert server.client().get(f"{server.base}/1", max_bytes=10) == b"3"
    assert refused(server.client(), f"{server.base}/round") == "unreachable"
    assert len(server.heard) == 3 + 4


@pytest.mark.parametrize(
    "target",
    [
        "https://other.example/did.json",
        "https://localhost/did.json",  # another port
        "https://localhost.:{port}/did.json",
        "https://user@localhost:{port}/did.json",
        "https://127.0.0.1:{port}/did.json",
        "http://localhost:{port}/did.json",
        "file:///etc/passwd",
        "//169.254.169.254/latest/meta-data/",
    ],
)
def test_a_redirect_elsewhere_is_not_followed(server: HttpsServer, target: str) -> None:
    server.routes["/"] = moved(target.format(port=server.port))

    assert refused(server.client(), f"{server.base}/") == "other-host"
    assert len(server.heard) == 1


@pytest.mark.parametrize("address", ["https://[x/", "https://a\u2100b/", "https://", "x"])
def test_what_is_no_address_is_asked_nobody(server: HttpsServer, address: str) -> None:
    server.routes["/"] = moved("https://[x/")

    assert refused(server.client(), address) in ("other-host", "unreachable")
    assert refused(server.client(), f"{server.base}/") == "unreachable"


def test_an_answer_that_is_too_large_is_given_up(server: HttpsServer) -> None:
    server.routes |= {"/big": answering(b"x" * 1001), "/endless": server.endless}

    assert refused(server.client(), f"{server.base}/big") == "too-large"
    assert refused(server.client(), f"{server.base}/endless", max_bytes=1_000_000) == "too-large"


def test_a_host_that_drips_is_given_up_when_the_time_is_over(server: HttpsServer) -> None:
    server.routes["/"] = server.drip
    begun = time.monotonic()

    assert refused(server.client(timeout=0.5), f"{server.base}/") == "unreachable"
    assert time.monotonic() - begun < 4


def test_a_host_that_never_shakes_hands_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        client = HttpsClient(may_connect=lambda _: True, timeout=0.5)

        assert refused(client, f"https://localhost:{silent.getsockname()[1]}/") == "unreachable"
        assert time.monotonic() - begun < 4


def test_a_host_that_sends_us_around_has_one_time_for_it_all(server: HttpsServer) -> None:
    def late(connection: socket.socket) -> None:
        server.stopped.wait(1)
        moved("/")(connection)

    server.routes["/"] = late
    begun = time.monotonic()

    assert refused(server.client(timeout=1.5), f"{server.base}/") == "unreachable"
    assert time.monotonic() - begun < 3.5  # four answers of a second each would take longer


def test_a_certificate_of_another_authority_is_refused(server: HttpsServer) -> None:
    assert refused(HttpsClient(may_connect=lambda _: True), f"{server.base}/") == "unreachable"
    assert server.heard == []


def test_a_certificate_for_another_name_is_refused() -> None:
    with https_server("other.example") as server:
        assert refused(server.client(), f"{server.base}/") == "unreachable"
        assert server.heard == []


def test_an_address_inside_a_private_network_is_not_even_connected_to(server: HttpsServer) -> None:
    context = server.client().context

    assert refused(HttpsClient(context), f"{server.base}/") == "private-address"
    assert server.heard == []


def test_the_address_that_was_looked_at_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that points elsewhere when it is asked a second time gains nothing."""
    resolve = socket.getaddrinfo
    names: list[str] = []
    seen: list[str] = []

    def resolved(host: str, port: int, *_: Any, **hints: Any) -> Any:
        del hints
        names.append(host)
        place = "127.0.0.1" if host == "uni.example" else host
        return resolve(place, port, type=socket.SOCK_STREAM)

    def may_connect(address: str) -> bool:
        seen.append(address)
        return True

    with https_server("uni.example") as server:
        server.routes["/"] = answering(b"hello")
        client = HttpsClient(server.client().context, may_connect)
        monkeypatch.setattr(socket, "getaddrinfo", resolved)

        found = client.get(f"https://uni.example:{server.port}/", max_bytes=9)

    assert found == b"hello"
    assert seen == ["127.0.0.1"]
    assert names == ["uni.example", "127.0.0.1"]  # the name once; then the address itself


@pytest.mark.parametrize(
    "answer",
    [
        answering(b"gone", status="404 Not Found"),
        answering(b"\x1f\x8b", headers=("Content-Encoding: gzip",)),
        moved(""),
        moved("https://[a.example/"),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ncut"),
        lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n"),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200),
        lambda connection: connection.close(),
    ],
    ids=["404", "gzip", "nowhere", "no address", "short", "cut", "ssh", "headers", "closed"],
)
def test_an_answer_that_is_none_is_unreachable(server: HttpsServer, answer: object) -> None:
    server.routes["/"] = answer  # type: ignore[assignment] # lambdas of the same shape

    assert refused(server.client(), f"{server.base}/") == "unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "https://user:word@localhost/",
        "https://localhost:99999/",
        "https://local host/",
        "https://локальный.example/",
        "https://[::1]/",
        "https://nowhere.invalid/",
        "https://-a.example/",
    ],
)
def test_an_address_that_is_none_is_unreachable(url: str) -> None:
    assert refused(HttpsClient(timeout=2), url) == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_of_private_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2a00:1450:4001:80b::200e", "64:ff9b::5db8:d70e", "::ffff:8.8.8.8"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)
