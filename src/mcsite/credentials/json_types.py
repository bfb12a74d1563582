"""What a JSON document is made of, for signatures of functions."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

JsonValue: TypeAlias = Union[  # noqa: UP007 -- a forward reference can't stand in X | Y
    Mapping[str, "JsonValue"], Sequence["JsonValue"], str, int, float, bool, None
]
JsonObject: TypeAlias = dict[str, JsonValue]
