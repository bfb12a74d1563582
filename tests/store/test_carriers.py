"""Finding the credential in what carries it; the browser's twin reads the same files."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcsite.store.carriers import credential_in

JSON = '{"name":"Jānis & <b>Bērziņš</b>, \\"Uni\\""}'.encode()
TOKEN = b"eyJh.eyJi-_.c2ln"
KEYWORD = b"openbadgecredential\0"
SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'


def png(kind: bytes, data: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(kind, data) + pixel + chunk(b"IEND", b"")


def svg(inside: bytes, attributes: bytes = b"") -> bytes:
    return (
        f'<?xml version="1.0"?>\n<svg {SPACE}><openbadges:credential'.encode()
        + attributes + b">" + inside + b'</openbadges:credential><path d="M0 0h9"/></svg>'
    )  # fmt: skip


ESCAPED = JSON.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (JSON, JSON),
        (b"\n " + JSON + b"\r\n", b"\n " + JSON + b"\r\n"),
        (TOKEN + b"\n", TOKEN + b"\n"),
        (png(b"iTXt", KEYWORD + b"\0\0\0\0" + JSON), JSON),
        (png(b"iTXt", KEYWORD + b"\0\0en\0title\0" + JSON), JSON),
        (png(b"iTXt", KEYWORD + b"\1\0\0\0" + zlib.compress(JSON)), JSON),
        (png(b"iTXt", KEYWORD + b"\0\0\0\0" + TOKEN), TOKEN),
        (png(b"tEXt", KEYWORD + JSON), JSON),
        (svg(b"\n<![CDATA[" + JSON + b"]]>\n"), JSON),
        (svg(ESCAPED), JSON),
        (svg(b"", b' verify="' + TOKEN + b'"'), TOKEN),
        (b'<html><script type="application/vc+json" id="credential">\n' + JSON + b"\n</script>",
         JSON),
        (b'<script type="application/json" id="sealed-credential">' + JSON + b"</script>", JSON),
    ],
)  # fmt: skip
def test_a_credential_is_found_in_what_carries_it(data: bytes, found: bytes) -> None:
    assert credential_in(data) == found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"hello",
        b"[]",
        b"a.b",
        png(b"tEXt", b"Comment\0{}"),
        png(b"iTXt", KEYWORD),
        png(b"iTXt", KEYWORD + b"\1\0\0\0not zlib"),
        png(b"iTXt", KEYWORD + b"\1\0\0\0" + zlib.compress(bytes(9_000_000))),
        png(b"iTXt", KEYWORD + b"\1\0\0\0" + zlib.compress(JSON)[:-5]),
        png(b"iTXt", KEYWORD + b"\0\0\0\0hello"),
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt",
        svg(b"hello"),
        svg(JSON)[:-60],
        b"<svg/>",
        b"<html><script type='application/json'>{}</script>",
    ],
)
def test_what_carries_none_has_none(data: bytes) -> None:
    assert credential_in(data) is None


PIECES = [
    b"\x89PNG\r\n\x1a\n", b"\0\0\0\x20iTXt", b"tEXt", KEYWORD, b"\1\0\0\0", zlib.compress(JSON),
    JSON, TOKEN, b"<openbadges:credential", b' verify="', b">", b"</openbadges:credential>",
    b'<script type="application/json" id="credential">', b"</script>", b"&quot;", b"\xff", b"",
    b"<![CDATA[", b"]]>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=8)).map(b"".join))
def test_any_bytes_carry_something_or_nothing(data: bytes) -> None:
    found = credential_in(data)

    assert found is None or found.strip().startswith(b"{") or b"." in found
