"""A site in S3 storage: what a build would write to a folder, changed object by object, and healed
by the next publication whenever one was ended.
"""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from s3fs import S3FileSystem

from mcsite.commands import making, publish
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.publish import PublishRequest, publish_site
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.site import uploads
from mcsite.site.publication import LATE, LOCK, PENDING
from mcsite.store import leases
from mcsite.store.leases import leased
from mcsite.store.objects import ObjectStore, store_at
from tests.cluster import workers
from tests.commands.test_incremental import files
from tests.project import COURSE, NOW, PROVIDER, Project
from tests.storage import storage

BUCKET = "micro"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the environment of a server that runs as long as these tests."""
    with storage(tmp_path_factory.mktemp("storage")) as found:
        yield dict(found)


@pytest.fixture
def system(server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> S3FileSystem:
    """Return the storage as another program sees it, with an empty bucket."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    system = S3FileSystem(use_listings_cache=False)
    if system.exists(BUCKET):
        system.rm(BUCKET, recursive=True)
    system.mkdir(BUCKET)
    return system


class Requests:
    """Counts what is asked of the storage in this process, and ends it after some of it."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.left = sys.maxsize

    def __call__(self, model: Any, params: dict[str, Any], **_: object) -> None:
        """Take note of a request that writes or removes something other than the lock."""
        if self.left < 0:
            raise Ended
        if model.name in ("PutObject", "DeleteObjects") and LOCK not in params["url_path"]:
            self.counts[model.name] += 1
            self.left -= 1


class Ended(Exception):
    """Stands for the end of a program: nothing that it asks for is done any more."""


@pytest.fixture
def requests(system: S3FileSystem) -> Iterator[Requests]:
    """Return the requests of this process from now on."""
    found = Requests()
    system.s3.meta.events.register("before-call.s3", found)
    yield found
    system.s3.meta.events.unregister("before-call.s3", found)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with two courses and a credential."""
    found = Project(tmp_path).with_key()
    found.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Law"))
    found.issue("Anna Parauga")
    return found


def request(project: Project, place: str = "s3://micro/site", **changes: object) -> PublishRequest:
    build = BuildRequest(
        project=project.root, output=project.root / "public", built_at=NOW, now=NOW, jobs=1,
        search=False, images=False,
    )  # fmt: skip
    return PublishRequest(build=replace(build, **changes), place=place, holder="this build")  # type: ignore[arg-type] # names are checked by replace


def built(project: Project) -> dict[str, bytes]:
    """Return the files of a clean build of the project."""
    asked = replace(request(project).build, clean=True)
    build_site(asked)
    return files(asked.output)


def stored(system: S3FileSystem, place: str = "micro/site/") -> dict[str, bytes]:
    """Return all objects of a place."""
    found: dict[str, bytes] = system.cat(system.find(place))
    return {name.removeprefix(place): data for name, data in found.items()}


def test_the_storage_holds_what_a_folder_would(project: Project, system: S3FileSystem) -> None:
    done = publish_site(request(project))
    expected = built(project)

    assert stored(system) == expected
    assert (done.written, done.removed, done.exclusive) == (len(expected), 0, True)
    assert done.place == "s3://micro/site/"
    for name, kind in {
        "lv/index.html": "text/html; charset=utf-8",
        "static/css/site.css": "text/css; charset=utf-8",
        "lv/feed.xml": "application/atom+xml; charset=utf-8",
        ".well-known/did.json": "application/json",
    }.items():
        told = system.call_s3("head_object", Bucket=BUCKET, Key=f"site/{name}")
        assert told["ContentType"] == kind
        assert told["CacheControl"] == "public, max-age=0, must-revalidate"


def test_only_what_has_changed_is_written(
    project: Project, system: S3FileSystem, requests: Requests
) -> None:
    publish_site(request(project))
    before = stored(system)
    asked = requests.counts
    asked.clear()
    again = publish_site(request(project))

    assert (again.written, again.removed) == (0, 0)
    assert asked == {"DeleteObjects": 1}  # the lock's

    (project.root / "catalogue/courses/law.yaml").unlink()
    project.write("catalogue/courses/data.yaml", COURSE.replace("Data", "Facts"))
    asked.clear()
    done = publish_site(request(project))
    after = built(project)

    changed = {name for name, data in after.items() if before.get(name) != data}
    assert stored(system) == after
    assert done.removed == len(before.keys() - after.keys()) > 0
    assert done.written == len(changed) < len(after) // 2
    assert asked["PutObject"] == 1 + len(changed)  # the names that are in doubt


