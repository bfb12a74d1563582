/** The words that only those need who look closer, or take something along. */

import { languageLinks } from "./interface.js";

/** @typedef {import("./words.js").Words} Words */

const AREAS = ["verify.", "verify-trouble.", "verify-more."];

/**
 * Every word of a language that a verification, its traces or a saved copy may say.
 *
 * @param {string} language
 * @returns {Promise<Record<string, string>>}
 */
export async function allStrings(language) {
  const address = languageLinks().find((link) => link.hreflang === language)?.dataset["strings"] ?? "";
  const read = async (/** @type {string} */ area) => (await fetch(address.replace("verify.", area), { credentials: "omit" })).json();
  return Object.assign({}, ...(await Promise.all(AREAS.map(read))));
}

/** @param {Words} words @returns {Promise<Words>} */
export async function withMore(words) {
  return words.say("trace.result") ? words : words.with(await allStrings(words.language));
}
