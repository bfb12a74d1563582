/** What a verified document says, as harmless text; mirrors mcsite/credentials/claim_text.py. */

import { listed } from "./reading.js";
import { isObject } from "./strict-json.js";

const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
// What a verdict is drawn with: ticks, crosses, boxes, locks, shields, signs and coloured discs.
const MARKS =
  /[\u2600-\u27bf\u2b00-\u2bff\u25a0-\u25ff\u2300-\u23ff\u203c\u2049\u2139\u221a\u237b\u{1f110}-\u{1f1ff}\u{1f300}-\u{1faff}\u{1fbc0}-\u{1fbff}]\ufe0f?/gu;

/**
 * A text without direction controls and invisible characters, its marks replaced. ZWJ and ZWNJ stay.
 *
 * @param {string} text
 * @returns {string}
 */
export function harmless(text) {
  return text.normalize("NFC").replace(UNSEEN, "").replace(MARKS, "\u25a1");
}

/**
 * @typedef {object} Claims
 * @property {string} holder
 * @property {string} title
 * @property {string} issuer
 * @property {string} awardingBody
 * @property {string} country ISO 3166-1
 * @property {string} validFrom
 * @property {string} validUntil
 * @property {string} credits
 * @property {string} narrative
 * @property {string} grade
 * @property {string} language
 * @property {string} version
 * @property {{ type: string, name: string, text: string, url: string }[]} alignments
 */

/**
 * @param {JsonObject} document verified
 * @returns {Claims}
 */
export function claimsOf(document) {
  const subject = object(document["credentialSubject"]);
  const achievement = object(subject["achievement"]);
  const creator = object(achievement["creator"]);
  const names = listed(subject["identifier"]).filter(isObject).filter((entry) => entry["identityType"] === "name");
  return {
    holder: names.map((entry) => text(entry["identityHash"])).join(", "),
    title: text(achievement["name"]),
    issuer: text(object(document["issuer"])["name"]),
    awardingBody: text(creator["name"]),
    country: text(object(creator["address"])["addressCountryCode"]),
    validFrom: text(document["validFrom"]),
    validUntil: text(document["validUntil"]),
    credits: text(achievement["creditsAvailable"]),
    narrative: text(object(achievement["criteria"])["narrative"]),
    grade: listed(subject["result"]).filter(isObject).map((result) => text(result["value"])).join(", "),
    language: text(achievement["inLanguage"]),
    version: text(achievement["version"]),
    alignments: listed(achievement["alignment"]).filter(isObject).map((alignment) => ({
      type: text(alignment["targetType"]).replace(/^ext:/, ""),
      name: text(alignment["targetName"]),
      text: text(alignment["targetDescription"]),
      url: text(alignment["targetUrl"]),
    })),
  };
}

/** @param {Json | undefined} value @returns {JsonObject} */
function object(value) {
  return isObject(value) ? value : {};
}

/** @param {Json | undefined} value */
function text(value) {
  return typeof value === "string" || typeof value === "number" ? harmless(String(value)) : "";
}
