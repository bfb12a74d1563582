"""mcsite schema: JSON Schema (2020-12) of each kind of content file, from its model."""

from typing import Any

from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Issuer, Site

KINDS: dict[str, type[ContentModel]] = {
    "course": Course,
    "provider": Provider,
    "pathway": Pathway,
    "site": Site,
    "issuer": Issuer,
}
_WITHOUT_ID = ("site", "issuer")


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file; the id, which is the file's name, isn't in it."""
    schema = _plain(KINDS[kind].model_json_schema(by_alias=True, mode="validation"))
    if kind not in _WITHOUT_ID:
        schema["properties"].pop("id")
        schema["required"].remove("id")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _plain(schema: Any) -> Any:
    """Return the schema without null, which no field takes: who has nothing to say leaves the line
    out; and without the titles that pydantic makes of the names.
    """
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {
        key: _plain(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and not value)
    }
    if "anyOf" in plain:
        forms = [one for one in plain.pop("anyOf") if one != {"type": "null"}]
        plain |= forms[0] if len(forms) == 1 else {"anyOf": forms}
    return plain
