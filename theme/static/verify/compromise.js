/** What an issuer did sign with a key that was stolen later; mirrors mcsite/credentials/compromise.py. */

import { fromBase64url } from "./bytes.js";
import { covers, keyOfRecord } from "./did.js";
import { binding } from "./proof.js";
import { timeOf } from "./reading.js";
import { isObject } from "./strict-json.js";
import { isUnavailable, UNREACHABLE } from "./unavailable.js";

/** @typedef {import("./checks.js").Case} Case */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {import("./unavailable.js").Unavailable} Unavailable */
/** @typedef {(it: Case, found: JsonObject) => Promise<boolean>} IsSigned whether a key that counts signed it */

const TYPE = "IssuedWithKey";

/**
 * What is wrong with the keys of a case, of which one was stolen; "confirmed" where the issuer confirms what that one signed.
 *
 * @param {Case} it
 * @param {IsSigned} isSignedByIssuer
 * @returns {Promise<string>}
 */
export async function keyReason(it, isSignedByIssuer) {
  let reason = "ok";
  for (const [place, method] of it.proofs.methods.entries()) {
    const record = it.keys.keys.get(method);
    if (!record) return "key-not-listed";
    if (!keyOfRecord(record)) return "bad-key";
    if (!covers(record, timeOf(it.proofs.created[place]))) return record.revoked ? "key-revoked" : "outside-window";
    if (record.revoked) {
      reason = await confirmation(it, method, isSignedByIssuer);
      if (reason !== "confirmed") return reason;
    }
  }
  return reason;
}

/**
 * Whether the issuer confirms, with a key that nobody stole, what a stolen one signed: "confirmed", or why not.
 *
 * @param {Case} it
 * @param {string} method
 * @param {IsSigned} isSignedByIssuer
 * @returns {Promise<string>}
 */
async function confirmation(it, method, isSignedByIssuer) {
  const document = it.evidence.didDocuments[it.issuer];
  let reason = "key-revoked";
  for (const candidate of [it.document, it.envelope]) {
    if (!candidate || !document || isUnavailable(document)) continue;
    const digest = await binding(candidate, it.subtle);
    const address = partAddress(document, method, digest);
    if (address === null) continue;
    const part = await partAt(address, it.evidence);
    if (isUnavailable(part)) reason = "unreachable";
    else if (names(part, it.issuer, method, digest) && (await isSignedByIssuer(it, part))) {
      return "confirmed";
    }
  }
  return reason;
}

/**
 * Where the part for `digest` stands, null where the issuer publishes no list.
 *
 * @param {JsonObject} didDocument
 * @param {string} key
 * @param {string} digest base64url
 * @returns {string | null}
 */
function partAddress(didDocument, key, digest) {
  const services = didDocument["service"];
  for (const entry of Array.isArray(services) ? services.filter(isObject) : []) {
    const { serviceEndpoint: folder, digits } = entry;
    if (entry["type"] !== TYPE || entry["key"] !== key) continue;
    if (typeof folder !== "string" || typeof digits !== "string" || !/^[0-4]$/.test(digits)) continue;
    const hex = Array.from(fromBase64url(digest) ?? [], (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${folder}${hex.slice(0, Number(digits)) || "all"}.json`;
  }
  return null;
}

/**
 * The part at an address; it is kept with the evidence, so that it can be judged again without the network.
 *
 * @param {string} address
 * @param {Evidence} evidence
 * @returns {Promise<JsonObject | Unavailable>}
 */
async function partAt(address, evidence) {
  const known = (evidence.issued ??= {});
  return (known[address] ??= (await evidence.read?.(address)) ?? UNREACHABLE);
}

/**
 * Whether a part names `digest` as issued with `key`.
 *
 * @param {JsonObject} part
 * @param {string} issuer
 * @param {string} key
 * @param {string} digest
 */
function names(part, issuer, key, digest) {
  const { digests } = part;
  return (
    part["type"] === TYPE && part["issuer"] === issuer && part["key"] === key && Array.isArray(digests) && digests.includes(digest)
  );
}
