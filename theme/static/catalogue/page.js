/** The catalogue page: facets, words, results. The address is the state; without this module the page is a list. */

import { fold, wordsOf } from "./fold.js";
import { filtered, FIXED, sorted } from "./facets.js";
import { lookedUp, searcher } from "./search.js";
import { addressOf, FACETS, SORTS, stateOf } from "./state.js";
import { nearest } from "./suggest.js";

/** @typedef {import("./facets.js").Table} Table */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./search.js").Hit} Hit */

const PER_PAGE = 20;
const SHOWN = 6;
const PATIENCE = 250;

const catalogue = byId("catalogue");
const root = document.documentElement.dataset["base"] ?? "/";
const language = document.documentElement.lang;
const results = byId("results");
const panel = byId("facets");
const today = new Date();
const siteName = document.title.split(" – ").slice(1).join(" – ");

const [table, strings] = await Promise.all(
  [catalogue.dataset["facets"], catalogue.dataset["strings"]].map(async (url) => (await fetch(url ?? "")).json()),
);
const search = searcher(table, root);
const offered = table.courses.id.map((/** @type {string} */ _, /** @type {number} */ at) => at).filter((/** @type {number} */ at) => !table.courses.withdrawn[at]);
/** @type {Set<string>} facets of which all values are shown */
const opened = new Set();
let state = stateOf(location.search);
/** @type {{ query: string, hits: Hit[] }} */
let words = { query: "", hits: [] };
let announcing = 0;
let turn = 0;

