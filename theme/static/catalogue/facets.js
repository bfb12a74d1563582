/** Filtering by facets: OR inside a facet, AND across; counts that follow the other facets. */

/**
 * @typedef {object} Table the catalogue's facets by columns (mcsite/site/search.py)
 * @property {string} language
 * @property {{ id: string[], title: string[], summary: string[], provider: number[], field: number[][], eqf: number[], ects: (number | null)[],
 *   hours: (number | null)[], languages: number[][], mode: number[][], start: string[][], price: (number | null)[], currency: string[],
 *   stackable: number[], skills: number[][], withdrawn: number[] }} courses
 * @property {Record<string, { key: string, label: string }[]>} values
 */

/** Workload in ECTS: from, below. */
const ECTS = { "under-1": [0, 1], "1-3": [1, 4], "4-6": [4, 7], "7-plus": [7, Infinity] };

/**
 * The values of a facet that a course has, as they stand in the address.
 *
 * @param {Table} table
 * @param {string} facet
 * @param {number} at the course's place
 * @param {Date} today
 * @returns {string[]}
 */
export function valuesOf({ courses, values }, facet, at, today) {
  /** @param {string} name @param {number[]} numbers */
  const keys = (name, numbers) => numbers.map((number) => values[name]?.[number]?.key ?? "");
  switch (facet) {
    case "field":
      return keys("field", courses.field[at] ?? []);
    case "language":
      return keys("language", courses.languages[at] ?? []);
    case "mode":
      return keys("mode", courses.mode[at] ?? []);
    case "provider":
      return keys("provider", [courses.provider[at] ?? -1]);
    case "eqf":
      return courses.eqf[at] ? [String(courses.eqf[at])] : [];
    case "ects":
      return ectsRange(courses.ects[at] ?? null);
    case "start":
      return startRange(courses.start[at] ?? [], today);
    case "price":
      return courses.price[at] === null || courses.price[at] === undefined ? [] : [courses.price[at] === 0 ? "free" : "paid"];
    default:
      return courses.stackable[at] ? ["yes"] : [];
  }
}

/** @param {number | null} ects */
function ectsRange(ects) {
  if (ects === null) return [];
  return Object.entries(ECTS).filter(([, [from = 0, below = 0]]) => ects >= from && ects < below).map(([name]) => name);
}

/** @param {string[]} starts @param {Date} today */
function startRange(starts, today) {
  const limit = new Date(today);
  limit.setMonth(limit.getMonth() + 3);
  const [now, soon] = [today, limit].map((day) => day.toISOString().slice(0, 10));
  const coming = starts.filter((start) => start >= (now ?? ""));
  return [...(coming.length > 0 ? ["open"] : []), ...(coming.some((start) => start <= (soon ?? "")) ? ["soon"] : [])];
}

/** The values of facets that aren't in the table, in their order. */
export const FIXED = {
  eqf: ["1", "2", "3", "4", "5", "6", "7", "8"],
  ects: Object.keys(ECTS),
  start: ["open", "soon"],
  price: ["free", "paid"],
  stackable: ["yes"],
};

/**
 * Whether a course has one of the values chosen in each facet, but for one facet left out.
 *
 * @param {Table} table
 * @param {number} at
 * @param {Record<string, string[]>} chosen
 * @param {Date} today
 * @param {string} without
 */
function matches(table, at, chosen, today, without = "") {
  return Object.entries(chosen).every(([facet, wanted]) => {
    if (facet === without) return true;
    const has = valuesOf(table, facet, at, today);
    return wanted.some((value) => has.includes(value));
  });
}

/**
 * The courses that match, and for each facet how many each value would give.
 *
 * @param {Table} table
 * @param {number[]} candidates places of courses that the words found
 * @param {Record<string, string[]>} chosen
 * @param {string[]} facets
 * @param {Date} today
 * @returns {{ found: number[], counts: Record<string, Map<string, number>> }}
 */
export function filtered(table, candidates, chosen, facets, today) {
  /** @type {Record<string, Map<string, number>>} */
  const counts = Object.fromEntries(facets.map((facet) => [facet, new Map()]));
  for (const facet of facets) {
    for (const at of candidates) {
      if (!matches(table, at, chosen, today, facet)) continue;
      for (const value of valuesOf(table, facet, at, today)) {
        counts[facet]?.set(value, (counts[facet]?.get(value) ?? 0) + 1);
      }
    }
  }
  return { found: candidates.filter((at) => matches(table, at, chosen, today)), counts };
}

/**
 * @param {Table} table
 * @param {number[]} found
 * @param {string} sort
 * @param {string} language
 * @returns {number[]}
 */
export function sorted({ courses }, found, sort, language) {
  const collator = new Intl.Collator(language);
  /** @type {Record<string, (one: number, other: number) => number>} */
  const orders = {
    title: (one, other) => collator.compare(courses.title[one] ?? "", courses.title[other] ?? ""),
    ects: (one, other) => (courses.ects[one] ?? Infinity) - (courses.ects[other] ?? Infinity),
    start: (one, other) => collator.compare(courses.start[one]?.[0] ?? "9999", courses.start[other]?.[0] ?? "9999"),
  };
  const order = orders[sort];
  return order ? [...found].sort(order) : found;
}
