"""New files: skeletons that pass check, never over what is there."""

import datetime as dt
import re
from pathlib import Path, PurePosixPath

import jsonschema
import pytest

from mcsite.cli import main
from mcsite.commands.new import KINDS, start_file
from mcsite.commands.schema import schema_of
from mcsite.content.examples import as_editors_read
from mcsite.content.load import load_catalogue
from mcsite.content.source import Mapping, read_source
from mcsite.errors import MachineError, UsageError
from tests.content.test_load import write

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_has_no_fault(tmp_path: Path, kind: str) -> None:
    project = write(tmp_path, {})
    path = start_file(project, kind, "second-one")

    loaded = load_catalogue(project, today=TODAY)
    assert path == project / f"catalogue/{kind}s/second-one.yaml"
    assert loaded.catalogue is not None
    things = {
        "course": loaded.catalogue.courses,
        "provider": loaded.catalogue.providers,
        "pathway": loaded.catalogue.pathways,
    }
    assert "second-one" in things[kind]
    named = [f for f in loaded.findings if f.at.path.name == path.name]
    assert {finding.code for finding in named} <= {"MC601"}  # not translated yet


def test_a_skeleton_names_a_provider_and_a_course_that_exist(tmp_path: Path) -> None:
    project = write(tmp_path, {})

    assert "provider: uni\n" in start_file(project, "course", "a").read_text("utf-8")
    (project / "catalogue/courses/a.yaml").unlink()
    assert "  - courses: [kurss]\n" in start_file(project, "pathway", "b").read_text("utf-8")


ONE = "title: Site\nbase_url: https://a.example\nlanguages: [de]\npublisher: {name: Uni}\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("languages", [["de"], ["lv", "en"]])
def test_a_skeleton_speaks_every_language_of_the_site(
    tmp_path: Path, kind: str, languages: list[str]
) -> None:
    project = write(tmp_path, {"catalogue/site.yaml": ONE} if languages == ["de"] else {})
    text = start_file(project, kind, "second-one").read_text("utf-8")

    node = read_source(text.encode(), PurePosixPath("x.yaml"))
    assert isinstance(node, Mapping)
    title = as_editors_read(node)["legal_name" if kind == "provider" else "title"]
    assert title == (
        "Second one" if len(languages) == 1 else dict.fromkeys(languages, "Second one")
    )
    loaded = load_catalogue(project, today=TODAY)
    new = [f for f in loaded.findings if f.at.path.stem == "second-one"]
    assert [finding for finding in new if finding.code == "MC601"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_commented_can_be_taken_as_it_stands(tmp_path: Path, kind: str) -> None:
    path = start_file(write(tmp_path, {}), kind, "second-one")
    before, _, after = path.read_text("utf-8").partition("\n# Optional.")

    whole = before + "\n# Optional." + re.sub(r"(?m)^# ", "", after)

    node = read_source(whole.encode(), PurePosixPath(path.name))
    assert isinstance(node, Mapping)
    schema = schema_of(kind)
    jsonschema.Draft202012Validator(schema).validate(as_editors_read(node))
    assert node.entries.keys() >= schema["properties"].keys() - {"level_reason"}
    for field in schema["properties"]:
        assert field in before or f"\n## {schema['properties'][field]['description']}\n" in after


def test_a_skeleton_leads_an_editor_to_the_schema_where_there_is_one(tmp_path: Path) -> None:
    project = write(tmp_path, {"schemas/course.json": "{}"})

    line = "# yaml-language-server: $schema=../../schemas/course.json\n"
    assert start_file(project, "course", "a").read_text("utf-8").startswith(line)
    assert "$schema" not in start_file(project, "provider", "b").read_text("utf-8")


def test_a_new_provider_is_in_the_country_of_the_others(tmp_path: Path) -> None:
    project = write(tmp_path, {"catalogue/providers/uni.yaml": "legal_name: X\ncountry: EE\n"})
    assert "country: EE " in start_file(project, "provider", "b").read_text("utf-8")


def test_where_there_are_several_providers_the_others_are_named(tmp_path: Path) -> None:
    project = write(tmp_path, {"catalogue/providers/academy.yaml": "legal_name: X\ncountry: EE\n"})

    assert "\nprovider: academy  # or uni\n" in start_file(project, "course", "b").read_text(
        "utf-8"
    )


def test_a_site_that_is_at_fault_hinders_no_new_file(tmp_path: Path) -> None:
    project = write(tmp_path, {"catalogue/site.yaml": "title: [\n"})

    assert 'title: "A"' in start_file(project, "course", "a").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["../x", "A", "a_b", "a--b", "-a", "", "con", "a/b", "a\n", "x" * 65, "ā", "a.b"]
)
def test_what_can_t_be_an_id_is_refused(tmp_path: Path, name: str) -> None:
    project = write(tmp_path, {})

    with pytest.raises(UsageError, match="can't be an id"):
        start_file(project, "course", name)


def test_nothing_is_written_over_a_file(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    before = (project / "catalogue/courses/kurss.yaml").read_bytes()

    with pytest.raises(UsageError, match="exists already"):
        start_file(project, "course", "kurss")

    assert (project / "catalogue/courses/kurss.yaml").read_bytes() == before


def test_nothing_is_written_outside_of_the_project(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {})
    (tmp_path / "else").mkdir()
    (project / "catalogue/pathways").symlink_to(tmp_path / "else")

    with pytest.raises(MachineError, match="leads out of the project"):
        start_file(project, "pathway", "way")

    assert list((tmp_path / "else").iterdir()) == []


def test_the_command_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = write(tmp_path, {})

    assert main(["new", "course", "second", "--project", str(project)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{project}/catalogue/courses/second.yaml: fill it in, then mcsite check",
        "See it while you write: mcsite serve --open",
    ]


def test_a_folder_without_a_catalogue_is_a_misuse(tmp_path: Path) -> None:
    assert main(["new", "course", "second", "--project", str(tmp_path)]) == 2