def test_a_machine_that_begins_empty_writes_as_little(
    project: Project, system: S3FileSystem
) -> None:
    publish_site(request(project))
    shutil.rmtree(project.root / publish.MIRRORS)

    assert publish_site(request(project)).written == 0
    assert publish_site(request(project, clean=True)).written == len(stored(system))


@pytest.mark.parametrize("place", ["s3://micro/theirs", "s3://micro", "s3://micro/claimed"])
def test_what_others_have_stored_is_left_alone(
    project: Project, system: S3FileSystem, place: str
) -> None:
    system.pipe("micro/theirs/index.html", b"theirs")
    system.pipe("micro/claimed/manifest.json", b'{"name": "an application"}')
    before = stored(system, "micro/")

    with pytest.raises(UsageError, match="holds objects that mcsite didn't make"):
        publish_site(request(project, place))
    assert stored(system, "micro/") == before


def test_a_place_beside_others_is_ours_alone(project: Project, system: S3FileSystem) -> None:
    system.pipe("micro/site-of-others/index.html", b"theirs")
    publish_site(request(project))
    system.pipe("micro/site/by-hand.txt", b"theirs")
    (project.root / "catalogue/courses/law.yaml").unlink()
    publish_site(request(project))

    assert stored(system) == {**built(project), "by-hand.txt": b"theirs"}
    assert stored(system, "micro/site-of-others/") == {"index.html": b"theirs"}


def test_faults_in_the_content_change_nothing(project: Project, system: S3FileSystem) -> None:
    publish_site(request(project))
    before = stored(system)
    project.write("catalogue/courses/law.yaml", COURSE.replace("eqf: 6", "eqf: 9"))

    with pytest.raises(ContentError):
        publish_site(request(project))
    assert stored(system) == before


