"""From nodes to models: what pydantic finds becomes findings with a place and plain words."""

from collections.abc import Container, Iterator
from pathlib import PurePosixPath
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mcsite.content.fields import Fault, did_you_mean, nearest
from mcsite.content.models.base import ContentModel
from mcsite.content.source import NOTHING, Mapping, Node, Scalar, Sequence, Value, value_of
from mcsite.findings import Finding, Position, Severity

Loc: TypeAlias = tuple[int | str, ...]
Way: TypeAlias = list[tuple[int | str, Node]]  # each step with what it leads to
Model = TypeVar("Model", bound=ContentModel)
ANNEX_I = {
    "title": "the title of the micro-credential",
    "provider": "the awarding body; its country is the country of the issuer",
    "learning_outcomes": "the learning outcomes",
    "workload": "the notional workload, in ECTS wherever possible",
    "level": "the level and cycle, if applicable; write level: none and a level_reason if not",
    "assessment": "the type of assessment",
    "participation": "the form of participation in the learning activity",
    "quality_assurance": "the type of quality assurance",
}
_OF_MAPPINGS = ("model_type", "model_attributes_type")
_SHAPES = {
    **dict.fromkeys(_OF_MAPPINGS, "should be a mapping of fields"),
    "tuple_type": "should be a list",
    "too_short": "should have at least one entry",
    "string_type": "should be a text",
}


def model_of(
    model: type[Model], values: dict[str, Value], context: dict[str, Any], **known: str
) -> Model | None:
    """Return the model that values without places hold; None where read_model has to say why."""
    try:
        return model.model_validate({**values, **known}, context=context)
    except ValidationError:
        return None


def read_model(
    model: type[Model], node: Node, path: PurePosixPath, context: dict[str, Any], **known: str
) -> tuple[Model | None, list[Finding]]:
    """Return the model that `node` holds, or None and everything that is wrong with it.

    `known` are fields that don't stand in the file: the id, which is the file's name.
    """
    values = value_of(node)
    fields = values if isinstance(values, dict) else {}
    try:
        return model.model_validate({**fields, **known}, context=context), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        misspelt = set(_misspelt(details, model))
        return None, [
            _finding(fault, detail["loc"], node, path)
            for detail in details
            if not (_follows(detail, details) or _is_missing(detail, misspelt))
            for fault in _faults(detail, node, model)
        ]


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Tell whether a list seems too short only because its entries are at fault themselves."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details
    )


def _misspelt(details: list[ErrorDetails], model: type[ContentModel]) -> Iterator[Loc]:
    """Yield the missing fields that are there under a name that isn't one."""
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *above, word = detail["loc"]
            yield (*above, nearest(str(word), _fields_at(model, detail["loc"])))


def _is_missing(detail: ErrorDetails, fields: Container[Loc]) -> bool:
    return detail["type"] == "missing" and detail["loc"] in fields


def _finding(fault: Fault, loc: Loc, node: Node, path: PurePosixPath) -> Finding:
    line, column, length = place_of(node, (*loc, *fault.at), at_key=fault.at_key)
    missing = str(loc[-1]) if fault.code == "MC201" else ""
    name, message = _name(_way(node, loc), missing), fault.message
    return Finding(
        at=Position(path, line, column),
        code=fault.code,
        severity=Severity.ERROR,
        message=f"{name} {message}" if name and not message.startswith(f"{name} ") else message,
        hint=fault.hint,
        length=length,
    )


def _faults(detail: ErrorDetails, node: Node, model: type[ContentModel]) -> tuple[Fault, ...]:
    """Return what pydantic found, in a registrar's words."""
    kind, loc = detail["type"], detail["loc"]
    if kind == "finding":
        told: tuple[Fault, ...] = detail["ctx"]["faults"]
        return told
    if kind == "missing":
        return (Fault("MC201", "is missing", _annex_hint(loc, model)),)
    if kind == "extra_forbidden":
        hint = did_you_mean(str(loc[-1]), _fields_at(model, loc))
        return (Fault("MC202", "isn't a field here", hint, at_key=True),)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = detail["msg"].rsplit(maxsplit=1)[-1]
        least = kind == "greater_than_equal"
        return (Fault("MC216", "is out of range", f"at {'least' if least else 'most'} {bound}"),)
    if _has_no_value(node, loc):
        hint = _annex_hint(loc, model) or "write one, or leave the line out"
        return (Fault("MC204", "has no value", hint),)
    hint = _example(loc, model) if kind in _OF_MAPPINGS else ""
    return (Fault("MC203", _SHAPES.get(kind, detail["msg"].lower()), hint),)


def _example(loc: Loc, model: type[ContentModel]) -> str:
    """Return a hint: the mapping that a field holds, as somebody would write it."""
    field = next((step for step in reversed(loc) if isinstance(step, str)), "")
    found = _model_at(model, loc)
    if found.example:
        return f"e.g. {field}: {found.example}"
    return f"its fields: {', '.join(_names(found))}"


def _annex_hint(loc: Loc, model: type[ContentModel]) -> str:
    if model.__name__ != "Course" or not loc or loc[0] not in ANNEX_I:
        return ""
    return f"Annex I asks for {ANNEX_I[str(loc[0])]}" if len(loc) == 1 else ""


def _has_no_value(node: Node, loc: Loc) -> bool:
    found = _way(node, loc)[-1][1]
    return isinstance(found, Scalar) and found.plain and found.text in NOTHING


def _fields_at(model: type[ContentModel], loc: Loc) -> list[str]:
    """Return the names that a mapping at `loc` may have; those of the file's model at its top."""
    return _names(_model_at(model, loc[:-1]))


def _names(model: type[ContentModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items() if name != "id"]


def _model_at(model: type[ContentModel], loc: Loc) -> type[ContentModel]:
    """Return the model of the mapping that `loc` leads to; the file's own where it is none."""
    found: type[ContentModel] | None = model
    for step in loc:
        if isinstance(step, str) and found is not None and step in found.model_fields:
            found = _model_in(found.model_fields[step].annotation)
    return found or model


def _model_in(annotation: Any) -> type[ContentModel] | None:
    waiting = [annotation]
    while waiting:
        item = waiting.pop()
        if isinstance(item, type) and issubclass(item, ContentModel):
            return item
        waiting.extend(getattr(item, "__args__", ()))
    return None


def _name(way: Way, missing: str) -> str:
    name = ""
    for step in (*(step for step, _ in way[1:]), *([missing] if missing else [])):
        name += f"[{step + 1}]" if isinstance(step, int) else f"{'.' if name else ''}{step}"
    return name


def _way(node: Node, loc: Loc) -> Way:
    """Return `node` and what each step of `loc` leads to. Steps that a short form leaves out, as
    the one entry that stands for a list, are left out.
    """
    way: Way = [("", node)]
    for step in loc:
        here = way[-1][1]
        if isinstance(here, Mapping) and step in here.entries:
            way.append((step, here.entries[str(step)][1]))
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            way.append((step, here.items[step]))
    return way


def place_of(node: Node, loc: Loc, *, at_key: bool = False) -> tuple[int, int, int]:
    """Return line, column and length of what `loc` leads to, or of the nearest thing above it."""
    way = _way(node, loc)
    step, found = way[-1]
    if len(way) > 1:
        above = way[-2][1]
        empty = isinstance(found, Scalar) and found.plain and not found.text
        if isinstance(above, Mapping) and (at_key or empty):
            key = above.entries[str(step)][0]
            return key.line, key.column, key.length
    return found.line, found.column, found.length if isinstance(found, Scalar) else 1
