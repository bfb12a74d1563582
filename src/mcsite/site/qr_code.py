"""QR codes of addresses that are alike but for a name: encoded by segno, once for all of them.

Which squares of a code are dark is a sum modulo 2 of bits of its text: Reed and Solomon's code is
linear, and the mask is added (ISO/IEC 18004, sections 7.5 and 7.8). So the code of an address is
that of another one of its length, with the squares turned that the bits in which they differ turn.
To encode each anew, and to try all eight masks, would take longer than the rest of its page.
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import segno

BORDER = 4  # modules of the quiet zone
_ALIKE = "1"  # what stands for each character of the name in the code that the others start from
_BITS = 7  # of a character: names are ASCII
_PIECE = 13  # squares of a row that are drawn at once: as many ways as can be remembered
_WORD = 16  # bits of the word that a piece is kept in
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
    """A code, and which squares each character turns at each place of the name. Squares are the
    bits of words, a piece of a row in each.
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
    rows = ("".join(map(str, row)) for row in code.matrix)
    words = (
        row[column : column + _PIECE].ljust(_PIECE, "0").rjust(_WORD, "0")
        for row in rows
        for column in range(0, len(row), _PIECE)
    )
    return len(code.matrix), int("".join(words), 2)


class _Pieces(dict[int, tuple[int, str, int]]):
    """How pieces of rows are drawn: free squares before, strokes, squares from first to last.

    Rows are drawn piece by piece, since pieces come again and rows don't.
    """

    def __missing__(self, word: int) -> tuple[int, str, int]:
        squares = f"{word:0{_PIECE}b}"
        strokes, first = [], squares.find("1")
        end = first
        for run in _RUN.finditer(squares):
            if run.start() > end:
                strokes.append(f"m{run.start() - end} 0")
            strokes.append(f"h{len(run[0])}")
            end = run.end()
        found = (first, "".join(strokes), end - first)
        self[word] = found
        return found


_PIECES = _Pieces()
_ROW = 512  # more than the squares of a row: a place is ROW times its row, and its column


class _Moves(dict[int, str]):
    """How the pen goes on from one place to a later one, by the difference between them."""

    def __missing__(self, difference: int) -> str:
        rows = (difference + _ROW // 2) // _ROW
        found = f"m{difference - rows * _ROW} {rows}"
        self[difference] = found
        return found


_MOVES = _Moves()


@lru_cache(maxsize=4)
def _places(size: int) -> tuple[int, ...]:
    """Return where the pieces of a code stand."""
    return tuple(row * _ROW + column for row in range(size) for column in range(0, size, _PIECE))


def _strokes(squares: int, size: int) -> str:
    """Return strokes for the runs of dark squares in each row, as the path of an SVG."""
    places = _places(size)
    words = struct.unpack(f">{len(places)}H", squares.to_bytes(len(places) * _WORD // 8))
    strokes = [f"M{BORDER} {BORDER}.5"]
    pen = 0  # where the last stroke ended
    for place, (before, drawn, width) in zip(places, map(_PIECES.__getitem__, words), strict=True):
        if drawn:
            start = place + before
            if start != pen:
                strokes.append(_MOVES[start - pen])
            strokes.append(drawn)
            pen = start + width
    return "".join(strokes)
