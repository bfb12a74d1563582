"""Files of a project, read with care: nothing outside the folder, nothing endless, nothing odd."""

import os
import stat
from pathlib import Path, PurePosixPath

from mcsite.content.source import MAX_BYTES, SourceFault, check_size, fault_in
from mcsite.errors import MachineError

# what opens neither a link nor waits for a pipe; 0 where a system has no such flag
_PLAINLY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_CAN_TELL = hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_NONBLOCK")


def read_plainly(where: str) -> bytes | None:
    """Return the bytes of a file of a folder that is known to be in the project; None where it is
    a link, not a file, too large or not to be had: read_file says which.
    """
    if not _CAN_TELL:
        return None
    try:
        opened = os.open(where, _PLAINLY)
    except OSError:
        return None
    try:
        status = os.fstat(opened)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return None
        data = os.read(opened, MAX_BYTES + 1)
    except OSError:
        return None
    finally:
        os.close(opened)
    return data if len(data) == status.st_size else None


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


def read_to_show(root: Path, path: PurePosixPath, *, max_bytes: int) -> bytes:
    """Return the bytes of a file that something is told of; none where that may be that it must
    not be read. Not through a link either: it may lead to what only this machine knows, as
    .git/config.
    """
    try:
        return b"" if (root / path).is_symlink() else read_file(root, path, max_bytes=max_bytes)
    except (SourceFault, MachineError, OSError):
        return b""


def is_inside(root: Path, path: PurePosixPath) -> bool:
    """Tell whether `path` is in the project, also when its links are followed."""
    try:
        check_link(root, path)
    except SourceFault:
        return False
    return True


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
