"""Missing and stale translations, in a Git repository that the test makes."""

from pathlib import Path, PurePosixPath

import pytest

from mcsite.cli import main
from mcsite.commands.check import CheckReport, Further, check_project
from mcsite.content.source import read_source
from mcsite.review.translations import written_at
from tests.project import NOW, PROVIDER, SITE
from tests.repository import Repository

COURSE = """\
title: {lv: Datu pārvaldība, en: Data stewardship}
provider: uni
summary: Dati
learning_outcomes:
  - {lv: Apraksta datus, en: Describe data}
  - text:
      lv: Kārto datus
      en: Put data in order
assessment:
  type: quiz
  description: {lv: Tests tiešsaistē, en: A test online}
workload: {ects: 1.5}
level: {eqf: 6}
participation: online
quality_assurance: {type: internal}
field: "0612"
language: lv
"""


DATA = "courses/data.yaml"


class Repo(Repository):
    """A project of one course in Git."""

    def replace(self, old: str, new: str) -> None:
        """Change the course."""
        self.change(DATA, old, new)

    def check(self) -> CheckReport:
        """Check it, translations too."""
        return check_project(self.root, now=NOW, further=Further(translations=True))

    def stale(self) -> list[str]:
        """Return the line and message of every stale translation."""
        found = [finding for finding in self.check().findings if finding.code == "MC607"]
        return [f"{finding.at.line}: {finding.message}" for finding in found]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path, {"site.yaml": SITE, "providers/uni.yaml": PROVIDER, DATA: COURSE})


def test_nothing_is_stale_when_languages_came_together(repo: Repo) -> None:
    assert repo.stale() == []


def test_every_text_that_isnt_translated_is_told_for_who_asks(repo: Repo) -> None:
    told = {(f.at.path.name, f.message) for f in repo.check().findings if f.code == "MC601"}
    usual = {f.message for f in check_project(repo.root, now=NOW).findings if f.code == "MC601"}

    assert ("site.yaml", "publisher.name isn't translated into en") in told
    assert ("data.yaml", "summary isn't translated into en") in told
    assert "summary isn't translated into en" in usual
    assert "publisher.name isn't translated into en" not in usual


def test_a_text_changed_since_its_translation_makes_it_stale(repo: Repo) -> None:
    repo.replace("Kārto datus", "Sakārto datus")
    repo.commit("2026-02-01")

    assert repo.stale() == [
        "8: learning_outcomes[2].text was changed on 2026-02-01; its translation into en wasn't"
    ]


def test_languages_on_one_line_are_told_apart(repo: Repo) -> None:
    repo.replace("lv: Datu pārvaldība", "lv: Datu pārvaldīšana")
    repo.commit("2026-02-01")

    assert repo.stale() == ["1: title was changed on 2026-02-01; its translation into en wasn't"]


def test_a_change_that_isnt_committed_counts(repo: Repo) -> None:
    repo.replace("Tests tiešsaistē", "Tests klātienē")

    (message,) = repo.stale()
    assert "assessment[1].description was changed and isn't committed yet" in message


@pytest.mark.parametrize("together", [True, False], ids=["in one commit", "later"])
def test_a_translation_that_followed_isnt_stale(repo: Repo, *, together: bool) -> None:
    repo.replace("Kārto datus", "Sakārto datus")
    if not together:
        repo.commit("2026-02-01")
    repo.replace("Put data in order", "Bring data into order")
    repo.commit("2026-02-02")

    assert repo.stale() == []


def test_what_followed_once_can_be_left_behind_again(repo: Repo) -> None:
    repo.replace("Kārto datus", "Sakārto datus")
    repo.replace("Put data in order", "Bring data into order")
    repo.commit("2026-02-01")
    repo.replace("Sakārto datus", "Sakārto un apraksta datus")
    repo.commit("2026-03-01")

    (message,) = repo.stale()
    assert "2026-03-01" in message


def test_other_changes_and_other_lines_make_nothing_stale(repo: Repo) -> None:
    repo.replace("title: {lv: Datu pārvaldība, en: Data stewardship}\n", "")
    repo.replace(
        "provider: uni\n",
        "provider: uni\ntitle:\n  lv: 'Datu pārvaldība'\n  en: >-\n    Data\n    stewardship\n",
    )
    repo.replace("ects: 1.5", "ects: 2")
    repo.commit("2026-02-01")

    assert repo.stale() == []


def test_a_language_added_later_is_as_new_as_its_day(repo: Repo) -> None:
    repo.replace("summary: Dati", "summary: Dati un to aprite")
    repo.commit("2026-02-01")
    repo.replace("summary: Dati un to aprite", "summary: {lv: Dati un to aprite, en: Data}")
    repo.commit("2026-03-01")
    assert repo.stale() == []

    repo.replace("lv: Dati un to aprite", "lv: Dati")

    assert len(repo.stale()) == 1


def test_coverage_counts_texts_and_stale_ones(repo: Repo) -> None:
    repo.replace("Kārto datus", "Sakārto datus")

    latvian, english = repo.check().translations

    assert (latvian.language, latvian.written, latvian.stale) == ("lv", latvian.texts, 0)
    assert english.texts == latvian.texts
    assert english.written == english.texts - 3  # summary, and two names
    assert str(english).endswith(", 1 of them older than the text")


def test_without_git_only_what_is_missing_is_told(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    (repo.root / ".git").rename(repo.root / "gone")

    code = main(["check", "--translations", "--project", str(repo.root)])

    told = capsys.readouterr()
    assert code == 0
    assert "isn't in Git" in told.err
    assert "MC601" in told.out


def test_a_shallow_repository_knows_as_far_as_it_reaches(repo: Repo, tmp_path: Path) -> None:
    repo.replace("Kārto datus", "Sakārto datus")
    repo.commit("2026-02-01")
    shallow = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(shallow))

    found = check_project(shallow, now=NOW, further=Further(translations=True)).findings

    assert [finding for finding in found if finding.code == "MC607"] == []


def test_a_file_that_was_no_yaml_once_is_read_around(repo: Repo) -> None:
    repo.write(DATA, "title: [\n")
    repo.commit("2026-02-01")
    repo.write(DATA, COURSE.replace("Kārto datus", "Sakārto datus"))
    repo.commit("2026-03-01")

    assert repo.stale() == []  # all of it came anew


@pytest.mark.parametrize(
    ("loc", "written"),
    [
        (("title",), {"lv": "Datu pārvaldība", "en": "Data stewardship"}),
        (("summary",), {"lv": "Dati"}),
        (("learning_outcomes", 0, "text"), {"lv": "Apraksta datus", "en": "Describe data"}),
        (("learning_outcomes", 1, "text"), {"lv": "Kārto datus", "en": "Put data in order"}),
        (("assessment", 0, "description"), {"lv": "Tests tiešsaistē", "en": "A test online"}),
        (("learning_outcomes", 2, "text"), {}),
        (("description",), {}),
        (("workload",), {}),
    ],
)
def test_texts_are_found_where_short_forms_leave_steps_out(
    loc: tuple[int | str, ...], written: dict[str, str]
) -> None:
    node = read_source(COURSE.encode(), PurePosixPath("data.yaml"))

    assert written_at(node, loc, "lv") == written
