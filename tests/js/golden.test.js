/** Golden credentials: what any release ever issued verifies in the browser's modules too. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { fromBase64url } from "../../theme/static/verify/bytes.js";
import { publicKey } from "../../theme/static/verify/keys.js";
import { verify } from "../../theme/static/verify/verify.js";

const FOLDER = new URL("../vectors/golden/", import.meta.url);
const subtle = globalThis.crypto.subtle;
const utf8 = new TextEncoder();
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

/** Engines that read points of curves in their long form only, as some browsers do. */
const wholePointsOnly = {
  digest: subtle.digest.bind(subtle),
  verify: subtle.verify.bind(subtle),
  decrypt: subtle.decrypt.bind(subtle),
  importKey: (/** @type {[string, Uint8Array]} */ ...how) =>
    how[0] === "raw" && (how[1][0] === 2 || how[1][0] === 3) && [33, 49].includes(how[1].length)
      ? Promise.reject(Object.assign(new Error("compressed"), { name: "DataError" }))
      : subtle.importKey(...how),
};

test("they are all there", () => assert.equal(files.length, 3));

for (const name of files) {
  for (const [engine, its] of Object.entries({ "any engine": subtle, "an engine of whole points": wholePointsOnly })) {
    test(`${name} is valid in ${engine}`, async () => {
      const { now, cases, evidence } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf-8"));
      const [{ document, key }] = cases;
      const found = await verify(utf8.encode(document), () => evidence[0], { now: new Date(now), subtle: its, key: key && fromBase64url(key) });

      assert.equal(found.verdict, "valid");
      assert.deepEqual(found.checks.map((check) => check.state), new Array(9).fill("passed"));
    });
  }
}

test("a point that isn't on the curve is a bad key in such an engine too", async () => {
  const { verifySignature } = await import("../../theme/static/verify/keys.js");
  const good = publicKey("zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv");
  assert.ok(good);
  for (let last = 0; last < 8; last += 1) {
    const raw = good.raw.slice();
    raw[raw.length - 1] = last;
    const answers = await Promise.all([subtle, wholePointsOnly].map((its) => verifySignature(its, { ...good, raw }, new Uint8Array(64), utf8.encode("x"))));
    assert.equal(answers[0], answers[1]);
  }
});
