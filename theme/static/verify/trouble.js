/** What a verification page shows only where something is wrong: loaded then. */

import { element, showVerdict } from "./report.js";
import { addTroubleIcons } from "./trouble-icons.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./words.js").Words} Words */

/** This module's own icons, and those of the page that loads it. @param {Record<string, string[]>} paths */
export function bringIcons(paths) {
  addTroubleIcons();
  addTroubleIcons(paths);
}

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

/** The base point of Ed25519, as good a key as any. */
const SOME_KEY = Uint8Array.from({ length: 32 }, (_, place) => (place === 0 ? 0x58 : 0x66));

/**
 * The way out of a browser that can't check; none where another browser couldn't either.
 *
 * @param {Words} words
 * @param {boolean} isAtHand whether the credential can be downloaded from the page
 * @returns {Promise<Node[]>}
 */
export async function wayOut(words, isAtHand) {
  if (await knowsEd25519()) return [];
  const ways = ["way.device", isAtHand ? "way.download" : "way.command"].map((key) => element("li", {}, words.say(key)));
  return [element("ul", {}, ...ways)];
}

async function knowsEd25519() {
  try {
    await crypto.subtle.importKey("raw", SOME_KEY, "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
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
