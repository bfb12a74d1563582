/** The browser's pure modules on the vectors that Python runs too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fromBase58, fromBase64url, toBase64url } from "../../theme/static/verify/bytes.js";
import { harmless } from "../../theme/static/verify/harmless.js";
import { canonicalText } from "../../theme/static/verify/jcs.js";
import { publicKey, verifySignature } from "../../theme/static/verify/keys.js";
import { decodeList } from "../../theme/static/verify/status-list.js";
import { JsonFault, parse } from "../../theme/static/verify/strict-json.js";
import { CHECKS, verdictOf } from "../../theme/static/verify/verdict.js";
import { verify } from "../../theme/static/verify/verify.js";

const { now, cases, evidence } = JSON.parse(readFileSync(new URL("../vectors/verification.json", import.meta.url), "utf-8"));
const subtle = globalThis.crypto.subtle;
const utf8 = new TextEncoder();

test("the vectors are all there", () => assert.equal(cases.length, 140));

for (const one of cases) {
  test(`verdict and reasons as Python's: ${one.name}`, async () => {
    const key = one.key === null ? null : fromBase64url(one.key);
    const found = await verify(utf8.encode(one.document), () => evidence[one.evidence], { now: new Date(now), subtle, key });

    assert.equal(found.verdict, one.verdict);
    assert.deepEqual(found.checks.map((check) => [check.check, check.state, check.reason]), one.checks);
    assert.equal(found.notice !== null, one.notice);
  });
}

test("no changed byte is green", async () => {
  const good = cases.find((one) => one.name === "valid");
  const bytes = utf8.encode(good.document);
  for (let step = 0; step < 250; step += 1) {
    const changed = bytes.slice();
    const place = (step * 7919) % changed.length;
    changed[place] ^= 1 + (step % 7);
    const found = await verify(changed, () => evidence[good.evidence], { now: new Date(now), subtle });
    assert.notEqual(found.verdict, "valid", `byte ${place}`);
  }
});

test("an engine without Ed25519 says that it can't check, and nothing else", async () => {
  const good = cases.find((one) => one.name === "valid");
  const old = {
    digest: subtle.digest.bind(subtle),
    importKey: () => Promise.reject(Object.assign(new Error("no"), { name: "NotSupportedError" })),
  };
  const found = await verify(utf8.encode(good.document), () => evidence[good.evidence], { now: new Date(now), subtle: old });

  assert.equal(found.verdict, "unsupported");
  assert.equal(found.document, null);
});

for (const missing of CHECKS.filter((check) => check !== "achievement")) {
  test(`a check that never ran is never green: ${missing}`, () => {
    const results = new Map(CHECKS.filter((check) => check !== missing).map((check) => [check, { check, state: "passed", reason: "ok" }]));

    assert.notEqual(verdictOf(results), "valid");
  });
}

const REFUSED = {
  "duplicate-key": ['{"a":1,"a":2}', '{"b":[{"a":1,"\\u0061":2}]}', '{"__proto__":1,"__proto__":2}'],
  "bad-number": ["[NaN]", "[Infinity]", "[-Infinity]", "[1e400]", "[9007199254740993]"],
  "bad-text": ['["\\ud800"]', '{"\\udfff":1}'],
  "too-deep": ["[".repeat(65) + "]".repeat(65), "[".repeat(100_000)],
  "too-large": [" ".repeat(1_000_001)],
  "not-json": ["", "{} {}", "{} //", "{'a':1}", "[01]", "[1,]", "\ufeff{}", '["\u0001"]', "[+1]", "[.5]", "tru"],
};
for (const [reason, texts] of Object.entries(REFUSED)) {
  test(`JSON refused as Python refuses it: ${reason}`, () => {
    for (const text of texts) {
      assert.throws(() => parse(utf8.encode(text)), (error) => error instanceof JsonFault && error.reason === reason, text.slice(0, 40));
    }
  });
}

test("bytes that aren't UTF-8 are refused", () => {
  assert.throws(() => parse(Uint8Array.of(0x22, 0xff, 0x22)), (error) => error.reason === "bad-text");
});

test("canonical JSON sorts keys by UTF-16 and writes numbers as ECMAScript", () => {
  assert.equal(canonicalText({ "\ufb33": 1, "\u{1f600}": 2, a: [1e21, 1e-7, -0, 333333333.33333329] }), '{"a":[1e+21,1e-7,0,333333333.3333333],"\u{1f600}":2,"\ufb33":1}');
});

const FIELD = 2n ** 255n - 19n;
const ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const WEAK = [0n, 1n, FIELD - 1n, ORDER_8_Y, FIELD - ORDER_8_Y, FIELD, FIELD + 1n, 2n ** 255n - 1n];

/** @param {bigint} number */
function littleEndian(number) {
  return Uint8Array.from({ length: 32 }, (_, place) => Number((number >> BigInt(8 * place)) & 255n));
}

test("weak and badly encoded points never reach the engine", async () => {
  const good = publicKey("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp");
  assert.ok(good);
  for (const y of WEAK) {
    for (const sign of [0n, 1n]) {
      const raw = littleEndian(y | (sign << 255n));
      const signature = Uint8Array.from([...raw, ...new Uint8Array(32)]);
      assert.equal(await verifySignature(subtle, good, signature, utf8.encode("x")), "bad-signature-bytes");
    }
  }
});

test("a list that inflates beyond the cap, or ends early, is none", async () => {
  const { gzipSync } = await import("node:zlib");
  const packed = (bytes) => `u${toBase64url(gzipSync(bytes))}`;
  assert.ok(await decodeList(packed(new Uint8Array(16_384))));
  assert.equal(await decodeList(packed(new Uint8Array(16_383))), null);
  assert.equal(await decodeList(packed(new Uint8Array(4 * 1024 * 1024 + 1))), null);
  assert.equal(await decodeList(packed(new Uint8Array(16_384)).slice(0, -8)), null);
  assert.equal(await decodeList("u!!"), null);
  assert.equal(await decodeList(7), null);
});

test("a list of a million signs of padding is none, and that is seen at once: sign by sign it would take minutes", async () => {
  assert.equal(await decodeList(`u${"=".repeat(999_000)}A`), null);
});

test("base58 keeps leading zeros and refuses other letters", () => {
  assert.deepEqual(fromBase58("112"), Uint8Array.of(0, 0, 1));
  assert.equal(fromBase58("0OIl"), null);
});

test("claim text can't imitate the page", () => {
  assert.equal(harmless("Valid ✓ ✅ 🔒"), "Valid □ □ □");
  assert.equal(harmless("\u202egnp.exe\u200b"), "gnp.exe");
  assert.equal(harmless("می\u200cخواهم e\u0301"), "می\u200cخواهم é");
});
