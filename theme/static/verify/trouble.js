/** What a verification page shows only where something is wrong: loaded then. */

import { claimsBlock, element, holderBlock, showVerdict } from "./report.js";
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

/** Nothing in a document that doesn't verify can be believed; the reader may still want to see it. */
const HIDDEN = ["tampered", "unreadable", "unknown-issuer"];

/**
 * In place of claims that were not confirmed: what the page states, in the reader's words; a button to see it where it can't be
 * relied on.
 *
 * @param {HTMLElement} stated what the page said before the check, in its own language
 * @param {string} text of the document
 * @param {string} verdict
 * @param {Words} words
 * @returns {HTMLElement}
 */
export function unconfirmedClaims(stated, text, verdict, words) {
  const shown = saidClaims(stated, text, words);
  if (!HIDDEN.includes(verdict)) return shown;
  const button = element("button", { type: "button", class: "button button--plain" }, words.say("show-anyway"));
  const notice = element("section", { class: "claims", id: "claims" }, element("p", {}, words.say("hidden")), button);
  button.addEventListener("click", () => {
    shown.tabIndex = -1;
    notice.replaceWith(shown);
    shown.focus();
  });
  return notice;
}

/** @param {HTMLElement} stated @param {string} text @param {Words} words @returns {HTMLElement} */
function saidClaims(stated, text, words) {
  try {
    const found = { verdict: "", checks: [], credential: "", document: JSON.parse(text), notice: null };
    const block = claimsBlock(found, words, "");
    block.querySelector(".muted")?.remove();
    block.prepend(element("p", { class: "claims__label", id: "claims-label" }, words.say("unconfirmed")));
    block.setAttribute("aria-labelledby", "claims-label");
    block.append(...[...holderBlock(found, words).children].filter((part) => part.localName !== "dl"));
    for (const said of block.querySelectorAll(".claims__title, ul")) said.setAttribute("lang", stated.lang);
    return block;
  } catch {
    return stated; // no document that could be read
  }
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
