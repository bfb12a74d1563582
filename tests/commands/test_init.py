"""Starting a repository: it builds as it is, and what was there stays."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.commands.build import BuildRequest, build_site
from mcsite.commands.init import NewProject, start_project
from mcsite.errors import MachineError, UsageError

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def wanted(folder: Path, **changes: object) -> NewProject:
    base = NewProject(
        folder=folder, name="Uni", base_url="https://a.example", languages=("en",),
        privacy="sealed",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type] # names are checked by replace


@pytest.mark.parametrize("name", ["Uni", 'Uni "A" {x}: #1', "{{ 7*7 }}", "Ūķis\\n", "yes", "1.10"])
def test_a_new_repository_passes_the_strictest_check(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "new"
    start_project(wanted(folder, name=name))

    assert main(["check", "--project", str(folder), "--strict"]) == 0


def test_a_new_repository_builds(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    start_project(wanted(folder, languages=("lv", "en"), name="Uni <b>"))
    request = BuildRequest(
        project=folder, output=folder / "public", search=False, built_at=NOW, now=NOW
    )

    assert build_site(request).pages > 30
    page = (folder / "public/lv/index.html").read_text("utf-8")
    assert "Uni &lt;b&gt;" in page
    assert "Uni <b>" not in page


def test_git_ignores_the_site_and_what_is_secret(tmp_path: Path) -> None:
    start_project(wanted(tmp_path))

    lines = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert {"public/", "*.pem", "*-links.csv"} <= set(lines)
    assert "*.jsonl merge=union" in (tmp_path / ".gitattributes").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"base_url": "a.example"}, "base_url 'a.example' can't be the address of a site"),
        ({"base_url": "https://a/?q"}, "base_url 'https://a/?q' can't be the address of a site"),
        ({"name": "a\x01"}, "the text holds the escape of U+0001, which isn't text"),
        ({"languages": ("xx", "en")}, "languages[1] 'xx' isn't a language tag"),
        ({"name": " "}, "title is empty"),
    ],
)  # fmt: skip
def test_what_could_not_be_built_isn_t_begun(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError) as refused:
        start_project(wanted(tmp_path / "new", **change))

    assert str(refused.value) == message
    assert not (tmp_path / "new").exists()


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x", "utf-8")

    with pytest.raises(UsageError, match="isn't empty"):
        start_project(wanted(tmp_path))

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_repository_that_a_forge_made_keeps_its_readme(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("ours", "utf-8")

    written = start_project(wanted(tmp_path))

    assert (tmp_path / "README.md").read_text("utf-8") == "ours"
    assert tmp_path / "README.md" not in written
    assert (tmp_path / "catalogue/site.yaml").is_file()


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "else").mkdir()
    (tmp_path / "new" / "README.md").symlink_to(tmp_path / "else" / "file")

    written = start_project(wanted(tmp_path / "new"))

    assert tmp_path / "new/README.md" not in written
    assert list((tmp_path / "else").iterdir()) == []


def test_the_command_takes_languages_as_a_list(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    arguments = ["init", str(folder), "--name", "Uni", "--languages", "lv, en"]

    assert main(arguments) == 0
    assert "languages: [lv, en]" in (folder / "catalogue/site.yaml").read_text("utf-8")
    assert main(arguments) == 2


def test_a_place_that_can_t_be_written_is_the_machine_s_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")

    with pytest.raises(MachineError):
        start_project(wanted(tmp_path / "file" / "new"))
