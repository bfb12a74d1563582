"""The configuration of editors in the browser: theirs by their own schema, ours by the models."""

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
import yaml

from mcsite.cli import main
from mcsite.commands.editor import CMS, Cms, editor_config, fields_of, forge_of
from mcsite.commands.new import start_file
from mcsite.commands.project import site_of
from mcsite.commands.schema import schema_of
from mcsite.content.models.site import Site
from mcsite.content.source import Mapping, read_source
from mcsite.content.validation import read_model
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.errors import UsageError
from tests.content.test_load import SITE, write

ROOT = Path(__file__).parent.parent.parent
SVELTIA = ROOT / "node_modules/@sveltia/cms/schema/sveltia-cms.json"
REPOSITORY = "repository: https://github.com/uni/catalogue\n"


def site(repository: str = "https://github.com/uni/catalogue", *languages: str) -> Site:
    text = SITE + f"repository: {repository}\n"
    if languages:
        text = text.replace("[lv, en]", f"[{', '.join(languages)}]")
    node = read_source(text.encode(), PurePosixPath("site.yaml"))
    assert isinstance(node, Mapping)
    read, findings = read_model(Site, node, PurePosixPath("x"), {"default_language": "lv"})
    assert read is not None, findings
    return read


def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"catalogue/site.yaml": SITE + REPOSITORY})


def named(fields: list[dict[str, Any]], path: str) -> dict[str, Any]:
    """Return the field at a path, e.g. "offerings.price"."""
    first, _, rest = path.partition(".")
    found = next(field for field in fields if field["name"] == first)
    return named(found["fields"], rest) if rest else found


def all_of(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from all_of(field.get("fields", []))


@pytest.mark.parametrize("languages", [["lv", "en"], ["lv"]])
@pytest.mark.parametrize(
    "repository",
    ["https://github.com/u/c", "https://gitlab.com/u/g/c", "https://gitlab.uni.example/u/c",
     "https://codeberg.org/u/c.git"],
)  # fmt: skip
def test_sveltia_s_own_schema_takes_the_configuration(
    repository: str, languages: list[str]
) -> None:
    schema = jsonschema.Draft7Validator(json.loads(SVELTIA.read_text("utf-8")))

    config = editor_config(site(repository, *languages), "sveltia")

    assert [error.message[:200] for error in schema.iter_errors(config)] == []


@pytest.mark.parametrize("cms", CMS)
@pytest.mark.parametrize("kind", ["course", "provider", "pathway", "site"])
def test_every_field_of_the_models_can_be_edited(kind: str, cms: Cms) -> None:
    fields = fields_of(kind, site(), cms)

    assert {field["name"] for field in fields} == schema_of(kind)["properties"].keys()
    for field in all_of(fields):
        assert field["label"][0].isupper() or field["label"] == "eIDAS"
        assert field["widget"] in {
            "string", "markdown", "object", "list", "select", "relation", "datetime", "number",
            "boolean",
        }  # fmt: skip


def test_a_text_has_a_field_a_language_and_the_first_is_required() -> None:
    title = named(fields_of("course", site(), "sveltia"), "title")

    assert [(one["name"], one["label"], one["required"]) for one in title["fields"]] == [
        ("lv", "Latvian", True),
        ("en", "English", False),
    ]
    alone = named(fields_of("course", site("https://github.com/u/c", "lv"), "sveltia"), "title")
    assert alone["widget"] == "string"


def test_codes_are_chosen_by_their_labels() -> None:
    fields = fields_of("course", site(), "sveltia")
    kind = named(fields, "assessment.type")

    assert kind["widget"] == "select"
    assert {one["value"]: one["label"] for one in kind["options"]} == {
        code: term.english for code, term in VOCABULARIES["assessment-type"].terms.items()
    }
    assert named(fields, "participation")["multiple"] is True
    assert named(fields, "field")["options"][0]["value"] == "00"


def test_ids_are_chosen_among_files_and_dates_in_a_calendar() -> None:
    fields = fields_of("course", site(), "sveltia")

    provider = named(fields, "provider")
    assert (provider["collection"], provider["value_field"]) == ("providers", "{{slug}}")
    assert provider["display_fields"] == ["legal_name.lv"]
    assert named(fields, "offerings.start")["format"] == "YYYY-MM-DD"
    assert named(fields, "workload.ects") | {"hint": ""} == {
        "name": "ects", "label": "ECTS", "required": False, "hint": "", "widget": "number",
        "value_type": "float", "min": 0.1, "max": 60.0, "step": 0.1,
    }  # fmt: skip
    steps = named(fields_of("pathway", site(), "sveltia"), "steps")
    assert named(steps["fields"], "courses")["collection"] == "courses"


def test_decap_requires_nothing_of_what_may_be_left_out() -> None:
    fields = fields_of("course", site(), "decap")

    assert named(fields, "grading.scheme")["required"] is False
    assert named(fields_of("course", site(), "sveltia"), "grading.scheme")["required"] is True
    assert named(fields, "title.lv")["required"] is True


def test_a_change_becomes_a_pull_request_where_the_editor_can_make_one() -> None:
    assert editor_config(site(), "sveltia")["publish_mode"] == "editorial_workflow"
    assert "publish_mode" not in editor_config(site("https://codeberg.org/u/c"), "sveltia")


@pytest.mark.parametrize(
    ("repository", "backend"),
    [
        ("https://github.com/u/c.git", {"name": "github", "repo": "u/c", "branch": "main"}),
        ("https://gitlab.com/u/g/c", {"name": "gitlab", "repo": "u/g/c", "branch": "main"}),
        (
            "{url: https://git.uni.example/u/c, forge: forgejo, branch: live}",
            {"name": "gitea", "repo": "u/c", "branch": "live",
             "base_url": "https://git.uni.example", "api_root": "https://git.uni.example/api/v1"},
        ),
    ],
)  # fmt: skip
def test_the_repository_says_where_to_sign_in(repository: str, backend: dict[str, str]) -> None:
    assert editor_config(site(repository), "sveltia")["backend"] == backend


def test_decap_can_t_sign_in_to_a_gitea() -> None:
    with pytest.raises(UsageError, match="GitHub and GitLab alone"):
        editor_config(site("https://codeberg.org/u/c"), "decap")


def test_without_a_repository_there_is_nothing_to_sign_in_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, {})

    assert main(["schema", "--cms", "sveltia", "--project", str(root)]) == 2
    assert "site.yaml names no repository" in capsys.readouterr().err
    with pytest.raises(UsageError, match="names no repository"):
        forge_of(site("https://github.com/"))
    with pytest.raises(UsageError, match="can't be told from its host's name"):
        forge_of(site("https://git.uni.example/u/c"))


