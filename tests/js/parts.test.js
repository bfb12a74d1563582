/** The browser's parts on the vectors that Python runs too (tests/credentials/test_parts.py). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { didWebParts } from "../../theme/static/verify/did.js";
import { harmless } from "../../theme/static/verify/harmless.js";
import { canonicalText } from "../../theme/static/verify/jcs.js";
import { publicKey, verifySignature } from "../../theme/static/verify/keys.js";
import { timeOf } from "../../theme/static/verify/reading.js";
import { keyOfLink } from "../../theme/static/verify/sealed.js";
import { bitAt, decodeList } from "../../theme/static/verify/status-list.js";
import { TERMS } from "../../theme/static/verify/more-terms.js";
import { JsonFault, parse } from "../../theme/static/verify/strict-json.js";
import { OWN } from "../../theme/static/verify/terms.js";

const subtle = globalThis.crypto.subtle;
const utf8 = new TextEncoder();

/** @param {string} name */
function casesOf(name) {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf-8")).cases;
}

test("claim text", () => {
  for (const { text, shown } of casesOf("claim-text")) assert.equal(harmless(text), shown);
});

test("hosts of did:web", () => {
  for (const { did, parts } of casesOf("did-web")) {
    const found = didWebParts(did);
    assert.deepEqual(found && [found.host, found.path], parts, did);
  }
});

test("JSON, read and written canonically, or refused for the same reason", () => {
  for (const { text, canonical, refused } of casesOf("json-texts")) {
    if (refused === undefined) assert.equal(canonicalText(parse(utf8.encode(text))), canonical);
    else assert.throws(() => parse(utf8.encode(text)), (error) => error instanceof JsonFault && error.reason === refused, text);
  }
});

test("moments", () => {
  for (const { value, milliseconds } of casesOf("moments")) assert.equal(timeOf(value)?.getTime() ?? null, milliseconds, value);
});

test("public keys", () => {
  for (const { multibase, algorithm } of casesOf("keys")) assert.equal(publicKey(multibase)?.algorithm ?? null, algorithm, multibase);
});

test("keys of links", () => {
  for (const { fragment, key } of casesOf("link-keys")) {
    const found = keyOfLink(fragment);
    assert.equal(found && Buffer.from(found).toString("hex"), key, fragment);
  }
});

test("signatures", async () => {
  for (const { multibase, signature, reason } of casesOf("signatures")) {
    const key = publicKey(multibase);
    assert.ok(key);
    const bytes = Uint8Array.from(Buffer.from(signature, "hex"));
    assert.equal(await verifySignature(subtle, key, bytes, utf8.encode("message")), reason, `${key.algorithm} ${signature}`);
  }
});

test("status lists", async () => {
  for (const { encoded, indexes } of casesOf("status-lists")) {
    const bits = await decodeList(encoded);
    const found = bits && [...Array(bits.length * 8).keys()].filter((index) => bitAt(bits, index));
    assert.deepEqual(found, indexes, encoded.slice(0, 60));
  }
});

test("what mcsite's own credentials use is a part of what the contexts have", () => {
  const [, badges] = TERMS;
  const all = (/** @type {string} */ type) => [...badges.everywhere, ...(badges.types[type] ?? [])];
  assert.deepEqual(OWN.everywhere.filter((term) => !badges.everywhere.includes(term)), []);
  for (const [type, terms] of Object.entries(OWN.types)) {
    assert.ok(type in badges.types, type);
    assert.deepEqual(terms.filter((term) => !all(type).includes(term)), [], type);
  }
});
