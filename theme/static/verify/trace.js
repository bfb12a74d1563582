/** How each check was made, for whoever wants to follow it: loaded when a reader opens it. */

import { assertionKeys, didKeyRecord, didWebParts } from "./did.js";
import { harmless } from "./harmless.js";
import { canonical } from "./jcs.js";
import { withMore } from "./more-words.js";
import { issuerOf, listed } from "./reading.js";
import { checkOf, element } from "./report.js";
import { shownJson } from "./shown-json.js";
import { isObject } from "./strict-json.js";
import { isUnavailable } from "./unavailable.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {[label: string, ...values: string[]]} Row */

/** The cryptosuites whose proofs a browser checks itself; it sees the others through the digest that one of these carries. */
const CHECKED_HERE = /-jcs-/;
/** @type {Record<string, (found: Verification, document: JsonObject, evidence: Evidence | null) => Promise<Row[]> | Row[]>} */
const ROWS = {
  format: async (_, document) => [
    ["trace.contexts", ...listed(document["@context"]).map(String)],
    ["SHA-256", await digestOf(document)],
  ],
  signature: (_, document) => proofsOf(document).flatMap(proofRows),
  "issuer-key": (_, document, evidence) => keyRows(document, evidence),
  "valid-from": (found, document) => timeRows(found, document, "validFrom"),
  "valid-until": (found, document) => timeRows(found, document, "validUntil"),
  revocation: (found, document, evidence) => listRows(found, document, evidence, "revocation"),
  suspension: (found, document, evidence) => listRows(found, document, evidence, "suspension"),
  achievement: (_, document, evidence) => achievementRows(document, evidence),
  "trust-registry": (_, document, evidence) => registryRows(document, evidence),
};

/**
 * The trace of one check.
 *
 * @param {string} check
 * @param {Verification} found its document verified
 * @param {Evidence | null} evidence
 * @param {Words} words
 * @returns {Promise<HTMLElement>}
 */
export async function trace(check, found, evidence, words) {
  const result = checkOf(found, check);
  const rows = (found.document && (await ROWS[check]?.(found, found.document, evidence))) || [];
  return listOf([["trace.result", `${result?.state} (${result?.reason})`], ...rows], await withMore(words));
}

/**
 * What a credential is made of, and all of it as it was signed.
 *
 * @param {JsonObject} document verified
 * @param {Words} words
 * @returns {Promise<HTMLElement[]>}
 */
export async function technical(document, words) {
  const lists = listed(document["credentialStatus"]).filter(isObject).map((entry) => String(entry["id"]));
  const keys = new Set(proofsOf(document).map((proof) => String(proof["verificationMethod"])));
  /** @type {Row[]} */
  const rows = [
    ["technical.id", String(document["id"])],
    ["technical.issuer", issuerOf(document)],
    ["technical.key", ...keys],
    ["technical.status", ...lists],
    ["SHA-256", await digestOf(document)],
  ];
  return [listOf(rows, await withMore(words)), element("pre", { tabindex: "0" }, shownJson(document))];
}

/** @param {Row[]} rows @param {Words} words */
function listOf(rows, words) {
  const drawn = rows.map(([label, ...values]) => {
    const said = values.filter(Boolean).map((value) => element("dd", {}, words.say(value) || harmless(value)));
    return said.length > 0 ? [element("div", {}, element("dt", {}, words.say(label) || label), ...said)] : [];
  });
  return element("dl", { class: "trace" }, ...drawn.flat());
}

/** @param {JsonObject} document */
function proofsOf(document) {
  return listed(document["proof"]).filter(isObject);
}

/** @param {JsonObject} proof @returns {Row[]} */
function proofRows(proof) {
  const suite = String(proof["cryptosuite"]);
  return [
    ["trace.suite", suite],
    ["trace.how", CHECKED_HERE.test(suite) ? "trace.here" : "trace.bound"],
    ["trace.created", String(proof["created"])],
    ["trace.method", String(proof["verificationMethod"])],
    ["trace.value", String(proof["proofValue"])],
  ];
}