@pytest.mark.parametrize("cms", CMS)
def test_the_page_asks_nobody_but_the_forge(tmp_path: Path, cms: Cms) -> None:
    root = project(tmp_path)
    assert main(["schema", "--cms", cms, "--write", "--project", str(root)]) == 0

    page = (root / "admin/index.html").read_text("utf-8")
    policy = re.findall(r"https?://[^\s;&]+", page)
    assert policy == ["https://api.github.com"]
    scripts = {"sveltia": ["languages.js", "sveltia-cms.js"], "decap": ["decap-cms.js"]}
    assert re.findall(r'<script src="([^"]+)"', page) == scripts[cms]
    assert ("unsafe-eval" in page) is (cms == "decap")
    assert yaml.safe_load((root / "admin/config.yml").read_text("utf-8")) == editor_config(
        site(), cms
    )


def test_the_editor_is_no_part_of_the_site(tmp_path: Path) -> None:
    root = project(tmp_path)
    main(["schema", "--cms", "sveltia", "--write", "--project", str(root)])
    main(["build", "--no-search", "--project", str(root), "--output", str(root / "public")])

    assert (root / "public/index.html").is_file()
    assert not (root / "public/admin").exists()


def test_what_the_editor_would_not_show_is_told_by_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path)
    main(["schema", "--cms", "sveltia", "--write", "--project", str(root)])

    told = capsys.readouterr().err.splitlines()
    form = "is in a form that the editor doesn't show"
    assert told == [
        f"catalogue/courses/kurss.yaml:3:21: learning_outcomes {form}, and 5 other places",
        f"catalogue/providers/uni.yaml:1:13: legal_name {form}",
        f"catalogue/site.yaml:1:8: title {form}, and 2 other places",
    ]


@pytest.mark.parametrize("kind", ["course", "provider", "pathway"])
def test_the_editor_shows_all_of_what_mcsite_new_writes(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path)
    start_file(root, kind, "another")

    main(["schema", "--cms", "sveltia", "--write", "--project", str(root)])

    assert "another.yaml" not in capsys.readouterr().err
    assert site_of(root) is not None
