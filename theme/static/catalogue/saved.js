/**
 * The courses that a reader saved, or that a link names, side by side. What is compared is what each course's own page says at a
 * glance: the same rows in the same order on all of them.
 */

import { button, byId, element } from "./dom.js";
import { keepQueryInLanguages } from "./languages.js";
import { dayOf } from "./runs.js";
import { idsIn, savedCourses, saveCourses } from "./shortlist.js";
import { showTheDay } from "./today.js";
import { CountingWords } from "../verify/counting-words.js";

/** @typedef {{ id: string, href: string, title: string, provider: string, rows: Map<string, string> }} Course */

/** So many columns can be read side by side. */
const COLUMNS = 4;

const base = document.documentElement.dataset["base"] ?? "/";
const language = document.documentElement.lang;
const place = byId("saved");
const words = new CountingWords(language, await (await fetch(place.dataset["strings"] ?? "")).json());
const say = words.say.bind(words);
/** Ids that the address names: somebody's list, which isn't the reader's own yet. */
const shared = idsIn(new URLSearchParams(location.search).get("courses") ?? "");
/** @type {Map<string, Promise<Course | null>>} */
const known = new Map();
/** @type {Set<string>} courses that are kept out of the comparison */
const left = new Set();

keepQueryInLanguages();
addEventListener("storage", () => void show());
await show();

/** @param {string} id @returns {Promise<Course | null>} null where the catalogue has no such course */
function courseOf(id) {
  const found = known.get(id) ?? read(id);
  known.set(id, found);
  return found;
}

/** @param {string} id @returns {Promise<Course | null>} */
async function read(id) {
  const href = `${base}${language}/courses/${id}/`;
  const answer = await fetch(href).catch(() => null);
  if (!answer?.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const moved = page.querySelector("[data-moved]")?.getAttribute("data-moved");
  if (moved) return courseOf(moved);
  showTheDay(page, dayOf(new Date()));
  const rows = [...page.querySelectorAll(".summary-list--panel > div")].map(
    (row) => /** @type {const} */ ([wordsOf(row.querySelector("dt")), [...row.querySelectorAll("dd")].flatMap((cell) => [...cell.childNodes].map(wordsOf)).filter(Boolean).join(" · ")]),
  );
  return { id, href, title: wordsOf(page.querySelector("h1")), provider: wordsOf(page.querySelector(".page-head__over a")), rows: new Map(rows) };
}

/** @param {Node | null} node @returns {string} */
function wordsOf(node) {
  return (node?.textContent ?? "").trim().replace(/\s+/g, " ");
}

async function show() {
  const ids = shared.length > 0 ? shared : savedCourses();
  const found = await Promise.all(ids.map(courseOf));
  const courses = found.filter((course) => course !== null);
  const gone = ids.filter((_, at) => found[at] === null);
  const focused = document.activeElement?.id ?? "";
  if (ids.length === 0) {
    place.replaceChildren(element("p", {}, say("none")), element("p", {}, element("a", { href: `${base}${language}/courses/` }, say("browse"))));
    return;
  }
  const compared = courses.filter(({ id }) => !left.has(id)).slice(0, COLUMNS);
  place.replaceChildren(
    ...(shared.length > 0 ? [sharedNote()] : []),
    element("ul", { class: "saved" }, ...courses.map((course) => itemOf(course, compared)), ...gone.map(goneOf)),
    ...(compared.length > 1 ? [tableOf(compared)] : []),
    actions(ids),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function sharedNote() {
  const keep = button({ class: "button", id: "keep" }, say("keep"), () => {
    saveCourses([...savedCourses(), ...shared]);
    location.assign(location.pathname);
  });
  return element("div", { class: "notice" }, element("p", {}, say("shared")), element("p", {}, keep));
}

/** @param {Course} course @param {Course[]} compared */
function itemOf(course, compared) {
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", id: `compare-${course.id}`, checked: compared.includes(course) });
  box.disabled = !box.checked && compared.length >= COLUMNS;
  box.addEventListener("change", () => {
    if (box.checked) left.delete(course.id);
    else left.add(course.id);
    void show();
  });
  const link = element("a", { href: course.href }, course.title);
  const label = element("label", { for: box.id }, box, " ", say("compare"), element("span", { class: "visually-hidden" }, `: ${course.title}`));
  const item = element("li", {}, element("p", { class: "saved__title" }, link, " — ", course.provider), label);
  if (shared.length === 0) item.append(removeOf(course.id, course.title));
  return item;
}

/** @param {string} id */
function goneOf(id) {
  const item = element("li", {}, element("p", { class: "saved__title" }, say("gone", { course: id })));
  if (shared.length === 0) item.append(removeOf(id, id));
  return item;
}

/** @param {string} id @param {string} title */
function removeOf(id, title) {
  const attributes = { class: "facets__more", id: `remove-${id}`, "aria-label": say("remove", { course: title }) };
  return button(attributes, say("remove-short"), () => {
    saveCourses(savedCourses().filter((one) => one !== id));
    void show().then(() => byId("saved-heading").focus());
  });
}

/** @param {Course[]} courses */
function tableOf(courses) {
  const head = element("tr", {}, element("th", { scope: "col" }, say("what")), ...courses.map(({ title, href }) => element("th", { scope: "col" }, element("a", { href }, title))));
  const names = new Set(courses.flatMap(({ rows }) => [...rows.keys()]));
  const rows = [...names].map((name) => {
    const cells = courses.map((course) => course.rows.get(name) ?? say("not-stated"));
    const alike = new Set(cells).size === 1;
    return element("tr", alike ? { class: "alike" } : {}, element("th", { scope: "row" }, name), ...cells.map((cell) => element("td", {}, cell)));
  });
  const provider = element("tr", {}, element("th", { scope: "row" }, say("provider")), ...courses.map((course) => element("td", {}, course.provider)));
  const table = element("table", { class: "comparison" }, element("thead", {}, head), element("tbody", {}, provider, ...rows));
  const heading = element("h2", { id: "comparison" }, words.count("compared", courses.length));
  return element("section", { class: "section" }, heading, element("div", { class: "table-region", role: "region", "aria-labelledby": "comparison", tabindex: "0" }, table));
}

/** @param {string[]} ids */
function actions(ids) {
  const address = `${location.origin}${location.pathname}?courses=${ids.join(",")}`;
  const said = element("span", { role: "status" });
  const copy = button({ class: "button button--plain", id: "copy-list" }, say("copy"), () => {
    void navigator.clipboard.writeText(address).then(() => said.replaceChildren(say("copied")), () => said.replaceChildren(address));
  });
  return element("p", { class: "saved__actions" }, copy, " ", said);
}
