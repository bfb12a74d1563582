"""QR codes of addresses that are alike but for a name: encoded by segno, once for all of them.

Which squares of a code are dark is a sum modulo 2 of bits of its text: Reed and Solomon's code is
linear, and the mask is added (ISO/IEC 18004, sections 7.5 and 7.8). So the code of an address is
that of another one of its length, with the squares turned that the bits in which they differ turn.
To encode each anew, and to try all eight masks, would take longer than the rest of its page.
"""

import re
from collections.abc import Sequence
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
    for turned, character in zip(code.turned, name, strict=True):
        squares ^= turned[character]
    return QrCode(code.size + 2 * BORDER, _strokes(squares, code.size))


@dataclass(frozen=True, slots=True)
class _Code:
    """A code, and which squares each character turns at each place of the name. Squares are bits,
    row by row.
    """

    size: int
    squares: int
    turned: tuple["_Turned", ...]


class _Turned(dict[str, int]):
    """The squares that a character turns at one place: the sum of those that its bits turn."""

    def __init__(self, bits: Sequence[int]) -> None:
        self.bits = bits

    def __missing__(self, character: str) -> int:
        different, squares = ord(character) ^ ord(_ALIKE), 0
        for bit, turned in enumerate(self.bits):
            if different >> bit & 1:
                squares ^= turned
        self[character] = squares
        return squares


@lru_cache(maxsize=4)
def _code(before: str, length: int, after: str) -> _Code:
    name = _ALIKE * length
    size, squares = _encoded(before + name + after)
    turned = []
    for place in range(length):
        others = (chr(ord(_ALIKE) ^ 1 << bit) for bit in range(_BITS))
        texts = (f"{before}{name[:place]}{other}{name[place + 1 :]}{after}" for other in others)
        turned.append(_Turned([squares ^ _encoded(text)[1] for text in texts]))
    return _Code(size, squares, tuple(turned))


def _encoded(text: str) -> tuple[int, int]:
    """Return size and squares of a code, of error correction level M and with the first mask."""
    code = segno.make(text, error="m", mode="byte", micro=False, mask=0, boost_error=False)
    squares = "".join(str(square) for row in code.matrix for square in row)
    return len(code.matrix), int(squares, 2)


class _Pieces(dict[str, tuple[int, str, int]]):
    """How pieces of rows are drawn: free squares before, strokes, squares from first to last.

    Rows are drawn piece by piece, since pieces come again and rows don't.
    """

    def __missing__(self, squares: str) -> tuple[int, str, int]:
        strokes, first = [], squares.find("1")
        end = first
        for run in _RUN.finditer(squares):
            if run.start() > end:
                strokes.append(f"m{run.start() - end} 0")
            strokes.append(f"h{len(run[0])}")
            end = run.end()
        found = (first, "".join(strokes), end - first)
        self[squares] = found
        return found


_PIECES = _Pieces()
_PIECE = 13  # squares: as many pieces as can be remembered


@lru_cache(maxsize=4)
def _cuts(size: int) -> tuple[tuple[slice, int, int], ...]:
    """Return where the pieces of a code stand: in the text of its squares, by column and row."""
    return tuple(
        (slice(row * size + column, row * size + min(column + _PIECE, size)), column, row)
        for row in range(size)
        for column in range(0, size, _PIECE)
    )


def _strokes(squares: int, size: int) -> str:
    """Return strokes for the runs of dark squares in each row, as the path of an SVG."""
    text = f"{squares:0{size * size}b}"
    strokes = [f"M{BORDER} {BORDER}.5"]
    x = y = 0  # where the last stroke ended
    for cut, column, row in _cuts(size):
        before, drawn, width = _PIECES[text[cut]]
        if drawn:
            start = column + before
            if start != x or row != y:
                strokes.append(f"m{start - x} {row - y}")
            strokes.append(drawn)
            x, y = start + width, row
    return "".join(strokes)
