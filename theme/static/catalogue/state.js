/** What the reader asked for, in the address: one canonical form, which can be shared and gone back to. */

/**
 * @typedef {object} State
 * @property {string} q words
 * @property {Record<string, string[]>} chosen values of each facet
 * @property {string} sort
 * @property {number} page from 1
 */

export const FACETS = [
  "field", "eqf", "ects", "hours", "language", "mode", "provider", "start", "price", "funding", "stackable", "skill", "occupation",
];
export const SORTS = ["relevance", "start", "ects", "title"];

/**
 * @param {string} search of the address
 * @returns {State}
 */
export function stateOf(search) {
  const asked = new URLSearchParams(search);
  /** @type {Record<string, string[]>} */
  const chosen = {};
  for (const facet of FACETS) {
    const values = [...new Set(asked.getAll(facet).flatMap((value) => value.split(",")))].filter(Boolean).sort();
    if (values.length > 0) chosen[facet] = values;
  }
  const sort = asked.get("sort") ?? "";
  return {
    q: (asked.get("q") ?? "").trim().slice(0, 200),
    chosen,
    sort: SORTS.includes(sort) ? sort : "relevance",
    page: Math.max(1, Number.parseInt(asked.get("page") ?? "1", 10) || 1),
  };
}

/**
 * @param {State} state
 * @returns {string} "" or "?…"
 */
export function addressOf({ q, chosen, sort, page }) {
  const asked = new URLSearchParams();
  if (q) asked.set("q", q);
  for (const facet of FACETS) {
    const values = chosen[facet];
    if (values && values.length > 0) asked.set(facet, [...values].sort().join(","));
  }
  if (sort !== "relevance") asked.set("sort", sort);
  if (page > 1) asked.set("page", String(page));
  const text = asked.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/**
 * @param {State} state
 * @param {string} facet
 * @param {string} value
 * @returns {State} with the value chosen, or no longer
 */
export function toggled(state, facet, value) {
  const before = state.chosen[facet] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const chosen = { ...state.chosen, [facet]: after };
  if (after.length === 0) delete chosen[facet];
  return { ...state, chosen, page: 1 };
}
