"""The schemas for editors: complete, valid, with examples that are true, and no laxer than need
be.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
import yaml

from mcsite.cli import main
from mcsite.commands.schema import FILES, KINDS, MODELS, modeline, schema_of
from mcsite.content.examples import as_editors_read, example_of
from mcsite.content.source import SourceFault, read_source, value_of
from tests.project import Project

ROOT = Path(__file__).parent.parent.parent
INVALID = ROOT / "tests/sites/invalid"
FOLDERS = {"courses": "course", "providers": "provider", "pathways": "pathway"}


@cache
def schema(kind: str) -> dict[str, Any]:
    return schema_of(kind)


def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(kind))


def mappings_in(schema: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the mappings of fields in a schema, each with what it is called."""
    if isinstance(schema, list):
        for item in schema:
            yield from mappings_in(item, name)
    elif isinstance(schema, dict):
        if "properties" in schema and schema["properties"] and "additionalProperties" in schema:
            yield name, schema
        for key, below in schema.items():
            if key not in ("examples", "if", "then"):
                yield from mappings_in(below, key if key[0].isupper() else name)


FIELDS = [
    pytest.param(kind, field, id=f"{kind}-{name}-{key}")
    for kind in KINDS
    for name, mapping in mappings_in(schema(kind))
    for key, field in mapping["properties"].items()
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_one(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", kind]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(printed)
    assert "id" not in printed.get("properties", {})


def test_there_are_fields() -> None:
    assert len(FIELDS) > 120


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_every_field_says_what_it_is_and_shows_an_example(kind: str, field: dict[str, Any]) -> None:
    assert len(field["description"]) > 3
    assert field["examples"]
    parts = schema(kind).get("$defs", {})
    for example in field["examples"]:
        jsonschema.Draft202012Validator({**field, "$defs": parts}).validate(example)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_of_that_kind(kind: str) -> None:
    assert [e.message for e in validator(kind).iter_errors(example_of(kind))] == []


@pytest.mark.parametrize("kind", MODELS)
def test_mcsite_reads_the_example_as_editors_do(kind: str) -> None:
    path = ROOT / f"src/mcsite/content/examples/{kind}.yaml"
    node = read_source(path.read_bytes(), PurePosixPath(path.name))
    assert node is not None
    value: Any = value_of(node)

    for item in value if isinstance(value, tuple) else (value,):
        named = {**item, "id": "an-id"} if kind in FOLDERS.values() else item
        MODELS[kind].model_validate(named, context={"default_language": "en"})


@pytest.mark.parametrize("kind", MODELS)
def test_no_field_of_a_model_is_missing_in_its_example(kind: str) -> None:
    for _, mapping in mappings_in(schema(kind)):
        assert mapping["additionalProperties"] is False
        assert all("examples" in field for field in mapping["properties"].values())


@pytest.mark.parametrize("kind", FILES)
def test_every_file_of_the_sample_is_valid(kind: str) -> None:
    files = sorted(ROOT.glob(FILES[kind]))

    assert files
    for file in files:
        node = read_source(file.read_bytes(), PurePosixPath(file.name), max_bytes=10**6)
        assert node is not None
        errors = [e.message for e in validator(kind).iter_errors(as_editors_read(node))]
        assert errors == [], file.name


def test_the_short_forms_are_known_and_texts_take_any_language() -> None:
    course = jsonschema.Draft202012Validator({**schema_of("course", ["lv"]), "required": []})

    for text, valid in {
        "assessment: quiz": True,
        "assessment: [quiz, {type: portfolio}]": True,
        "assessment: quizz": False,
        "level: none\nlevel_reason: Why": True,
        "level: none": False,
        "level: some": False,
        "level: {nqf: Six}": False,
        "workload: {}": False,
        "stackability: standalone": True,
        "stackability: {into: [x]}": True,
        "prerequisites: null": False,
        "particpation: online": False,
        "title: {lv: Kurss, pt-PT: Curso}": True,
        "title: {latvian: Kurss}": False,
        "title: ''": False,
        "version: 2": True,
        "image: ../secret.png": False,
    }.items():
        assert course.is_valid(yaml.safe_load(text)) is valid, text


def test_codes_have_their_meaning_beside_them() -> None:
    field = next(
        form for form in schema("course")["properties"]["field"]["anyOf"] if "enum" in form
    )

    assert len(field["enum"]) == len(field["enumDescriptions"]) > 200
    meaning = dict(zip(field["enum"], field["enumDescriptions"], strict=True))
    assert meaning["0613"] == "Software and applications development and analysis"
    country = schema("provider")["properties"]["country"]
    assert dict(zip(country["enum"], country["enumDescriptions"], strict=True))["LV"] == "Latvia"


# What a schema can't say, and mcsite alone does
BEYOND = {
    # it takes the name of the file, or what stands in others
    "courses/Upper", "courses/alias-taken", "courses/alias-twice",
    "courses/counts-towards-itself", "courses/replaces-itself",
    "courses/no-such-asset", "courses/no-such-course", "courses/no-such-pathway",
    "courses/no-such-provider", "courses/not-a-picture", "courses/skill-without-label",
    "courses/two-labels", "courses/text-in-another-language", "issuers/provider",
    "pathways/no-such-step", "pathways/too-few-credits", "pathways/withdrawn-step",
    "site/featured-nothing", "site/featured-withdrawn", "site/forge-unknown",
    "site/registry-missing",
    # it takes two fields, or entries of a list, beside each other
    "courses/ends-before", "courses/valid-before", "courses/hard-to-find", "issuers/key-twice",
    "issuers/key-window", "pathways/too-many", "providers/accreditation-dates",
    "site/languages-twice",
    # it takes the calendar, a list of all languages, or Unicode's tables
    "courses/date-that-is-none", "courses/expired", "courses/teaching-language",
    "courses/url-invisible",
    # it is about style or safety of a text, or about who can't see
    "courses/html", "courses/long-title", "courses/picture-without-words",
    "courses/remote-picture", "courses/script-link",
}  # fmt: skip


def refused_by_a_schema(case: Path) -> bool:
    kind = FOLDERS.get(case.parent.name, case.parent.name)
    try:
        node = read_source(case.read_bytes(), PurePosixPath(case.name))
    except SourceFault:
        return True  # not YAML that mcsite reads at all
    return node is None or not validator(kind).is_valid(as_editors_read(node))


def test_what_is_wrong_in_shape_is_refused_by_the_schema_too() -> None:
    cases = {f"{case.parent.name}/{case.stem}": case for case in sorted(INVALID.rglob("*.yaml"))}

    accepted = {name for name, case in cases.items() if not refused_by_a_schema(case)}

    assert len(cases) > 100
    assert accepted == BEYOND


def test_the_schemas_are_written_into_a_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path)

    assert main(["schema", "--write", "--project", str(project.root)]) == 0

    for kind in KINDS:
        assert json.loads((project.root / f"schemas/{kind}.json").read_text("utf-8"))["$schema"]
    settings = json.loads((project.root / ".vscode/settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"]["./schemas/course.json"] == "catalogue/courses/*.yaml"
    written = capsys.readouterr().out.splitlines()
    assert f"{project.root}/schemas/course.json" in written


def test_the_settings_of_an_editor_stay_as_they_are(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(".vscode/settings.json", "{}")

    assert main(["schema", "--write", "tools/schemas", "--project", str(project.root)]) == 0

    assert (project.root / ".vscode/settings.json").read_text("utf-8") == "{}"
    assert (project.root / "tools/schemas/site.json").is_file()
    assert not (project.root / "schemas").exists()


def test_schemas_are_not_written_out_of_the_project(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")

    assert main(["schema", "--write", "../else", "--project", str(project.root)]) == 3
    assert not (tmp_path / "else").exists()


def test_schemas_know_the_languages_of_the_site(tmp_path: Path) -> None:
    project = Project(tmp_path)
    main(["schema", "--write", "--project", str(project.root)])

    written = json.loads((project.root / "schemas/course.json").read_text("utf-8"))

    text = written["properties"]["title"]["anyOf"][1]
    assert list(text["properties"]) == ["lv", "en"]


@pytest.mark.parametrize("kind", FILES)
def test_the_first_line_of_a_file_leads_to_its_schema(kind: str) -> None:
    file = ROOT / FILES[kind].replace("*", "x")
    target = modeline(kind).strip().partition("$schema=")[2]

    assert (file.parent / target).resolve() == ROOT / f"schemas/{kind}.json"
