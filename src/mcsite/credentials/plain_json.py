"""Canonical JSON at the speed of orjson, for the texts that it writes as RFC 8785 has them.

The one door to orjson. What it says of a text is proved from the text itself, or nothing is said:
then strict_json reads it, and jcs writes it, by the letter of their documents. Both ways give the
same, which tests compare; this one is for the many documents in which nothing is unusual.
"""

import re

import orjson

from mcsite.credentials.json_types import JsonValue

_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER  # below 2^53
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)
# A text by its bytes: ! for what a character from U+E000 on begins with, 0 for what a number or
# null ends with, and a comma for what then follows.
_SHAPE = bytes.maketrans(bytes(range(0xEE, 0xF5)) + b"123456789l]}", b"!" * 7 + b"0" * 10 + b",,")
# ECMAScript writes 1.0, 1e-6 and 1e16 differently, and NaN and the infinities not at all.
_IN_DOUBT = re.compile(rb"(?:\.0|e[-+]?[0-9]+|null)\Z")
_LONGEST = 8  # bytes of such an end


def plain_text(value: JsonValue) -> bytes | None:
    """Return the canonical text of an object or array (RFC 8785), or None where that isn't
    certain: where `value` can't be written, or has null, an unusual number, or a character from
    U+E000 on.
    """
    try:
        text = orjson.dumps(value, option=_OPTIONS)
    except TypeError:  # orjson's errors are its children
        return None
    return text if text[:1] in (b"{", b"[") and _is_certain(text) else None


def _is_certain(text: bytes) -> bool:
    """Tell whether RFC 8785 has for an object or array the text that orjson gave. Where a string
    looks as if it held what is in doubt, that is doubt enough: it costs time, and nothing else.
    """
    shape = text.translate(_SHAPE)
    if b"!" in shape:  # keys are sorted by code points: below U+E000, that is UTF-16's order
        return False
    end = shape.find(b"0,") + 1
    while end:
        if _IN_DOUBT.search(text, max(0, end - _LONGEST), end):
            return False
        end = shape.find(b"0,", end) + 1
    return True


def plain_value(text: bytes) -> JsonValue:
    """Return the object or array in a text that is its own canonical form, None for any other.

    Such a text is UTF-8 and has no duplicate keys, no lone surrogates and no integers beyond 2^53:
    written again, it would be another one. How deep and how long it is, nobody has looked at.
    """
    try:
        value: JsonValue = orjson.loads(text)
    except ValueError:
        return None
    return value if plain_text(value) == text else None
