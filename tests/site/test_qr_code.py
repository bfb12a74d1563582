"""A QR code is what the library makes of the whole address, square by square."""

import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from mcsite.credentials.ids import new_credential_id
from mcsite.site.qr_code import qr_code

SITES = ["https://micro.baltija.example/c/", "https://u.example/a/long/path/below/the/host/c/"]


@given(st.sampled_from(SITES), st.binary(min_size=16, max_size=16), st.sampled_from(["/", ""]))
@settings(max_examples=150)
def test_it_is_the_library_s_drawing(before: str, data: bytes, after: str) -> None:
    name = new_credential_id(data)
    code = segno.make(
        before + name + after, error="m", mode="byte", micro=False, mask=0, boost_error=False
    )

    made = qr_code(before, name, after)

    drawn = code.svg_inline(omitsize=True, svgclass=None, lineclass=None)
    assert (
        f'<svg viewBox="0 0 {made.size} {made.size}"><path stroke="#000" d="{made.strokes}"/></svg>'
        == drawn
    )
