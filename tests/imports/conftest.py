"""What tests of importing share."""

from pathlib import Path

import pytest

from tests.importing import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)