const field = document.getElementById("q");
if (!(field instanceof HTMLInputElement)) throw new Error("the page has no search field");
field.value = state.q;
field.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void go({ ...state, q: field.value.trim(), page: 1 });
});
let typing = 0;
field.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => void go({ ...state, q: field.value.trim(), page: 1 }), PATIENCE);
});
addEventListener("popstate", () => {
  state = stateOf(location.search);
  field.value = state.q;
  void show();
});
addEventListener("keydown", (event) => {
  const inField = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
  }
});
await show();

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {string} key @param {Record<string, string | number>} values */
function say(key, values = {}) {
  return String(strings[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key @param {number} count */
function counted(key, count) {
  const form = new Intl.PluralRules(language).select(count);
  const known = `${key}.${form}` in strings ? `${key}.${form}` : `${key}.other`;
  return say(known, { count: new Intl.NumberFormat(language).format(count) });
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {State} next */
async function go(next) {
  if (addressOf(next) === addressOf(state)) return;
  state = next;
  history.pushState(null, "", location.pathname + addressOf(state));
  await show();
  announce();
}

/** Says once, after a pause, how many there are. */
function announce() {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    byId("results-status").textContent = counted("courses", Number(results.dataset["count"]));
  }, 400);
}

async function show() {
  turn += 1;
  const mine = turn;
  if (state.q && words.query !== state.q) {
    const hits = await search(state.q);
    if (mine !== turn) return;
    words = { query: state.q, hits };
  }
  const hits = state.q ? words.hits : [];
  const visible = new Set(offered);
  const candidates = state.q ? hits.map(({ at }) => at).filter((at) => visible.has(at)) : offered;
  const { found, counts } = filtered(table, candidates, state.chosen, FACETS, today);
  const order = state.q || state.sort !== "relevance" ? state.sort : "title";
  const places = sorted(table, found, order, language);
  const excerpts = new Map(hits.map(({ at, excerpt }) => [at, excerpt]));
  showPanel(counts);
  showHeading(places.length);
  showResults(places, excerpts);
  showPages(places.length);
}

/** @param {number} count */
function showHeading(count) {
  byId("results-heading").textContent = counted("found", count);
  results.dataset["count"] = String(count);
  results.dataset["query"] = state.q;
  const query = state.q ? [state.q] : [];
  document.title = [...query, counted("courses", count), siteName].join(" – ");
}

/** @param {Record<string, Map<string, number>>} counts */
function showPanel(counts) {
  const focused = document.activeElement?.id ?? "";
  const applied = Object.values(state.chosen).flat().length;
  const wasOpen = panel.querySelector("button")?.getAttribute("aria-expanded") === "true";
  const label = applied > 0 ? `${say("filters")} (${applied})` : say("filters");
  const toggle = element(
    "button",
    { type: "button", id: "filters", class: "button button--plain facets__toggle", "aria-expanded": String(wasOpen), "aria-controls": "filter-groups" },
    label,
  );
  const groups = element("div", { id: "filter-groups", class: "facets__groups" });
  toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true")));
  for (const facet of FACETS) {
    const group = groupOf(facet, counts[facet] ?? new Map());
    if (group) groups.append(group);
  }
  panel.hidden = false;
  panel.className = "facets";
  panel.replaceChildren(toggle, appliedList(), groups, sortField());
  if (focused) document.getElementById(focused)?.focus();
}

/** @param {string} facet @returns {{ key: string, label: string }[]} */
function optionsOf(facet) {
  const fixed = /** @type {Record<string, string[]>} */ (FIXED)[facet];
  if (fixed) return fixed.map((key) => ({ key, label: say(`${facet}.${key}`, { level: key }) }));
  const collator = new Intl.Collator(language);
  return [...(table.values[facet] ?? [])].sort((one, other) => collator.compare(one.label, other.label));
}

/** @param {string} facet @param {Map<string, number>} counts */
function groupOf(facet, counts) {
  const options = optionsOf(facet);
  if (options.length === 0) return null;
  const chosen = state.chosen[facet] ?? [];
  const group = element("fieldset", { class: "facets__group", "data-facet": facet }, element("legend", {}, say(`facet.${facet}`)));
  const short = options.length > SHOWN + 2 && !opened.has(facet) && facet !== "eqf";
  const ranked = short
    ? [...options].sort((one, other) => rank(other, chosen, counts) - rank(one, chosen, counts)).slice(0, SHOWN)
    : options;
  for (const option of options.filter((one) => ranked.includes(one))) {
    group.append(optionOf(facet, option, counts.get(option.key) ?? 0, chosen.includes(option.key)));
  }
  if (short) {
    const more = element("button", { type: "button", class: "facets__more", id: `more-${facet}` }, say("show-all", { count: options.length, facet: say(`facet.${facet}`) }));
    more.addEventListener("click", () => {
      opened.add(facet);
      void show();
    });
    group.append(more);
  }
  return group;
}

/** @param {{ key: string }} option @param {string[]} chosen @param {Map<string, number>} counts */
function rank(option, chosen, counts) {
  return (chosen.includes(option.key) ? 1e6 : 0) + (counts.get(option.key) ?? 0);
}

/** @param {string} facet @param {{ key: string, label: string }} option @param {number} count @param {boolean} checked */
function optionOf(facet, option, count, checked) {
  const id = `facet-${facet}-${option.key}`;
  const box = element("input", { type: "checkbox", id });
  if (!(box instanceof HTMLInputElement)) throw new TypeError();
  box.checked = checked;
  box.disabled = count === 0 && !checked;
  box.addEventListener("change", () => void go(toggled(facet, option.key)));
  const number = element("span", { class: "facets__count" }, ` ${new Intl.NumberFormat(language).format(count)}`);
  return element("div", { class: "facets__option" }, box, element("label", { for: id }, option.label, number));
}

/** @param {string} facet @param {string} value @returns {State} */
function toggled(facet, value) {
  const before = state.chosen[facet] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const chosen = { ...state.chosen, [facet]: after };
  if (after.length === 0) delete chosen[facet];
  return { ...state, chosen, page: 1 };
}

function appliedList() {
  const list = element("ul", { class: "facets__applied" });
  for (const [facet, values] of Object.entries(state.chosen)) {
    for (const value of values) {
      const label = optionsOf(facet).find((option) => option.key === value)?.label ?? value;
      const remove = element("button", { type: "button", class: "facets__remove", "aria-label": say("remove", { filter: `${say(`facet.${facet}`)}: ${label}` }) }, `${label} ×`);
      remove.addEventListener("click", () => void go(toggled(facet, value)));
      list.append(element("li", {}, remove));
    }
  }
  if (list.childElementCount > 0) {
    const clear = element("button", { type: "button", class: "facets__remove", id: "clear-filters" }, say("clear"));
    clear.addEventListener("click", () => void go({ ...state, chosen: {}, page: 1 }));
    list.append(element("li", {}, clear));
  }
  return list;
}

function sortField() {
  const select = element("select", { id: "sort" });
  for (const sort of SORTS) {
    const option = element("option", { value: sort }, say(`sort.${sort}`));
    if (sort === state.sort) option.setAttribute("selected", "");
    select.append(option);
  }
  select.addEventListener("change", () => {
    if (select instanceof HTMLSelectElement) void go({ ...state, sort: select.value, page: 1 });
  });
  return element("p", { class: "facets__sort" }, element("label", { for: "sort" }, say("sort")), " ", select);
}

/** @param {number[]} places @param {Map<number, string>} excerpts */
function showResults(places, excerpts) {
  const first = (state.page - 1) * PER_PAGE;
  const shown = places.slice(first, first + PER_PAGE);
  results.replaceChildren(...shown.map((at) => resultOf(at, excerpts.get(at) ?? "")));
  document.getElementById("no-results")?.remove();
  if (places.length === 0) results.after(nothingFound());
}

/** @param {number} at @param {string} excerpt */
function resultOf(at, excerpt) {
  const { courses, values } = table;
  const id = courses.id[at];
  const provider = values.provider[courses.provider[at]]?.label ?? "";
  const link = element("a", { href: `${root}${language}/courses/${id}/` }, element("span", {}, courses.title[at]), " ", element("span", { class: "result__provider" }, `— ${provider}`));
  const facts = element("dl", { class: "result__facts" });
  for (const [name, value] of factsOf(at)) {
    facts.append(element("div", {}, element("dt", { class: "visually-hidden" }, `${name}:`), " ", element("dd", {}, value)));
  }
  return element(
    "li",
    { class: "result", "data-id": id },
    element("h2", { class: "result__title" }, link),
    element("p", { class: "result__summary" }, ...marked(excerpt || courses.summary[at])),
    facts,
  );
}

/** @param {number} at @returns {[string, string][]} */
function factsOf(at) {
  const { courses, values } = table;
  const number = new Intl.NumberFormat(language);
  /** @param {string} name @param {number[]} numbers */
  const labels = (name, numbers) => numbers.map((one) => values[name][one]?.label).join(", ") || say("not-stated");
  const [ects, hours, start, price] = [courses.ects[at], courses.hours[at], courses.start[at][0], courses.price[at]];
  const workload = [ects !== null ? `${number.format(ects)} ECTS` : "", hours !== null ? `${number.format(hours)} h` : ""].filter(Boolean);
  const money = { style: /** @type {const} */ ("currency"), currency: courses.currency[at] || "EUR", maximumFractionDigits: price % 1 ? 2 : 0 };
  return [
    [say("facet.eqf"), courses.eqf[at] ? say(`eqf.${courses.eqf[at]}`) : say("no-level")],
    [say("facet.ects"), workload.join(" · ")],
    [say("facet.mode"), labels("mode", courses.mode[at])],
    [say("facet.language"), labels("language", courses.languages[at])],
    [say("facet.start"), start ? say("starts", { date: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(start)) }) : say("no-start")],
    [say("facet.price"), price === null ? say("no-price") : price === 0 ? say("price.free") : new Intl.NumberFormat(language, money).format(price)],
  ];
}

/**
 * Text with the words that were asked for marked. Pagefind's excerpts have <mark> in them: only that is understood.
 *
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function marked(text) {
  if (text.includes("<mark>")) {
    const plain = new DOMParser().parseFromString(text, "text/html").body;
    return [...plain.childNodes].map((node) =>
      node instanceof HTMLElement && node.localName === "mark" ? element("mark", {}, node.textContent ?? "") : (node.textContent ?? ""),
    );
  }
  const wanted = lookedUp(state.q, language).split(" ").filter(Boolean);
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).map((part) => (wanted.some((word) => fold(part).startsWith(word)) ? element("mark", {}, part) : part));
}

function nothingFound() {
  const filters = Object.values(state.chosen).flat().length;
  const help = element("div", { id: "no-results", class: "notice" }, element("p", {}, state.q ? say("nothing.words", { query: state.q }) : say("nothing")));
  const texts = [...table.courses.title, ...Object.values(table.values).flatMap((options) => /** @type {{ label: string }[]} */ (options).map(({ label }) => label))];
  const near = state.q && wordsOf(state.q).length > 0 ? nearest(state.q, texts) : "";
  if (near) {
    const button = element("button", { type: "button", class: "facets__more" }, near);
    button.addEventListener("click", () => {
      if (field instanceof HTMLInputElement) field.value = near;
      void go({ ...state, q: near, page: 1 });
    });
    help.append(element("p", {}, `${say("did-you-mean")} `, button));
  }
  if (filters > 0) {
    const button = element("button", { type: "button", class: "button button--plain" }, say("remove-filters"));
    button.addEventListener("click", () => void go({ ...state, chosen: {}, page: 1 }));
    help.append(button);
  }
  help.append(element("p", {}, element("a", { href: `${root}${language}/fields/` }, say("all-subjects"))));
  return help;
}

/** @param {number} count */
function showPages(count) {
  const last = Math.ceil(count / PER_PAGE);
  const pages = document.getElementById("pagination");
  const list = element("ul");
  for (let page = 1; last > 1 && page <= last; page += 1) {
    const link = element("a", { href: location.pathname + addressOf({ ...state, page }) }, new Intl.NumberFormat(language).format(page));
    if (page === state.page) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      void go({ ...state, page }).then(() => byId("results-heading").scrollIntoView());
    });
    list.append(element("li", {}, link));
  }
  pages?.replaceChildren(...(last > 1 ? [list] : []));
}
