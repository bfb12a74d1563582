"""The picture that goes with a link to a page when somebody shares it (Open Graph).

A pure function of what it says: the same card gives the same bytes, on any machine with the same
versions of Pillow and of the font. Text is drawn in shades between two colours, so that sixteen
colours hold the picture and a file has some 13 KB.
"""

import io
import re
from dataclasses import dataclass
from functools import cache

import font_source_sans_pro as source_sans
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630  # what Open Graph's readers ask for
_GROUND, _TEXT = (255, 255, 255), (22, 32, 42)
_SHADES = 15  # of the palette: from the text's colour, 0, to the ground's
_ACCENT = 15  # the colour after them: sixteen, which are four bits
_MARGIN, _BAR = 80, 28
_MUTED = 5  # a shade
_TITLE_SIZES = (72, 64, 56, 50, 44)
_TITLE_LINES = 5
_TITLE_TOP, _TITLE_ROOM = 168, 300
_SMALL = 34
_COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says, from top to bottom. `accent` is a colour as #rrggbb."""

    above: str
    title: str
    facts: str
    site: str
    accent: str


def can_draw(card: Card) -> bool:
    """Tell whether the font has every letter of a card."""
    return all(map(_has, card.above + card.title + card.facts + card.site))


def social_image(card: Card) -> bytes:
    """Return the picture as PNG."""
    image = Image.new("P", (WIDTH, HEIGHT), _SHADES - 1)
    image.putpalette(_palette(card.accent))
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L"
    draw.rectangle((0, 0, _BAR, HEIGHT), fill=_ACCENT)
    room = WIDTH - _BAR - 2 * _MARGIN
    left = _BAR + _MARGIN
    _line(image, (left, _MARGIN), _shortened(card.above, _font("Semibold", _SMALL), room),
          _font("Semibold", _SMALL), _MUTED)  # fmt: skip
    size, lines = _title(card.title, room)
    font = _font("Bold", size)
    for number, line in enumerate(lines):
        _line(image, (left, _TITLE_TOP + number * round(size * 1.15)), line, font, 0)
    small = _font("Regular", _SMALL)
    _line(image, (left, HEIGHT - _MARGIN - 2 * _SMALL - 14), _shortened(card.facts, small, room),
          small, 0)  # fmt: skip
    _line(image, (left, HEIGHT - _MARGIN - _SMALL + 8), _shortened(card.site, small, room), small,
          _MUTED)  # fmt: skip
    file = io.BytesIO()
    image.save(file, "PNG", bits=4, compress_level=6)
    return file.getvalue()


def _line(
    image: Image.Image, at: tuple[int, int], text: str, font: ImageFont.FreeTypeFont, shade: int
) -> None:
    """Draw a line of text on the ground, in shades between its colour and the ground's."""
    if not text:
        return
    _, _, right, bottom = font.getbbox(text)
    cover = Image.new("L", (int(right) + 1, int(bottom) + 1), 0)
    ImageDraw.Draw(cover).text((0, 0), text, font=font, fill=255)
    last = _SHADES - 1
    shades = cover.point([last - round(level * (last - shade) / 255) for level in range(256)])
    image.paste(shades, at)


def _title(text: str, room: int) -> tuple[int, list[str]]:
    """Return the size at which a title has room, and its lines."""
    for size in _TITLE_SIZES:
        font = _font("Bold", size)
        lines = _wrapped(text, font, room)
        if lines is not None and len(lines) * round(size * 1.15) <= _TITLE_ROOM:
            return size, lines
    size, font = _TITLE_SIZES[-1], _font("Bold", _TITLE_SIZES[-1])
    lines = _wrapped(text, font, room, broken=True) or []
    kept = lines[:_TITLE_LINES]
    if len(lines) > len(kept):
        kept[-1] = _shortened(f"{kept[-1]} {lines[_TITLE_LINES]}", font, room)
    return size, kept


def _wrapped(
    text: str, font: ImageFont.FreeTypeFont, room: int, *, broken: bool = False
) -> list[str] | None:
    """Return the lines of a text; None where a word has no room on one, unless it is `broken`."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        elif font.getlength(word) <= room:
            lines.append(word)
        elif broken:
            lines.append(_shortened(word, font, room))
        else:
            return None
    return lines


def _shortened(text: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    """Return a text that has room on a line, ended by an ellipsis where it was longer."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    path = f"{source_sans.font_directory}/SourceSansPro-{weight}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _palette(accent: str) -> list[int]:
    found = _COLOUR.fullmatch(accent)
    colour = [int(part, 16) for part in found.groups()] if found else list(_TEXT)
    last = _SHADES - 1
    shades = (
        round(dark + (light - dark) * shade / last)
        for shade in range(_SHADES)
        for dark, light in zip(_TEXT, _GROUND, strict=True)
    )
    return [*shades, *colour]


@cache
def _has(character: str) -> bool:
    """Tell whether the font draws more of a character than the box that stands for none."""
    return character.isspace() or _drawn(character) != _drawn("\U0010ffff")


@cache
def _drawn(character: str) -> bytes:
    return bytes(_font("Bold", _TITLE_SIZES[-1]).getmask(character))
