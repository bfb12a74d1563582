/** A course's page as of the day on which it is read: it was made on another. */

import { stateOf } from "./runs.js";

/**
 * Runs that are over go; what closed or began says so; the next start and the way to apply are those of the next run.
 *
 * @param {Document} page of a course
 * @param {string} today
 */
export function showTheDay(page, today) {
  const runs = [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll(".run"))].map((item) => {
    const { start = "", starts = "" } = item.dataset;
    return { item, start, starts, state: stateIn(item, today) };
  });
  for (const { item, state } of runs) {
    item.hidden = state.isOver;
    for (const tag of /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll("[data-when]"))) {
      tag.hidden = !state[/** @type {keyof typeof state} */ (tag.dataset["when"])];
    }
  }
  reveal(page, "no-dates", runs.every(({ state }) => state.isOver));
  const next = runs.filter(({ start }) => start >= today).sort((one, other) => (one.start < other.start ? -1 : 1))[0];
  const cell = page.querySelector("[data-fact=next-start] > span");
  if (cell && runs.length > 0) cell.textContent = next?.starts || (page.getElementById("dates")?.dataset["notStated"] ?? "");
  const shown = ["aside", "#apply"].map((place) => showCall(page, place, today));
  reveal(page, "no-call", !shown.includes(true));
}

/** @param {HTMLElement} item a run, or the call to apply for one @param {string} today */
function stateIn({ dataset: { start = "", end = "", applyBy = "" } }, today) {
  return stateOf({ start, end, applyBy }, today);
}

/**
 * Shows the first call to action that isn't closed.
 *
 * @param {Document} page
 * @param {string} place
 * @param {string} today
 * @returns {boolean} whether there is one
 */
function showCall(page, place, today) {
  const calls = [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll(`${place} .call`))];
  const open = calls.find((call) => !stateIn(call, today).isClosed);
  for (const call of calls) call.hidden = call !== open;
  return open !== undefined;
}

/** @param {Document} page @param {string} id @param {boolean} isShown */
function reveal(page, id, isShown) {
  const found = page.getElementById(id);
  if (found) found.hidden = !isShown;
}
