"""What every content model shares: frozen, strict, no unknown fields."""

from pydantic import BaseModel, ConfigDict


class ContentModel(BaseModel):
    """A piece of a content file, read once at the border and trusted behind it."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)
