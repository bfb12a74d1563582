"""Files of a project, read with care: nothing outside the folder, nothing endless, nothing odd."""

from pathlib import Path, PurePosixPath

from mcsite.content.source import MAX_BYTES, check_size, fault_in
from mcsite.errors import MachineError


def read_file(root: Path, path: PurePosixPath, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file of the project, or raise SourceFault: it is missing, no file,
    leads out of the project, or is larger than `max_bytes`.
    """
    where = root / path
    check_link(root, path)
    try:
        if not where.exists():
            raise fault_in(path, "MC109", "the file is missing")
        if not where.is_file():
            raise fault_in(path, "MC108", "isn't a file")
        with where.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise MachineError(f"{where} can't be read: {error.strerror}") from error
    check_size(data, path, max_bytes)
    return data


def check_link(root: Path, path: PurePosixPath) -> None:
    """Raise SourceFault where `path` leads out of the project, naming both ends, or in a circle."""
    try:
        real = (root / path).resolve()
        inside = real.is_relative_to(root.resolve())
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        raise fault_in(path, "MC110", "is a link that leads nowhere") from error
    if not inside:
        raise fault_in(path, "MC110", f"leads out of the project, to {real}",
                       hint="copy the file into the project")  # fmt: skip
