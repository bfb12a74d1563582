/**
 * A pathway's page: which of its courses a learner has, from credentials that are checked here and sent nowhere. What checks them is
 * loaded when the first one is added.
 */

import { byId, element } from "../catalogue/dom.js";
import { forgetHeld, heldCourses, keepHeld } from "../catalogue/shortlist.js";
import { CountingWords } from "./counting-words.js";
import { hundredths, leftOf, progressOf, whole } from "./progress.js";

/** @typedef {import("./held.js").Held} Held */

const root = document.documentElement.dataset["base"] ?? "/";
const panel = byId("have");
const address = panel.dataset["strings"] ?? "";
const known = {
  folder: panel.dataset["folder"] ?? "",
  issuers: (panel.dataset["issuers"] ?? "").split(" ").filter(Boolean),
  host: panel.dataset["host"] ?? "",
};
const steps = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".step"))].map((item) => ({ item, step: stepOf(item) }));
/** @type {Held[]} what was added since the page was opened */
let added = [];
let words = new CountingWords(document.documentElement.lang, await (await fetch(address, { credentials: "omit" })).json());
const place = { hostname: location.hostname, host: location.host, root, language: words.language };
const loaded = once(async () => {
  const held = await import("./held.js");
  words = await held.wordsForVerdicts(words, address);
  return held;
});

const keep = checkbox("have-keep");
keep.checked = heldCourses() !== null;
const kept = new Set(heldCourses() ?? []);

byId("have-files").addEventListener("change", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement)) return;
  const files = [...(field.files ?? [])];
  field.value = "";
  void add(async () => (await loaded()).heldInFiles(files, place, known, words));
});
byId("have-link").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("have-text");
  const text = field instanceof HTMLInputElement ? field.value.trim() : "";
  if (text) void add(async () => (await loaded()).heldInText(text, place, known, words)).then((counts) => counts && field instanceof HTMLInputElement && (field.value = ""));
});
keep.addEventListener("change", () => {
  if (!keep.checked) return forgetHeld();
  keep.checked = keepHeld([...held()]);
});
byId("have-forget").addEventListener("click", () => {
  forgetHeld();
  kept.clear();
  added = [];
  keep.checked = false;
  show();
  byId("have-left").textContent = words.say("forgotten");
  byId("have-files").focus();
});
panel.hidden = false;
if (kept.size > 0) show();

/** @param {HTMLElement} item @returns {import("./progress.js").Step} */
function stepOf(item) {
  const courses = /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll("[data-course]"));
  return {
    courses: new Map([...courses].map(({ dataset }) => [dataset["course"] ?? "", hundredths(dataset["ects"] ?? "0")])),
    number: Number(item.dataset["number"]),
    minimum: hundredths(item.dataset["minimum"] ?? "0"),
    isOptional: "optional" in item.dataset,
  };
}

/** @param {string} id */
function checkbox(id) {
  return /** @type {HTMLInputElement} */ (byId(id));
}

/** @template Value @param {() => Promise<Value>} make @returns {() => Promise<Value>} */
function once(make) {
  /** @type {Promise<Value> | undefined} */
  let made;
  return () => (made ??= make());
}

/** The courses that a learner has, by id. */
function held() {
  return new Set([...kept, ...added.map(({ course }) => course).filter(Boolean)].map(idOfToday));
}

/** The id of a course that is called otherwise since its credential was issued. @param {string} id */
function idOfToday(id) {
  return document.querySelector(`.step [data-aliases~="${CSS.escape(id)}"]`)?.getAttribute("data-course") ?? id;
}

/** @param {() => Promise<Held[]>} check @returns {Promise<boolean>} whether something counts */
async function add(check) {
  byId("have-left").textContent = words.say("checking");
  const more = await check().catch(() => null);
  if (more === null) {
    byId("have-left").textContent = words.say("trouble");
    return false;
  }
  const isNew = (/** @type {Held} */ one) => !more.some(({ name, course }) => name === one.name && course === one.course);
  added = [...added.filter(isNew), ...more];
  if (keep.checked) keep.checked = keepHeld([...held()]);
  show();
  return more.some(({ course }) => course !== "");
}

function show() {
  const has = held();
  for (const { item, step } of steps) {
    item.toggleAttribute("data-done", leftOf(step, has).isDone);
  }
  for (const course of document.querySelectorAll("[data-course]")) {
    const isHeld = has.has(course.getAttribute("data-course") ?? "");
    course.classList.toggle("is-held", isHeld);
    if (course instanceof HTMLElement) mark(course, isHeld);
  }
  byId("have-left").textContent = has.size + added.length > 0 ? leftWords(has) : "";
  byId("have-list").replaceChildren(...remembered(), ...added.map(lineOf));
  byId("have-forget").hidden = has.size + added.length === 0;
}

/** @param {HTMLElement} item a course of the list @param {boolean} isHeld */
function mark(item, isHeld) {
  item.querySelector(".step__held")?.remove();
  if (isHeld) item.append(element("p", { class: "step__held" }, element("span", { class: "tag tag--ok" }, words.say("held"))));
}

/** @param {Set<string>} has */
function leftWords(has) {
  const { done, required, least, most } = progressOf(steps.map(({ step }) => step), has);
  const [fewest, largest] = [words.number(whole(least)), words.number(whole(most))];
  const values = { done: words.number(done), all: words.number(required), left: least === most ? fewest : `${fewest}–${largest}` };
  return words.say(done === required ? "complete" : "left", values);
}

function remembered() {
  const fresh = new Set(added.map(({ course }) => course));
  const here = [...kept].filter((id) => !fresh.has(id) && titleOf(id));
  return here.map((id) => line(titleOf(id), words.say("remembered"), "info"));
}

/** What the page calls a course; "" where it isn't of this pathway. @param {string} id */
function titleOf(id) {
  return document.querySelector(`.step [data-course="${CSS.escape(id)}"] a`)?.textContent ?? "";
}

/** @param {Held} one */
function lineOf({ name, course, why }) {
  if (!course) return line(name, words.say("no-count", { why }), "warn");
  const title = titleOf(course);
  return title ? line(title, words.say("counts"), "ok") : line(name, words.say("other"), "warn");
}

/** @param {string} name @param {string} said @param {string} tone */
function line(name, said, tone) {
  return element("li", { "data-tone": tone }, element("strong", {}, name), element("span", {}, said));
}
