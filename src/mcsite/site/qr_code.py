"""QR codes of addresses that are alike but for a name: encoded by segno, once for all of them.

Which squares of a code are dark is a sum modulo 2 of bits of its text: Reed and Solomon's code is
linear, and the mask is added (ISO/IEC 18004, sections 7.5 and 7.8). So the code of an address is
that of another one of its length, with the squares turned that the bits in which they differ turn.
To encode each anew, and to try all eight masks, would take longer than the rest of its page.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import segno

BORDER = 4  # modules of the quiet zone
_ALIKE = "1"  # what stands for each character of the name in the code that the others start from
_BITS = 7  # of a character: names are ASCII
_RUN = re.compile("1+")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code to draw: a square of `size` modules, quiet zone included; and the path of strokes, one
    module wide, that are dark.
    """

    size: int
    strokes: str


def qr_code(before: str, name: str, after: str) -> QrCode:
    """Return the code of `before` + `name` + `after`."""
    code = _code(before, len(name), after)
    squares = code.squares
    for place, character in enumerate(name):
        different = ord(character) ^ ord(_ALIKE)
        for bit in range(_BITS):
            if different >> bit & 1:
                squares ^= code.turned[place * _BITS + bit]
    return QrCode(code.size + 2 * BORDER, _strokes(squares, code.size))


@dataclass(frozen=True, slots=True)
class _Code:
    """A code, and which squares each bit of the name turns. Squares are bits, row by row."""

    size: int
    squares: int
    turned: tuple[int, ...]


@lru_cache(maxsize=4)
def _code(before: str, length: int, after: str) -> _Code:
    name = _ALIKE * length
    size, squares = _encoded(before + name + after)
    turned = []
    for place in range(length):
        for bit in range(_BITS):
            other = chr(ord(_ALIKE) ^ 1 << bit)
            text = f"{before}{name[:place]}{other}{name[place + 1 :]}{after}"
            turned.append(squares ^ _encoded(text)[1])
    return _Code(size, squares, tuple(turned))


def _encoded(text: str) -> tuple[int, int]:
    """Return size and squares of a code, of error correction level M and with the first mask."""
    code = segno.make(text, error="m", mode="byte", micro=False, mask=0, boost_error=False)
    squares = "".join(str(square) for row in code.matrix for square in row)
    return len(code.matrix), int(squares, 2)


def _strokes(squares: int, size: int) -> str:
    """Return one stroke for each run of dark squares in a row, as the path of an SVG."""
    text = f"{squares:0{size * size}b}"
    strokes = [f"M{BORDER} {BORDER}.5"]
    x = y = 0
    for row in range(size):
        for run in _RUN.finditer(text[row * size : (row + 1) * size]):
            if (x, y) != (run.start(), row):
                strokes.append(f"m{run.start() - x} {row - y}")
            strokes.append(f"h{len(run[0])}")
            x, y = run.end(), row
    return "".join(strokes)
