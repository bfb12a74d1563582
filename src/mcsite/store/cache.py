"""What a project's folder keeps between runs to save work: .mcsite/, which can always be deleted.

Nothing in it is trusted with more than time: what can't be read is as if it wasn't there, and a
disk that takes nothing costs the next run some work.
"""

import contextlib
from pathlib import Path

from mcsite.errors import MachineError, UsageError
from mcsite.store.atomic import write_in_project

FOLDER = ".mcsite"
MAX_BYTES = 64 * 1024 * 1024


def read_cache(project: Path, name: str) -> bytes:
    """Return what was kept under a name; nothing where there is none, or too much."""
    try:
        with (project / FOLDER / name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        return b""
    return data if len(data) <= MAX_BYTES else b""


def write_cache(project: Path, name: str, data: bytes) -> None:
    """Keep `data` under a name, out of Git's sight."""
    with contextlib.suppress(MachineError, UsageError):
        if not (project / FOLDER / ".gitignore").exists():
            write_in_project(project, project / FOLDER / ".gitignore", b"*\n")
        write_in_project(project, project / FOLDER / name, data)
