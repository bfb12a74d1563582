/** What the catalogue says today of a course that a credential describes: loaded where the two differ. */

import { harmless } from "./harmless.js";
import { canonicalText } from "./jcs.js";
import { checkOf, element, nameOf } from "./report.js";
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
  const rows = changed(issued, now).map((key) => {
    const [then, today_] = [issued[key], now[key]].map((value) => linesOf(value, key, words));
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, words.say(`changed.${key}`) || key),
      element("td", {}, without(then ?? [], today_ ?? [], words)),
      element("td", {}, without(today_ ?? [], then ?? [], words)),
    );
  });
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

/** What one says and the other doesn't. @param {string[]} lines @param {string[]} others @param {Words} words */
function without(lines, others, words) {
  const own = lines.filter((line) => !others.includes(line));
  return own.length > 0 ? own.join("\n") : words.say("nothing");
}

/**
 * A part of a description, line by line, as a reader would say it.
 *
 * @param {Json | undefined} value
 * @param {string} key
 * @param {Words} words
 * @returns {string[]}
 */
function linesOf(value, key, words) {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => linesOf(item, key, words));
  if (isObject(value)) return partsOf(value, words);
  const text = harmless(String(value));
  if (key === "creditsAvailable") return [words.say("credits", { count: text })];
  if (key === "inLanguage") return [nameOf("language", text, words)];
  return text.split("\n").map((line) => line.replace(/^\s*-\s+/, "").trim()).filter(Boolean);
}

/** @param {JsonObject} part @param {Words} words @returns {string[]} */
function partsOf(part, words) {
  const [narrative, name, text] = [part["narrative"], part["targetName"] ?? part["name"], part["targetDescription"]];
  if (typeof narrative === "string") return linesOf(narrative, "", words);
  if (typeof name === "string") {
    const kind = words.say(`details.${String(part["targetType"]).replace(/^ext:/, "")}`);
    const said = typeof text === "string" ? `${name} (${text})` : name;
    const values = [part["allowedValue"] ?? []].flat().filter((one) => typeof one === "string");
    return [harmless([kind && `${kind}: `, said, values.length > 0 ? `: ${values.join(", ")}` : ""].join(""))];
  }
  return Object.entries(part).flatMap(([key, value]) => (key === "type" ? [] : linesOf(value, "", words)));
}
