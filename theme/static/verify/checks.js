/** The checks after format, each one function of a case; mirrors mcsite/credentials/checks.py. */

import { assertionKeys, covers, didKeyRecord, didWebParts, keyOfRecord } from "./did.js";
import { canonicalText } from "./jcs.js";
import { verifyProofs } from "./proof.js";
import { issuerOf, listed, timeOf } from "./reading.js";
import { bitAt, decodeList } from "./status-list.js";
import { isObject } from "./strict-json.js";
import { isUnavailable, UNREACHABLE } from "./unavailable.js";

/** @typedef {import("./verdict.js").CheckResult} CheckResult */
/** @typedef {import("./verdict.js").State} State */
/** @typedef {import("./did.js").KeyRecord} KeyRecord */
/** @typedef {import("./proof.js").ProofSetResult} ProofSetResult */
/** @typedef {import("./unavailable.js").Unavailable} Unavailable */
/**
 * @typedef {object} Evidence
 * @property {Record<string, JsonObject | Unavailable>} didDocuments
 * @property {Record<string, JsonObject | Unavailable>} statusLists
 * @property {Record<string, JsonObject[] | Unavailable>} achievements
 * @property {{ name: string, issuers: string[] }[] | Unavailable} registries
 * @property {Record<string, JsonObject>} notices
 * @property {Record<string, JsonObject | Unavailable>} [issued] parts of the lists of what stolen keys signed, as far as they were needed
 * @property {(url: string) => Promise<JsonObject | Unavailable>} [read] reads such a part
 */
/** @typedef {{ keys: Map<string, KeyRecord>, reason: string, trusted: boolean }} IssuerKeys */
/**
 * @typedef {object} Case
 * @property {JsonObject} document
 * @property {JsonObject | null} envelope
 * @property {Evidence} evidence
 * @property {Date} now
 * @property {string} issuer
 * @property {IssuerKeys} keys
 * @property {ProofSetResult} proofs
 * @property {Subtle} subtle
 */

/** Of a host's name. */
const MAX_DOMAIN = 253;

/**
 * What stands under a name that a stranger chose: "__proto__" is one like any other.
 *
 * @template Value
 * @param {Record<string, Value>} found
 * @param {string} name
 * @returns {Value | undefined}
 */
export function at(found, name) {
  return Object.hasOwn(found, name) ? found[name] : undefined;
}

/**
 * The keys that `issuer` may sign credentials with.
 *
 * @param {string} issuer
 * @param {Evidence} evidence
 * @returns {Promise<IssuerKeys>}
 */
export async function issuerKeys(issuer, evidence) {
  const own = issuer.startsWith("did:jwk:") ? (await import("./jwk.js")).didJwkRecord(issuer) : didKeyRecord(issuer);
  if (own) return { keys: new Map([[own.id, own]]), reason: "ok", trusted: true };
  if (/^did:(key|jwk):/.test(issuer)) return { keys: new Map(), reason: "malformed", trusted: true };
  const found = at(evidence.didDocuments, issuer) ?? { unavailable: didWebParts(issuer) ? "unreachable" : "unsupported-issuer" };
  if (isUnavailable(found)) {
    const copied = found.copy ? await keysIn(found.copy, issuer) : null;
    return { keys: copied ?? new Map(), reason: found.unavailable, trusted: false };
  }
  const keys = await keysIn(found, issuer);
  return { keys: keys ?? new Map(), reason: keys ? "ok" : "malformed", trusted: true };
}

/** @param {JsonObject} document @param {string} issuer */
async function keysIn(document, issuer) {
  const keys = assertionKeys(document, issuer);
  if ([...(keys?.values() ?? [])].some((record) => !record.multibase)) (await import("./jwk.js")).fillIn(keys, document);
  return keys;
}

/**
 * The key of a verification method, null where the issuer has none that is usable.
 *
 * @param {IssuerKeys} keys
 * @returns {(method: string) => import("./jwk.js").TokenKey | null}
 */
export function keyOf(keys) {
  return (method) => keyOfRecord(keys.keys.get(method));
}

/**
 * @param {JsonObject} document
 * @param {JsonObject | null} envelope
 * @param {IssuerKeys} keys
 * @param {Subtle} subtle
 * @returns {Promise<ProofSetResult>}
 */
export async function proofsResult(document, envelope, keys, subtle) {
  const found = await verifyProofs(document, keyOf(keys), subtle);
  if (found.reason !== "ok" || !envelope) return found;
  const outer = await verifyProofs(envelope, keyOf(keys), subtle);
  return {
    reason: outer.reason,
    methods: [...found.methods, ...outer.methods],
    created: [...found.created, ...outer.created],
  };
}

