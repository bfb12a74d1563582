"""Ids made of titles, in the letters of the Union's three alphabets."""

import re
import unicodedata

from mcsite.content.fields import MAX_ID, is_identifier

_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
          "ħ": "h", "ı": "i", "ŋ": "n", "ĸ": "k", "ŧ": "t"}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"],
        strict=True,
    )
)  # fmt: skip -- ELOT 743, simplified
_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґё",
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "sht", "a", "y", "_", "e", "yu", "ya", "ye", "i", "yi", "g", "yo"],
        strict=True,
    )
) | {"ь": "y"}  # fmt: skip -- the Bulgarian law on transliteration, and letters of its neighbours
_LETTERS = str.maketrans(_LATIN | _GREEK | _CYRILLIC)


def slug_of(text: str) -> str:
    """Return an id made of a text; "" where none can be: "Datu pārvaldība" → datu-parvaldiba."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = re.findall("[a-z0-9]+", bare.translate(_LETTERS).replace("'", "").replace("’", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_ID]
        if len(longer) > MAX_ID:
            break
        slug = longer
    return slug if is_identifier(slug) else ""
