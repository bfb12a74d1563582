"""What has to change in a place, beside this machine, in which an earlier site stands.

Objects change one by one there, and whoever changes them can be ended at any moment. Before the
first one is touched, the names of all that will change are written down; what is written down is
in doubt, and is written or removed again by the next publication, whatever its manifest says.
So is what a publisher writes down that finds out too late that another one has taken its place.
"""

import heapq
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath

from mcsite.site.records import Record

FOLDER = ".mcsite/"  # of names that aren't the site's
PENDING, LOCK = f"{FOLDER}pending", f"{FOLDER}lock"
LATE = f"{FOLDER}late-"  # and the publisher's name: nobody removes one that it hasn't read
_THERE, _DOUBTFUL, _HERE = range(3)


def changes_of(
    there: Iterable[Record], doubtful: Iterable[str], here: Iterable[Record]
) -> Iterator[tuple[str, str | None]]:
    """Yield what makes `there` into `here`: names with the digest to be, None for what goes.

    All come in the order of names; `doubtful` are names of which nobody knows what they hold.
    """
    tagged = heapq.merge(
        ((name, _THERE, digest) for name, digest in there),
        ((name, _DOUBTFUL, "") for name in doubtful),
        ((name, _HERE, digest) for name, digest in here),
    )
    for name, found in groupby(tagged, key=itemgetter(0)):
        sides = {side: digest for _, side, digest in found}
        after = sides.get(_HERE)
        if _DOUBTFUL in sides or sides.get(_THERE) != after:
            yield name, after


def is_page(name: str) -> bool:
    """Tell whether a file is a page: pages are written after what they load."""
    return PurePosixPath(name).suffix == ".html"


def write_pending(file: Path, names: Iterable[str]) -> None:
    """Write names down, one a line."""
    with file.open("w", encoding="utf-8", newline="\n") as told:
        told.writelines(f"{json.dumps(name)}\n" for name in names)


def read_pending(file: Path) -> Iterator[str]:
    """Yield names that were written down."""
    with file.open(encoding="utf-8") as told:
        for line in told:
            yield json.loads(line)
