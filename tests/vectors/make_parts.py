"""Remake the vectors of the parts that Python and the browser share.

Run python -m tests.vectors.make_parts. Inputs stand here, made by hand; what has to come out is
Python's, read by a person before it was committed.
"""

import base64
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from mcsite.credentials import base58
from mcsite.credentials.claim_text import harmless
from mcsite.credentials.cryptosuites import (
    BadKey,
    BadSignatureBytes,
    PrivateKeySigner,
    public_key,
    public_key_of,
)
from mcsite.credentials.did import did_web_parts
from mcsite.credentials.jcs import canonical
from mcsite.credentials.reading import key_of_link
from mcsite.credentials.status_list import MAX_INFLATED, MIN_LENGTH, MalformedList, StatusList
from mcsite.credentials.strict_json import JsonFault, parse
from mcsite.credentials.times import parse_time
from tests.institution import private_key

FOLDER = Path(__file__).parent
FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022
WEAK = (0, 1, FIELD - 1, ORDER_8_Y, FIELD - ORDER_8_Y)
NOT_CANONICAL = (FIELD, FIELD + 1, FIELD + 3, 2**255 - 1)
MESSAGE = b"message"

CLAIM_TEXTS = [
    "Jānis Bērziņš",
    "Valid ✓",
    "✅ VALID ☑ ✔️ 🔒🛡️",
    "Derīgs ✘ ❌ ⚠ ⓘ ℹ",
    "\u202egnp.exe",
    "\u2066a\u2069\u200e\u200f\u061c",
    "a\u200bb\u0000c\u0085d\u007f",
    "line\nline\tcell",
    "می\u200cخواهم",
    "क्\u200dष",
    "e\u0301",
    "A\U000e0041B\U000e007f",
    "√ ✗ ● ○ ■ ▲ ★",
    "🟢 🟥 🏅 👨\u200d👩\u200d👧",
    "\ufeffBOM\u00adsoft\u2060joined",
    "1 < 2 & <b>bold</b>",
    "日本語 Ελένη Олена",
    "",
    "＜ ＞ ﬁ Ω",
    "0️⃣ © ® ™",
    "‼ ⁉ ⎷",
    "a\u2065b ▀ ■ ⟀",
    "𝐕𝐚𝐥𝐢𝐝",
]

DIDS = [
    "did:web:uni.example",
    "did:web:uni.example:micro:2026",
    "did:web:uni.example%3A8443",
    "did:web:uni.example%3a8443:micro",
    "did:web:XN--Example-1.example",
    "did:web:127.0.0.1%3A8000",
    "did:web:" + "a" * 253,
    "did:web:" + "a" * 254,
    "did:web:uni.example \u2705 VALID \u2014 checked just now in your browser. \u202eelpmaxe.live",
    "did:web:uni.example\n",
    "did:web:uni example",
    "did:web:universit\u0101te.example",
    "did:web:uni_1.example",
    "did:web:user%40uni.example",
    "did:web:uni.example%3A",
    "did:web:uni.example%3A123456",
    "did:web:uni.example%3A1%3A2",
    "did:web:uni.example?x",
    "did:web:.example",
    "did:web:example-",
    "did:web:",
    "did:web:uni.example:",
    "did:web:uni.example:a::b",
    "did:web:uni.example:..:b",
    "did:web:uni.example:a/b",
    "did:key:z6Mk",
    "DID:web:uni.example",
]

KEY = "4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8"

FRAGMENTS = [
    f"#k={KEY}",
    f"k={KEY}",
    f"#a=b&k={KEY}",
    f"#k={KEY}&a=b",
    *(f"#k={KEY}{after}" for after in (".", ",", ")", ">.", "%29", "\u201d", "/", "=", ".html")),
    "",
    "#",
    f"#x={KEY}",
    f"#key={KEY}",
    f"#xk={KEY}",
    "#k",
    "#k=",
    "#k=short",
    f"#k={KEY[:-10]}",
    f"#k={KEY[:-1]}",
    f"#k={KEY[:-1]}!",
    f"#k={KEY}x",
    f"#k={KEY}A",
    f"#k={KEY}{KEY}",
    f"#k=.{KEY}",
    f"#k={KEY[:20]} {KEY[20:]}",
    "#k=" + "+" * 43,
]

