"""A published site is compared with what its repository builds: in a folder, and over HTTPS."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.commands import verify_site as module
from mcsite.commands.build import build_site
from mcsite.commands.verify_site import Comparison, SiteRequest, verify_site
from mcsite.errors import MachineError, UsageError
from tests.commands.test_incremental import request
from tests.https_server import answering, https_server
from tests.project import COURSE, NOW, Project
from tests.repository import Repository

EARLIER = NOW - dt.timedelta(days=40)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose site was built some weeks ago."""
    found = Project(tmp_path).with_key()
    found.issue("Anna Parauga")
    build_site(request(found, built_at=EARLIER, output=tmp_path / "published"))
    return found


def published(project: Project) -> Path:
    return project.root.parent / "published"


def compared(project: Project, **changes: object) -> Comparison:
    asked = SiteRequest(project=project.root, source=str(published(project)), now=NOW)
    return verify_site(replace(asked, **changes))  # type: ignore[arg-type] # names are checked by replace


def test_a_site_is_what_its_repository_builds_on_the_day_that_it_says(project: Project) -> None:
    found = compared(project)

    assert found.agrees
    assert (found.day, found.commit) == ("2026-10-14", "")
    assert found.files == found.looked_at > 60


@pytest.mark.parametrize(
    ("tamper", "kind", "name"),
    [
        (lambda root: (root / "lv/index.html").write_text("x"), "unlike", "lv/index.html"),
        (lambda root: (root / "robots.txt").unlink(), "unlike", "robots.txt"),
        (lambda root: (root / "more.html").write_text("x"), "unlike", "more.html"),
    ],
)
def test_a_file_that_was_tampered_with_is_named(
    project: Project, tamper: Callable[[Path], None], kind: str, name: str
) -> None:
    tamper(published(project))
    found = compared(project)

    assert not found.agrees
    assert getattr(found, kind).names == [name]
    assert found.changed.count == found.added.count == found.missing.count == 0


def test_what_the_repository_makes_otherwise_is_named(project: Project) -> None:
    project.write("catalogue/courses/data.yaml", COURSE.replace("Data", "Other data"))
    project.write("catalogue/courses/law.yaml", COURSE.replace("Data", "Law"))
    found = compared(project)

    assert "en/courses/data/index.html" in found.changed.names
    assert "en/courses/law/index.html" in found.missing.names
    assert found.added.count == found.unlike.count == 0
    (project.root / "catalogue/courses/law.yaml").unlink()
    build_site(request(project, built_at=EARLIER, output=published(project)))
    (project.root / "credentials/batch.jsonl").unlink()
    assert all(name.startswith("c/") for name in compared(project).added.names)


def test_index_and_pictures_are_built_where_the_site_has_them(project: Project) -> None:
    everything = request(
        project, built_at=EARLIER, output=published(project), search=True, images=True, gallery=True
    )
    build_site(everything)

    assert compared(project).agrees


def test_the_commit_and_what_isn_t_committed_are_told(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = Repository(project.root, {})
    build_site(request(project, built_at=EARLIER, output=published(project)))
    project.write("catalogue/courses/law.yaml", COURSE)
    head = repository.git("rev-parse", "HEAD").strip()

    status = main(["verify-site", str(published(project)), "--project", str(project.root)])
    told = capsys.readouterr()

    assert status == 1
    assert f"built on 2026-10-14, from commit {head}" in told.out
    assert "1 file of this repository aren't committed" in told.err
    assert "en/courses/law/index.html" in told.out
    repository.commit("2026-02-02")
    assert main(["verify-site", str(published(project)), "--project", str(project.root)]) == 1
    assert "check out the other one first" in capsys.readouterr().err


def test_the_answer_as_json(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["verify-site", str(published(project)), "--project", str(project.root), "--json"]

    assert main(arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["agrees"] is True
    assert answer["day"] == "2026-10-14"


def test_a_folder_that_is_no_site_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="isn't a site that mcsite made"):
        compared(project, source=str(tmp_path))


def test_a_long_list_is_cut(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHOWN", 3)
    for path in published(project).rglob("*.html"):
        path.write_text("x")

    found = compared(project)
    assert found.unlike.count > 30
    assert len(found.unlike.names) == 3


def test_over_https_the_manifest_is_compared_and_files_are_fetched(project: Project) -> None:
    root = published(project)
    with https_server() as server:
        for path in root.rglob("*"):
            if path.is_file():
                server.routes[f"/{path.relative_to(root).as_posix()}"] = answering(
                    path.read_bytes()
                )
        asked = {"source": server.base, "client": server.client()}
        found = compared(project, **asked, files=10)
        assert found.agrees
        assert 5 <= found.looked_at <= 10
        assert compared(project, **asked, files=0).looked_at == 0

        server.routes["/robots.txt"] = answering(b"x")
        everything = compared(project, **asked, files=100_000)
        assert everything.unlike.names == ["robots.txt"]
        del server.routes["/robots.txt"]
        with pytest.raises(MachineError, match=r"robots\.txt could not be fetched"):
            compared(project, **asked, files=100_000)