/**
 * @param {Case} it
 * @param {string} check
 * @param {State} state
 * @param {string} reason
 * @param {Record<string, string>} details
 * @param {Date | null} at
 * @returns {CheckResult}
 */
export function result(it, check, state, reason, details = {}, at = null) {
  return { check, state, reason, at: at ?? it.now, details };
}

/** @param {Case} it @returns {CheckResult} */
export function signature(it) {
  const { proofs } = it;
  if (proofs.methods.some((method) => !method.startsWith(`${it.issuer}#`))) {
    return result(it, "signature", "failed", "foreign-method");
  }
  if (proofs.reason === "unknown-key") return result(it, "signature", "unknown", "key-unavailable");
  if (proofs.reason === "proof-not-supported") return result(it, "signature", "unknown", proofs.reason);
  const key = [...new Set(proofs.methods)].join(", ");
  return result(it, "signature", proofs.reason === "ok" ? "passed" : "failed", proofs.reason, { key });
}

/**
 * What few pages ever need, to judge a stolen key, is loaded when one is met.
 *
 * @param {Case} it
 * @returns {Promise<CheckResult>}
 */
export async function issuerKey(it) {
  // An issuer without a domain is named as addresses are written: no text can be read in that.
  const domain = didWebParts(it.issuer)?.host ?? encodeURI(it.issuer).slice(0, MAX_DOMAIN);
  if (!it.keys.trusted) return result(it, "issuer-key", "unknown", it.keys.reason, { domain });
  let reason = it.keys.reason === "ok" ? keyFault(it) : it.keys.reason;
  if (reason === "key-revoked") {
    reason = await import("./compromise.js").then((stolen) => stolen.keyReason(it, isSignedByIssuer), () => "unreachable");
  }
  const state = reason === "ok" || reason === "confirmed" ? "passed" : reason === "unreachable" ? "unknown" : "failed";
  return result(it, "issuer-key", state, reason, { domain });
}

/** @param {Case} it */
function keyFault(it) {
  if (it.proofs.methods.length === 0) return "key-not-listed";
  for (const [place, method] of it.proofs.methods.entries()) {
    const record = it.keys.keys.get(method);
    if (!record) return "key-not-listed";
    if (!keyOfRecord(record)) return "bad-key";
    if (record.revoked) return "key-revoked";
    if (!covers(record, timeOf(it.proofs.created[place]))) return "outside-window";
  }
  return "ok";
}

/** @param {Case} it @returns {CheckResult} */
function validFrom(it) {
  const begins = timeOf(it.document["validFrom"]);
  if (!begins) return result(it, "valid-from", "passed", "none");
  const since = begins.toISOString();
  return it.now < begins
    ? result(it, "valid-from", "failed", "not-yet", { since })
    : result(it, "valid-from", "passed", "ok", { since });
}

/** @param {Case} it @returns {CheckResult} */
function validUntil(it) {
  const ends = timeOf(it.document["validUntil"]);
  if (!ends) return result(it, "valid-until", "passed", "none");
  const until = ends.toISOString();
  return it.now > ends
    ? result(it, "valid-until", "failed", "over", { until })
    : result(it, "valid-until", "passed", "ok", { until });
}

/**
 * @param {Case} it
 * @param {"revocation" | "suspension"} purpose
 * @returns {Promise<CheckResult>}
 */
async function status(it, purpose) {
  const entries = listed(it.document["credentialStatus"])
    .filter(isObject)
    .filter((entry) => entry["statusPurpose"] === purpose);
  if (entries.length === 0) return result(it, purpose, "passed", "no-status");
  const results = await Promise.all(entries.map((entry) => entryResult(it, purpose, entry)));
  const order = ["failed", "unknown", "passed"];
  return results.reduce((worst, one) => (order.indexOf(one.state) < order.indexOf(worst.state) ? one : worst));
}

/**
 * @param {Case} it
 * @param {"revocation" | "suspension"} purpose
 * @param {JsonObject} entry
 * @returns {Promise<CheckResult>}
 */
