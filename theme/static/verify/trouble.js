/** What a verification page shows only where something is wrong: loaded then. */

import { element, showVerdict } from "./report.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./words.js").Words} Words */

/**
 * The way to the credential that came in place of this one.
 *
 * @param {Verification} found
 * @param {string} root of the site
 * @param {Words} words
 * @returns {Node[]}
 */
export function successor(found, root, words) {
  const next = found.notice?.["supersededBy"];
  const id = typeof next === "string" ? next.match(/\/c\/([1-9A-HJ-NP-Za-km-z]{22})\/$/)?.[1] : undefined;
  if (!id) return [];
  return [element("p", {}, element("a", { href: `${root}c/${id}/` }, words.say("superseded")))];
}

/**
 * In place of claims that can't be relied on: a button to see them.
 *
 * @param {HTMLElement} stated
 * @param {Words} words
 * @returns {HTMLElement}
 */
export function hiddenClaims(stated, words) {
  const button = element("button", { type: "button", class: "button button--plain" }, words.say("show-anyway"));
  const notice = element("section", { class: "claims", id: "claims" }, element("p", {}, words.say("hidden")), button);
  button.addEventListener("click", () => notice.replaceWith(stated));
  return notice;
}

/**
 * The way out of a browser that can't check.
 *
 * @param {Words} words
 * @param {boolean} isSealed nothing of it can be downloaded then
 * @returns {Node}
 */
export function wayOut(words, isSealed) {
  const ways = ["way.device", isSealed ? "way.command" : "way.download"].map((key) => element("li", {}, words.say(key)));
  return element("ul", {}, ...ways);
}

/**
 * @param {HTMLElement} box
 * @param {Words} words
 * @param {string} link of the page on its own
 */
export function showFramed(box, words, link) {
  const text = { headline: words.say("framed.headline"), sentence: words.say("framed.sentence") };
  const alone = element("a", { href: link, target: "_blank", rel: "noopener" }, location.host);
  showVerdict(box, "unsupported", words, text, element("p", {}, alone));
}
