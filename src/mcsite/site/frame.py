"""A page of which there are many that differ in few places: rendered once, with holes, and then
filled for each.
"""

import re
from collections.abc import Mapping

# no text: neither content files nor credentials may have this character (finding MC103)
_MARK = "\ufffe"
_HOLE = re.compile(f"{_MARK}([a-z]+){_MARK}")


def hole(name: str) -> str:
    """Return what to render where the text `name` is to stand."""
    return f"{_MARK}{name}{_MARK}"


def looks_like_hole(text: bytes) -> bool:
    """Tell whether a text has what a hole is marked by."""
    return _MARK.encode() in text


class Frame:
    """A rendered page with holes."""

    def __init__(self, page: str) -> None:
        first, *rest = _HOLE.split(page)
        self.first = first.encode()
        # the name of each hole, and what follows it
        self.rest = [
            (name, text.encode()) for name, text in zip(rest[::2], rest[1::2], strict=True)
        ]

    def filled(self, texts: Mapping[str, bytes]) -> bytes:
        """Return the page with a text, already markup, in every hole."""
        parts = [self.first]
        for name, text in self.rest:
            parts.append(texts[name])
            parts.append(text)
        return b"".join(parts)
