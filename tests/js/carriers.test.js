/** Finding the credential in what carries it: the vectors that Python reads too (tests/store/test_carriers.py). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { credentialIn } from "../../theme/static/verify/carriers.js";
import { inflated } from "../../theme/static/verify/status-list.js";

const { cases } = JSON.parse(readFileSync(new URL("../vectors/carriers.json", import.meta.url), "utf8"));

for (const { name, data, found } of cases) {
  test(name, async () => {
    const bytes = Uint8Array.from(Buffer.from(data, "base64"));
    const inside = await credentialIn(bytes, (packed) => inflated(packed, "deflate")).catch(() => null);

    assert.equal(inside && Buffer.from(inside).toString("base64"), found);
  });
}

test("there are cases of both kinds", () => {
  assert.equal(cases.filter(({ found }) => found !== null).length, 15);
  assert.equal(cases.filter(({ found }) => found === null).length, 17);
});

/** Of 18 MB; a search to the end of the file for each of them would take an hour. */
const NEVER_ENDED = ["<openbadges:credential ", '<openbadges:credential verify="', '<script type="application/json" id="credential">', "<openbadges:credential>"];
for (const opening of NEVER_ENDED) {
  test(`what begins a million times and never ends is no credential: ${opening}`, async () => {
    const bytes = new TextEncoder().encode(opening.repeat(18_000_000 / opening.length));

    assert.equal(await credentialIn(bytes, async () => null), null);
  });
}
