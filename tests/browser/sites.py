"""The sample site, built once for all browser tests."""

import datetime as dt
import fcntl
import os
from pathlib import Path

import pytest

from mcsite.commands.build import BuildRequest, build_site

ROOT = Path(__file__).parent.parent.parent
NOW = dt.datetime.now(dt.UTC)


def build_sample(output: Path, *, search: bool) -> Path:
    """Build the sample site into `output`."""
    build_site(BuildRequest(project=ROOT, output=output, search=search, built_at=NOW, now=NOW))
    return output


def built_sample(factory: pytest.TempPathFactory, *, search: bool = True) -> Path:
    """Return the sample site, which nobody changes: who asks first builds it for all workers."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    output = folder / ("sample-search" if search else "sample")
    with output.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return output if output.exists() else build_sample(output, search=search)
