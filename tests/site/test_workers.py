"""A build by several processes: the same bytes, the same findings, and no half of anything."""

import json
import os
import signal
from pathlib import Path

import pytest

from mcsite.commands import making
from mcsite.commands.build import BuildRequest, build_site
from mcsite.errors import ContentError, MachineError
from mcsite.site import issued, shards
from mcsite.site.pools import pool_of
from tests.project import NOW, Project

LEARNERS = [f"Anna Parauga {number}" for number in range(40)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a small project, whose work is cut into many shards."""
    monkeypatch.setattr(making, "_SHARDS_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(issued, "CHUNK", 4096)
    monkeypatch.setattr(shards, "PAGES", 3)
    found = Project(tmp_path / "project").with_key()
    found.issue(*LEARNERS)
    return found


def built(project: Project, jobs: int) -> dict[str, bytes]:
    output = project.root.parent / f"site-{jobs}"
    build_site(
        BuildRequest(
            project=project.root, output=output, built_at=NOW, now=NOW, search=False, jobs=jobs
        )
    )
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def test_any_number_of_processes_makes_the_same_site(project: Project) -> None:
    one = built(project, 1)

    assert built(project, 2) == one
    assert built(project, 5) == one
    assert len(json.loads(one["manifest.json"])["files"]) == len(one) - 1
    assert sum(name.endswith(".json") for name in one if name.startswith("c/")) == len(LEARNERS)


def test_findings_are_the_same_and_in_the_same_order(project: Project) -> None:
    (batch,) = (project.root / "credentials").glob("*.jsonl")
    lines = batch.read_text("utf-8").splitlines()
    lines[3] = lines[3].replace("Anna", "Inga", 1)
    lines[30] = "{"
    batch.write_text("\n".join([*lines, lines[5]]) + "\n", "utf-8")

    told = []
    for jobs in (1, 3):
        with pytest.raises(ContentError) as stopped:
            built(project, jobs)
        told.append([str(finding) for finding in stopped.value.findings])

    assert told[0] == told[1]
    assert [text.split(": ")[0].rpartition("/")[2] for text in told[0]] == [
        f"{batch.name}:{line}:1" for line in (4, 31, len(lines) + 1)
    ]


def test_a_fault_in_a_template_is_told_as_by_one_process(project: Project) -> None:
    page = project.root / "theme/templates/pages/course.html"
    page.parent.mkdir(parents=True)
    page.write_text("\n{{ view.nothing }}", "utf-8")

    for jobs in (1, 2):
        with pytest.raises(ContentError, match=r"course\.html:2"):
            built(project, jobs)
        assert not (project.root.parent / f"site-{jobs}").exists()


def test_a_process_that_was_ended_stops_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()

    def end(*_: object) -> None:
        assert os.getpid() != parent
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(shards.Worker, "do", end)

    with pytest.raises(MachineError, match="ended from outside"):
        built(project, 2)
    assert not any("site-" in path.name for path in project.root.parent.iterdir())


def test_one_process_is_this_one(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def watched(plan: shards.BuildPlan, jobs: int, scheduler: str) -> object:
        seen.append(jobs)
        return pool_of(plan, jobs, scheduler)

    monkeypatch.setattr(making, "pool_of", watched)
    monkeypatch.setattr(making, "_SHARDS_WORTH_A_PROCESS", 1000)
    built(project, 8)

    assert seen == [1]  # so little isn't worth a second one
