"""Storage that knows no conditional writes can't keep two publishers apart, and that is noticed."""

import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

import pytest
from s3fs import S3FileSystem

from mcsite.errors import MachineError
from mcsite.store import leases
from mcsite.store.leases import LEASE, Lease, leased
from mcsite.store.objects import Held, ObjectStore, store_at
from tests.browser.server import answering

UNKNOWN = b"<Error><Code>NotImplemented</Code><Message>no conditions here</Message></Error>"


class Old(BaseHTTPRequestHandler):
    """Storage that takes every object, and either overlooks conditions or refuses them."""

    protocol_version = "HTTP/1.1"  # which lets a client wait for "100 Continue"
    refuses = False

    def do_PUT(self) -> None:
        """Take an object."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(501 if self.refuses else 200, UNKNOWN if self.refuses else b"")

    def do_HEAD(self) -> None:
        """Tell of an object."""
        self._answer(200, b"")

    def do_POST(self) -> None:
        """Remove objects."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200, b"<DeleteResult></DeleteResult>")

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("ETag", '"0"')
        self.send_header("Last-Modified", self.date_time_string())
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=[False, True], ids=["overlooks", "refuses"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    handler = type("Storage", (Old,), {"refuses": request.param})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, answering(server) as found:
        yield found


def test_storage_without_conditions_is_said_to_be_so(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    S3FileSystem.clear_instance_cache()  # else the storage of another test is asked
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    with leased(store_at("s3://micro-site"), "lock", "a build") as lease:
        assert not lease.exclusive
        lease.check()
    S3FileSystem.clear_instance_cache()


class Shelf:
    """Storage of one object in memory, whose clock the test moves; it can be out of reach."""

    url = "s3://micro-site/"

    def __init__(self) -> None:
        self.now = 0.0
        self.held: tuple[str, float] | None = None
        self.writes = 0
        self.reachable = True

    def replace(self, name: str, data: bytes, etag: str | None) -> str | None:
        """Write the object, on a condition."""
        del name, data
        if not self.reachable:
            raise MachineError("out of reach")
        if (self.held[0] if self.held else None) != etag:
            return None
        self.writes += 1
        self.held = (str(self.writes), self.now)
        return self.held[0]

    def state(self, name: str) -> Held | None:
        """Tell how old the object is."""
        del name
        return Held(self.held[0], self.now - self.held[1]) if self.held else None

    def remove(self, names: Iterator[str]) -> None:
        """Remove the object."""
        del names
        self.held = None


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    found = Shelf()
    monkeypatch.setattr(leases, "seconds", lambda: found.now)
    return found


def taken(shelf: Shelf, holder: str) -> Lease:
    lease = Lease(cast("ObjectStore", shelf), "lock", holder)
    lease.take()
    return lease


@pytest.mark.parametrize("is_done", [True, False])
def test_who_slept_finds_out_before_going_on_that_another_has_the_place(
    shelf: Shelf,
    is_done: bool,  # noqa: FBT001 -- of the case
) -> None:
    sleeper = taken(shelf, "a")
    shelf.now = 300
    other = taken(shelf, "b")
    if is_done:
        other.give_up()
    held = shelf.held

    with pytest.raises(MachineError, match="this one was silent for too long"):
        sleeper.check()

    assert sleeper.lost
    sleeper.give_up()
    assert shelf.held == held
    other.check()


def test_who_slept_and_was_not_missed_goes_on_with_a_new_lease(shelf: Shelf) -> None:
    sleeper = taken(shelf, "a")
    shelf.now = 300

    sleeper.check()

    with pytest.raises(MachineError, match="another build is publishing"):
        taken(shelf, "b")


def test_a_lease_is_renewed_after_half_of_its_time_and_not_before(shelf: Shelf) -> None:
    lease = taken(shelf, "a")
    written = shelf.writes
    for seconds in (1, LEASE / 2):
        shelf.now = seconds
        lease.check()
    assert shelf.writes == written

    shelf.now = LEASE / 2 + 1
    lease.check()
    shelf.now = LEASE
    lease.check()

    assert shelf.writes == written + 1


def test_nobody_goes_on_after_a_silence_while_the_storage_is_out_of_reach(shelf: Shelf) -> None:
    lease = taken(shelf, "a")
    shelf.now, shelf.reachable = 300, False

    with pytest.raises(MachineError, match="out of reach"):
        lease.check()

    shelf.reachable = True
    lease.check()


def test_time_goes_on_while_the_machine_sleeps() -> None:
    clock = time.CLOCK_BOOTTIME if sys.platform == "linux" else time.CLOCK_REALTIME
    before = time.clock_gettime(clock)

    assert before <= leases.seconds() <= time.clock_gettime(clock)
