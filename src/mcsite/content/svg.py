"""SVG as a picture and nothing else: no scripts, no foreign content, nothing loaded from elsewhere.

Read as XML, so that neither another encoding nor an entity hides what a search would miss.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

# elements that act, hold other documents, or set an attribute while the picture is shown
_ACTIVE = frozenset(
    ["script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio",
     "video", "set", "animate", "discard"]
)  # fmt: skip
_PICTURE = re.compile(r"data:image/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]*")
_LOADS = re.compile(r"url\(\s*[\"']?\s*(?![#\"'\s])|@import|expression\(", re.IGNORECASE)


class _Refused(Exception):
    """The picture holds something that isn't allowed; the text says what."""


def fault_of_svg(data: bytes) -> str | None:
    """Tell why an SVG can't be published; None where it can."""
    parser = expat.ParserCreate(namespace_separator=" ")
    reading = _Reading()
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.ProcessingInstructionHandler = _refuse_instruction
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- the library's signature: this is the last part
        _check_style("".join(reading.styles))
    except expat.ExpatError as error:
        return f"it isn't XML: {expat.ErrorString(error.code)}, line {error.lineno}"
    except _Refused as refused:
        return str(refused)
    return None


class _Reading:
    """What a parser meets: elements and attributes are checked, style sheets collected."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.styles: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rsplit(" ", 1)[-1].lower()
        if local in _ACTIVE:
            raise _Refused(f"it holds the element {local}")
        self.open.append(local)
        for key, value in attributes.items():
            _check_attribute(key, value)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, found: str) -> None:
        if "style" in self.open:
            self.styles.append(found)


def _check_attribute(key: str, value: str) -> None:
    name = key.rsplit(" ", 1)[-1].lower()
    if name.startswith("on"):
        raise _Refused(f"it holds the attribute {name}")
    if name in ("href", "src") and not (value.startswith("#") or _PICTURE.fullmatch(value)):
        raise _Refused(f"its {name} leads elsewhere")
    if (
        " " not in key
    ):  # attributes of editors, in namespaces of their own, say nothing to a browser
        _check_style(value)


def _check_style(text: str) -> None:
    without = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if _LOADS.search(without) or "\\" in without:
        raise _Refused("its style loads something")


def _refuse_doctype(*_parts: object) -> None:
    raise _Refused("it has a document type; delete the line with <!DOCTYPE")


def _refuse_instruction(target: str, _data: str) -> None:
    raise _Refused(f"it holds the instruction {target}")
