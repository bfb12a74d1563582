"""A page rendered once with holes is what rendering it anew would give."""

import pytest

from mcsite.site.frame import Frame, hole


def test_texts_stand_in_every_hole() -> None:
    frame = Frame(f"<a href='{hole('id')}'>{hole('claims')}</a>{hole('id')}")

    assert frame.filled({"id": b"1", "claims": b"<b>2</b>"}) == b"<a href='1'><b>2</b></a>1"
    assert frame.filled({"id": "ā".encode(), "claims": b""}) == "<a href='ā'></a>ā".encode()


def test_a_text_that_looks_like_a_hole_stays_text() -> None:
    frame = Frame(f"{hole('claims')}{hole('id')}")

    made = frame.filled({"claims": hole("id").encode(), "id": b"1"})

    assert made == hole("id").encode() + b"1"


def test_a_hole_without_a_text_is_a_fault() -> None:
    with pytest.raises(KeyError):
        Frame(hole("claims")).filled({})
