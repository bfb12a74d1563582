"""JSON as nodes with positions, read as strictly as credentials are (security: one document, one
meaning), so that findings name the line and column of what they speak of.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from mcsite.content.source import Mapping, Node, Scalar, Sequence
from mcsite.credentials.strict_json import JsonFault, parse
from mcsite.imports.reading import MAX_BYTES, unreadable

_PIECE = re.compile(r'\s*("(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+)')
_DIGITS = 400  # more has no number that JSON's readers take for one


def read_json(data: bytes, path: PurePosixPath) -> Node:
    """Return what a file holds, or raise Unreadable. What is null is left out."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        parse(data, max_bytes=MAX_BYTES)
    except JsonFault as fault:
        cause = fault.__cause__
        line, column = (
            (cause.lineno, cause.colno) if isinstance(cause, json.JSONDecodeError) else (1, 1)
        )
        raise unreadable(path, f"not JSON that mcsite reads: {fault}", line, column) from fault
    return _Builder(data.decode()).build()


class _Builder:
    """Builds nodes from the tokens of a text that is known to be JSON, without recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def build(self) -> Node:
        # open objects and lists: what began them, and the values so far, keys among them
        stack: list[tuple[int, list[Node | None]]] = []
        values: list[Node | None] = []
        for piece, at in self._pieces():
            if piece in "{[":
                stack.append((at, values))
                values = []
            elif piece in "}]":
                inside = values
                start, values = stack.pop()
                values.append(self._collection(piece, inside, start))
            elif piece not in ",:":
                values.append(self._scalar(piece, at))
        return values[0] or Scalar("", True, 1, 1, 1)  # noqa: FBT003 -- as YAML has null

    def _pieces(self) -> Iterator[tuple[str, int]]:
        at = 0
        while found := _PIECE.match(self.text, at):
            yield found[1], found.start(1)
            at = found.end()

    def _collection(self, end: str, values: list[Node | None], start: int) -> Node:
        line, column = self._place(start)
        if end == "]":
            return Sequence(tuple(value for value in values if value is not None), line, column)
        pairs = zip(values[::2], values[1::2], strict=True)
        entries = {
            key.text: (key, value)
            for key, value in pairs
            if isinstance(key, Scalar) and value is not None
        }
        return Mapping(entries, line, column)

    def _scalar(self, piece: str, at: int) -> Scalar | None:
        if piece == "null":
            return None
        line, column = self._place(at)
        if piece.startswith('"'):
            text: Any = json.loads(piece)
            return Scalar(text, False, line, column, len(piece))  # noqa: FBT003 -- it has quotes
        plain = piece if piece in ("true", "false") else _number(piece)
        return Scalar(plain, True, line, column, len(piece))  # noqa: FBT003 -- it has none

    def _place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1


def _number(piece: str) -> str:
    """Return a number as course files write it: 4.0 is 4. One that would be all zeros, as
    1e-999999999, stays as it is.
    """
    number = Decimal(piece)
    if abs(number.adjusted()) > _DIGITS:
        return piece
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
