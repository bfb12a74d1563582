/** Keys of issuers: DID documents and did:key; mirrors mcsite/credentials/did.py. */

import { publicKey } from "./keys.js";
import { listed, timeOf } from "./reading.js";
import { isObject } from "./strict-json.js";

/**
 * @typedef {object} KeyRecord
 * @property {string} id
 * @property {string} multibase a Multikey's key; "" where it is of another kind
 * @property {import("./jwk.js").TokenKey | null} [key] the key, where it is of another kind
 * @property {Date | null} validFrom
 * @property {Date | null} validUntil
 * @property {Date | null} revoked
 */

/** A host's name, and its port where it has one. */
const AUTHORITY = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/i;

/**
 * The keys that `did` may make assertions with, by DID URL; null where the document is malformed or another's.
 *
 * @param {JsonObject} document
 * @param {string} did
 * @returns {Map<string, KeyRecord> | null}
 */
export function assertionKeys(document, did) {
  if (document["id"] !== did) return null;
  const methods = listed(document["verificationMethod"]).filter(isObject);
  /** @type {Map<string, KeyRecord>} */
  const found = new Map();
  for (const entry of listed(document["assertionMethod"])) {
    const method = typeof entry === "string" ? methods.findLast((known) => known["id"] === entry) : entry;
    if (isObject(method) && method["controller"] === did) {
      const record = recordOf(method, did);
      if (!record) return null;
      found.set(record.id, record);
    }
  }
  return found;
}

/**
 * The one key of a did:key, null where it isn't one.
 *
 * @param {string} did
 * @returns {KeyRecord | null}
 */
export function didKeyRecord(did) {
  const multibase = did.slice("did:key:".length);
  if (!did.startsWith("did:key:") || !publicKey(multibase)) return null;
  return { id: `${did}#${multibase}`, multibase, validFrom: null, validUntil: null, revoked: null };
}

/**
 * The key of a record, null where it is none that is usable.
 *
 * @param {KeyRecord | undefined} record
 * @returns {import("./jwk.js").TokenKey | null}
 */
export function keyOfRecord(record) {
  return record?.key ?? publicKey(record?.multibase ?? "");
}

/**
 * Host and path of a did:web; null for another method.
 *
 * @param {string} did
 * @returns {{ host: string, path: string } | null}
 */
export function didWebParts(did) {
  if (!did.startsWith("did:web:")) return null;
  const [named = "", ...path] = did.slice("did:web:".length).split(":");
  const host = named.replace(/%3a/i, ":");
  if (!AUTHORITY.test(host) || path.some((part) => ["", ".", ".."].includes(part) || part.includes("/"))) return null;
  return { host, path: path.join("/") };
}

/** @param {JsonObject} method @param {string} did @returns {KeyRecord | null} */
function recordOf(method, did) {
  const { id, publicKeyMultibase } = method;
  if (typeof id !== "string" || !id.startsWith(`${did}#`)) return null;
  /** @type {(Date | null)[]} */
  const moments = [];
  for (const name of ["validFrom", "validUntil", "revoked"]) {
    const moment = name in method ? timeOf(method[name]) : null;
    if (name in method && !moment) return null;
    moments.push(moment);
  }
  const [validFrom = null, validUntil = null, revoked = null] = moments;
  const multibase = typeof publicKeyMultibase === "string" ? publicKeyMultibase : "";
  return { id, multibase, validFrom, validUntil, revoked };
}

/**
 * @param {KeyRecord} record
 * @param {Date | null} moment
 */
export function covers(record, moment) {
  if (!moment) return false;
  return (!record.validFrom || record.validFrom <= moment) && (!record.validUntil || moment <= record.validUntil);
}
