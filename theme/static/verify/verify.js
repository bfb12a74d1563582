/** Verifying a credential: nine checks and one verdict; mirrors mcsite/credentials/verify.py. */

import { afterSignature, issuerKey, issuerKeys, keyOf, noticeOf, proofsResult, result, signature } from "./checks.js";
import { issuerOf, listed, openCredential } from "./reading.js";
import { isObject } from "./strict-json.js";
import { CHECKS, verdictOf } from "./verdict.js";

/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {import("./checks.js").Case} Case */
/** @typedef {import("./verdict.js").CheckResult} CheckResult */
/** @typedef {import("./reading.js").Opened} Opened */
/** @typedef {import("./faults.js").FormatFault} FormatFault */
/**
 * `document` is null unless its signature held: nothing in a document that doesn't verify can be believed.
 *
 * @typedef {object} Verification
 * @property {string} verdict
 * @property {CheckResult[]} checks always nine
 * @property {string} credential
 * @property {JsonObject | null} document
 * @property {JsonObject | null} notice
 */
/**
 * `issued` is the achievement as the credential has it: where today's first description is the same, no other is needed.
 * @typedef {{ did: string, statusLists: string[], achievement: string, issued: JsonObject, credential: string }} Needs
 */

/**
 * What verifying will look for.
 *
 * @param {JsonObject} document
 * @returns {Needs}
 */
export function needsOf(document) {
  const subject = document["credentialSubject"];
  const issued = isObject(subject) ? subject["achievement"] : undefined;
  return {
    did: issuerOf(document),
    statusLists: listed(document["credentialStatus"]).filter(isObject).map((entry) => String(entry["statusListCredential"])),
    achievement: isObject(issued) ? String(issued["id"] ?? "") : "",
    issued: isObject(issued) ? issued : {},
    credential: String(document["id"] ?? ""),
  };
}

/**
 * The verdict on `bytes`: a credential, or a sealed one with its key. `gather` collects the evidence for what it needs.
 *
 * @param {Uint8Array} bytes
 * @param {(needs: Needs) => Promise<Evidence> | Evidence} gather
 * @param {{ now: Date, subtle: Subtle, key?: Uint8Array | null }} how
 * @returns {Promise<Verification>}
 */
export async function verify(bytes, gather, { now, subtle, key = null }) {
  let opened;
  try {
    opened = await openCredential(bytes, key, subtle);
  } catch (error) {
    if (error instanceof Error && error.name === "FormatFault") return unreadable(/** @type {FormatFault} */ (error), now);
    throw error;
  }
  return verifyOpened(opened, await gather(needsOf(opened.document)), now, subtle);
}

/**
 * @param {Opened} opened
 * @param {Evidence} evidence
 * @param {Date} now
 * @param {Subtle} subtle
 * @returns {Promise<Verification>}
 */
async function verifyOpened({ document, envelope, token }, evidence, now, subtle) {
  const issuer = issuerOf(document);
  const keys = await issuerKeys(issuer, evidence);
  const special = token && (await import("./tokens.js"));
  const proofs = await (special ? special.tokenResult(token, issuer, keyOf(keys), [...keys.keys.keys()], subtle) : proofsResult(document, envelope, keys, subtle));
  /** @type {Case} */
  const it = { document: special ? special.timely(token) : document, envelope, evidence, now, issuer, keys, proofs, subtle };
  const checked = signature(it);
  const signed = checked.reason === "proof-not-supported" ? await naming(checked, proofs.named ?? document) : checked;
  const found = [result(it, "format", "passed", "ok"), signed];
  if (signed.state === "passed") found.push(...(await afterSignature(it)));
  else if (signed.state === "unknown" && (proofs.methods.length > 0 || keys.reason !== "ok")) found.push(await issuerKey(it));
  const whole = signed.state === "passed";
  return {
    ...verdictOn(found, now),
    credential: String(document["id"] ?? ""),
    document: whole ? document : null,
    notice: whole ? await noticeOf(it) : null,
  };
}

/** Say what can't be checked by its name. @param {CheckResult} found @param {string | JsonObject} where @returns {Promise<CheckResult>} */
async function naming(found, where) {
  if (!where) return found;
  const named = await import("./naming.js").then((module) => module.namedIn(found.reason, where), () => "");
  return { ...found, details: { named } };
}

/** @param {FormatFault} fault @param {Date} now @returns {Promise<Verification>} */
async function unreadable(fault, now) {
  /** @type {CheckResult} */
  const failed = { check: "format", state: "failed", reason: fault.reason, at: now, details: {} };
  return { ...verdictOn([await naming(failed, fault.where)], now), credential: fault.credential, document: null, notice: null };
}

/** The verdict, and always nine results. @param {CheckResult[]} found @param {Date} now @returns {{ verdict: string, checks: CheckResult[] }} */
function verdictOn(found, now) {
  const results = new Map(found.map((one) => [one.check, one]));
  const checks = CHECKS.map((check) => results.get(check) ?? { check, state: /** @type {const} */ ("unknown"), reason: "not-checked", at: now, details: {} });
  return { verdict: verdictOf(results), checks };
}
