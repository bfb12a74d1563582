/** Credentials in JSON Web Tokens: the browser's modules on the vectors that Python runs too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

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
