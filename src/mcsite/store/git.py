"""What Git knows of a project: its commit, which files changed when, and what they held before.

Git is asked as a program, and nothing is written. A folder that isn't in Git, or a machine without
it, is a Repository of None: every caller has something to say then.
"""

import contextlib
import datetime as dt
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

from mcsite.errors import MachineError

_ABSENT = "0" * 40
_COMMIT = "\x01"  # begins the line of a commit in a log
# a repository's own settings can name programs to run; none is needed to read it
_SAFE = ("-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-optional-locks")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit changed: the ids of what it held before and after, None where absent."""

    path: PurePosixPath  # from the project's folder
    commit: str
    at: dt.datetime  # when it was committed, UTC
    old: str | None
    new: str | None


class Repository:
    """The Git repository that a project's folder stands in."""

    def __init__(self, project: Path) -> None:
        self.project = project

    @classmethod
    def of(cls, project: Path) -> Self | None:
        """Return the repository of `project`; None where it has none, or no commit yet."""
        found = cls(project)
        return found if found.commit() else None

    def commit(self, name: str = "HEAD") -> str:
        """Return the id of a commit, "" where there is none of that name."""
        try:
            done = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", check=False)
        except MachineError:
            return ""
        return done.decode().strip()

    def horizon(self) -> list[str]:
        """Return the commits behind which a shallow repository knows nothing; none of a whole one,
        or outside Git.
        """
        told = self._run("rev-parse", "--git-path", "shallow", check=False)
        path = os.fsdecode(told).rstrip("\n")
        try:
            return sorted((self.project / path).read_text("ascii").split()) if path else []
        except FileNotFoundError:
            return []

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit that two have in common, "" where there is none, or where a shallow
        repository doesn't reach as far.
        """
        return self._run("merge-base", one, other, check=False).decode().strip()

    def differing(self, base: str, head: str | None) -> list[PurePosixPath]:
        """Return the files of the project that differ between two commits, in order; where `head`
        is None, between a commit and the working copy, those that Git doesn't know left out.
        """
        told = self._run(
            "diff", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv",
            "--relative", "--ignore-submodules=none", base, *([head] if head else []), "--",
        )  # fmt: skip
        return sorted(map(PurePosixPath, _words(told)))

    def unknown(self, *folders: str) -> list[PurePosixPath]:
        """Return the files below `folders` that Git doesn't know, those that it ignores too."""
        return sorted(map(PurePosixPath, _words(self._run("ls-files", "-z", "-o", "--", *folders))))

    def changes(self, *folders: str, until: str = "HEAD") -> Iterator[Change]:
        """Yield the changes of files below `folders`, up to the commit `until`, the latest commit's
        first; merges bring none of their own. Renaming is a file that went and another that came.
        """
        log = self._run(
            "log", "-z", "--raw", "--no-abbrev", "--no-renames", "--relative", "--topo-order",
            f"--format={_COMMIT}%H %ct", until, "--", *folders,
        )  # fmt: skip
        commit, at = "", dt.datetime.fromtimestamp(0, dt.UTC)
        words = iter(log.decode("utf-8", "surrogateescape").split("\0"))
        for word in words:
            text = word.lstrip("\n")
            if text.startswith(_COMMIT):
                commit, seconds = text[1:].split()
                at = dt.datetime.fromtimestamp(int(seconds), dt.UTC)
            elif text.startswith(":"):
                _, _, old, new, _ = text.split()
                path = PurePosixPath(next(words))
                yield Change(path, commit, at, _present(old), _present(new))

    def uncommitted(self, *folders: str) -> list[PurePosixPath]:
        """Return the files below `folders` that aren't as in the last commit, new ones too."""
        told = self._run(
            "status",
            "--porcelain=v1",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--",
            *folders,
        )
        root = self._run("rev-parse", "--show-prefix").decode().strip()
        names = (entry[3:] for entry in told.decode("utf-8", "surrogateescape").split("\0")[:-1])
        return [PurePosixPath(name.removeprefix(root)) for name in names]

    def files(self, *folders: str, commit: str = "HEAD") -> dict[PurePosixPath, str]:
        """Return the files below `folders` in a commit, with the ids of what they hold."""
        listed = self._run("ls-tree", "-r", "-z", commit, "--", *folders)
        found = {}
        for entry in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            about, _, path = entry.partition("\t")
            _, kind, name = about.split()
            if kind == "blob":
                found[PurePosixPath(path)] = name
        return found

    def objects(self) -> "Objects":
        """Return a reader of what files held, to be used in a `with`."""
        return Objects(self._command("cat-file", "--batch"))

    @contextlib.contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open what the object `name` holds, to be read bit by bit however large it is."""
        command = self._command("cat-file", "blob", name)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 -- no shell
            if process.stdout is None:
                raise MachineError("git can't be asked for what files held")
            try:
                yield process.stdout
            finally:
                process.kill()  # what nobody reads isn't waited for

    def _command(self, *arguments: str) -> list[str]:
        return ["git", "-C", str(self.project), *_SAFE, *arguments]

    def _run(self, *arguments: str, check: bool = True) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 -- no shell
                self._command(*arguments), capture_output=True, check=False
            )
        except OSError as error:
            raise MachineError(f"git can't be run: {error}") from error
        if check and done.returncode:
            told = done.stderr.decode("utf-8", "replace").strip()
            raise MachineError(f"git {arguments[0]} failed: {told}")
        return done.stdout if not done.returncode else b""


class Objects:
    """Reads objects of a repository through one process of Git."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def __getitem__(self, name: str) -> bytes:
        """Return what the object `name` holds; KeyError where the repository hasn't got it, as a
        shallow one.
        """
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:
            raise MachineError("git can't be asked for what files held")
        asked.write(f"{name}\n".encode())
        asked.flush()
        head = told.readline().split()
        if len(head) < 3:  # noqa: PLR2004 -- "<name> missing"; else name, kind, size
            raise KeyError(name)
        data = told.read(int(head[2]))
        told.read(1)
        return data


def _words(told: bytes) -> list[str]:
    return told.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _present(name: str) -> str | None:
    return None if name == _ABSENT else name
