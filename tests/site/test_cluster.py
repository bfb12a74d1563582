"""A build by a cluster that shares no disk: the same bytes, the same findings, and a whole site
whatever becomes of its workers.
"""

import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mcsite.commands import making
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.status import StatusRequest, change_status
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.site import cluster, inputs, issued, shards
from tests.cluster import Workers, workers
from tests.commands.test_incremental import files
from tests.project import COURSE, NOW, Project

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
BASE = """{% extends "default/base.html" %}
{% block head %}<meta name="own" content="own">{% endblock %}
"""
LEARNERS = [f"Anna Parauga {number}" for number in range(9)]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what only this machine has."""
    return tmp_path_factory.mktemp("machine")


@pytest.fixture(scope="module")
def crew(machine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """Return two workers, for whom this machine's folder isn't there."""
    with workers(tmp_path_factory.mktemp("elsewhere"), machine) as found:
        yield found


@pytest.fixture
def project(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project with something of everything, whose work is cut into many shards."""
    monkeypatch.setattr(making, "_SHARDS_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(issued, "CHUNK", 4096)
    monkeypatch.setattr(shards, "PAGES", 3)
    found = Project(Path(tempfile.mkdtemp(dir=machine))).with_key()
    found.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Law"))
    found.write("catalogue/assets/picture.svg", PICTURE)
    found.write("theme/templates/base.html", BASE)
    found.write("theme/static/css/own.css", "main { color: #123456 }")
    report = found.issue(*LEARNERS)
    found.issue_sealed("Inga Slēgtā")
    withdrawal = StatusRequest(
        project=found.root, credential=report.issued[0].id, action="revoke", reason="Kļūda",
        key_file=found.key, now=NOW,
    )  # fmt: skip
    change_status(withdrawal, found.catalogue)
    return found


def request(project: Project, name: str, scheduler: str = "") -> BuildRequest:
    return BuildRequest(
        project=project.root, output=project.root / name, built_at=NOW, now=NOW, search=False,
        jobs=0 if scheduler else 1, scheduler=scheduler,
    )  # fmt: skip


def test_workers_that_share_no_disk_make_the_same_site(project: Project, crew: Workers) -> None:
    here, there = request(project, "here"), request(project, "there", crew.address)
    report = build_site(here)

    assert build_site(there) == report
    assert files(there.output) == files(here.output)
    assert report.credentials == len(LEARNERS) + 1
    assert 'name="own"' in (there.output / "lv/courses/law/index.html").read_text("utf-8")

    project.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Rights"))
    project.issue("Zane Jauna", batch="later")

    assert build_site(there) == build_site(here)
    assert files(there.output) == files(here.output)


def test_faults_are_told_as_by_this_machine(project: Project, crew: Workers) -> None:
    (batch,) = (project.root / "credentials").glob("batch.jsonl")
    lines = batch.read_text("utf-8").splitlines()
    lines[3] = lines[3].replace("Anna", "Inga", 1)
    lines[7] = "{"
    batch.write_text("\n".join([*lines, lines[5]]) + "\n", "utf-8")

    assert told(project, crew.address) == told(project)
    assert [text.split(": ")[0].rpartition("/")[2] for text in told(project)[1:]] == [
        f"{batch.name}:{line}:1" for line in (4, 8, len(lines) + 1)
    ]

    project.write("theme/templates/pages/course.html", "\n{{ view.nothing }}")

    assert told(project, crew.address) == told(project)
    assert f"{project.root}/theme/templates/pages/course.html:2" in told(project)[0]


def told(project: Project, scheduler: str = "") -> list[str]:
    """Return how a build is refused."""
    with pytest.raises(ContentError) as stopped:
        build_site(request(project, "refused", scheduler))
    return [str(stopped.value), *map(str, stopped.value.findings)]


def test_a_worker_with_another_program_is_refused(
    project: Project, crew: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_program", lambda: ["another"])

    with pytest.raises(MachineError, match="another mcsite, Python or library"):
        build_site(request(project, "other", crew.address))
    assert not (project.root / "other").exists()


def test_a_build_outlives_a_worker_and_without_any_the_old_site_stands(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    here = request(project, "here")
    build_site(here)
    with workers(tmp_path, project.root) as crew:
        there = request(project, "there", crew.address)
        with ending(crew.processes[0], there):
            build_site(there)
        old = files(there.output)

        project.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Rights"))
        with (
            ending(crew.processes[1], there),
            pytest.raises(MachineError, match="no workers any more"),
        ):
            build_site(replace(there, clean=True))

    assert old == files(here.output)
    assert files(there.output) == old


@contextmanager
def ending(process: "subprocess.Popen[bytes]", asked: BuildRequest) -> Iterator[None]:
    """End a worker as soon as something that was made on the cluster has been written."""
    begun = asked.output.parent / f".{asked.output.name}.mcsite-new"

    def end() -> None:
        while not any(begun.glob("lv/**/index.html")):
            time.sleep(0.01)
        process.kill()

    thread = threading.Thread(target=end)
    thread.start()
    yield
    thread.join()
    assert process.wait() == -signal.SIGKILL


def test_a_scheduler_that_does_not_answer_stops_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 0.5)

    with pytest.raises(MachineError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"):
        build_site(request(project, "none", "tcp://127.0.0.1:9"))
    with pytest.raises(UsageError, match="can't be the address of a scheduler"):
        build_site(request(project, "none", "10.0.0.5:one"))
