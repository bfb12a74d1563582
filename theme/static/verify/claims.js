/** What a verified document says, as harmless text. */

import { harmless } from "./harmless.js";
import { listed } from "./reading.js";
import { isObject } from "./strict-json.js";

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
