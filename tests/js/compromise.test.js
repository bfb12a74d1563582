/** What a stolen key signed, judged by the browser's modules on the vectors that Python runs too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fromBase64url } from "../../theme/static/verify/bytes.js";
import { verify } from "../../theme/static/verify/verify.js";

const { now, cases } = JSON.parse(readFileSync(new URL("../vectors/compromise.json", import.meta.url), "utf-8"));
const subtle = globalThis.crypto.subtle;
const utf8 = new TextEncoder();

test("the vectors are all there", () => assert.equal(cases.length, 38));

for (const { name, document, key, evidence, verdict, checks, notice } of cases) {
  test(`verdict and reasons as Python's: ${name}`, async () => {
    const how = { now: new Date(now), subtle, key: key ? fromBase64url(key) : null };
    const found = await verify(utf8.encode(document), () => evidence, how);

    assert.equal(found.verdict, verdict);
    assert.deepEqual(found.checks.map((check) => [check.check, check.state, check.reason]), checks);
    assert.equal(found.notice !== null, notice);
  });
}

for (const { name, document, key, evidence } of cases.filter((one) => one.name.includes("listed"))) {
  test(`what is asked for is what Python asks for, once: ${name}`, async () => {
    const { issued, ...rest } = evidence;
    const asked = [];
    const read = async (url) => {
      asked.push(url);
      return issued[url] ?? { unavailable: "unreachable" };
    };
    const gathered = { ...rest, read };
    const how = { now: new Date(now), subtle, key: key ? fromBase64url(key) : null };
    const first = await verify(utf8.encode(document), () => gathered, how);
    const again = await verify(utf8.encode(document), () => ({ ...gathered, read: undefined }), how);

    assert.ok(asked.every((url) => url in issued));
    assert.equal(asked.length, new Set(asked).size);
    assert.equal(again.verdict, first.verdict);
  });
}

test("nothing is asked for where no key was stolen", async () => {
  const { document, evidence } = structuredClone(cases[0]);
  for (const method of Object.values(evidence.didDocuments)[0].verificationMethod) delete method.revoked;
  const read = () => assert.fail("asked for a list");
  const found = await verify(utf8.encode(document), () => ({ ...evidence, issued: {}, read }), { now: new Date(now), subtle });

  assert.equal(found.verdict, "valid");
});
