"""What editors are told of the types of fields: JSON Schema (2020-12), as far as it can say it.

mcsite reads more exactly than any of these: what they let pass, `mcsite check` still looks at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import WithJsonSchema

from mcsite.content.iso import countries, country_name

JsonSchema = dict[str, Any]
LANGUAGE_TAG = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
_BELOW = r"^(?!/)(?!.*(^|/)\.{0,2}(/|$))[^\\]+$"  # no empty part, no . or .., no backslash
_UUID = "[0-9a-f-]{36}"
_SAID: JsonSchema = {"type": "string", "pattern": r"\S", "maxLength": 20_000}

TEXT: JsonSchema = {
    "anyOf": [
        _SAID,
        {
            "type": "object",
            "patternProperties": {LANGUAGE_TAG: _SAID},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}
# numbers too: version: 2 is read as it is written
WORD: JsonSchema = {"type": ["string", "number"], "pattern": r"\S"}
NUMBER: JsonSchema = {"type": "number"}
DAY: JsonSchema = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}
MOMENT: JsonSchema = {
    "type": "string",
    "format": "date-time",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
}
_DEVICES = "(con|prn|aux|nul|com[0-9]|lpt[0-9])"
ID: JsonSchema = {
    "type": "string",
    "pattern": f"^(?!{_DEVICES}$)[a-z0-9]+(-[a-z0-9]+)*$",
    "maxLength": 64,
}
LANGUAGE: JsonSchema = {"type": "string", "pattern": LANGUAGE_TAG}
CURRENCY: JsonSchema = {"type": "string", "pattern": "^[A-Z]{3}$"}
URL: JsonSchema = {
    "type": "string",
    "format": "uri",
    "pattern": r'^https?://[^\\<>"{}|^`\s@/?#]+([/?#][^\\<>"{}|^`\s]*)?$',
}
ESCO_SKILL: JsonSchema = {
    "type": "string",
    "pattern": rf"^http://data\.europa\.eu/esco/skill/{_UUID}$",
}
ESCO_OCCUPATION: JsonSchema = {
    "type": "string",
    "pattern": rf"^http://data\.europa\.eu/esco/occupation/{_UUID}$",
}
ASSET: JsonSchema = {"type": "string", "pattern": _BELOW}
PROJECT_FILE: JsonSchema = {"type": "string", "pattern": _BELOW}
EMAIL: JsonSchema = {"type": "string", "format": "email", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$"}


def country() -> JsonSchema:
    """Return the schema of a country: the codes, and what each means."""
    codes = sorted(countries())
    return coded(codes, [country_name(code, "en") for code in codes])


def coded(codes: list[str], labels: list[str]) -> JsonSchema:
    """Return the schema of a code. Editors show the labels beside the codes that they offer."""
    return {"type": "string", "enum": codes, "enumDescriptions": labels}


def like(pattern: str) -> WithJsonSchema:
    """Return the annotation of a text that wholly matches `pattern`."""
    return WithJsonSchema({"type": "string", "pattern": f"^({pattern})$"})


@dataclass(frozen=True, slots=True)
class SchemaFrom:
    """Annotation of a field whose schema takes a while to make: it is made when it is asked for."""

    make: Callable[[], JsonSchema]

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> JsonSchema:
        """Make the schema."""
        return self.make()
