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


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file; the id, which is the file's name, isn't in it."""
    schema = KINDS[kind].model_json_schema(by_alias=True, mode="validation")
    if kind != "issuer":
        schema["properties"].pop("id", None)
        schema["required"] = [name for name in schema.get("required", []) if name != "id"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
