"""Finding the credential in what somebody has: JSON, a token, a saved verification page, or a
badge image (Open Badges 3.0, section 5.3: baked PNG and SVG).

The twin of theme/static/verify/carriers.js. Nothing is parsed that could act: what is found is
judged as any other bytes are.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from mcsite.credentials.status_list import MAX_INFLATED
from mcsite.credentials.strict_json import MAX_BYTES

MAX_FILE = 20 * MAX_BYTES  # an image carries its picture too
_PAGE = re.compile(rb'<script type="application/(?:vc\+)?json" id="(?:sealed-)?credential">')
_SVG = re.compile(rb"<openbadges:credential\b")
_CLOSING = b"</openbadges:credential>"
_VERIFY = re.compile(rb'\bverify="([^"]+)"')
_CDATA = re.compile(rb"<!\[CDATA\[(.*)\]\]>", re.DOTALL)
_ENTITIES = {b"quot": b'"', b"apos": b"'", b"lt": b"<", b"gt": b">", b"amp": b"&"}
_ENTITY = re.compile(rb"&(quot|apos|lt|gt|amp);")
_TOKEN = re.compile(rb"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential"


def credential_in(data: bytes) -> bytes | None:
    """Return the credential's own bytes, JSON or a token; None where there is none."""
    if data.startswith(_PNG):
        found = _in_png(data)
    elif _bare(data).startswith(b"{"):
        found = data
    else:
        found = _in_page(data)
        if found is None:
            found = _in_svg(data)
        if found is None:
            found = data
    if found is None:
        return None
    text = _bare(found)
    return found if text.startswith(b"{") or _TOKEN.fullmatch(text) else None


def _bare(data: bytes) -> bytes:
    """Return text without the mark and the white space that may stand around it."""
    return data.removeprefix(b"\xef\xbb\xbf").strip()


def _in_page(data: bytes) -> bytes | None:
    found = _PAGE.search(data)
    return _before(data, b"</script>", found.end()) if found else None


def _in_svg(data: bytes) -> bytes | None:
    found = _SVG.search(data)
    attributes = _before(data, b">", found.end()) if found else None
    if found is None or attributes is None:
        return None
    if signed := _VERIFY.search(attributes):
        return signed[1]
    content = _before(data, _CLOSING, found.end() + len(attributes) + 1)
    if content is None:
        return None
    whole = _CDATA.fullmatch(content.strip())
    return whole[1] if whole else _unescaped(content)


def _before(data: bytes, end: bytes, start: int) -> bytes | None:
    """Return what stands before the first `end`. It is looked for once, however often a text
    begins what it never ends.
    """
    found = data.find(end, start)
    return None if found < 0 else data[start:found]


def _unescaped(data: bytes) -> bytes:
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], data)


def _in_png(data: bytes) -> bytes | None:
    """Return the text of the iTXt or tEXt chunk of that keyword."""
    for kind, chunk in _chunks(data):
        keyword, _, text = chunk.partition(b"\0")
        if keyword == _KEYWORD and kind in (b"iTXt", b"tEXt"):
            return text if kind == b"tEXt" else _international(text)
    return None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def _international(chunk: bytes) -> bytes | None:
    """Return an iTXt chunk's text after its keyword: compressed or not, method, language,
    translated keyword, text (PNG, section 11.3.4.5).
    """
    packed, (*tags, text) = chunk[:1], chunk[2:].split(b"\0", 2)
    if len(tags) < 2:  # noqa: PLR2004 -- language and translated keyword
        return None
    return _inflated(text) if packed == b"\1" else text


def _inflated(data: bytes) -> bytes | None:
    """Return what was compressed, up to a cap: bombs exist."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(data, MAX_INFLATED + 1)
    except zlib.error:
        return None
    whole = reader.eof and not reader.unused_data
    return text if whole and len(text) <= MAX_INFLATED else None
