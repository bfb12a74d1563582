"""A QR code is what the library makes of the whole address, square by square."""

import re

import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from mcsite.credentials.ids import new_credential_id
from mcsite.site.qr_code import BORDER, qr_code

SITES = ["https://micro.baltija.example/c/", "https://u.example/a/long/path/below/the/host/c/"]


@given(st.sampled_from(SITES), st.binary(min_size=16, max_size=16), st.sampled_from(["/", ""]))
@settings(max_examples=150)
def test_it_has_the_squares_of_the_library_s(before: str, data: bytes, after: str) -> None:
    name = new_credential_id(data)
    code = segno.make(
        before + name + after, error="m", mode="byte", micro=False, mask=0, boost_error=False
    )

    made = qr_code(before, name, after)

    assert made.size == len(code.matrix) + 2 * BORDER
    assert dark_squares(made.strokes) == {
        (x + BORDER, y + BORDER)
        for y, row in enumerate(code.matrix)
        for x, square in enumerate(row)
        if square
    }


def dark_squares(path: str) -> set[tuple[int, int]]:
    """Draw a path of strokes, one square wide, and return the squares that it makes dark."""
    found = set()
    x = y = 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[0-9.]+)(?: (-?[0-9.]+))?", path):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            found |= {(int(x) + step, int(y)) for step in range(int(first))}
            x += float(first)
    return found
