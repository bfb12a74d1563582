"""Chromium as the measurements use it, and what a page's files weigh."""

import gzip
import os
from pathlib import Path

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def compressed(site: Path, path: str) -> int:
    """Return the bytes, as gzip, of what a site answers for a path."""
    file = site / path.lstrip("/")
    return len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 9))
