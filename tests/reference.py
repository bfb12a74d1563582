"""What tests need beside the repository. Where it is missing they fail and say so: a variable, set
to 1, skips them instead, which the summary shows.
"""

import os
from pathlib import Path
from typing import NoReturn

import pytest

FOLDER = Path(__file__).parent.parent.parent / "shared" / "reference"


def reference(path: str) -> Path:
    """Return a file or folder of the reference data: official vocabularies, schemas, vectors.

    It stands beside the repository, in ../shared/reference.
    """
    found = FOLDER / path
    if not found.exists():
        missing(f"the reference data {found} isn't there", "MCSITE_WITHOUT_REFERENCE")
    return found


def missing(what: str, variable: str) -> NoReturn:
    """End a test that can't run."""
    if os.environ.get(variable) == "1":
        pytest.skip(f"NOT TESTED: {what}")
    pytest.fail(f"{what}; set {variable}=1 to do without the tests that need it")
