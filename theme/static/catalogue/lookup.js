/** Words: our own table answers at once, from titles, summaries, skills, occupations and providers; Pagefind's index then from whole pages. */

import { fold, wordsOf } from "./fold.js";
import { isParticle, LANGUAGES, stem } from "./stem.js";

/** @typedef {import("./facets.js").Table} Table */
/** @typedef {{ at: number, excerpt?: () => Promise<string> }} Hit a course; the excerpt is fetched when it is shown */

/** Below this many letters an index of prefixes transfers much and says little. */
const SHORTEST = 3;

/** Letters by which forms of a word differ at most, where Pagefind takes endings off; where we do, what is left is in every form. */
const ENDING = 5;

/**
 * The query as it is looked up: stems, where the language needs it, without marks.
 *
 * @param {string} query
 * @param {string} language
 * @returns {string[]}
 */
export function lookedUp(query, language) {
  const words = wordsOf(query).map(fold);
  const primary = language.split("-")[0] ?? "";
  const said = words.filter((word) => !isParticle(word, primary));
  return (said.length > 0 ? said : words).map((word) => stem(word, primary));
}

/**
 * @param {Table} table
 * @returns {(query: string) => { titles: number[], others: number[] }} the courses in which every word of the query begins a word
 */
export function tableSearcher({ courses, values, language }) {
  /** @param {string} name @param {number[]} numbers */
  const labels = (name, numbers = []) => numbers.map((one) => values[name]?.[one]?.label ?? "");
  const texts = courses.id.map((_, at) => {
    const taught = [...labels("skill", courses.skills[at]), ...labels("occupation", courses.occupations[at])];
    const provider = values["provider"]?.[courses.provider[at] ?? -1]?.label ?? "";
    const title = spaced(courses.title[at] ?? "");
    return { title, all: title + spaced([courses.summary[at], provider, ...taught].join(" ")) };
  });
  return (query) => {
    const wanted = lookedUp(query, language).map((word) => ` ${word}`);
    /** @type {{ titles: number[], others: number[] }} */
    const found = { titles: [], others: [] };
    if (wanted.length === 0) return found;
    texts.forEach(({ title, all }, at) => {
      if (wanted.every((word) => title.includes(word))) found.titles.push(at);
      else if (wanted.every((word) => all.includes(word))) found.others.push(at);
    });
    return found;
  };
}

/** @param {string} text @returns {string} its words without marks, each after a space */
function spaced(text) {
  return ` ${wordsOf(text).map(fold).join(" ")}`;
}

/**
 * @param {{ titles: number[], others: number[] }} table
 * @param {Hit[]} pages
 * @returns {Hit[]} titles first, then pages as the index ranks them
 */
export function ranked({ titles, others }, pages) {
  const byPlace = new Map(pages.map((hit) => [hit.at, hit]));
  const order = new Set([...titles, ...byPlace.keys(), ...others]);
  return [...order].map((at) => byPlace.get(at) ?? { at });
}

/**
 * The index of whole pages, loaded with the first words. Where there is none, nothing is found.
 *
 * @param {Table} table
 * @param {string} root address of the site's root
 * @param {string[]} others languages that are searched when the page's own has nothing
 */
export function indexSearcher(table, root, others) {
  const places = new Map(table.courses.id.map((id, at) => [id, at]));
  /** @type {Map<string, Promise<Index | null>>} */
  const indexes = new Map();
  /** @param {string} language */
  const indexOf = (language) => {
    const index = indexes.get(language) ?? opened(root, language, language === table.language);
    indexes.set(language, index);
    return index;
  };
  /** @param {string} query @returns {string[]} its words, none where they are too short */
  const wordsFor = (query) => {
    const words = lookedUp(query, table.language);
    return words.join("").length < SHORTEST ? [] : words;
  };
  /** @param {string} language @param {string} query */
  const searched = async (language, query) => {
    const words = wordsFor(query);
    const index = words.length > 0 ? await indexOf(language) : null;
    return index ? hitsIn(index, places, words, language) : [];
  };
  return {
    /** Loads the index while the reader is still typing. @param {string} query */
    prepare: (query) => {
      if (wordsFor(query).length > 0) void indexOf(table.language);
    },
    /** @param {string} query */
    own: (query) => searched(table.language, query),
    /** @param {string} query */
    foreign: async (query) => {
      for (const language of others) {
        const hits = await searched(language, query);
        if (hits.length > 0) return { language, hits };
      }
      return { language: "", hits: [] };
    },
  };
}

/** @typedef {{ pagefind: any, ids: Record<string, string> }} Index Pagefind's interface, and which course each of its pages is */

