/** The verification page is one for all languages: the words around the credential, switched in place. */

import { Words } from "./words.js";

const LINKS = "#interface-languages a";
/** What base.html says outside the links, and where. */
const LABELS = [
  [".site-nav", "frame.main"],
  [".site-footer nav", "frame.site"],
  [".languages", "frame.language"],
];
const first = document.documentElement.lang;
const base = document.documentElement.dataset["base"] ?? "/";

/** @returns {HTMLAnchorElement[]} */
export function languageLinks() {
  return [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(LINKS))];
}

/**
 * The language asked for in the address, chosen before, or set in the browser; else the page's own.
 *
 * @returns {string}
 */
export function chosenLanguage() {
  const wanted = [new URLSearchParams(location.search).get("lang"), remembered(), ...navigator.languages];
  const known = languageLinks().map((link) => link.hreflang);
  for (const tag of wanted) {
    const found = tag ? known.find((one) => one.split("-")[0] === tag.split("-")[0]) : undefined;
    if (found) return found;
  }
  return first;
}

/** @returns {string | null} */
function remembered() {
  try {
    return localStorage.getItem("language");
  } catch {
    // The browser keeps nothing for this site.
    return null;
  }
}

/** @param {string} language */
export function rememberLanguage(language) {
  try {
    localStorage.setItem("language", language);
  } catch {
    // the page is switched all the same
  }
}

/** @param {string} language @returns {Promise<Words>} */
export async function wordsFor(language) {
  return new Words(language, await stringsAt(addressOf(language)));
}

/**
 * The words that are only needed where something is wrong; most pages never load them.
 *
 * @param {Words} words
 * @returns {Promise<Words>}
 */
export async function wordsForTrouble(words) {
  if (words.say("state.failed")) return words;
  return words.with(await stringsAt(addressOf(words.language).replace("verify.", "verify-trouble.")));
}

/** @param {string} language */
function addressOf(language) {
  return languageLinks().find((link) => link.hreflang === language)?.dataset["strings"] ?? "";
}

/** @param {string} address @returns {Promise<Record<string, string>>} */
async function stringsAt(address) {
  return (await fetch(address, { credentials: "omit" })).json();
}

/**
 * Puts the page's own words into the reader's language.
 *
 * @param {Words} words
 */
export function showInterface(words) {
  const before = document.documentElement.lang;
  document.documentElement.lang = words.language;
  for (const link of languageLinks()) {
    if (link.hreflang !== words.language) link.removeAttribute("aria-current");
    else link.setAttribute("aria-current", "true");
  }
  for (const labelled of document.querySelectorAll("[data-i18n]")) {
    labelled.textContent = words.say(labelled.getAttribute("data-i18n") ?? "") || labelled.textContent;
  }
  for (const [place = "", key = ""] of LABELS) {
    document.querySelector(place)?.setAttribute("aria-label", words.say(key));
  }
  for (const link of document.querySelectorAll(".skip-link, .site-name, .site-nav a, .site-footer nav a")) {
    const href = link.getAttribute("href") ?? "";
    const said = words.say(`frame.${href.replace(/\/$/, "").split("/").pop()}`);
    if (said) link.textContent = said;
    if (href.startsWith(`${base}${before}/`)) link.setAttribute("href", `${base}${words.language}/${href.slice(base.length + before.length + 1)}`);
  }
  const chosen = languageLinks().find((link) => link.hreflang === words.language);
  for (const named of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-from]"))) {
    named.textContent = chosen?.dataset[named.dataset["from"] ?? ""] ?? named.textContent;
    named.closest("[lang]:not(html)")?.removeAttribute("lang");
  }
}
