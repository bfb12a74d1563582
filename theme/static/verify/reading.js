/** From bytes to a document whose form can be relied on: the first check; mirrors mcsite/credentials/reading.py. */

import { FormatFault } from "./faults.js";
import { canonicalText } from "./jcs.js";
import { proofsOf } from "./proof.js";
import { unseal } from "./sealed.js";
import { PURPOSES } from "./status-list.js";
import { isObject, JsonFault, parseObject } from "./strict-json.js";
import { OWN, vocabularyOf } from "./terms.js";

const MAX_NODES = 512;
const MAX_TWINS = 3;
/** Each may be a list to fetch. */
const MAX_STATUSES = 8;
const TIME =
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** A credential, and the envelope around it or the token that it came in. */
/** @typedef {{ document: JsonObject, envelope: JsonObject | null, token?: import("./tokens.js").Token }} Opened */

/**
 * The credential in `bytes`, unsealed with `key` where it is sealed; throws FormatFault.
 *
 * @param {Uint8Array} bytes
 * @param {Uint8Array | null} key
 * @param {Subtle} subtle
 * @returns {Promise<Opened>}
 */
export async function openCredential(bytes, key, subtle) {
  // No document starts like a token. What few pages ever need is loaded when one is met.
  const bare = /[\w-]/.test(String.fromCharCode(bytes.find((byte) => byte > 0x20) ?? 0)) && (await import("./tokens.js")).tokenIn(bytes);
  const outer = bare ? {} : parsed(bytes, "");
  const token = outer["type"] === "EnvelopedVerifiableCredential" ? (await import("./tokens.js")).tokenInside(outer) : bare;
  if (token) {
    await checkForm(token.document);
    return { document: token.document, envelope: null, token };
  }
  if (outer["type"] !== "SealedCredential") {
    await checkForm(outer);
    return { document: outer, envelope: null };
  }
  const { id, jwe } = outer;
  if (typeof id !== "string" || typeof jwe !== "string" || proofsOf(outer).length === 0) {
    throw new FormatFault("not-a-credential");
  }
  if (!key?.length) throw new FormatFault(key ? "key-damaged" : "key-missing", id);
  const opened = await unseal(jwe, key, subtle);
  if (!opened) throw new FormatFault("key-wrong", id);
  const inner = parsed(opened, id);
  const status = outer["credentialStatus"];
  const sameStatus = status === undefined || canonicalText(status) === canonicalText(inner["credentialStatus"] ?? null);
  if (inner["id"] !== id || !sameStatus) throw new FormatFault("envelope-mismatch", id);
  await checkForm(inner);
  return { document: inner, envelope: outer };
}

/** @param {Uint8Array} bytes @param {string} credential */
function parsed(bytes, credential) {
  try {
    return parseObject(bytes);
  } catch (error) {
    if (error instanceof JsonFault) throw new FormatFault(error.reason, credential);
    throw error;
  }
}

/** @param {JsonObject} document */
async function checkForm(document) {
  if (!("@context" in document) || !listed(document["type"]).includes("VerifiableCredential")) {
    throw new FormatFault("not-a-credential");
  }
  const known = vocabularyOf(document["@context"]);
  if (known === null) throw new FormatFault("unknown-context", "", document);
  if (!issuerOf(document) || !isObject(document["credentialSubject"]) || ("id" in document && typeof document["id"] !== "string")) {
    throw new FormatFault("not-a-credential");
  }
  checkStatus(document);
  const { proof: _, ...unsecured } = document;
  const mapped = (known > 0 && isMapped(unsecured, OWN)) || isMapped(unsecured, (await import("./more-terms.js")).TERMS[known]);
  if (!mapped) throw new FormatFault("unmapped-term", "", document);
  for (const name of ["validFrom", "validUntil"]) {
    if (name in document && timeOf(document[name]) === null) throw new FormatFault("bad-date");
  }
}

/** @param {JsonObject} document */
function checkStatus(document) {
  if (listed(document["credentialStatus"]).length > MAX_STATUSES) throw new FormatFault("unknown-status-type", "", document);
  for (const entry of listed(document["credentialStatus"])) {
    const good =
      isObject(entry) &&
      entry["type"] === "BitstringStatusListEntry" &&
      PURPOSES.some((purpose) => purpose === entry["statusPurpose"]) &&
      typeof entry["statusListCredential"] === "string";
    if (!good) throw new FormatFault("unknown-status-type", "", document);
  }
}

/**
 * Whether every term and type is one of the document's contexts (mirrors rdfc.check_mapped).
 *
 * @param {JsonObject} document
 * @param {import("./terms.js").Terms} known
 */
function isMapped(document, known) {
  const waiting = [document];
  for (let nodes = 1; waiting.length > 0; nodes += 1) {
    const node = waiting.pop();
    if (!node || nodes > MAX_NODES || unmappedIn(node, known) !== null) return false;
    for (const [name, value] of Object.entries(node)) {
      if (name === "@context") continue;
      const items = Array.isArray(value) ? value : [value];
      const objects = items.filter(isObject);
      if (items.some(Array.isArray) || (objects.length > MAX_TWINS && hasTwins(objects))) return false;
      waiting.push(...objects);
    }
  }
  return true;
}

/**
 * The first type or term of a node that isn't known there, "" where its form is at fault; null: all is well.
 *
 * @param {JsonObject} node
 * @param {import("./terms.js").Terms} known
 */
export function unmappedIn(node, known) {
  /** @type {string[]} */
  let mapped = [...known.everywhere, "@context"];
  for (const type of new Set("type" in node ? [node["type"]].flat() : [])) {
    const terms = typeof type === "string" && Object.hasOwn(known.types, type) ? known.types[type] : undefined;
    if (!terms) return typeof type === "string" ? type : "";
    mapped = mapped.concat(terms);
  }
  const id = "id" in node ? node["id"] : "urn:x";
  if (typeof id !== "string" || !id.includes(":") || id.startsWith("_:")) return "";
  return Object.keys(node).find((term) => !mapped.includes(term)) ?? null;
}

/** @param {JsonObject[]} nodes */
function hasTwins(nodes) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const node of nodes) {
    const text = canonicalText(node);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return Math.max(...counts.values()) > MAX_TWINS;
}

/**
 * A JSON-LD property's values: none, one, or a list of them.
 *
 * @param {Json | undefined} value
 * @returns {Json[]}
 */
export function listed(value) {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/**
 * @param {JsonObject} document
 * @returns {string}
 */
export function issuerOf(document) {
  const issuer = document["issuer"];
  const found = isObject(issuer) ? issuer["id"] : issuer;
  return typeof found === "string" ? found : "";
}

/**
 * The moment that a dateTimeStamp names, null where it isn't one.
 *
 * @param {Json | undefined} value
 * @returns {Date | null}
 */
export function timeOf(value) {
  if (typeof value !== "string" || !TIME.test(value)) return null;
  if (value.slice(0, 4) < "0002" || value.slice(0, 4) > "9998") return null;
  const moment = new Date(value);
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  const exists = !Number.isNaN(moment.getTime()) && day.toISOString().startsWith(value.slice(0, 10));
  return exists ? moment : null;
}
