/** The list of courses, its pages, and what helps where there is none. */

import { button, element } from "./dom.js";
import { fold, wordsOf } from "./fold.js";
import { addressOf } from "./state.js";
import { nearest } from "./suggest.js";
import { lookedUp } from "./lookup.js";

/** @typedef {import("./facets.js").Table} Table */
/** @typedef {import("../verify/counting-words.js").CountingWords} Words */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./lookup.js").Hit} Hit */

/** @typedef {{ table: Table, words: Words, root: string, go: (next: State) => void }} Surroundings */

/**
 * @param {Surroundings} around
 * @param {Hit} hit
 * @param {string} query
 * @returns {HTMLElement}
 */
export function resultOf({ table, words, root }, { at, excerpt }, query) {
  const { courses, values } = table;
  const id = courses.id[at] ?? "";
  const provider = values["provider"]?.[courses.provider[at] ?? -1]?.label ?? "";
  const link = element(
    "a",
    { href: `${root}${words.language}/courses/${id}/` },
    element("span", {}, courses.title[at] ?? ""),
    " ",
    element("span", { class: "result__provider" }, `— ${provider}`),
  );
  const wanted = lookedUp(query, table.language);
  const summary = element("p", { class: "result__summary" }, ...marked(courses.summary[at] ?? "", wanted));
  const shows = summary.querySelector("mark") || wanted.some((word) => wordsOf(courses.title[at] ?? "").some((part) => fold(part).startsWith(word)));
  if (excerpt && !shows) void excerpt().then((text) => summary.replaceChildren(...fromIndex(text)));
  const facts = factsOf(table, words, at).map(([name, value]) =>
    element("div", {}, element("dt", { class: "visually-hidden" }, `${name}:`), " ", element("dd", {}, value)),
  );
  const heading = element("h2", { class: "result__title" }, link);
  return element("li", { class: "result", "data-id": id }, heading, summary, element("dl", { class: "result__facts" }, ...facts));
}

/**
 * @param {Table} table
 * @param {Words} words
 * @param {number} at
 * @returns {[string, string][]} in one order on every result
 */
function factsOf({ courses, values }, words, at) {
  const [say, number] = [words.say.bind(words), words.number.bind(words)];
  /** @param {string} name @param {number[]} numbers */
  const labels = (name, numbers) => numbers.map((one) => values[name]?.[one]?.label).join(", ") || say("not-stated");
  const level = courses.eqf[at];
  const [ects = null, hours = null, start, price = null] = [courses.ects[at], courses.hours[at], courses.start[at]?.[0], courses.price[at]];
  const workload = [ects === null ? "" : `${number(ects)} ECTS`, hours === null ? "" : `${number(hours)} h`].filter(Boolean);
  return [
    [say("facet.eqf"), level ? say(`eqf.${level}`) : say("no-level")],
    [say("workload"), workload.join(" · ") || say("not-stated")],
    [say("facet.mode"), labels("mode", courses.mode[at] ?? [])],
    [say("facet.language"), labels("language", courses.languages[at] ?? [])],
    [say("facet.start"), start ? say("starts", { date: shortDate(words, start) }) : say("no-start")],
    [say("facet.price"), price === null ? say("no-price") : price === 0 ? say("price.free") : money(number, price, courses.currency[at] || "EUR")],
  ];
}

/** @param {Words} words @param {string} day */
function shortDate({ locale }, day) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}

/** @param {Words["number"]} number @param {number} price @param {string} currency */
function money(number, price, currency) {
  return number(price, { style: "currency", currency, maximumFractionDigits: price % 1 ? 2 : 0 });
}

/**
 * @param {string} text
 * @param {string[]} wanted
 * @returns {(Node | string)[]} the text with the words that were asked for marked
 */
function marked(text, wanted) {
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).map((part) => (wanted.some((word) => fold(part).startsWith(word)) ? element("mark", {}, part) : part));
}

/** @param {string} text an excerpt of Pagefind's: only its <mark> is understood @returns {(Node | string)[]} */
function fromIndex(text) {
  const plain = new DOMParser().parseFromString(text, "text/html").body;
  return [...plain.childNodes].map((node) =>
    node instanceof HTMLElement && node.localName === "mark" ? element("mark", {}, node.textContent ?? "") : (node.textContent ?? ""),
  );
}

/** @param {Surroundings} around @param {State} state @returns {HTMLElement} */
export function nothingFound({ table, words, root, go }, state) {
  const say = words.say.bind(words);
  const help = element("div", { id: "no-results", class: "notice" }, element("p", {}, state.q ? say("nothing.words", { query: state.q }) : say("nothing")));
  const texts = [...table.courses.title, ...table.courses.summary, ...Object.values(table.values).flat().map(({ label }) => label)];
  const near = wordsOf(state.q).length > 0 ? nearest(state.q, texts) : "";
  if (near) {
    help.append(element("p", {}, `${say("did-you-mean")} `, button({ class: "facets__more" }, near, () => go({ ...state, q: near, page: 1 }))));
  }
  if (Object.keys(state.chosen).length > 0) {
    help.append(button({ class: "button button--plain" }, say("remove-filters"), () => go({ ...state, chosen: {}, page: 1 })));
  }
  help.append(element("p", {}, element("a", { href: `${root}${words.language}/fields/` }, say("all-subjects"))));
  return help;
}

/**
 * @param {Surroundings} around
 * @param {State} state
 * @param {number} last
 * @returns {HTMLElement[]} a list of pages; none where there is one page
 */
export function pagesOf({ words, go }, state, last) {
  if (last < 2) return [];
  const list = element("ul");
  let before = 0;
  for (const page of nearPages(state.page, last)) {
    if (page > before + 1) list.append(element("li", { "aria-hidden": "true" }, "…"));
    before = page;
    const link = element("a", { href: location.pathname + addressOf({ ...state, page }) }, words.number(page));
    if (page === state.page) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go({ ...state, page });
    });
    list.append(element("li", {}, link));
  }
  return [list];
}

/** @param {number} current @param {number} last @returns {number[]} the first, the last, and those around the current one */
export function nearPages(current, last) {
  return Array.from({ length: last }, (_, at) => at + 1).filter((page) => page === 1 || page === last || Math.abs(page - current) <= 2);
}
