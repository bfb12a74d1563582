/** Queries in another form than the text's find it; what isn't there isn't found. Pagefind's rule: a word begins as the query does. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fold, wordsOf } from "../../theme/static/catalogue/fold.js";
import { LANGUAGES, isParticle, stem } from "../../theme/static/catalogue/stem.js";
import { lookedUp } from "../../theme/static/catalogue/lookup.js";

/** @param {Record<string, string>} courses @param {string[]} words */
function finding(courses, words) {
  return Object.keys(courses).filter((id) => {
    const text = wordsOf(courses[id] ?? "").map(fold);
    return words.every((word) => text.some((known) => known.startsWith(word)));
  });
}

for (const language of LANGUAGES.filter((tag) => tag !== "lv")) {
  const { courses, queries, nothing } = JSON.parse(readFileSync(new URL(`../search/${language}.json`, import.meta.url), "utf-8"));
  const asked = Object.entries(queries);

  test(`${language}: a query in another form finds its course`, (context) => {
    const found = asked.map(([query, id]) => ({ query, id, hits: finding(courses, lookedUp(query, language)) }));
    const before = asked.filter(([query, id]) => finding(courses, wordsOf(query).map(fold)).includes(id)).length;
    const right = found.filter(({ id, hits }) => hits.includes(id));
    const wrong = found.flatMap(({ id, hits }) => hits.filter((hit) => hit !== id)).length;
    context.diagnostic(`${asked.length} queries: ${before} found without stems, ${right.length} with them; ${wrong} other courses beside`);

    assert.ok(asked.length >= 30);
    assert.deepEqual(found.filter(({ id, hits }) => !hits.includes(id)).map(({ query }) => `${query} ${lookedUp(query, language)}`), []);
    assert.ok(right.length > before);
    assert.ok(wrong <= asked.length / 5, `${wrong} courses too many`);
  });

  test(`${language}: what isn't there isn't found`, () => {
    for (const query of nothing) assert.deepEqual(finding(courses, lookedUp(query, language)), [], query);
  });
}

test("an ending goes only while three letters with a vowel stay", () => {
  assert.equal(stem("kursiem", "lv"), "kurs");
  assert.equal(stem("mezs", "lv"), "mez");
  assert.equal(stem("ide", "lv"), "ide");
  assert.equal(stem("mrs", "cs"), "mrs");
});

test("languages that Pagefind stems are left to it", () => {
  assert.equal(stem("courses", "en"), "courses");
  assert.deepEqual(lookedUp("Große Straßen", "de"), ["grosse", "strassen"]);
});

test("articles are dropped, unless they are all there is", () => {
  assert.ok(isParticle("tal", "mt"));
  assert.ok(!isParticle("ikel", "mt"));
  assert.deepEqual(lookedUp("il-", "mt"), ["il"]);
});
