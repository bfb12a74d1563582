/** Sentences and dates: in the reader's language, on the day that is written. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CountingWords as Words } from "../../theme/static/verify/counting-words.js";

const english = new Words("en", { hello: "Hello {name}, {name}", "n.one": "{count} file", "n.other": "{count} files" });
const latvian = new Words("lv", { "n.zero": "{count} failu", "n.one": "{count} fails", "n.other": "{count} faili" });

test("a sentence takes its values as they are", () => {
  assert.equal(english.say("hello", { name: "$& {name}" }), "Hello $& {name}, $& {name}");
  assert.equal(english.say("hello"), "Hello , ");
  assert.equal(english.say("constructor"), "");
});

test("a value is text of a stranger", () => {
  assert.equal(english.say("hello", { name: "\u202e✅ Valid" }), "Hello □ Valid, □ Valid");
});

test("a written date is that day, whatever its zone", () => {
  for (const moment of ["2026-03-27T00:00:00Z", "2026-03-27T00:00:00+02:00", "2026-03-27T23:59:59-11:00", "2026-03-27"]) {
    assert.equal(english.date(moment), "27 March 2026", moment);
  }
  assert.equal(latvian.date("2026-03-27T00:00:00+02:00"), "2026. gada 27. marts");
  assert.equal(english.date(""), "");
  assert.equal(english.date(null), "");
});

test("a moment is told in UTC", () => {
  assert.equal(english.time(new Date("2026-03-27T21:05:00+02:00")), "19:05 UTC");
});

test("Latvian counts as Latvian does", () => {
  const said = [0, 1, 2, 10, 11, 21, 22].map((count) => latvian.count("n", count));

  assert.deepEqual(said, ["0 failu", "1 fails", "2 faili", "10 failu", "11 failu", "21 fails", "22 faili"]);
  assert.equal(english.count("n", 1), "1 file");
  assert.equal(english.with({}).count("n", 2), "2 files");
  assert.equal(english.count("n", 0), "0 files");
});
