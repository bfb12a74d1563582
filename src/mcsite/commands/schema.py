"""mcsite schema: JSON Schema (2020-12) of each kind of file, from its model, with examples."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mcsite.content.examples import example_of
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Issuer, Site
from mcsite.store.atomic import write_in_project
from mcsite.store.learners import LEARNERS_SCHEMA
from mcsite.store.status_log import StatusEvent

JsonSchema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[str, type[ContentModel]] = {
    "course": Course,
    "provider": Provider,
    "pathway": Pathway,
    "site": Site,
    "issuers": Issuer,
    "status": StatusEvent,
}
KINDS = (*MODELS, "learners")
# which files of a project are of a kind; learners' lists are never in a project
FILES = {
    "course": "catalogue/courses/*.yaml",
    "provider": "catalogue/providers/*.yaml",
    "pathway": "catalogue/pathways/*.yaml",
    "site": "catalogue/site.yaml",
    "issuers": "credentials/issuers.yaml",
    "status": "credentials/status.yaml",
}
_BOUNDS = {"ge": "minimum", "le": "maximum"}  # pydantic's own words beside a schema of ours
_NAMED_BY_FILE = ("course", "provider", "pathway")
_LISTS = ("issuers", "status")
FOLDER = "schemas"
VSCODE = ".vscode/settings.json"


def schema_of(kind: str, languages: Sequence[str] = ()) -> JsonSchema:
    """Return the JSON Schema of a kind of file; the id, which is the file's name, isn't in it.

    Texts offer `languages` first; every other language is a language all the same.
    """
    if kind == "learners":
        schema = json.loads(json.dumps(LEARNERS_SCHEMA))
    else:
        schema = _plain(MODELS[kind].model_json_schema(by_alias=True, mode="validation"))
    if kind in _NAMED_BY_FILE:
        schema["properties"].pop("id")
        schema["required"].remove("id")
    _illustrate(schema.get("items", schema), [example_of(kind)], schema.get("$defs", {}))
    if kind in _LISTS:
        schema = _list_of(schema)
    for text in _texts(schema):
        text["properties"] = {
            language: next(iter(text["patternProperties"].values())) for language in languages
        }
    return {"$schema": DIALECT, **schema}


def _list_of(schema: JsonSchema) -> JsonSchema:
    parts = schema.pop("$defs", {})
    return {"type": "array", "items": schema} | ({"$defs": parts} if parts else {})


def _plain(schema: Any) -> Any:
    """Return the schema without null, which no field takes: who has nothing to say leaves the line
    out; and without the titles that pydantic makes of the names.
    """
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {
        _BOUNDS.get(key, key): _plain(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and not value)
    }
    if "anyOf" in plain:
        forms = [one for one in plain.pop("anyOf") if one != {"type": "null"}]
        plain |= forms[0] if len(forms) == 1 else {"anyOf": forms}
    return plain


def _illustrate(schema: JsonSchema, values: list[Any], parts: JsonSchema) -> None:
    """Put the values that stand in an example beside the fields that they are examples of."""
    mappings = [value for value in _flat(values) if isinstance(value, dict)]
    for name, field in schema.get("properties", {}).items():
        found = [value[name] for value in mappings if name in value]
        if found and "examples" not in field:
            field["examples"] = found[:1]
        for below in _models_in(field, parts):
            _illustrate(below, found, parts)


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _models_in(schema: JsonSchema, parts: JsonSchema) -> Iterator[JsonSchema]:
    """Yield the mappings of fields that a schema leads to, through lists and short forms."""
    if "properties" in schema:
        yield schema
    if "$ref" in schema:
        yield from _models_in(parts[schema["$ref"].rsplit("/", 1)[-1]], parts)
    for below in [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]:
        yield from _models_in(below, parts)


def _texts(schema: Any) -> Iterator[JsonSchema]:
    """Yield the mappings from language to string."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            yield schema
        for value in schema.values():
            yield from _texts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _texts(value)


def schema_files(languages: Sequence[str]) -> dict[str, str]:
    """Return what editors need in a project, text by path: the schemas, and which files are of
    which kind.
    """
    texts = {f"{FOLDER}/{kind}.json": json_text(schema_of(kind, languages)) for kind in KINDS}
    return texts | {VSCODE: _settings(FOLDER)}


def json_text(value: Any) -> str:
    """Return JSON for people to read."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _settings(folder: str) -> str:
    mapping = {f"./{folder}/{kind}.json": files for kind, files in FILES.items()}
    return json_text({"yaml.schemas": mapping})


def write_schemas(project: Path, folder: Path, languages: Sequence[str]) -> list[Path]:
    """Write the schemas into a folder of the project, and the settings of Visual Studio Code where
    it has none; return what was written.
    """
    place = folder.as_posix()
    files = {f"{place}/{kind}.json": json_text(schema_of(kind, languages)) for kind in KINDS}
    if not (project / VSCODE).exists():
        files[VSCODE] = _settings(place)
    for path, text in files.items():
        write_in_project(project, project / path, text.encode())
    return [project / path for path in files]


def modeline(kind: str, folder: str = FOLDER) -> str:
    """Return the comment that leads an editor from a file of the project to its schema."""
    up = "../" * FILES[kind].count("/")
    return f"# yaml-language-server: $schema={up}{folder}/{kind}.json\n"