/** @param {string} root @param {string} language @param {boolean} own @returns {Promise<Index | null>} */
async function opened(root, language, own) {
  const first = language.toLowerCase();
  try {
    const [answer, loaded] = await Promise.all([
      fetch(`${root}pagefind/courses.${first}.json`),
      import(`${root}pagefind/pagefind.js`),
    ]);
    if (!answer.ok) return null;
    const pagefind = own ? loaded : loaded.createInstance({ basePath: `${root}pagefind/` });
    const ids = await answer.json();
    await pagefind.options({ baseUrl: root });
    await pagefind.init();
    const others = partsOf(ids).filter((part) => !own || part !== first);
    const address = `${new URL(root, location.href)}pagefind/`;
    await Promise.all(others.map((part) => pagefind.mergeIndex(address, { language: part })));
    return { pagefind, ids };
  } catch {
    return null;
  }
}

/**
 * The parts of a language's index, which Pagefind takes for languages: "en", "en-1". Its pages are named after them.
 *
 * @param {Record<string, string>} ids
 * @returns {string[]}
 */
export function partsOf(ids) {
  return [...new Set(Object.keys(ids).map(partOf))];
}

/** @param {string} id of a page in the index @returns {string} the part that it is in */
function partOf(id) {
  return id.slice(0, id.lastIndexOf("_"));
}

/**
 * @param {Index} index
 * @param {Map<string, number>} places
 * @param {string[]} words
 * @param {string} language
 * @returns {Promise<Hit[]>}
 */
async function hitsIn({ pagefind, ids }, places, words, language) {
  const { results } = await pagefind.search(words.join(" "));
  const known = results.filter((/** @type {{ id: string }} */ { id }) => places.has(ids[id] ?? ""));
  const best = new Map(known.map((/** @type {{ id: string }} */ result) => [partOf(result.id), result]).reverse());
  const pages = await Promise.all([...best].map(async ([part, result]) => /** @type {[string, Page]} */ ([part, await result.data()])));
  const parts = answering(words, new Map(pages), language);
  return known
    .filter((/** @type {{ id: string }} */ { id }) => parts.has(partOf(id)))
    .map((/** @type {any} */ result) => ({
      at: places.get(ids[result.id] ?? "") ?? -1,
      excerpt: async () => (await result.data()).excerpt,
    }));
}

/** @typedef {{ content: string, locations: number[], meta: { title?: string, image_alt?: string } }} Page what Pagefind tells of a page */

/**
 * The parts of the index that have what was asked for. Each has found what it could; where one has a word as it was asked for, what is like it
 * in another is no answer.
 *
 * @param {string[]} words
 * @param {Map<string, Page>} pages the best of each part
 * @param {string} language
 * @returns {Set<string>}
 */
export function answering(words, pages, language) {
  const ending = LANGUAGES.includes(language.split("-")[0] ?? "") ? 0 : ENDING;
  const near = [...pages].map(([part, page]) => ({ part, letters: nearness(words, page) }));
  const sure = near.filter(({ letters }) => areAnswers(words, letters));
  const most = words.map((_, at) => Math.max(...sure.map(({ letters }) => letters[at] ?? 0)));
  const least = words.map((word, at) => Math.max(Math.min(word.length, SHORTEST), (most[at] ?? 0) - ending));
  const found = sure.length > 0 ? near.filter(({ letters }) => letters.every((count, at) => count >= (least[at] ?? 0))) : [];
  return new Set(found.map(({ part }) => part));
}

/**
 * Whether a page has what was asked for. Where no word begins as the query does, Pagefind takes the longest that the query begins with
 * ("Šī" for "šifrēšana"): that is an answer only while most of the word is the same.
 *
 * @param {string[]} words
 * @param {Page} page
 */
export function answers(words, page) {
  return areAnswers(words, nearness(words, page));
}

/** @param {string[]} words @param {number[]} letters */
function areAnswers(words, letters) {
  return words.every((word, at) => (letters[at] ?? 0) >= Math.max(Math.min(word.length, SHORTEST), word.length / 2));
}

/** @param {string[]} words @param {Page} page @returns {number[]} of each word, how many letters a word that was found on the page begins with */
function nearness(words, { content, locations, meta }) {
  const parts = content.split(/[\s\u200b]+/);
  const found = [...locations.map((place) => parts[place] ?? ""), meta.title ?? "", meta.image_alt ?? ""].flatMap(wordsOf).map(fold);
  return words.map((word) => Math.max(0, ...found.map((other) => alike(word, other))));
}

/** @param {string} one @param {string} other @returns {number} how many letters they begin with alike */
function alike(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
