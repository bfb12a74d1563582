/** Baking a credential into an image, and reading it again. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";

import { bakedPng, bakedSvg } from "../../theme/static/verify/badge.js";
import { credentialIn } from "../../theme/static/verify/carriers.js";
import { inflated } from "../../theme/static/verify/status-list.js";

const CREDENTIAL = JSON.stringify({ name: "Āboliņš <b>]]> & $& $' 🎓", type: ["VerifiableCredential"] });

const found = async (bytes) => {
  const inside = await credentialIn(bytes, (packed) => inflated(packed, "deflate"));
  return inside && JSON.parse(Buffer.from(inside).toString("utf8"));
};

const chunk = (kind, data) => {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, sum]);
};

/** Node has its own only in later versions. */
const checksum = crc32 ?? ((bytes) => {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return (sum ^ -1) >>> 0;
});

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER = chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
const PIXEL = chunk("IDAT", deflateSync(Buffer.from([0, 0])));
const PICTURE = new Uint8Array(Buffer.concat([SIGNATURE, HEADER, PIXEL, chunk("IEND", Buffer.alloc(0))]));

test("a PNG carries the credential after its header, with a right checksum", async () => {
  const baked = Buffer.from(bakedPng(PICTURE, CREDENTIAL));
  const text = chunk("iTXt", Buffer.concat([Buffer.from("openbadgecredential\0\0\0\0\0"), Buffer.from(CREDENTIAL)]));

  assert.deepEqual(baked, Buffer.concat([SIGNATURE, HEADER, text, PICTURE.slice(SIGNATURE.length + HEADER.length)]));
  assert.deepEqual(await found(baked), JSON.parse(CREDENTIAL));
});

test("a PNG carries one credential, the last", () => {
  assert.deepEqual(bakedPng(bakedPng(PICTURE, '{"old":1}'), CREDENTIAL), bakedPng(PICTURE, CREDENTIAL));
});

test("what is no PNG is refused", () => {
  assert.throws(() => bakedPng(new Uint8Array(5), CREDENTIAL));
});

for (const [name, open] of Object.entries({
  plain: '<svg xmlns="http://www.w3.org/2000/svg">',
  "with a prologue and a greater-than sign": '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" aria-label="a > b">',
})) {
  test(`an SVG carries the credential: ${name}`, async () => {
    const baked = bakedSvg(`${open}<path d="M0 0h9"/></svg>`, CREDENTIAL);

    assert.match(baked, /<svg xmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0" xmlns=/);
    assert.ok(baked.endsWith('<path d="M0 0h9"/></svg>'));
    assert.equal(baked.split("]]>").length, 2);
    assert.deepEqual(await found(new TextEncoder().encode(baked)), JSON.parse(CREDENTIAL));
  });
}

test("an SVG carries one credential, the last", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>';

  assert.equal(bakedSvg(bakedSvg(svg, '{"old":1}'), CREDENTIAL), bakedSvg(svg, CREDENTIAL));
});
