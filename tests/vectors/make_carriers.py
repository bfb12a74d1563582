"""Remake the vectors of what carries a credential, which Python and the browser read alike.

Run python -m tests.vectors.make_carriers. Everything stands here, made by hand.
"""

import base64
import json
import struct
import zlib
from pathlib import Path

FILE = Path(__file__).with_name("carriers.json")
JSON = '{"name":"Jānis & <b>Bērziņš</b>, \\"Uni\\""}'.encode()
TOKEN = b"eyJh.eyJi-_.c2ln"
KEYWORD = b"openbadgecredential\0"
SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
ESCAPED = JSON.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(kind: bytes, data: bytes) -> bytes:
    """Return a picture of one pixel with one more chunk."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(kind, data) + pixel + chunk(b"IEND", b"")


def svg(inside: bytes, attributes: bytes = b"") -> bytes:
    """Return a drawing with a credential inside."""
    head = f'<?xml version="1.0"?>\n<svg {SPACE}><openbadges:credential'.encode() + attributes
    return head + b">" + inside + b'</openbadges:credential><path d="M0 0h9"/></svg>'


def itxt(text: bytes, *, packed: bool = False, tags: bytes = b"\0\0") -> bytes:
    """Return a PNG with that text in an iTXt chunk of Open Badges' keyword."""
    return png(b"iTXt", KEYWORD + (b"\1\0" if packed else b"\0\0") + tags + text)


def script(kind: bytes, identifier: bytes, text: bytes) -> bytes:
    """Return a verification page, as far as matters."""
    return b'<html><script type="' + kind + b'" id="' + identifier + b'">' + text + b"</script>"


PACKED = zlib.compress(JSON)
# name → what somebody has, and what is inside
CASES: dict[str, tuple[bytes, bytes | None]] = {
    "JSON": (JSON, JSON),
    "JSON, white space around": (b"\n " + JSON + b"\r\n", b"\n " + JSON + b"\r\n"),
    "JSON, a byte order mark before": (b"\xef\xbb\xbf" + JSON, b"\xef\xbb\xbf" + JSON),
    "JSON that is none": (b"{", b"{"),
    "token": (TOKEN + b"\n", TOKEN + b"\n"),
    "PNG": (itxt(JSON), JSON),
    "PNG, language and translated keyword": (itxt(JSON, tags=b"en\0title\0"), JSON),
    "PNG, compressed": (itxt(PACKED, packed=True), JSON),
    "PNG, token": (itxt(TOKEN), TOKEN),
    "PNG, old chunk": (png(b"tEXt", KEYWORD + JSON), JSON),
    "SVG, CDATA": (svg(b"\n<![CDATA[" + JSON + b"]]>\n"), JSON),
    "SVG, escaped": (svg(ESCAPED), JSON),
    "SVG, token": (svg(b"", b' verify="' + TOKEN + b'"'), TOKEN),
    "page": (script(b"application/vc+json", b"credential", b"\n" + JSON), b"\n" + JSON),
    "page, sealed": (script(b"application/json", b"sealed-credential", JSON), JSON),
    "nothing": (b"", None),
    "PDF": (b"%PDF-1.7", None),
    "words": (b"hello", None),
    "a list": (b"[]", None),
    "two parts": (b"a.b", None),
    "PNG, another comment": (png(b"tEXt", b"Comment\0{}"), None),
    "PNG, keyword alone": (png(b"iTXt", KEYWORD), None),
    "PNG, not zlib": (itxt(b"not zlib", packed=True), None),
    "PNG, a bomb": (itxt(zlib.compress(bytes(9_000_000)), packed=True), None),
    "PNG, cut": (itxt(PACKED[:-5], packed=True), None),
    "PNG, words": (itxt(b"hello"), None),
    "PNG, a length that lies": (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt", None),
    "SVG, words": (svg(b"hello"), None),
    "SVG, cut": (svg(JSON)[:-60], None),
    "SVG, none": (b"<svg/>", None),
    "page, empty": (script(b"application/json", b"credential", b""), None),
    "page of something else": (b"<html><script type='application/json'>{}</script>", None),
}


def vectors() -> str:
    """Return the file."""
    cases = [
        {
            "name": name,
            "data": base64.b64encode(data).decode(),
            "found": None if found is None else base64.b64encode(found).decode(),
        }
        for name, (data, found) in CASES.items()
    ]
    source = "made by tests/vectors/make_carriers.py for mcsite, Apache-2.0"
    return json.dumps({"source": source, "cases": cases}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(vectors(), "utf-8")
