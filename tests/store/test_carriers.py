"""Finding the credential in what carries it; the browser's twin reads the same vectors."""

import base64
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcsite.store.carriers import credential_in
from tests.vectors.make_carriers import FILE, JSON, KEYWORD, TOKEN, itxt, vectors

CASES = json.loads(FILE.read_text("utf-8"))["cases"]


def test_the_vectors_are_as_they_are_made() -> None:
    assert FILE.read_text("utf-8") == vectors()
    assert len([case for case in CASES if case["found"] is not None]) == 15
    assert len([case for case in CASES if case["found"] is None]) == 17


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_credential_is_found_where_there_is_one(case: dict[str, str | None]) -> None:
    found = credential_in(base64.b64decode(case["data"] or ""))

    assert found == (None if case["found"] is None else base64.b64decode(case["found"]))


def test_what_stands_after_compressed_text_is_refused() -> None:
    """As browsers do; Node doesn't."""
    packed = zlib.compress(JSON)

    assert credential_in(itxt(packed, packed=True)) == JSON
    assert credential_in(itxt(packed + b"more", packed=True)) is None


@pytest.mark.parametrize(
    "opening",
    [
        b"<openbadges:credential ",
        b'<openbadges:credential verify="',
        b'<script type="application/json" id="credential">',
        b"<openbadges:credential>",
    ],
)
def test_what_begins_a_million_times_and_never_ends_is_no_credential(opening: bytes) -> None:
    """Of 18 MB; a search to the end of the file for each of them would take an hour."""
    assert credential_in(opening * (18_000_000 // len(opening))) is None


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
