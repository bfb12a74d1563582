"""Builds that are killed, run out of room, meet, or could wait for ever: the site is never half
another one.

A build is killed for real, at each thing that it does to the file system, in a forked process.
"""

import errno
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from unittest.mock import patch

import pytest

from mcsite.commands.build import BuildRequest, build_site
from mcsite.errors import ContentError, MachineError
from mcsite.site import output
from tests.commands.test_incremental import compare, files, request
from tests.project import COURSE, Project

EVENTS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link")
STEP = {True: 23, False: 7}  # of the events of a whole build, or a change, every so many are tried
LEAST, MANY = 10, 100  # tries
LEFT = {"catalogue", "credentials", "public", ".public.mcsite-cache"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a site, in which two courses have been edited since."""
    found = Project(tmp_path).with_key()
    found.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Law"))
    found.write("catalogue/courses/old.yaml", COURSE.replace("Data", "Old"))
    found.issue("Anna Parauga")
    build_site(request(found))
    found.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Rights"))
    (found.root / "catalogue/courses/old.yaml").unlink()
    return found


def started(work: Callable[[], None]) -> int:
    """Do something in a process of its own; return its number."""
    child = os.fork()
    if not child:
        status = 70
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    return child


def ended(child: int) -> int:
    """Wait for a process; return its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(asked: BuildRequest, at: int) -> bool:
    """Build, and be killed before the event of number `at`; False where there are fewer."""

    def work() -> None:
        left = at

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal left
            if event in EVENTS or (event == "open" and "w" in str(args[1])):
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1

        sys.addaudithook(hook)
        build_site(asked)

    return ended(started(work)) == -signal.SIGKILL


def clean(asked: BuildRequest) -> dict[str, bytes]:
    """Return the site that a clean build makes."""
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = Path(folder) / "site"
        build_site(replace(asked, output=elsewhere))
        return files(elsewhere)


def copied(project: Project, number: int) -> Path:
    """Return a copy of a project, with its site and what is kept of it."""
    folder = project.root.parent / f"copy-{number}"
    shutil.copytree(project.root, folder)
    return folder


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "change"])
def test_a_build_that_is_killed_anywhere_is_finished_or_forgotten(
    project: Project,
    whole: bool,  # noqa: FBT001 -- of parametrize
) -> None:
    old, new = files(project.root / "public"), clean(request(project))
    seen = set()
    for number in range(MANY):
        root = copied(project, number)
        asked = replace(request(project), project=root, output=root / "public", clean=whole)
        was_killed = killed(asked, number * STEP[whole])
        found = files(asked.output)
        assert all(data in (old.get(name), new.get(name)) for name, data in found.items())
        assert found.keys() >= old.keys() & new.keys()
        seen.add("old" if found == old else "new" if found == new else "between")
        build_site(replace(asked, clean=False))
        assert files(asked.output) == new
        assert {path.name for path in root.iterdir()} == LEFT
        shutil.rmtree(root)
        if not was_killed:
            break
    assert number > LEAST
    assert seen == ({"old", "new"} if whole else {"old", "between", "new"})


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "change"])
def test_what_a_killed_build_was_clearing_never_becomes_the_site(
    project: Project,
    whole: bool,  # noqa: FBT001 -- of parametrize
) -> None:
    new = clean(request(project))
    if whole:
        build_site(request(project))  # so that what is cleared looks like what is wanted
    for number in range(MANY):
        root = copied(project, number)
        asked = replace(request(project), project=root, output=root / "public")
        with patch.object(output, "_exchanged", return_value=False):
            was_killed = killed(replace(asked, clean=whole), number * STEP[whole])
        shutil.rmtree(asked.output, ignore_errors=True)
        build_site(asked)
        assert files(asked.output) == new
        assert {path.name for path in root.iterdir()} == LEFT
        shutil.rmtree(root)
        if not was_killed:
            break
    assert number > LEAST


@pytest.mark.parametrize("room", [0, 1000, 10_000])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "change"])
def test_a_full_disk_stops_the_build_and_leaves_the_site(
    project: Project,
    room: int,  # bytes of a file, after which the disk takes no more
    whole: bool,  # noqa: FBT001 -- of parametrize
) -> None:
    asked = request(project, clean=whole)
    before = files(asked.output)

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        with pytest.raises(MachineError, match="the site is as before"):
            build_site(asked)

    assert ended(started(work)) == 0
    assert files(asked.output) == before
    compare(asked)


def test_builds_at_the_same_time_make_one_site(project: Project) -> None:
    asked = request(project)
    begin = time.monotonic() + 0.3

    def work() -> None:
        time.sleep(max(0.0, begin - time.monotonic()))
        with suppress(MachineError):  # another build is writing
            build_site(asked)

    children = [started(work) for _ in range(3)]
    assert [ended(child) for child in children] == [0, 0, 0]
    assert files(asked.output) == clean(asked)
    compare(asked)


def test_a_disk_that_fills_while_files_are_moved_leaves_the_rest_to_the_next_build(
    project: Project,
) -> None:
    asked = request(project)
    new = clean(asked)

    def work() -> None:
        moved = 0

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal moved
            if event == "os.rename" and "mcsite-change/files" in str(args[0]):
                moved += 1
                if moved > 3:
                    raise OSError(errno.ENOSPC, "No space left on device")

        sys.addaudithook(hook)
        with pytest.raises(MachineError, match="changed in part") as stopped:
            build_site(asked)
        assert "build again" in stopped.value.hint

    assert ended(started(work)) == 0
    assert files(asked.output) != new
    compare(asked)
    assert files(asked.output) == new


def in_time(work: Callable[[], None]) -> None:
    """Do something in a process of its own, which is killed where it waits for ever."""

    def soon() -> None:
        signal.alarm(60)
        work()

    assert ended(started(soon)) == 0


@pytest.mark.parametrize(
    "pipe",
    [
        "catalogue/assets/pipe.svg",
        "credentials/pipe.jsonl",
        "credentials/status/99.json",
        "theme/templates/pipe.html",
        "theme/static/pipe.js",
    ],
)
def test_a_pipe_that_nobody_writes_is_not_waited_for(project: Project, pipe: str) -> None:
    (project.root / pipe).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(project.root / pipe)

    def work() -> None:
        build_site(request(project))
        assert build_site(request(project)).written == 0

    in_time(work)


@pytest.mark.parametrize(
    "pipe",
    ["catalogue/courses/pipe.yaml", "catalogue/labour-market.csv", "credentials/status.yaml"],
)
def test_a_pipe_in_the_place_of_a_file_is_told(project: Project, pipe: str) -> None:
    os.mkfifo(project.root / pipe)

    def work() -> None:
        with pytest.raises(ContentError) as refused:
            build_site(request(project))
        found = [(one.at.path, one.code) for one in refused.value.findings]
        assert (PurePosixPath(pipe), "MC108") in found

    in_time(work)