/** @param {JsonObject} document @param {Evidence | null} evidence @returns {Row[]} */
function keyRows(document, evidence) {
  const issuer = issuerOf(document);
  const web = didWebParts(issuer);
  const listing = available(evidence?.didDocuments[issuer]);
  const own = didKeyRecord(issuer);
  const keys = own ? new Map([[own.id, own]]) : listing ? assertionKeys(/** @type {JsonObject} */ (listing), issuer) : null;
  const methods = new Set(proofsOf(document).map((proof) => String(proof["verificationMethod"])));
  /** @type {Row[]} */
  const rows = [["trace.issuer", issuer]];
  if (web) rows.push(["trace.did-document", `https://${web.host}/${web.path || ".well-known"}/did.json`]);
  for (const method of methods) {
    const record = keys?.get(method);
    rows.push(["trace.method", method], ["trace.multibase", record?.multibase ?? ""]);
    if (record) rows.push(["trace.window", window_(record.validFrom, record.validUntil)]);
    if (record?.revoked) rows.push(["trace.revoked", record.revoked.toISOString()]);
  }
  return rows;
}

/** @param {Verification} found @param {JsonObject} document @param {string} name @returns {Row[]} */
function timeRows(found, document, name) {
  return [
    ["trace.stated", String(document[name] ?? "–")],
    ["trace.now", checkOf(found, "format")?.at.toISOString() ?? ""],
  ];
}

/** @param {Verification} found @param {JsonObject} document @param {Evidence | null} evidence @param {string} purpose @returns {Row[]} */
function listRows(found, document, evidence, purpose) {
  const entries = listed(document["credentialStatus"]).filter(isObject);
  const bit = { passed: "0", failed: "1", unknown: "" }[checkOf(found, purpose)?.state ?? "unknown"];
  return entries.filter((entry) => entry["statusPurpose"] === purpose).flatMap((entry) => {
    const url = String(entry["statusListCredential"]);
    const list = available(evidence?.statusLists[url]);
    const signed = /** @type {JsonObject} */ (list ?? {});
    /** @type {Row[]} */
    const rows = [
      ["trace.list", url],
      ["trace.index", String(entry["statusListIndex"])],
      ["trace.bit", bit],
    ];
    if (!list) return rows;
    const key = proofsOf(signed).map((proof) => String(proof["verificationMethod"]))[0] ?? "";
    return [...rows, ["trace.window", `${String(signed["validFrom"])} – ${String(signed["validUntil"] ?? "")}`], ["trace.list-key", key]];
  });
}

/** @param {JsonObject} document @param {Evidence | null} evidence @returns {Promise<Row[]>} */
async function achievementRows(document, evidence) {
  const subject = document["credentialSubject"];
  const issued = isObject(subject) && isObject(subject["achievement"]) ? subject["achievement"] : {};
  const today = available(evidence?.achievements[String(issued["id"])]);
  const digests = Array.isArray(today) ? await Promise.all(today.map(digestOf)) : [];
  return [
    ["trace.achievement", String(issued["id"] ?? "–")],
    ["trace.issued-digest", await digestOf(issued)],
    ["trace.today-digest", ...digests],
  ];
}

/** @param {JsonObject} document @param {Evidence | null} evidence @returns {Row[]} */
function registryRows(document, evidence) {
  const issuer = issuerOf(document);
  const registries = Array.isArray(evidence?.registries) ? evidence.registries : [];
  return [
    ["trace.issuer", issuer],
    ["trace.registries", ...registries.map(({ name, issuers }) => `${name}: ${issuers.includes(issuer) ? "+" : "–"}`)],
  ];
}

/**
 * @template {object} Value
 * @param {Value | { unavailable: string } | undefined} found
 * @returns {Value | null}
 */
function available(found) {
  return found && !isUnavailable(found) ? /** @type {Value} */ (found) : null;
}

/** @param {Date | null} from @param {Date | null} until */
function window_(from, until) {
  return `${from?.toISOString() ?? ""} – ${until?.toISOString() ?? ""}`;
}

/** @param {JsonObject} value */
async function digestOf(value) {
  const digest = await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (canonical(value)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
