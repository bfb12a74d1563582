/** What the browser asks for: this site alone, wherever it stands, and what of it counts. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { gather, isPreview } from "../../theme/static/verify/evidence.js";

const ID = "1".repeat(22);
const NEEDS = {
  did: "did:web:uni.example:micro",
  statusLists: ["https://uni.example/micro/status/1.json", "https://uni.example/micro/status/2.json"],
  achievement: "https://uni.example/micro/lv/courses/dati/",
  issued: { name: "Data" },
  credential: `https://uni.example/micro/c/${ID}/`,
};
const HERE = { hostname: "uni.example", host: "uni.example", root: "/micro/" };
const original = { fetch: globalThis.fetch, location: globalThis.location };

/**
 * A site of those files, by path; returns the list of what was asked for.
 *
 * @param {Record<string, string | Response>} files
 * @param {string} address of the page
 */
function site(files, address) {
  /** @type {string[]} */
  const asked = [];
  globalThis.location = new URL(address);
  globalThis.fetch = async (url, { redirect, credentials }) => {
    assert.equal(redirect, "error");
    assert.equal(credentials, "omit");
    asked.push(String(url));
    const found = files[new URL(url).pathname];
    if (found instanceof Response) return found;
    return found === undefined ? new Response("", { status: 404 }) : new Response(found);
  };
  return asked;
}

afterEach(() => Object.assign(globalThis, original));

const FILES = {
  "/micro/did.json": '{"id":"did"}',
  "/micro/status/1.json": '{"n":1}',
  "/micro/status/2.json": '{"n":2}',
  "/micro/trust/issuers.json":
    '{"languages":["lv","en"],"registries":[{"name":{"lv":"Saraksts","en":"List"},"issuers":[{"id":"did:web:a"},7]}]}',
  "/micro/courses/dati/achievement.json": '{"name":"Dati"}',
  "/micro/courses/dati/achievement.en.json": '{"name":"Data"}',
};

test("everything is asked of the page's own site, below its own root", async () => {
  const asked = site(FILES, `https://uni.example/micro/c/${ID}/`);
  const found = await gather(NEEDS, { ...HERE, language: "lv" });

  assert.deepEqual(
    asked.map((url) => new URL(url).pathname).sort(),
    [...Object.keys(FILES)].sort(),
  );
  assert.deepEqual(found.didDocuments, { "did:web:uni.example:micro": { __proto__: null, id: "did" } });
  assert.equal(found.statusLists["https://uni.example/micro/status/2.json"].n, 2);
  assert.deepEqual(found.achievements[NEEDS.achievement].map((one) => one.name), ["Dati", "Data"]);
  assert.deepEqual(found.registries, [{ name: "Saraksts", issuers: ["did:web:a"] }]);
});

test("one description is enough where it is the one that was issued", async () => {
  const asked = site(FILES, `https://uni.example/micro/c/${ID}/`);
  const found = await gather({ ...NEEDS, issued: { name: "Dati" } }, HERE);

  assert.equal(found.achievements[NEEDS.achievement].length, 1);
  assert.equal(asked.filter((url) => url.includes("achievement")).length, 1);
});

test("a preview at another root finds the same files there", async () => {
  const moved = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path.replace("/micro/", "/"), text]));
  const asked = site(moved, `http://127.0.0.1:8000/c/${ID}/`);
  const found = await gather(NEEDS, { hostname: "127.0.0.1", host: "127.0.0.1:8000", root: "/" });

  assert.ok(asked.every((url) => url.startsWith("http://127.0.0.1:8000/")));
  assert.equal(found.didDocuments[NEEDS.did].id, "did");
});

test("a DID document at another host is a copy, and says so", async () => {
  site(FILES, `https://copy.example/micro/c/${ID}/`);
  const found = await gather(NEEDS, { hostname: "copy.example", host: "copy.example", root: "/micro/" });

  assert.equal(found.didDocuments[NEEDS.did].unavailable, "other-host");
  assert.equal(found.didDocuments[NEEDS.did].copy.id, "did");
});

