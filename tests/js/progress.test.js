/** What a pathway still asks for: the numbers of tests/vectors, which Python gives too; and whose credentials count. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { courseOf } from "../../theme/static/verify/held.js";
import { hundredths, leftOf, progressOf, whole } from "../../theme/static/verify/progress.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/pathway-credits.json", import.meta.url), "utf-8"));
const known = { folder: "https://micro.uni.example/lv/courses/", issuers: ["did:web:micro.uni.example", "did:web:uni.example"] };
const credential = (id, issuer = "did:web:uni.example") => ({ issuer: { id: issuer }, credentialSubject: { achievement: { id } } });

for (const { why, courses, number, minimum = "0", optional = false, held, done, least, most } of vectors) {
  test(`a step: ${why}`, () => {
    const brings = new Map(Object.entries(courses).map(([id, credits]) => [id, hundredths(credits)]));
    const step = { courses: brings, number, minimum: hundredths(minimum), isOptional: optional };

    assert.deepEqual(leftOf(step, new Set(held)), { isDone: done, least: hundredths(least), most: hundredths(most) });
  });
}

test("steps that may be left out are none of those that are counted", () => {
  const step = { courses: new Map([["a", 310]]), number: 1, minimum: 0, isOptional: false };
  const other = { ...step, courses: new Map([["b", 100]]), isOptional: true };

  assert.deepEqual(progressOf([step, other], new Set()), { done: 0, required: 1, least: 310, most: 410 });
  assert.deepEqual(progressOf([step, other], new Set(["a"])), { done: 1, required: 1, least: 0, most: 100 });
  assert.equal(whole(310), 3.1);
});

test("a credential counts for the course that it names, where the site's own issuer awarded it", () => {
  assert.equal(courseOf(credential(`${known.folder}gis-basics/`), known), "gis-basics");
  assert.equal(courseOf(credential(`${known.folder}gis-basics/`, "did:web:elsewhere.example"), known), "");
  assert.equal(courseOf(credential("https://elsewhere.example/lv/courses/gis-basics/"), known), "");
  assert.equal(courseOf(credential(`${known.folder}../x/`), known), "");
  assert.equal(courseOf(credential(`${known.folder}a/b/`), known), "");
  assert.equal(courseOf({ issuer: "did:web:uni.example", credentialSubject: {} }, known), "");
});
