"""Names and digests of the files of a site: sorted, on disk, since a large site has more of them
than memory should hold.
"""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, TypeAlias

Record: TypeAlias = tuple[str, str]  # name, sha256 in hexadecimal
_RUN = 50_000  # records that are sorted in memory


class Records:
    """Takes records in any order, and gives them back in the order of names."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: list[Record] = []
        self._runs: list[IO[str]] = []

    def add(self, records: Iterable[Record]) -> None:
        """Take records."""
        before = len(self._waiting)
        self._waiting.extend(records)
        self.count += len(self._waiting) - before
        if len(self._waiting) >= _RUN:
            self._runs.append(self._run())

    def _run(self) -> IO[str]:
        """Write what waits, sorted, to a file that goes when it is closed."""
        file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 -- closed by close
        file.writelines(f"{digest} {name}\n" for name, digest in sorted(self._waiting))
        file.seek(0)
        self._waiting.clear()
        return file

    def in_order(self) -> Iterator[Record]:
        """Yield every record, once; nothing can be added any more."""
        runs = [map(_read, run) for run in self._runs]
        yield from heapq.merge(*runs, sorted(self._waiting))

    def close(self) -> None:
        """Give up the files."""
        for run in self._runs:
            run.close()


def _read(line: str) -> Record:
    digest, _, name = line.rstrip("\n").partition(" ")
    return name, digest
