"""Marking a key in credentials/issuers.yaml: one line more, all else as somebody wrote it."""

import re
from pathlib import PurePosixPath

from mcsite.content.models.site import Issuer
from mcsite.content.source import Mapping, Node, Scalar, Sequence, SourceFault, read_source
from mcsite.content.validation import read_model
from mcsite.errors import UsageError

PATH = PurePosixPath("credentials/issuers.yaml")
_BEFORE = re.compile(r"[ -]*")


def with_mark(text: str, did: str, key: str, field: str, moment: str) -> str:
    """Return `text` with `field: moment` in the entry of a key, or UsageError where it is laid out
    so that a line can't be added.
    """
    lines = text.splitlines(keepends=True)
    place = _place_of(text, did, key)
    if place is None or not _BEFORE.fullmatch(lines[place[0] - 1][: place[1] - 1]):
        raise _unmarkable(key, field, moment)
    line, column = place
    if not lines[line - 1].endswith("\n"):
        lines[line - 1] += "\n"
    marked = "".join([*lines[:line], " " * (column - 1), f"{field}: {moment}\n", *lines[line:]])
    if _marks(marked) != _marks(text) | {(did, key, field, moment)}:
        raise _unmarkable(key, field, moment)
    return marked


def _unmarkable(key: str, field: str, moment: str) -> UsageError:
    return UsageError(
        f"the key {key} can't be marked in {PATH} as that file is laid out",
        hint=f"write this line into its entry: {field}: {moment}",
    )


def _place_of(text: str, did: str, key: str) -> tuple[int, int] | None:
    """Return line and column of `id:` in the entry of a key."""
    for issuer in _items(_node(text)):
        if _text(issuer, "did") != did:
            continue
        for entry in _items(issuer.entries["keys"][1] if "keys" in issuer.entries else None):
            if _text(entry, "id") == key:
                name = entry.entries["id"][0]
                return name.line, name.column
    return None


def _marks(text: str) -> set[tuple[str, str, str, str]]:
    """Return every field of every key, as it is read; empty where the file can't be read."""
    found = set()
    for item in _items(_node(text)):
        issuer, _ = read_model(Issuer, item, PATH, {"default_language": "und"})
        for key in issuer.keys if issuer is not None else ():
            for field, value in key.model_dump(mode="json", exclude_none=True).items():
                found.add((issuer.did if issuer else "", key.id, field, str(value)))
    return found


def _node(text: str) -> Node | None:
    try:
        return read_source(text.encode(), PATH)
    except SourceFault:
        return None


def _items(node: Node | None) -> list[Mapping]:
    items = node.items if isinstance(node, Sequence) else ()
    return [item for item in items if isinstance(item, Mapping)]


def _text(node: Mapping, field: str) -> str:
    value = node.entries[field][1] if field in node.entries else None
    return value.text if isinstance(value, Scalar) else ""
