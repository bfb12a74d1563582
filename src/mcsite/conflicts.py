"""Merge conflicts that were left in a file: the markers that Git writes between two versions of the
same lines.
"""

import re
from pathlib import PurePosixPath

WHAT = "a merge conflict was left here"
BEGINNING = "<<<<<<<"
_CERTAIN = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
_ANY = re.compile(rf"{_CERTAIN.pattern}|^={{7}}\r?$", re.MULTILINE)
_MARKERS = "the lines of the markers (<<<<<<<, |||||||, =======, >>>>>>>)"
_CHOOSE = f"keep what holds of the two sides, and delete {_MARKERS}"
_KEEP = f"keep the lines of both sides, and delete only {_MARKERS}"


def marked_line(text: str, *, certain: bool = False) -> int:
    """Return the first line, from 1, that is a marker; 0 where none is. `certain` passes over
    =======, which may be underlining.
    """
    found = (_CERTAIN if certain else _ANY).search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def hint_for(path: PurePosixPath) -> str:
    """Return what to do about a conflict in a file of a project. What stands in credentials/ was
    issued, withdrawn or listed, on both sides.
    """
    return _KEEP if path.parts[:1] == ("credentials",) else _CHOOSE