JSON_TEXTS = [
    "{}",
    "[]",
    '""',
    "0",
    "-0",
    "-0.0",
    "1.0",
    "1E2",
    "1e21",
    "1e-7",
    "0.000001",
    "1.5",
    "333333333.33333329",
    "5e-324",
    "1.7976931348623157e308",
    "1e400",
    "-1e400",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "9007199254740993.0",
    "123456789012345678901234567890",
    "01",
    "+1",
    ".5",
    "1.",
    "1e",
    "-",
    "NaN",
    "Infinity",
    "-Infinity",
    "tru",
    "nul",
    "true",
    "null",
    '{"b":1,"a":2}',
    '{"\\ufb33":1,"\\ud83d\\ude00":2,"a":3,"":4}',
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"__proto__":1,"constructor":2,"toString":3}',
    '{"__proto__":1,"__proto__":2}',
    '{"10":1,"9":2,"1":3}',
    '"\\u0000\\u001f\\b\\f\\n\\r\\t\\"\\\\\\/\\u007f\\u2028"',
    '"\\ud83d\\ude00"',
    '"\\ud800"',
    '"\\ude00\\ud83d"',
    '{"\\udfff":1}',
    '"\\u12"',
    '"\\x41"',
    '"\u0001"',
    '"\u007f"',
    "\ufeff{}",
    "{} {}",
    "{} //",
    "{'a':1}",
    "[1,]",
    '{"a":1,}',
    "[1 2]",
    '{"a" 1}',
    " \t\r\n[ 1 , 2 ] \n",
    "\u00a0[]",
    "\f[]",
    "",
    " ",
    "[" * 64 + "]" * 64,
    "[" * 65 + "]" * 65,
    '{"a":' * 64 + "1" + "}" * 64,
    '{"a":' * 63 + "1" + "}" * 63,
]

MOMENTS = [
    "2026-11-23T12:00:00Z",
    "2026-11-23T14:00:00+02:00",
    "2026-11-23T12:00:00.123Z",
    "2026-11-23T12:00:00.123456789Z",
    "2026-11-23T12:00:00.1Z",
    "2026-11-23T12:00:00.1239999Z",
    "2026-11-23T12:00:00.999999999Z",
    "2024-02-29T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T23:60:00Z",
    "2026-01-01T23:59:60Z",
    "2026-01-01T00:00:00",
    "2026-01-01",
    "2026-01-01 00:00:00Z",
    "2026-01-01t00:00:00z",
    "2026-01-01T00:00:00+14:00",
    "2026-01-01T00:00:00+14:01",
    "2026-01-01T00:00:00-13:59",
    "2026-01-01T00:00:00+1400",
    "0000-01-01T00:00:00Z",
    "0001-12-31T00:00:00Z",
    "0002-01-01T00:00:00Z",
    "0099-06-01T00:00:00Z",
    "9998-12-31T23:59:59-14:00",
    "9999-01-01T00:00:00Z",
    "12026-01-01T00:00:00Z",
    "-2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00.1234567891Z",
    "2026-01-01T00:00:00Z\n",
    "",
    20260101,
    None,
    ["2026-11-23T12:00:00Z"],
]


def claim_text() -> list[dict[str, str]]:
    """Return texts, and what is shown of them."""
    return [{"text": text, "shown": harmless(text)} for text in CLAIM_TEXTS]


def did_webs() -> list[dict[str, Any]]:
    """Return DIDs, and the host and path of each, None where it leads nowhere."""
    return [{"did": did, "parts": did_web_parts(did)} for did in DIDS]


def json_texts() -> list[dict[str, str]]:
    """Return texts, and their canonical form or why they are refused."""

    def read(text: str) -> dict[str, str]:
        try:
            return {"text": text, "canonical": canonical(parse(text.encode())).decode()}
        except JsonFault as fault:
            return {"text": text, "refused": fault.reason}

    return [read(text) for text in JSON_TEXTS]


