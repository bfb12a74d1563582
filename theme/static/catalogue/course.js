/**
 * A course's page: the way back to the results that one came from, keeping the course for later, and what has passed since the page
 * was made.
 */

import { dayOf, stateOf } from "./runs.js";
import { savedCourses, saveCourses } from "./shortlist.js";

const base = document.documentElement.dataset["base"] ?? "/";
const catalogue = `${location.origin}${base}${document.documentElement.lang}/courses/`;
const id = document.querySelector("meta[name=course]")?.getAttribute("content") ?? "";
const back = document.getElementById("back");
const [came, query = ""] = document.referrer.split("?");

if (back instanceof HTMLAnchorElement && came === catalogue && query) {
  back.href = `${came}?${query}`;
  back.hidden = false;
}

const save = document.getElementById("save");
const list = document.getElementById("saved-list");
if (save && list) {
  const show = () => {
    const saved = savedCourses();
    const here = saved.includes(id);
    save.textContent = (here ? save.dataset["remove"] : save.dataset["save"]) ?? "";
    list.hidden = saved.length === 0;
  };
  save.addEventListener("click", () => {
    const saved = savedCourses();
    saveCourses(saved.includes(id) ? saved.filter((one) => one !== id) : [...saved, id]);
    show();
  });
  save.hidden = !saveCourses(savedCourses());
  show();
}

showTheDay(dayOf(new Date()));

/** Runs that are over go; what closed or began says so; the next start and the way to apply are those of the next run. @param {string} today */
function showTheDay(today) {
  const runs = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".run"))].map((item) => {
    const { start = "", end = "", applyBy = "", starts = "" } = item.dataset;
    return { item, start, starts, state: stateOf({ start, end, applyBy }, today) };
  });
  for (const { item, state } of runs) {
    item.hidden = state.isOver;
    for (const tag of /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll("[data-when]"))) {
      tag.hidden = !state[/** @type {keyof typeof state} */ (tag.dataset["when"])];
    }
  }
  reveal("no-dates", runs.every(({ state }) => state.isOver));
  const next = runs.filter(({ start }) => start >= today).sort((one, other) => (one.start < other.start ? -1 : 1))[0];
  const cell = document.querySelector("[data-fact=next-start] > span");
  if (cell && runs.length > 0) cell.textContent = next?.starts || (document.getElementById("dates")?.dataset["notStated"] ?? "");
  const shown = ["aside", "#apply"].map((place) => showCall(place, today));
  reveal("no-call", !shown.includes(true));
}

/** Shows the first call to action that isn't closed. @param {string} place @param {string} today @returns {boolean} whether there is one */
function showCall(place, today) {
  const calls = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`${place} .call`))];
  const open = calls.find(({ dataset }) => !stateOf({ start: "", end: "", applyBy: dataset["applyBy"] ?? "" }, today).isClosed);
  for (const call of calls) call.hidden = call !== open;
  return open !== undefined;
}

/** @param {string} id @param {boolean} isShown */
function reveal(id, isShown) {
  const found = document.getElementById(id);
  if (found) found.hidden = !isShown;
}
