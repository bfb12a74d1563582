"""One text, one meaning: what mcsite refuses to read."""

import pytest

from mcsite.credentials.strict_json import MAX_BYTES, JsonFault, parse

REFUSED = {
    "duplicate-key": b'{"a": 1, "a": 2}',
    "duplicate-key nested": b'{"b": [{"a": 1, "\\u0061": 2}]}',
    "bad-number nan": b'{"a": NaN}',
    "bad-number infinity": b"[Infinity]",
    "bad-number overflow": b"[1e400]",
    "bad-number integer": b"[9007199254740993]",
    "bad-text surrogate": b'["\\ud800"]',
    "bad-text surrogate key": b'{"\\udfff": 1}',
    "bad-text utf-8": b'["\xff"]',
    "too-deep": b"[" * 65 + b"]" * 65,
    "too-deep by far": b"[" * 100_000,
    "too-large": b" " * (MAX_BYTES + 1),
    "not-json trailing": b"{} {}",
    "not-json empty": b"",
    "not-json comment": b"{} // x",
    "not-json single quotes": b"{'a': 1}",
    "not-json bom": b"\xef\xbb\xbf{}",
    "not-json control": b'["\x01"]',
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(JsonFault) as refused:
        parse(REFUSED[name])

    assert refused.value.reason == name.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"[1.0]", [1]),
        (b"[9007199254740992]", [2**53]),
        (b'["\\ud83d\\ude00"]', ["\U0001f600"]),
        (b"[" * 64 + b"]" * 64, None),
        (b"[-0]", [0]),
    ],
)
def test_the_edge_of_what_is_read(text: bytes, value: object) -> None:
    found = parse(text)

    assert value is None or found == value
