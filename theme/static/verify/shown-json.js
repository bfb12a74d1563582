/** A document as a reader may look at it. */

import { harmless } from "./harmless.js";

/**
 * JSON of the same meaning, in which whatever hides, turns or imitates stands as an escape.
 *
 * @param {JsonObject} document
 * @returns {string}
 */
export function shownJson(document) {
  const shown = (/** @type {string} */ found) => (harmless(found) === found ? found : found.replace(/[^]/g, escaped));
  return JSON.stringify(document, null, 2).replace(/[^\n -~]/gu, shown);
}

/** @param {string} unit of UTF-16 */
function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
