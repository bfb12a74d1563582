/** What a reader pastes: a credential, or a link of bounded length. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { checkText, hostOf } from "../../theme/static/verify/answers.js";

const ID = "1".repeat(22);
const HERE = { hostname: "uni.example", host: "uni.example", root: "/micro/" };
const original = globalThis.fetch;

/** A site without pages; returns the list of what was asked for. */
function emptySite() {
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return new Response("", { status: 404 });
  };
  return asked;
}

afterEach(() => Object.assign(globalThis, { fetch: original }));

test("a link of this site is followed there, and one of another isn't", async () => {
  const asked = emptySite();
  const here = await checkText(`https://uni.example/micro/c/${ID}/#k=${"A".repeat(1900)}`, "text", HERE, "");
  const elsewhere = await checkText(`https://other.example/c/${ID}/`, "text", HERE, "");

  assert.deepEqual([here.fault, elsewhere.fault], ["file.no-page", "file.elsewhere"]);
  assert.deepEqual(asked, [`/micro/c/${ID}/`]);
});

test("what is longer than a link is none, and that is seen at once: place by place it would take hours", async () => {
  const asked = emptySite();
  const found = await checkText(`https://a${`/c/${ID}#`.repeat(200_000)} x`, "text", HERE, "");

  assert.equal(found.fault, "file.none");
  assert.deepEqual(asked, []);
});

test("an address has a host, and no other text is one", () => {
  assert.equal(hostOf("https://uni.example:8443/micro/c/1/"), "uni.example:8443");
  for (const other of ["", "urn:uuid:1", "https://uni.example ✅ VALID/c/1/", "x/y/VALID — checked just now"]) assert.equal(hostOf(other), "", other);
});
