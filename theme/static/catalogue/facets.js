/** Filtering by facets: OR inside a facet, AND across; counts that follow the other facets. Days are texts, as in runs.js. */

import { monthsAfter } from "./runs.js";

/**
 * @typedef {object} Table the catalogue's facets by columns (mcsite/site/search.py)
 * @property {string} language
 * @property {{ id: string[], title: string[], summary: string[], provider: number[], field: number[][], eqf: number[], ects: (number | null)[],
 *   hours: (number | null)[], languages: number[][], mode: number[][], start: string[][], price: (number | null)[], currency: string[],
 *   stackable: number[], skills: number[][], occupations: number[][], funding: number[][], withdrawn: number[] }} courses
 * @property {Record<string, { key: string, label: string }[]>} values
 */

/** @typedef {Record<string, string[][]>} Facets for each facet the values of each course, as they stand in the address */

/** Ranges: from, below. */
const ECTS = { "under-1": [0, 1], "1-3": [1, 4], "4-6": [4, 7], "7-plus": [7, Infinity] };
const HOURS = { "under-25": [0, 25], "25-99": [25, 100], "100-199": [100, 200], "200-plus": [200, Infinity] };

/** The values of facets that aren't in the table, in their order. */
export const FIXED = {
  eqf: ["1", "2", "3", "4", "5", "6", "7", "8"],
  ects: Object.keys(ECTS),
  hours: Object.keys(HOURS),
  start: ["open", "soon"],
  price: ["free", "paid"],
  stackable: ["yes"],
};

/** @param {Table} table @param {string} today @returns {Table} without the starts that have passed since it was made */
export function asOf({ courses, ...rest }, today) {
  return { ...rest, courses: { ...courses, start: courses.start.map((starts) => starts.filter((start) => start >= today)) } };
}

/**
 * @param {Table} table as of today
 * @param {string} today
 * @returns {Facets}
 */
export function facetsOf({ courses, values }, today) {
  /** @param {string} name @param {number[][]} numbers */
  const named = (name, numbers) => numbers.map((several) => several.map((number) => values[name]?.[number]?.key ?? ""));
  const limit = monthsAfter(today, 3);
  return {
    field: named("field", courses.field),
    eqf: courses.eqf.map((level) => (level ? [String(level)] : [])),
    ects: courses.ects.map((ects) => rangeOf(ECTS, ects)),
    hours: courses.hours.map((hours) => rangeOf(HOURS, hours)),
    language: named("language", courses.languages),
    mode: named("mode", courses.mode),
    provider: named("provider", courses.provider.map((number) => [number])),
    start: courses.start.map(([next]) => [...(next ? ["open"] : []), ...(next && next <= limit ? ["soon"] : [])]),
    price: courses.price.map((price) => (price === null ? [] : [price === 0 ? "free" : "paid"])),
    funding: named("funding", courses.funding),
    stackable: courses.stackable.map((yes) => (yes ? ["yes"] : [])),
    skill: named("skill", courses.skills),
    occupation: named("occupation", courses.occupations),
  };
}

/** @param {Record<string, number[]>} ranges @param {number | null} amount */
function rangeOf(ranges, amount) {
  if (amount === null) return [];
  return Object.entries(ranges).filter(([, [from = 0, below = 0]]) => amount >= from && amount < below).map(([name]) => name);
}

/**
 * The courses that match, and for each facet how many each value would give. A course that fails one facet alone still counts
 * there: choosing a second value would add it.
 *
 * @param {Facets} facets
 * @param {number[]} candidates places of courses that the words found
 * @param {Record<string, string[]>} chosen
 * @returns {{ found: number[], counts: Record<string, Map<string, number>> }}
 */
export function filtered(facets, candidates, chosen) {
  /** @type {Record<string, Map<string, number>>} */
  const counts = Object.fromEntries(Object.keys(facets).map((facet) => [facet, new Map()]));
  const asked = Object.entries(chosen);
  const found = [];
  for (const at of candidates) {
    const failed = asked.filter(([facet, wanted]) => !wanted.some((value) => facets[facet]?.[at]?.includes(value)));
    if (failed.length === 0) found.push(at);
    if (failed.length > 1) continue;
    for (const [facet, tally] of Object.entries(counts)) {
      if (failed.length > 0 && failed[0]?.[0] !== facet) continue;
      for (const value of facets[facet]?.[at] ?? []) tally.set(value, (tally.get(value) ?? 0) + 1);
    }
  }
  return { found, counts };
}

/**
 * @param {Table} table
 * @param {number[]} found
 * @param {string} sort
 * @returns {number[]} equals in the order of `found`
 */
export function sorted({ courses, language }, found, sort) {
  const collator = new Intl.Collator(language);
  /** @type {Record<string, (one: number, other: number) => number>} */
  const orders = {
    title: (one, other) => collator.compare(courses.title[one] ?? "", courses.title[other] ?? ""),
    ects: (one, other) => (courses.ects[one] ?? Infinity) - (courses.ects[other] ?? Infinity) || 0,
    start: (one, other) => compare(courses.start[one]?.[0] ?? "9999", courses.start[other]?.[0] ?? "9999"),
  };
  const order = orders[sort];
  return order ? [...found].sort(order) : found;
}

/** @param {string} one @param {string} other */
function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}
