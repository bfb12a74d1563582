"""Examples: for each kind of file one that has every field, in examples/. They are what JSON
Schemas show of a field, and what `mcsite new` shows of the fields that may be left out.
"""

import json
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from mcsite.content.source import Mapping, Node, Scalar, Sequence, read_source

_FOLDER = Path(__file__).parent / "examples"


@cache
def example_of(kind: str) -> Any:
    """Return the example of a kind of file, as an editor reads it."""
    path = _FOLDER / f"{kind}.yaml"
    node = read_source(path.read_bytes(), PurePosixPath(path.name))
    if node is None:
        raise ValueError(f"the example of {kind} is empty")
    return as_editors_read(node)


def as_editors_read(node: Node) -> Any:
    """Return what editors hand to a JSON Schema: YAML 1.2's numbers and truth values."""
    match node:
        case Mapping():
            return {key: as_editors_read(value) for key, (_, value) in node.entries.items()}
        case Sequence():
            return [as_editors_read(item) for item in node.items]
        case Scalar(text, plain):
            return _scalar(text) if plain else text


def _scalar(text: str) -> Any:
    try:
        read = json.loads(text)
    except json.JSONDecodeError:
        return text
    return text if isinstance(read, list | dict) else read