test("addresses that lead elsewhere, or nowhere, are never asked for", async () => {
  const asked = site({}, `https://uni.example/micro/c/${ID}/`);
  const statusLists = ["https://other.example/status/1.json", "not an address", "https://uni.example/micro/../../x"];
  const found = await gather({ ...NEEDS, statusLists }, HERE);

  assert.ok(asked.every((url) => url.startsWith("https://uni.example/")));
  assert.ok(Object.values(found.statusLists).every((list) => list.unavailable === "unreachable"));
});

for (const [what, statusLists, languages] of [
  ["a credential of many lists", Array.from({ length: 1000 }, (_, at) => `https://uni.example/micro/lists/${at}`), []],
  ["a site of many languages", [], Array.from({ length: 1000 }, (_, at) => `l${at}`)],
]) {
  test(`${what} makes a page ask for so much and no more`, async () => {
    const files = { ...FILES, "/micro/trust/issuers.json": JSON.stringify({ languages }) };
    const asked = site(files, `https://uni.example/micro/c/${ID}/`);
    const found = await gather({ ...NEEDS, statusLists }, HERE);
    await found.read("https://uni.example/micro/keys/all.json");

    assert.equal(asked.length, 80);
    assert.ok("id" in found.didDocuments[NEEDS.did]);
  });
}

test("a file that never ends is not read to its end", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 100_000;
      controller.enqueue(new Uint8Array(100_000));
    },
  });
  site({ ...FILES, "/micro/status/1.json": new Response(endless) }, `https://uni.example/micro/c/${ID}/`);
  const found = await gather(NEEDS, HERE);

  assert.equal(found.statusLists[NEEDS.statusLists[0]].unavailable, "malformed");
  assert.ok(sent < 2_000_000);
});

test("a document may have a member of the name that means a missing one here", async () => {
  const [kept, nothingElse] = ['{"id":"did","unavailable":"unreachable"}', '{"unavailable":"no word of ours","copy":{}}'];
  site({ ...FILES, "/micro/did.json": kept, "/micro/status/1.json": nothingElse }, `https://uni.example/micro/c/${ID}/`);
  const found = await gather(NEEDS, HERE);

  assert.equal(found.didDocuments[NEEDS.did].id, "did");
  assert.deepEqual(found.statusLists[NEEDS.statusLists[0]], { unavailable: "malformed" });
});

test("a course of another site is not in this catalogue", async () => {
  site(FILES, `https://uni.example/micro/c/${ID}/`);
  const found = await gather({ ...NEEDS, achievement: "https://other.example/lv/courses/dati/" }, HERE);

  assert.deepEqual(found.achievements["https://other.example/lv/courses/dati/"], { unavailable: "not-in-catalogue" });
});

test("an address of a million slashes is read at once: slash by slash it would take minutes", async () => {
  site(FILES, `https://uni.example/micro/c/${ID}/`);
  const achievement = `https://uni.example/micro/${"/".repeat(999_000)}dati`;
  const found = await gather({ ...NEEDS, achievement: `${achievement}//` }, HERE);

  assert.equal(found.achievements[`${achievement}//`][0].name, "Dati");
});

test("the notice is asked for only where it can matter", async () => {
  const asked = site({ ...FILES, [`/micro/c/${ID}/notice.json`]: '{"status":"revoked"}' }, `https://uni.example/micro/c/${ID}/`);
  assert.deepEqual((await gather(NEEDS, HERE)).notices, {});
  assert.equal((await gather(NEEDS, HERE, true)).notices[NEEDS.credential].status, "revoked");

  assert.equal(asked.filter((url) => url.endsWith("notice.json")).length, 1);
});

test("only this machine is a preview", () => {
  const named = (hostname) => isPreview({ hostname, host: hostname, root: "/" });

  assert.deepEqual(["localhost", "127.0.0.1", "[::1]"].map(named), [true, true, true]);
  assert.deepEqual(["localhost.example", "127.0.0.1.example", "0.0.0.0", "uni.example"].map(named), [false, false, false, false]);
});
