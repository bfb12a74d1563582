/**
 * Data Integrity proofs and proof sets; mirrors mcsite/credentials/proofs.py, but for RDFC proofs, which the
 * browser takes on the word of a verified JCS proof that names them (docs/decisions/0002).
 */

import { fromBase58, joined, toBase64url } from "./bytes.js";
import { canonical, canonicalText } from "./jcs.js";
import { hashOf, SUITES, UnsupportedKey, verifySignature } from "./keys.js";
import { isObject } from "./strict-json.js";

// A proof that holds only until, only for, only there or only after another: nothing of ours.
export const CONDITIONS = ["expires", "domain", "challenge", "previousProof"];

/** Each costs as much as the document is long. */
const MAX_PROOFS = 8;

/** @typedef {import("./jwk.js").TokenKey} TokenKey */
/**
 * `reason` is "ok" or the first word of what is wrong.
 * `named` is what isn't supported, where the proof is a token's.
 * @typedef {{ reason: string, methods: string[], created: string[], named?: string }} ProofSetResult
 */

/**
 * The proofs of a document; none where one of them isn't an object.
 *
 * @param {JsonObject} document
 * @returns {JsonObject[]}
 */
export function proofsOf(document) {
  const found = document["proof"];
  const listed = Array.isArray(found) ? found : [found];
  return listed.every(isObject) ? /** @type {JsonObject[]} */ (listed) : [];
}

/**
 * Check every proof of `document`; all must verify (VC Data Integrity, section 4.5).
 *
 * @param {JsonObject} document
 * @param {(method: string) => TokenKey | null} keyOf
 * @param {Subtle} subtle
 * @returns {Promise<ProofSetResult>}
 */
export async function verifyProofs(document, keyOf, subtle) {
  const proofs = proofsOf(document);
  if (proofs.length === 0) return { reason: "no-proof", methods: [], created: [] };
  if (proofs.length > MAX_PROOFS) return { reason: "proof-not-supported", methods: [], created: [] };
  const { proof: _, ...unsecured } = document;
  const reasons = await Promise.all(proofs.map((proof) => reasonOf(unsecured, proof, keyOf, subtle)));
  const names = proofs.filter((_, place) => reasons[place] === "ok").map((proof) => text(proof["nonce"])).filter(Boolean);
  for (const [place, proof] of proofs.entries()) {
    if (reasons[place] === "unchecked") {
      const bound = names.includes(await binding(proof, subtle));
      reasons[place] = bound ? "ok" : names.length > 0 ? "set-not-bound" : "proof-not-supported";
    }
  }
  return {
    reason: reasons.reduce((worst, reason) => (gravity(reason) < gravity(worst) ? reason : worst), "ok"),
    methods: proofs.map((proof) => text(proof["verificationMethod"])),
    created: proofs.map((proof) => text(proof["created"])),
  };
}

/** @param {string} reason */
function gravity(reason) {
  return ["unknown-key", "proof-not-supported", "ok"].indexOf(reason) + 1;
}

/**
 * The text by which a JCS proof names another: base64url of its digest.
 *
 * @param {JsonObject} proof
 * @param {Subtle} subtle
 */
export async function binding(proof, subtle) {
  return toBase64url(new Uint8Array(await subtle.digest("SHA-256", canonical(proof))));
}

/**
 * @param {JsonObject} unsecured
 * @param {JsonObject} proof
 * @param {(method: string) => TokenKey | null} keyOf
 * @param {Subtle} subtle
 * @returns {Promise<string>}
 */
async function reasonOf(unsecured, proof, keyOf, subtle) {
  const name = text(proof["cryptosuite"]);
  const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
  if (proof["type"] !== "DataIntegrityProof" || !suite) return "proof-not-supported";
  if (CONDITIONS.some((condition) => condition in proof)) return "proof-not-supported";
  if (proof["proofPurpose"] !== "assertionMethod") return "wrong-purpose";
  if (suite.canonicalization === "rdfc") return "unchecked";
  const key = keyOf(text(proof["verificationMethod"]));
  if (!key) return "unknown-key";
  if (key.algorithm === "RSA" || !suite.algorithms.includes(key.algorithm)) return "bad-key";
  const { proofValue, ...options } = proof;
  if ("@context" in options && !sameJson(options["@context"], unsecured["@context"])) return "does-not-match";
  const signature = signatureBytes(proofValue);
  if (!signature) return "bad-signature-bytes";
  const hash = hashOf(key.algorithm);
  const digests = await Promise.all([options, unsecured].map((part) => subtle.digest(hash, canonical(part))));
  const message = joined(...digests.map((digest) => new Uint8Array(digest)));
  try {
    return await verifySignature(subtle, key, signature, message);
  } catch (error) {
    if (error instanceof UnsupportedKey) return "proof-not-supported";
    throw error;
  }
}

/**
 * @param {Json | undefined} one
 * @param {Json | undefined} other
 */
export function sameJson(one, other) {
  return one !== undefined && other !== undefined && canonicalText(one) === canonicalText(other);
}

/**
 * A text as it stands; String() would take a list of one text for that text.
 *
 * @param {Json | undefined} value
 */
function text(value) {
  return typeof value === "string" ? value : "";
}

/** @param {Json | undefined} value */
function signatureBytes(value) {
  const good = typeof value === "string" && value.startsWith("z") && value.length <= 200;
  return good ? fromBase58(value.slice(1)) : null;
}
