/** Which course of this site's catalogue a credential is of, and whether it counts: only one that is valid now does. */

import { checkFile, checkText, stringsAt } from "./answers.js";
import { claimsOf } from "./claims.js";
import { issuerOf } from "./reading.js";
import { verdictWords } from "./report.js";
import { isObject } from "./strict-json.js";

/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./counting-words.js").CountingWords} Words */
/**
 * `course` is "" where nothing counts; `why` then says why not.
 * @typedef {{ name: string, course: string, why: string }} Held
 */
/**
 * `folder` is the published address of the folder of courses, `issuers` are those who sign for this site.
 * @typedef {{ folder: string, issuers: string[] }} Known
 */

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const AREAS = ["verify.", "verify-trouble.", "verify-file."];

/**
 * The words with those that verdicts and faults are told in.
 *
 * @param {Words} words
 * @param {string} address of the page's own
 */
export async function wordsForVerdicts(words, address) {
  return words.with(await stringsAt(AREAS.map((area) => address.replace("pathway.", area))));
}

/**
 * @param {Iterable<File>} files
 * @param {import("./evidence.js").Place} place
 * @param {Known} known
 * @param {Words} words
 */
export function heldInFiles(files, place, known, words) {
  return Promise.all([...files].map(async (file) => heldIn(await checkFile(file, place), known, words)));
}

/**
 * @param {string} text a credential, or the link of one on this site
 * @param {import("./evidence.js").Place} place
 * @param {Known & { host: string }} known
 * @param {Words} words
 */
export async function heldInText(text, place, known, words) {
  return [heldIn(await checkText(text, words.say("file.pasted"), place, known.host), known, words)];
}

/** @param {Answer} answer @param {Known} known @param {Words} words @returns {Held} */
function heldIn(answer, known, words) {
  const { name, found, fault = "", host = "" } = answer;
  if (!found) return { name, course: "", why: words.say(fault, { name, host }) };
  const title = (found.document && claimsOf(found.document).title) || name;
  if (found.verdict !== "valid") return { name: title, course: "", why: verdictWords(found, words).headline };
  const course = courseOf(found.document ?? {}, known);
  return { name: title, course, why: course ? "" : words.say("elsewhere") };
}

/**
 * The id of the course that a credential is of; "" where it isn't one of this catalogue, awarded by one who signs for it.
 *
 * @param {JsonObject} document verified
 * @param {Known} known
 * @returns {string}
 */
export function courseOf(document, { folder, issuers }) {
  const subject = document["credentialSubject"];
  const achievement = isObject(subject) ? subject["achievement"] : undefined;
  const address = isObject(achievement) ? String(achievement["id"] ?? "") : "";
  if (!address.startsWith(folder) || !issuers.includes(issuerOf(document))) return "";
  const id = address.slice(folder.length).replace(/\/$/, "");
  return ID.test(id) ? id : "";
}
