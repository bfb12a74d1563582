"""From nodes to models: what pydantic finds becomes findings with a place and plain words."""

from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mcsite.content.fields import did_you_mean
from mcsite.content.models.base import ContentModel
from mcsite.content.source import Mapping, Node, Scalar, Sequence
from mcsite.findings import Finding, Position, Severity

Model = TypeVar("Model", bound=ContentModel)
_ANNEX_I = {
    "title": "the title of the micro-credential",
    "provider": "the awarding body; its country is the country of the issuer",
    "learning_outcomes": "the learning outcomes",
    "workload": "the notional workload, in ECTS wherever possible",
    "level": "the level and cycle, if applicable; write level: none and a level_reason if not",
    "assessment": "the type of assessment",
    "participation": "the form of participation in the learning activity",
    "quality_assurance": "the type of quality assurance",
}
_SHAPES = {
    "model_type": "should be a mapping of fields",
    "model_attributes_type": "should be a mapping of fields",
    "tuple_type": "should be a list",
    "too_short": "should have at least one entry",
    "string_type": "should be a text",
    "missing_argument": "is missing",
}


def value_of(node: Node) -> Any:
    """Return a node as dicts and tuples, its scalars as written, for a model to read."""
    if isinstance(node, Mapping):
        return {key: value_of(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return tuple(value_of(item) for item in node.items)
    return node


def read_model(
    model: type[Model], node: Node, path: PurePosixPath, context: dict[str, Any], **known: str
) -> tuple[Model | None, list[Finding]]:
    """Return the model that `node` holds, or None and everything that is wrong with it.

    `known` are fields that don't stand in the file: the id, which is the file's name.
    """
    try:
        return model.model_validate({**_dict_of(node), **known}, context=context), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        told = [detail for detail in details if not _follows(detail, details)]
        return None, [_finding(detail, node, path, model) for detail in told]


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Tell whether a list seems too short only because its entries are at fault themselves."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details
    )


def _dict_of(node: Node) -> dict[str, Any]:
    value = value_of(node)
    return value if isinstance(value, dict) else {}


def _finding(
    detail: ErrorDetails, node: Node, path: PurePosixPath, model: type[ContentModel]
) -> Finding:
    code, message, hint = _words(detail, model)
    line, column, length = place_of(node, detail["loc"], at_key=detail["type"] == "extra_forbidden")
    name = _name(detail["loc"])
    return Finding(
        at=Position(path, line, column),
        code=code,
        severity=Severity.ERROR,
        message=f"{name} {message}" if name and not message.startswith(name) else message,
        hint=hint,
        length=length,
    )


def _words(detail: ErrorDetails, model: type[ContentModel]) -> tuple[str, str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    field = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "finding":
        return context["code"], context["message"], context["hint"]
    if kind == "missing":
        annex = _ANNEX_I.get(field) if model.__name__ == "Course" else None
        hint = f"Annex I asks for {annex}" if annex and len(detail["loc"]) == 1 else ""
        return "MC201", "is missing", hint
    if kind == "extra_forbidden":
        return "MC202", "isn't a field here", did_you_mean(field, _fields_at(model, detail["loc"]))
    if kind in ("greater_than_equal", "less_than_equal"):
        return "MC216", f"is out of range: {detail['msg'].lower()}", ""
    return "MC203", _SHAPES.get(kind, detail["msg"].lower()), ""


def _fields_at(model: type[ContentModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the names that a mapping at `loc` may have; those of the file's model at its top."""
    found: type[ContentModel] | None = model
    for step in loc[:-1]:
        if isinstance(step, str) and found is not None and step in found.model_fields:
            found = _model_in(found.model_fields[step].annotation)
    fields = (found or model).model_fields
    return [info.alias or name for name, info in fields.items() if name != "id"]


def _model_in(annotation: Any) -> type[ContentModel] | None:
    waiting = [annotation]
    while waiting:
        item = waiting.pop()
        if isinstance(item, type) and issubclass(item, ContentModel):
            return item
        waiting.extend(getattr(item, "__args__", ()))
    return None


def _name(loc: tuple[int | str, ...]) -> str:
    name = ""
    for step in loc:
        name += f"[{step + 1}]" if isinstance(step, int) else f"{'.' if name else ''}{step}"
    return name


def place_of(
    node: Node, loc: tuple[int | str, ...], *, at_key: bool = False
) -> tuple[int, int, int]:
    """Return line, column and length of what `loc` leads to, or of the nearest thing above it."""
    found: Node = node
    key: Scalar | None = None
    for step in loc:
        if isinstance(found, Mapping) and step in found.entries:
            key, found = found.entries[str(step)]
        elif isinstance(found, Sequence) and isinstance(step, int) and step < len(found.items):
            found = found.items[step]
        else:
            break
    if at_key and key is not None:
        return key.line, key.column, key.length
    if isinstance(found, Scalar):
        empty = found.plain and not found.text and key is not None
        shown = key if empty and key is not None else found
        return shown.line, shown.column, shown.length
    return found.line, found.column, 1