async function entryResult(it, purpose, entry) {
  const list = String(entry["statusListCredential"]);
  if (it.keys.keys.size === 0) return result(it, purpose, "unknown", "not-checked", { list });
  const found = at(it.evidence.statusLists, list) ?? UNREACHABLE;
  if (isUnavailable(found)) return result(it, purpose, "unknown", found.unavailable, { list });
  const bits = await listContent(it, found, list, purpose);
  if (typeof bits === "string") return result(it, purpose, "unknown", bits, { list });
  const index = entry["statusListIndex"];
  if (typeof index !== "string" || !/^[0-9]{1,10}$/.test(index) || Number(index) >= bits.length * 8) {
    return result(it, purpose, "unknown", "index-out-of-range", { list });
  }
  const since = timeOf(found["validFrom"]);
  if (!bitAt(bits, Number(index))) return result(it, purpose, "passed", "ok", { list, index }, since);
  const told = (await noticeOf(it))?.["status"];
  const bad = purpose === "suspension" ? "suspended" : told === "superseded" ? "superseded" : "revoked";
  return result(it, purpose, "failed", bad, { list }, since);
}

/**
 * The list's bits, or the word for why it is no evidence.
 *
 * @param {Case} it
 * @param {JsonObject} found
 * @param {string} url
 * @param {string} purpose
 * @returns {Promise<Uint8Array | string>}
 */
async function listContent(it, found, url, purpose) {
  const subject = found["credentialSubject"];
  if (!listed(found["type"]).includes("BitstringStatusListCredential")) return "list-malformed";
  if (!isObject(subject) || subject["type"] !== "BitstringStatusList") return "list-malformed";
  if (found["id"] !== url) return "list-wrong-id";
  if (issuerOf(found) !== it.issuer || !(await isSignedByIssuer(it, found))) return "list-not-signed";
  if (subject["statusPurpose"] !== purpose) return "list-wrong-purpose";
  const [begins, ends] = [timeOf(found["validFrom"]), timeOf(found["validUntil"])];
  if (!begins || !ends || it.now < begins || it.now >= ends) return "list-expired";
  return (await decodeList(subject["encodedList"])) ?? "list-malformed";
}

/** @param {Case} it @param {JsonObject} found */
async function isSignedByIssuer(it, found) {
  const checked = await verifyProofs(found, keyOf(it.keys), it.subtle);
  return (
    checked.reason === "ok" &&
    checked.methods.every((method, place) => {
      const record = it.keys.keys.get(method);
      return record !== undefined && !record.revoked && covers(record, timeOf(checked.created[place]));
    })
  );
}

/**
 * The issuer's notice about this credential, where there is one that verifies.
 *
 * @param {Case} it
 * @returns {Promise<JsonObject | null>}
 */
export async function noticeOf(it) {
  const credential = String(it.document["id"] ?? "");
  const notice = at(it.evidence.notices, credential);
  if (!notice || notice["type"] !== "StatusNotice" || notice["id"] !== credential) return null;
  return (await isSignedByIssuer(it, notice)) ? notice : null;
}

/** @param {Case} it @returns {CheckResult} */
function achievement(it) {
  const subject = it.document["credentialSubject"];
  const issued = isObject(subject) ? subject["achievement"] : undefined;
  if (!isObject(issued)) return result(it, "achievement", "unknown", "not-in-catalogue");
  const found = at(it.evidence.achievements, String(issued["id"])) ?? UNREACHABLE;
  if (isUnavailable(found)) return result(it, "achievement", "unknown", found.unavailable);
  const then = canonicalText(issued);
  if (found.some((today) => canonicalText(today) === then)) return result(it, "achievement", "passed", "as-today");
  const sameVersion = found.some((today) => (today["version"] ?? null) === (issued["version"] ?? null));
  return result(it, "achievement", sameVersion ? "failed" : "passed", "changed-since");
}

/** @param {Case} it @returns {CheckResult} */
function trustRegistry(it) {
  const { registries } = it.evidence;
  if (isUnavailable(registries)) return result(it, "trust-registry", "unknown", registries.unavailable);
  const vouching = registries.filter((registry) => registry.issuers.includes(it.issuer));
  const list = (vouching.length > 0 ? vouching : registries).map((registry) => registry.name).join("; ");
  return vouching.length > 0
    ? result(it, "trust-registry", "passed", "listed", { list })
    : result(it, "trust-registry", "failed", "not-listed", { list });
}

/**
 * Every check that follows a signature that holds.
 *
 * @param {Case} it
 * @returns {Promise<CheckResult[]>}
 */
export function afterSignature(it) {
  return Promise.all([
    issuerKey(it),
    validFrom(it),
    validUntil(it),
    status(it, "revocation"),
    status(it, "suspension"),
    achievement(it),
    trustRegistry(it),
  ]);
}
