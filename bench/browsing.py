"""What a page's files weigh."""

import gzip
from pathlib import Path


def compressed(site: Path, path: str) -> int:
    """Return the bytes, as gzip, of what a site answers for a path."""
    file = site / path.lstrip("/")
    return len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 9))
