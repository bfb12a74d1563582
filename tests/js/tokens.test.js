/** Credentials in JSON Web Tokens: the browser's modules on the vectors that Python runs too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { keyOfJwk } from "../../theme/static/verify/jwk.js";
import { verify } from "../../theme/static/verify/verify.js";

const { now, cases, evidence } = JSON.parse(readFileSync(new URL("../vectors/jwt.json", import.meta.url), "utf-8"));
const subtle = globalThis.crypto.subtle;
const utf8 = new TextEncoder();

test("the vectors are all there", () => assert.equal(cases.length, 128));

for (const one of cases) {
  test(`verdict and reasons as Python's: ${one.name}`, async () => {
    const found = await verify(utf8.encode(one.document), () => evidence[one.evidence], { now: new Date(now), subtle });

    assert.equal(found.verdict, one.verdict);
    assert.deepEqual(found.checks.map((check) => [check.check, check.state, check.reason]), one.checks);
  });
}

/** @param {number} length in bytes @param {number} first @param {number} last */
function rsaKey(length, first = 0xff, last = 0xff) {
  const modulus = Buffer.alloc(length, 0xff);
  modulus[0] = first;
  modulus[length - 1] = last;
  return { kty: "RSA", e: "AQAB", n: modulus.toString("base64url") };
}

test("a modulus has 2048 to 8192 bits", () => {
  for (const jwk of [rsaKey(256, 0x80), rsaKey(257, 1), rsaKey(1024)]) assert.equal(keyOfJwk(jwk)?.algorithm, "RSA");
  for (const jwk of [rsaKey(256, 0x7f), rsaKey(257, 0), rsaKey(1025, 1), rsaKey(256, 0xff, 0xfe), { ...rsaKey(256), n: "" }]) {
    assert.equal(keyOfJwk(jwk), null);
  }
});

test("a modulus as long as a token can hold is refused at once: as a number it would take minutes", async () => {
  const document = { "@context": ["https://www.w3.org/ns/credentials/v2"], type: ["VerifiableCredential"], issuer: "did:web:x.example", credentialSubject: {} };
  const [head, body] = [{ alg: "RS256", jwk: rsaKey(530_000) }, document].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const found = await verify(utf8.encode(`${head}.${body}.AAAA`), () => evidence[0], { now: new Date(now), subtle });

  assert.equal(found.checks[1]?.reason, "bad-key");
});
