"""An S3 server on this machine: SeaweedFS, on ports that are free, with a folder of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

KEY, SECRET = (
    "test-key",
    "test-secret",
)  # pragma: allowlist secret -- of a server that ends with the tests
_PORTS = (
    "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port",
    "filer.port.grpc", "s3.port", "s3.port.grpc",
)  # fmt: skip


@contextmanager
def storage(folder: Path) -> Iterator[Mapping[str, str]]:
    """Run a server; give the environment in which programs find it."""
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}), "utf-8")
    (folder / "data").mkdir()
    ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
    command = [
        str(Path(sys.executable).with_name("weed")), "server", "-dir=data", "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1", "-filer", "-s3", "-s3.config=s3.json", "-s3.port.iceberg=0",
        "-s3.port.lance=0", "-volume.max=20", "-master.volumeSizeLimitMB=64",
        "-volume.preStopSeconds=0", *(f"-{name}={port}" for name, port in ports.items()),
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{ports['s3.port']}"
    try:
        _wait_for(f"{address}/status", process)
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }
    finally:
        process.kill()
        process.wait()


def _free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on, each another one."""
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=1):  # noqa: S310 -- of this machine
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the S3 server didn't start")
