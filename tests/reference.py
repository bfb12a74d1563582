"""The reference data that large tests read: official vocabularies, schemas, test vectors.

It stands beside the repository, in ../shared/reference. Where it is missing, tests that need it
fail and say so;
MCSITE_WITHOUT_REFERENCE=1 skips them, which the summary shows.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent.parent / "shared" / "reference"


def reference(path: str) -> Path:
    """Return a file or folder of the reference data."""
    found = FOLDER / path
    if found.exists():
        return found
    if os.environ.get("MCSITE_WITHOUT_REFERENCE") == "1":
        pytest.skip(f"NOT TESTED: the reference data {path} isn't there")
    pytest.fail(
        f"the reference data {found} isn't there; "
        "set MCSITE_WITHOUT_REFERENCE=1 to do without the tests that need it"
    )
