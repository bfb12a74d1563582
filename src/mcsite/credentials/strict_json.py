"""Reading JSON that a signature may depend on (RFC 8259, restricted as I-JSON, RFC 7493).

One document, one meaning: strict UTF-8, no duplicate keys, no NaN or Infinity, bounded depth, size
and integers, no lone surrogates. Python and JavaScript must never read two things from one text.
"""

import json
from collections import Counter

from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.plain_json import plain_value

MAX_BYTES = 1_000_000
MAX_DEPTH = 64
MAX_INTEGER = 2**53


class JsonFault(ValueError):
    """A text isn't JSON that mcsite reads; `reason` is one word of the format check's reasons."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> JsonValue:
    """Return the value that `data` (UTF-8) holds, or raise JsonFault."""
    if len(data) > max_bytes:
        raise JsonFault("too-large", f"longer than {max_bytes} bytes")
    plain = plain_value(data)
    if plain is None:
        return parse_slowly(data)
    if data.count(b"{") + data.count(b"[") >= MAX_DEPTH:  # fewer can't be too deep
        _check(plain, look_for_surrogates=False)
    return plain


def parse_slowly(data: bytes) -> JsonValue:
    """Return what `parse` does, of a text of any form."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonFault("bad-text", "not UTF-8") from error
    try:
        value: JsonValue = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise JsonFault("not-json", f"{error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise JsonFault("too-deep", "nested too deeply") from error
    _check(value, look_for_surrogates="\\ud" in text or "\\uD" in text)
    return value


def parse_object(data: bytes) -> JsonObject:
    """Return the JSON object that `data` holds, or raise JsonFault."""
    value = parse(data)
    if not isinstance(value, dict):
        raise JsonFault("not-json", "not a JSON object")
    return value


def _check(value: JsonValue, *, look_for_surrogates: bool) -> None:
    level: list[JsonValue] = [value]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise JsonFault("too-deep", f"nested more than {MAX_DEPTH} deep")
        if look_for_surrogates:
            _refuse_surrogates(level)
        below: list[JsonValue] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = below


def _refuse_surrogates(values: list[JsonValue]) -> None:
    for item in values:
        texts = [item] if isinstance(item, str) else list(item) if isinstance(item, dict) else []
        for text in texts:
            if any("\ud800" <= character <= "\udfff" for character in text):
                raise JsonFault("bad-text", "half of a surrogate pair")


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise JsonFault("duplicate-key", f"the key {twice!r} stands twice in one object")
    return found


def _integer(text: str) -> int:
    if len(text) > len(str(MAX_INTEGER)) + 1 or abs(int(text)) > MAX_INTEGER:
        raise JsonFault("bad-number", f"the number {text[:24]} is beyond 2^53")
    return int(text)


def _float(text: str) -> int | float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise JsonFault("bad-number", f"the number {text[:24]} is too large")
    if number.is_integer() and abs(number) <= MAX_INTEGER:
        return int(number)
    return number


def _constant(text: str) -> float:
    raise JsonFault("bad-number", f"{text} isn't a number in JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
)
