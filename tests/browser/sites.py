"""The sample site, built once for all browser tests of a session."""

import datetime as dt
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
    """Return the sample site of this worker, building it the first time."""
    name = "sample-search" if search else "sample"
    output = factory.getbasetemp() / name
    return output if output.exists() else build_sample(output, search=search)