def moments() -> list[dict[str, Any]]:
    """Return values, and the milliseconds since 1970 that they name, None where they name none."""

    def milliseconds(value: Any) -> int | None:
        moment = parse_time(value)
        return None if moment is None else int(moment.timestamp() * 1000 // 1)

    return [{"value": value, "milliseconds": milliseconds(value)} for value in MOMENTS]


def keys() -> list[dict[str, Any]]:
    """Return public keys as Multikey, and their algorithm, None where they are refused."""
    points = [y | sign << 255 for y in (*WEAK, *NOT_CANONICAL) for sign in (0, 1)]
    texts = ["z" + base58.encode(b"\xed\x01" + point.to_bytes(32, "little")) for point in points]
    texts += [public_key_of(key).multibase for key in _privates()]
    good = base58.decode(texts[-1][1:])
    texts += [
        "",
        "z",
        "z0OIl",
        "u7QE",
        "f" + good.hex(),
        "z" + base58.encode(good[:-1]),
        "z" + base58.encode(good + b"\0"),
        "z" + base58.encode(b"\x12\x00" + good[2:]),
        "z" + "1" * 200,
        "Z" + texts[-1][1:],
    ]

    def algorithm(text: str) -> str | None:
        try:
            return public_key(text).algorithm
        except BadKey:
            return None

    return [{"multibase": text, "algorithm": algorithm(text)} for text in texts]


def _privates() -> list[Any]:
    curves = (ec.SECP256R1(), ec.SECP384R1())
    return [private_key(0), private_key(5), *(private_key(7, curve=curve) for curve in curves)]


def signatures() -> list[dict[str, str]]:
    """Return keys, signatures over MESSAGE, and what checking says of them."""
    return [case for private in _privates() for case in _signatures_of(private)]


def _signatures_of(private: Any) -> list[dict[str, str]]:
    good = _signed(private)
    half = len(good) // 2
    found = [good, good[:-1], good + b"\0", b"", bytes(len(good)), good[half:] + good[:half]]
    found += [bytes([good[0] ^ 1]) + good[1:], good[:-1] + bytes([good[-1] ^ 1])]
    if isinstance(private, ed25519.Ed25519PrivateKey):
        s = int.from_bytes(good[32:], "little")
        found += [good[:32] + number.to_bytes(32, "little") for number in (s + ORDER, ORDER, 0)]
        found += [point.to_bytes(32, "little") + good[32:] for point in (*WEAK, *NOT_CANONICAL)]
    key = public_key_of(private)

    def reason(signature: bytes) -> str:
        try:
            return "ok" if key.verifies(signature, MESSAGE) else "does-not-match"
        except BadSignatureBytes:
            return "bad-signature-bytes"

    return [
        {"multibase": key.multibase, "signature": signature.hex(), "reason": reason(signature)}
        for signature in found
    ]


def _signed(private: Any) -> bytes:
    """Return the same signature each time: ECDSA's is taken from the file, if it is there."""
    path = FOLDER / "signatures.json"
    multibase = public_key_of(private).multibase
    if not isinstance(private, ed25519.Ed25519PrivateKey) and path.exists():
        cases = json.loads(path.read_text("utf-8"))["cases"]
        known = [case["signature"] for case in cases if case["multibase"] == multibase]
        return bytes.fromhex(known[0])
    return PrivateKeySigner("did:web:x#k", private).sign(MESSAGE)


def link_keys() -> list[dict[str, str | None]]:
    """Return fragments of links, and the key in each: None where there is none, empty where it
    isn't whole.
    """

    def key(fragment: str) -> str | None:
        found = key_of_link(fragment)
        return None if found is None else found.hex()

    return [{"fragment": fragment, "key": key(fragment)} for fragment in FRAGMENTS]


def status_lists() -> list[dict[str, Any]]:
    """Return encoded lists, and the indexes that are set in them, None where they are refused."""
    texts = [
        StatusList.of(set(indexes), length).encode()
        for indexes, length in (
            ((), MIN_LENGTH),
            ((0,), MIN_LENGTH),
            ((7, 8, 131_071), MIN_LENGTH),
            ((1, 262_143), 2 * MIN_LENGTH),
        )
    ]
    another = gzip.compress(bytes(8), mtime=0)
    good, short, bomb = bytes(MIN_LENGTH // 8), bytes(MIN_LENGTH // 8 - 1), bytes(MAX_INFLATED + 1)
    texts += [_packed(good), _packed(short), _packed(bomb), _packed(bytes(MAX_INFLATED))]
    texts += [
        texts[1][:-8],
        *(_packed(good, after) for after in (b"\0", b"\0" * 4, b"x", another)),
        texts[1] + "=",
        texts[1] + "==",
        texts[1] + "===",
        "z" + texts[1][1:],
        texts[1][1:],
        "u",
        "",
        "u!!!!",
        "u" + base64.urlsafe_b64encode(good[:64]).decode(),
        texts[0].replace("-", "+"),
        texts[1] + "\n",
    ]

    def indexes(text: str) -> list[int] | None:
        try:
            return sorted(StatusList.decode(text).indexes())
        except MalformedList:
            return None

    return [{"encoded": text, "indexes": indexes(text)} for text in texts]


def _packed(bits: bytes, after: bytes = b"") -> str:
    packed = gzip.compress(bits, mtime=0) + after
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


PARTS: dict[str, Callable[[], list[Any]]] = {
    "claim-text": claim_text,
    "did-web": did_webs,
    "json-texts": json_texts,
    "moments": moments,
    "keys": keys,
    "link-keys": link_keys,
    "signatures": signatures,
    "status-lists": status_lists,
}


def main() -> None:
    """Write the files."""
    for name, cases in PARTS.items():
        source = "made by tests/vectors/make_parts.py; Apache-2.0"
        text = json.dumps({"source": source, "cases": cases()}, ensure_ascii=True, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
