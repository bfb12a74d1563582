/** Words: Pagefind's index where it was built, else titles, summaries, skills and providers of the table. */

import { fold, wordsOf } from "./fold.js";
import { stemLatvian } from "./stem-lv.js";

/** @typedef {import("./facets.js").Table} Table */
/** @typedef {{ at: number, excerpt: string }} Hit */

const SHORTEST = 3;
const MOST = 400;
/** @type {Record<string, (word: string) => string>} languages that Pagefind doesn't stem */
const STEMMERS = { lv: stemLatvian };

/**
 * The query as it is looked up: the words' stems, where the language needs it.
 *
 * @param {string} query
 * @param {string} language
 * @returns {string}
 */
export function lookedUp(query, language) {
  const stem = STEMMERS[language.split("-")[0] ?? ""] ?? ((word) => word);
  return wordsOf(query).map((word) => fold(stem(word))).join(" ");
}

/**
 * The courses in which every word of the query begins a word.
 *
 * @param {Table} table
 * @param {string} query
 * @returns {Hit[]} titles first
 */
export function searchTable(table, query) {
  const { courses, values } = table;
  const wanted = lookedUp(query, table.language).split(" ").filter(Boolean);
  const ranked = courses.id.map((_, at) => {
    const title = folded(courses.title[at] ?? "");
    const skills = (courses.skills[at] ?? []).map((skill) => values["skill"]?.[skill]?.label ?? "");
    const rest = folded([courses.summary[at], values["provider"]?.[courses.provider[at] ?? -1]?.label, ...skills].join(" "));
    const inTitle = wanted.filter((word) => title.some((known) => known.startsWith(word))).length;
    const all = wanted.every((word) => [...title, ...rest].some((known) => known.startsWith(word)));
    return { at, rank: all ? 1 + inTitle : 0 };
  });
  return ranked.filter(({ rank }) => rank > 0).sort((one, other) => other.rank - one.rank).map(({ at }) => ({ at, excerpt: "" }));
}

/** @param {string} text */
function folded(text) {
  return wordsOf(text).map(fold);
}

/**
 * The search of one page: Pagefind's API is loaded with the first words.
 *
 * @param {Table} table
 * @param {string} root of the site
 * @returns {(query: string) => Promise<Hit[]>}
 */
export function searcher(table, root) {
  const places = new Map(table.courses.id.map((id, at) => [id, at]));
  /** @type {Promise<any> | null} */
  let loading = null;
  return async (query) => {
    if (fold(query).length < SHORTEST) return searchTable(table, query);
    loading ??= load(root);
    const pagefind = await loading;
    if (!pagefind) return searchTable(table, query);
    const answer = await pagefind.search(lookedUp(query, table.language));
    const data = await Promise.all(answer.results.slice(0, MOST).map((/** @type {any} */ result) => result.data()));
    /** @type {Hit[]} */
    const hits = [];
    for (const found of data) {
      const at = places.get(found.meta.id);
      if (at !== undefined) hits.push({ at, excerpt: String(found.excerpt) });
    }
    const seen = new Set(hits.map(({ at }) => at));
    return [...hits, ...searchTable(table, query).filter(({ at }) => !seen.has(at))];
  };
}

/** @param {string} root */
async function load(root) {
  try {
    const pagefind = await import(`${root}pagefind/pagefind.js`);
    await pagefind.options({ baseUrl: root });
    await pagefind.init();
    return pagefind;
  } catch {
    return null;
  }
}
