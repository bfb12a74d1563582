"""Canonical JSON: the JSON Canonicalization Scheme, RFC 8785."""

import json
import math
from collections.abc import Mapping

from mcsite.credentials.json_types import JsonValue
from mcsite.credentials.plain_json import plain_text

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_MAX_INTEGER = 2**53
_SMALLEST = 0.001  # above it, fractions are written alike in Python and ECMAScript
_PLAIN_EXPONENTS = range(-6, 22)  # ECMAScript writes these without an exponent


def canonical(value: JsonValue) -> bytes:
    """Return the one canonical text of `value`, in UTF-8 (RFC 8785, section 3.2).

    Raises ValueError for what JSON can't hold: NaN, infinities, integers beyond 2^53, lone
    surrogates.
    """
    plain = plain_text(value)
    return canonical_slowly(value) if plain is None else plain


def canonical_slowly(value: JsonValue) -> bytes:
    """Return what `canonical` does, of any value."""
    text = _ENCODER.encode(value) if _is_plain(value) else _text_of(value)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("a text holds half of a surrogate pair") from error


def _is_plain(value: JsonValue) -> bool:
    """Tell whether the standard library writes `value` canonically: usual numbers and keys."""
    waiting: list[JsonValue] = [value]
    for item in waiting:  # which grows
        if isinstance(item, dict):
            # Above U+D7FF, Python's order of keys (code points) isn't UTF-16's.
            keys = "".join(item)
            if not keys.isascii() and max(keys) > "\ud7ff":
                return False
            waiting.extend([part for part in item.values() if part.__class__ is not str])
        elif isinstance(item, list):
            waiting.extend([part for part in item if part.__class__ is not str])
        elif not isinstance(item, str) and not _is_plain_leaf(item):
            return False
    return True


def _is_plain_leaf(item: JsonValue) -> bool:
    if isinstance(item, float):
        return not item.is_integer() and _SMALLEST <= abs(item) < _MAX_INTEGER
    return item is None or (isinstance(item, int) and abs(item) <= _MAX_INTEGER)


def _text_of(value: JsonValue) -> str:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_ENCODER.encode(k)}:{_text_of(value[k])}" for k in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text_of(item) for item in value) + "]"
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return _ENCODER.encode(value)
    if isinstance(value, int) and abs(value) > _MAX_INTEGER:
        raise ValueError("an integer beyond 2^53 has no canonical form")
    if isinstance(value, int | float):
        return number_text(value)
    raise ValueError(f"{type(value).__name__} isn't JSON")


def number_text(number: float) -> str:
    """Return `number` as ECMAScript's Number::toString writes it (RFC 8785, section 3.2.2.3)."""
    if not math.isfinite(number):
        raise ValueError("NaN and infinities have no canonical form")
    if isinstance(number, int):
        return str(number)
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent_text = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    exponent = int(exponent_text or 0) + len(whole)
    digits = (whole + fraction).lstrip("0")
    exponent -= len(whole + fraction) - len(digits) if whole == "0" else 0
    digits = digits.rstrip("0")
    return sign + _placed(digits, exponent)


def _placed(digits: str, exponent: int) -> str:
    """Return 0.`digits` times ten to the `exponent`, as ECMAScript lays it out."""
    if exponent - 1 in _PLAIN_EXPONENTS and exponent <= 21:  # noqa: PLR2004 -- ECMA-262, 6.1.6.1.20
        if exponent >= len(digits):
            return digits + "0" * (exponent - len(digits))
        if exponent > 0:
            return f"{digits[:exponent]}.{digits[exponent:]}"
        return "0." + "0" * -exponent + digits
    power = exponent - 1
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{tail}e{'+' if power >= 0 else '-'}{abs(power)}"
