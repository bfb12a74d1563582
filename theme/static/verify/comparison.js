/** What the catalogue says today of a course that a credential describes: loaded where the two differ. */

import { harmless } from "./claims.js";
import { canonicalText } from "./jcs.js";
import { checkOf, element } from "./report.js";
import { isObject } from "./strict-json.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./words.js").Words} Words */

/**
 * "As issued" beside "today", where the catalogue says something else now.
 *
 * @param {Verification} found
 * @param {JsonObject[]} today one description a language
 * @param {Words} words
 * @returns {HTMLElement | null}
 */
export function comparison(found, today, words) {
  const subject = found.document?.["credentialSubject"];
  const issued = isObject(subject) ? subject["achievement"] : undefined;
  if (checkOf(found, "achievement")?.reason !== "changed-since" || !isObject(issued)) return null;
  const [now] = today.toSorted((one, other) => changed(issued, one).length - changed(issued, other).length);
  if (!now) return null;
  const heads = ["as-issued", "today"].map((key) => element("th", { scope: "col" }, words.say(key)));
  const rows = changed(issued, now).map((key) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, words.say(`changed.${key}`) || key),
      ...[issued[key], now[key]].map((value) => element("td", {}, shown(value, words))),
    ),
  );
  const heading = element("h2", { id: "compared" }, words.say("compared"));
  const head = element("thead", {}, element("tr", {}, element("td"), ...heads));
  const table = element("table", {}, head, element("tbody", {}, ...rows));
  const region = element("div", { class: "table-region", role: "region", tabindex: "0", "aria-labelledby": "compared" }, table);
  return element("section", { class: "compared" }, heading, region);
}

/** @param {JsonObject} issued @param {JsonObject} now */
function changed(issued, now) {
  const differs = (/** @type {string} */ key) => canonicalText(issued[key] ?? null) !== canonicalText(now[key] ?? null);
  return Object.keys({ ...issued, ...now }).filter(differs);
}

/** @param {Json | undefined} value @param {Words} words @returns {string} */
function shown(value, words) {
  if (value === undefined || value === null) return words.say("nothing");
  if (Array.isArray(value)) return value.map((item) => shown(item, words)).join("\n");
  if (!isObject(value)) return harmless(String(value));
  const told = ["targetName", "narrative", "name", "targetDescription", "requiredValue"].map((key) => value[key]);
  const texts = told.filter((text) => typeof text === "string");
  return texts.length > 0 ? harmless(texts.join(", ")) : harmless(JSON.stringify(value));
}
