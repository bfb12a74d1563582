"""What every content model shares: frozen, strict, no unknown fields."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from mcsite.content.source import Scalar


class ContentModel(BaseModel):
    """A piece of a content file, read once at the border and trusted behind it."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        populate_by_name=False,
    )


def scalar_as(name: str, value: Any) -> Any:
    """Read a bare scalar as a model's one field `name`: the short form of a mapping."""
    return {name: value} if isinstance(value, Scalar) else value
