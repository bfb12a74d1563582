"""What an SVG picture may hold: shapes, never a script or anything from elsewhere.

Pages show pictures in `<img>`, where nothing in them acts; but each also has an address of its
own, on the site's origin, that can be opened. What is read is XML, as browsers read it (SVG 2,
section 2.7; HTML, section 4.8.3), not text, so that no encoding or namespace hides anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
_ACTIVE = frozenset(
    {
        "script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio",
        "video", "canvas", "link",
    }
)  # fmt: skip
_DATA = r"data:image/(?:png|jpe?g|gif|webp);base64,"
_HERE = re.compile(rf"\s*(?:#|{_DATA}|\Z)", re.IGNORECASE)
_URL = re.compile(rf"url\((?!\s*[\"']?\s*(?:#|{_DATA}))", re.IGNORECASE)
_CSS = re.compile(r"@import|image-set|\\|\bsrc\(", re.IGNORECASE)
_SCHEME = re.compile(r"(java|vb)script\s*:", re.IGNORECASE)
_DOCTYPE = re.compile(r"-//W3C//DTD SVG [0-9.]+( (Basic|Tiny|Stylable))?//EN")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([^\s;&<#]+);")
_INVISIBLE = re.compile(r"[\x00-\x20\u200b-\u200f\ufeff]")


class _Refused(Exception):
    """Stops the parser; says why."""


def svg_fault(data: bytes) -> str:
    """Return why `data` isn't a picture that may be published, "" where it is one."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.element
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.ProcessingInstructionHandler = reader.instruction
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- expat takes no names: this is all there is
    except _Refused as refused:
        return str(refused)
    except expat.ExpatError as error:
        return f"it isn't XML: {expat.ErrorString(error.code)} in line {error.lineno}"
    found = _ENTITY.search(data.replace(b"\0", b""))  # without what UTF-16 puts between letters
    return f"it names the entity {found[1].decode(errors='replace')[:60]}" if found else ""


@dataclass(slots=True)
class _Reader:
    """Looks at each part of a picture as the parser meets it."""

    depth: int = 0
    style: str | None = None  # what a style element holds, while one is open

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Refuse what acts, and attributes that act or load something."""
        namespace, _, local = name.rpartition(" ")
        if not self.depth and (namespace, local) != (SVG, "svg"):
            raise _Refused(f'its root is {local}, not svg with xmlns="{SVG}"')
        if namespace == XHTML or local.lower() in _ACTIVE:
            raise _Refused(f"it holds the element {local}")
        if self.style is not None:
            raise _Refused(f"its style holds the element {local}")
        for attribute, value in attributes.items():
            own, _, plain = attribute.rpartition(" ")
            if not own and plain.lower().startswith("on"):
                raise _Refused(f"it holds the event handler {plain}")
            _check_attribute(plain.lower(), value)
            if not own:  # any can be CSS, or animate it
                _check_css(value, plain)
        self.depth += 1
        if local.lower() == "style":
            self.style = ""

    def end(self, name: str) -> None:
        """Look at a style element when all of it is known."""
        self.depth -= 1
        if self.style is not None and name.lower().endswith("style"):
            _check_css(self.style, "style")
            self.style = None

    def text(self, text: str) -> None:
        """Collect the text of a style element."""
        if self.style is not None:
            self.style += text

    def instruction(self, target: str, _: str) -> None:
        """Refuse instructions: a style sheet from elsewhere is one."""
        raise _Refused(f"it holds the instruction {target}")

    def doctype(self, _: str, system: str | None, public: str | None, inner: bool) -> None:  # noqa: FBT001 -- expat's own
        """Refuse what could bring entities: they hide text, and browsers know those of XHTML."""
        if inner:
            raise _Refused("its DOCTYPE declares entities or attributes")
        if (system or public) and not _DOCTYPE.fullmatch(public or ""):
            raise _Refused(f"its DOCTYPE names {public or system}, not SVG")


def _check_attribute(name: str, value: str) -> None:
    if name in ("href", "src") and not _HERE.match(value):
        raise _Refused(f"{name} loads or leads to {value.strip()[:60]}")
    animated = value.rpartition(":")[2].strip().lower()
    if name == "attributename" and (animated in ("href", "src") or animated.startswith("on")):
        raise _Refused(f"it animates {value}")
    if _SCHEME.search(_INVISIBLE.sub("", value)):
        raise _Refused(f"{name} holds a script")


def _check_css(css: str, where: str) -> None:
    found = _CSS.search(css)
    if found:
        raise _Refused(f"its {where} holds {found[0]}")
    found = _URL.search(css)
    if found:
        raise _Refused(f"it loads {css[found.start() : found.start() + 60]}")
