"""A Dask cluster on this machine: a scheduler, and workers that can't see a project's folder."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from distributed import Client, LocalCluster

HIDDEN = "MCSITE_TEST_HIDDEN"
# preloaded by a worker: what is below a folder isn't there for it, as on another machine
_HIDE = f"""\
import os, sys

hidden = os.environ["{HIDDEN}"]


def hook(event, args):
    if event in ("open", "os.listdir", "os.scandir") and str(args[0]).startswith(hidden):
        raise PermissionError(f"a worker looked at {{args[0]}}")


sys.addaudithook(hook)
"""


@dataclass(frozen=True, slots=True)
class Workers:
    """A scheduler's address, and the processes of its workers."""

    address: str
    processes: tuple["subprocess.Popen[bytes]", ...]


@contextmanager
def workers(folder: Path, hidden: Path, count: int = 2) -> Iterator[Workers]:
    """Start workers in `folder`, for which nothing is below `hidden`."""
    (folder / "hide.py").write_text(_HIDE, "utf-8")
    settings = {**os.environ, HIDDEN: str(hidden)}
    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as cluster:
        command = [
            sys.executable, "-m", "distributed.cli.dask_worker", cluster.scheduler_address,
            "--no-nanny", "--nthreads", "1", "--no-dashboard", "--preload", "hide.py",
            "--local-directory", str(folder), "--death-timeout", "60",
        ]  # fmt: skip
        started = [
            subprocess.Popen(command, cwd=folder, env=settings, stderr=subprocess.DEVNULL)
            for _ in range(count)
        ]
        try:
            with Client(cluster.scheduler_address, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
            yield Workers(cluster.scheduler_address, tuple(started))
        finally:
            for process in started:
                process.kill()
                process.wait()
