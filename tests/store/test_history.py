"""When courses were first and last changed, in a Git repository that the test makes."""

import datetime as dt
from pathlib import Path

import pytest

from mcsite.store.git import Repository as Git
from mcsite.store.history import dates_of
from tests.repository import Repository

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path, {"courses/a.yaml": "1", "courses/b.yaml": "1", "site.yaml": "1"})


def days(root: Path) -> dict[str, list[str]]:
    found = dates_of(Git(root), NOW)
    return {
        key: [one.created.date().isoformat(), one.changed.date().isoformat()]
        for key, one in sorted(found.items())
    }


def test_a_course_is_dated_by_its_own_commits(repo: Repository) -> None:
    repo.write("courses/a.yaml", "2")
    repo.write("courses/c.yaml", "1")
    repo.commit("2026-02-01")
    repo.write("site.yaml", "2")
    repo.commit("2026-03-01")

    assert days(repo.root) == {
        "a": ["2026-01-01", "2026-02-01"],
        "b": ["2026-01-01", "2026-01-01"],
        "c": ["2026-02-01", "2026-02-01"],
    }


def test_what_isn_t_committed_is_of_now(repo: Repository) -> None:
    repo.write("courses/b.yaml", "2")
    repo.write("courses/ņ.yaml", "1")

    found = days(repo.root)

    assert found["a"] == ["2026-01-01", "2026-01-01"]
    assert found["b"] == ["2026-01-01", "2026-11-23"]
    assert found["ņ"] == ["2026-11-23", "2026-11-23"]


def test_files_beside_courses_date_none(repo: Repository) -> None:
    repo.write("courses/old/a.yaml", "1")
    repo.write("courses/a.txt", "1")
    repo.commit("2026-02-01")
    repo.write("courses/old/b.yaml", "1")
    repo.write("courses/b.txt", "1")

    assert days(repo.root) == {
        "a": ["2026-01-01", "2026-01-01"],
        "b": ["2026-01-01", "2026-01-01"],
    }


def test_a_project_below_the_top_of_a_repository_is_dated_alike(tmp_path: Path) -> None:
    below = tmp_path / "site"
    below.mkdir()
    repo = Repository(tmp_path, {"x": "1"})
    (below / "catalogue/courses").mkdir(parents=True)
    (below / "catalogue/courses/a.yaml").write_text("1")
    repo.commit("2026-02-01")
    (below / "catalogue/courses/b.yaml").write_text("1")

    assert days(below) == {
        "a": ["2026-02-01", "2026-02-01"],
        "b": ["2026-11-23", "2026-11-23"],
    }


def test_outside_git_nothing_is_dated(tmp_path: Path) -> None:
    assert days(tmp_path) == {}
