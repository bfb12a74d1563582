"""Storage that knows no conditional writes can't keep two publishers apart, and that is noticed."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from s3fs import S3FileSystem

from mcsite.store.leases import leased
from mcsite.store.objects import store_at
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
