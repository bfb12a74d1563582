"""What every content model shares: frozen, strict, no unknown fields, a short form perhaps."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from mcsite.content.source import Scalar

SCALARS = (str, Scalar)  # a value that is neither a list nor a mapping: written, or left out


class ContentModel(BaseModel):
    """A piece of a content file, read once at the border and trusted behind it.

    `short_form` is the JSON Schema of what may be written instead of the mapping; `example` is a
    mapping as somebody would write it.
    """

    short_form: ClassVar[dict[str, Any] | None] = None
    example: ClassVar[str] = ""
    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        populate_by_name=False,
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Let the short form stand beside the mapping."""
        made = handler(schema)
        if cls.short_form is None:
            return made
        whole = handler.resolve_ref_schema(made)
        mapping = dict(whole)
        about = {"description": mapping.pop("description"), "title": mapping.pop("title")}
        whole.clear()
        whole.update({**about, "anyOf": [cls.short_form, mapping]})
        return made


def scalar_as(name: str, value: Any) -> Any:
    """Read a bare scalar as a model's one field `name`: the short form of a mapping."""
    return {name: value} if isinstance(value, SCALARS) else value
