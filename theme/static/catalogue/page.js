/** The catalogue page: facets, words, results. The address is the state; without this module the page is a list. */

import { byId } from "./dom.js";
import { asOf, facetsOf, filtered, sorted } from "./facets.js";
import { keepQueryInLanguages } from "./languages.js";
import { indexSearcher, ranked, tableSearcher } from "./lookup.js";
import { panelIn } from "./panel.js";
import { nothingFound, pagesOf, resultOf } from "./results.js";
import { dayOf } from "./runs.js";
import { addressOf, stateOf } from "./state.js";
import { CountingWords } from "../verify/counting-words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./lookup.js").Hit} Hit */

const PER_PAGE = 20;
/** Milliseconds without a keystroke after which the index of whole pages is asked, and the address changes. */
const PATIENCE = 250;
/** The same where the table knows nothing of what was typed, and the reader looks at another list. */
const HASTE = 120;
/** Milliseconds after a change before it is announced. */
const HUSH = 400;

keepQueryInLanguages();
const catalogue = byId("catalogue");
const root = document.documentElement.dataset["base"] ?? "/";
const language = document.documentElement.lang;
const results = byId("results");
const siteName = document.title.split(" – ").slice(1).join(" – ");
const field = byId("q");
if (!(field instanceof HTMLInputElement)) throw new Error("the page has no search field");
addEventListener("keydown", (event) => {
  const inField = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
  }
});

const [made, strings] = await Promise.all(
  [catalogue.dataset["facets"], catalogue.dataset["strings"]].map(async (url) => (await fetch(url ?? "")).json()),
);
const words = new CountingWords(language, strings);
const today = dayOf(new Date());
const table = asOf(made, today);
const facets = facetsOf(table, today);
const offered = [...table.courses.id.keys()].filter((at) => !table.courses.withdrawn[at]);
const inTable = tableSearcher(table);
const inIndex = indexSearcher(table, root, (catalogue.dataset["languages"] ?? "").split(" ").filter((other) => other && other !== language));
const around = { table, words, root, go };
const showPanel = panelIn(byId("facets"), table, words, filtered(facets, offered, {}).counts, go);

let state = stateOf(location.search);
/** @type {{ query: string, hits: Hit[], foreign: string }} the last words that were looked up, and the language where they were found */
let found = { query: "", hits: [], foreign: "" };
let announcing = 0;
let typing = 0;
let turn = 0;

field.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  typed();
});
field.addEventListener("input", () => {
  clearTimeout(typing);
  inIndex.prepare(asked());
  typing = setTimeout(typed, preview() ? PATIENCE : HASTE);
});
addEventListener("popstate", () => {
  state = stateOf(location.search);
  field.value = state.q;
  void show();
});
if (state.q || !asked()) field.value = state.q;
await show();
if (asked() !== state.q) typed(); // while the table was on its way

/** @returns {string} what stands in the field */
function asked() {
  return field instanceof HTMLInputElement ? field.value.trim() : "";
}

function typed() {
  clearTimeout(typing);
  go({ ...state, q: asked(), page: 1 });
}

/**
 * Shows what the table knows while the reader is still typing; the address stays.
 * @returns {boolean} whether it knows anything
 */
function preview() {
  const query = asked();
  const hits = query ? ranked(inTable(query), []) : [];
  if (hits.length > 0) showFound({ ...state, q: query, page: 1 }, hits);
  return hits.length > 0;
}

/** @param {State} next */
function go(next) {
  if (addressOf(next) === addressOf(state)) return;
  const turned = next.page !== state.page && next.page > 1;
  const pressed = document.activeElement;
  state = next;
  if (field instanceof HTMLInputElement && asked() !== state.q) field.value = state.q;
  history.pushState(null, "", location.pathname + addressOf(state));
  void show().then(() => {
    announce();
    if (pressed && !pressed.isConnected && document.activeElement === document.body) byId("results-heading").focus();
    if (turned) byId("results-heading").scrollIntoView();
  });
}

/** Says once, after a pause, how many there are. */
function announce() {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    byId("results-status").textContent = words.count("courses", Number(results.dataset["count"]));
  }, HUSH);
}

async function show() {
  turn += 1;
  const mine = turn;
  if (state.q && found.query !== state.q) {
    const looked = await lookUp(state.q);
    if (mine !== turn) return;
    found = looked;
  }
  showFound(state, state.q ? found.hits : offered.map((at) => ({ at })));
  results.dataset["query"] = state.q;
}

/** @param {string} query */
async function lookUp(query) {
  const hits = ranked(inTable(query), await inIndex.own(query));
  if (hits.length > 0) return { query, hits, foreign: "" };
  const { language: foreign, hits: elsewhere } = await inIndex.foreign(query);
  return { query, hits: elsewhere.map(({ at }) => ({ at })), foreign };
}

/** @param {State} wanted @param {Hit[]} hits */
function showFound(wanted, hits) {
  const byPlace = new Map(hits.map((hit) => [hit.at, hit]));
  const visible = new Set(offered);
  const matching = filtered(facets, [...byPlace.keys()].filter((at) => visible.has(at)), wanted.chosen);
  const order = wanted.q || wanted.sort !== "relevance" ? wanted.sort : "title";
  const places = sorted(table, matching.found, order);
  showPanel(wanted, matching.counts);
  showHeading(wanted, places.length);
  const last = Math.max(1, Math.ceil(places.length / PER_PAGE));
  const page = Math.min(wanted.page, last); // an address can name one that isn't there
  const first = (page - 1) * PER_PAGE;
  const shown = places.slice(first, first + PER_PAGE).map((at) => byPlace.get(at) ?? { at });
  results.replaceChildren(...shown.map((hit) => resultOf(around, hit, wanted.q)));
  document.getElementById("no-results")?.remove();
  if (places.length === 0) results.after(nothingFound(around, wanted));
  document.getElementById("pagination")?.replaceChildren(...pagesOf(around, { ...wanted, page }, last));
}

/** @param {State} wanted @param {number} count */
function showHeading({ q }, count) {
  const foreign = q && found.query === q ? found.foreign : "";
  const note = byId("results-note");
  note.hidden = !foreign;
  note.textContent = foreign ? words.say("foreign", { query: q, language: languageName(foreign) }) : "";
  byId("results-heading").textContent = words.count("found", count);
  results.dataset["count"] = String(count);
  document.title = [...(q ? [q] : []), words.count("courses", count), siteName].join(" – ");
}

/** @param {string} tag */
function languageName(tag) {
  return new Intl.DisplayNames(language, { type: "language" }).of(tag) ?? tag;
}
