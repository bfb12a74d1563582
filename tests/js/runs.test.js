/** Where a run stands on a day: the cases of tests/vectors, which Python runs too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { dayOf, monthsAfter, stateOf } from "../../theme/static/catalogue/runs.js";

for (const vector of JSON.parse(readFileSync(new URL("../vectors/runs.json", import.meta.url), "utf-8"))) {
  test(`a run: ${vector.why}`, () => {
    const run = { start: vector.start, end: vector.end, applyBy: vector.apply_by };

    assert.deepEqual(stateOf(run, vector.today), { isOver: vector.over, isUnderWay: vector.under_way, isClosed: vector.closed });
  });
}

test("the day is the reader's own", () => {
  assert.equal(dayOf(new Date(2027, 0, 5, 23, 59)), "2027-01-05");
});

test("three months later is a day of the third month", () => {
  const days = ["2026-11-30", "2027-11-30", "2026-11-23", "2026-12-31", "2027-01-01"];
  assert.deepEqual(days.map((day) => monthsAfter(day, 3)), ["2027-02-28", "2028-02-29", "2027-02-23", "2027-03-31", "2027-04-01"]);
});