def test_whenever_a_publication_is_ended_the_next_one_heals(
    project: Project, system: S3FileSystem, requests: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE", 0)
    chance = random.Random(7)  # noqa: S311 -- the same in every run
    ended = 0
    for number in range(9):
        title = chance.choice(["Rights", "Duties", "Law", ""])
        project.write("catalogue/courses/law.yaml", COURSE.replace("Data", title or "Law"))
        if not title:
            (project.root / "catalogue/courses/law.yaml").unlink()
        requests.left = chance.choice([1, 2, 3, 5, 10, 20, 40, 60, 1000]) if number else 30
        try:
            publish_site(request(project))
        except Ended:
            ended += 1
        requests.left = sys.maxsize
        if chance.random() < 0.5:
            publish_site(request(project))
            assert stored(system) == built(project)
    publish_site(request(project))

    assert stored(system) == built(project)
    assert ended > 3


def test_a_build_that_was_killed_holds_up_the_next_one_for_a_moment_only(
    project: Project, system: S3FileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = KILLED.format(after=40, project=str(project.root))
    done = subprocess.run([sys.executable, "-c", program], check=False)

    assert done.returncode == -signal.SIGKILL
    left = stored(system)
    assert left.keys() >= {LOCK, PENDING}
    assert 2 < len(left) < len(built(project))
    assert "manifest.json" not in left
    with pytest.raises(MachineError, match="or was ended a moment ago"):
        publish_site(request(project))

    monkeypatch.setattr(leases, "LEASE", 0)
    publish_site(request(project))

    assert stored(system) == built(project)


KILLED = """\
import os, signal
from mcsite.cli import main
from mcsite.store import objects

asked = 0

def hook(**_):
    global asked
    asked += 1
    if asked > {after}:
        os.kill(os.getpid(), signal.SIGKILL)

objects._system().s3.meta.events.register("before-call.s3", hook)
main(["build", "--project", {project!r}, "--output", "s3://micro/site", "--no-search"])
"""


def test_one_build_at_a_time_publishes_to_a_place(
    project: Project, system: S3FileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at("s3://micro/site")
    with leased(store, LOCK, "another build"):
        with pytest.raises(MachineError, match="another build is publishing to s3://micro/site/"):
            publish_site(request(project))
        assert list(stored(system)) == [LOCK]
    assert publish_site(request(project)).written == len(stored(system))

    monkeypatch.setattr(leases, "RENEWAL", 0.05)
    with leased(store, LOCK, "a slow build") as lease:
        system.pipe(f"micro/site/{LOCK}", b"a third build took it over")
        until = time.monotonic() + 30
        while time.monotonic() < until:
            time.sleep(0.05)
            try:
                lease.check()
            except MachineError as error:
                assert "took over s3://micro/site/" in str(error)  # noqa: PT017 -- it may take some renewals
                break
        else:
            pytest.fail("the lease wasn't lost")
    assert stored(system)[LOCK] == b"a third build took it over"


def sleeping(method: str, at: int, other: Project) -> Callable[..., Any]:
    """Return a method of a change that sleeps when it is called the `at`-th time, while another
    machine publishes.
    """
    awake, calls = getattr(publish._Change, method), count(1)  # noqa: SLF001 -- steps of publishing

    def asleep(change: Any, *arguments: Any) -> Any:
        if next(calls) == at:
            publish_site(request(other))
        return awake(change, *arguments)

    return asleep


def another_machine(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return the project as another machine has it, where both publish something else from now on,
    and nobody waits for who is silent.
    """
    other = Project(project.private / "other")
    shutil.copytree(project.root, other.root, dirs_exist_ok=True)
    shutil.rmtree(other.root / publish.MIRRORS)
    project.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Rights"))
    other.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Duties"))
    other.write("catalogue/providers/uni.yaml", PROVIDER.replace("Parauga", "Citas"))
    monkeypatch.setattr(leases, "LEASE", 0)
    monkeypatch.setattr(publish, "_BATCH", 10)
    return other


@pytest.mark.parametrize(
    ("method", "at"), [("_content", 1), ("_content", 12), ("_write_manifest", 1)]
)
@pytest.mark.parametrize("heals", ["the other", "the sleeper"])
def test_what_a_publisher_wrote_that_slept_and_lost_the_place_is_written_again(
    project: Project,
    system: S3FileSystem,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    at: int,
    heals: str,
) -> None:
    publish_site(request(project))
    other = another_machine(project, monkeypatch)
    monkeypatch.setattr(publish._Change, method, sleeping(method, at, other))  # noqa: SLF001 -- a step

    with pytest.raises(MachineError, match="another build took over") as caught:
        publish_site(request(project))

    assert caught.value.hint == "wait for it, and build again"
    assert stored(system) != built(other)
    healer = other if heals == "the other" else project
    publish_site(request(healer))
    assert stored(system) == built(healer)
    assert publish_site(request(healer)).written == 0


@pytest.mark.usefixtures("system")
def test_where_nobody_can_be_told_what_was_written_over_everything_has_to_be(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_site(request(project))
    other = another_machine(project, monkeypatch)
    monkeypatch.setattr(publish._Change, "_content", sleeping("_content", 1, other))  # noqa: SLF001 -- a step
    put_file = ObjectStore.put_file

    def refuse(store: ObjectStore, name: str, *arguments: Any) -> None:
        if name.startswith(LATE):
            raise MachineError("the storage says: no")
        put_file(store, name, *arguments)

    monkeypatch.setattr(ObjectStore, "put_file", refuse)

    with pytest.raises(MachineError, match="another build took over") as caught:
        publish_site(request(project))

    assert caught.value.hint.startswith("build again with --clean: ")


@pytest.mark.parametrize("executor", ["processes", "dask"])
def test_others_can_write_the_objects(
    project: Project, system: S3FileSystem, requests: Requests, executor: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(making, "_SHARDS_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(uploads, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(publish, "_BATCH", 5)
    if executor == "processes":
        done = publish_site(request(project, jobs=2))
    else:
        with workers(project.private, project.root) as crew:
            done = publish_site(request(project, jobs=0, scheduler=crew.address))

    assert stored(system) == built(project)
    assert done.written == len(built(project))
    assert requests.counts["PutObject"] == 2  # the names in doubt, and the manifest


@pytest.mark.usefixtures("system")
def test_storage_that_cannot_be_used_is_named(project: Project) -> None:
    with pytest.raises(UsageError, match="isn't a place in S3 storage"):
        publish_site(request(project, "s3://micro/../site"))
    with pytest.raises(MachineError, match=r"s3://absent-bucket/: the storage says: .*bucket"):
        publish_site(request(project, "s3://absent-bucket"))
    assert not (project.root / publish.MIRRORS).exists()
