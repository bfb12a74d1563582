/** Public keys as JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037); mirrors mcsite/credentials/jwk.py. */

import { fromBase64url, toBase64url } from "./bytes.js";
import { shortPoint } from "./curves.js";
import { isFullOrder } from "./keys.js";
import { isObject, parseObject } from "./strict-json.js";

/** Of RSA, which only signs tokens, `raw` is the modulus. */
/** @typedef {{ algorithm: "RSA", raw: Uint8Array, jwk: { kty: string, n: string, e: string } }} RsaKey */
/** @typedef {import("./keys.js").PublicKey | RsaKey} TokenKey */
/** @typedef {import("./did.js").KeyRecord} KeyRecord */

/** @type {Record<string, number>} bytes */
const COORDINATES = { "P-256": 32, "P-384": 48 };
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/** @type {Record<string, string[]>} */
const SIGNING = { Ed25519: ["EdDSA", "Ed25519"], "P-256": ["ES256"], "P-384": ["ES384"], RSA: ["RS256"] };

/**
 * The key that a JWK stands for, null where it is none that signs credentials.
 *
 * @param {Json | undefined} jwk
 * @returns {TokenKey | null}
 */
export function keyOfJwk(jwk) {
  if (!isObject(jwk) || PRIVATE.some((name) => name in jwk)) return null;
  const key = keyIn(jwk);
  if (!key) return null;
  const uses = jwk["key_ops"] ?? ["verify"];
  if ((jwk["use"] ?? "sig") !== "sig" || !Array.isArray(uses) || !uses.includes("verify")) return null;
  const signing = SIGNING[key.algorithm] ?? [];
  return signing.includes(/** @type {string} */ (jwk["alg"] ?? signing[0])) ? key : null;
}

/** @param {JsonObject} jwk @returns {TokenKey | null} */
function keyIn(jwk) {
  const { kty, crv } = jwk;
  if (kty === "OKP" && crv === "Ed25519") {
    const raw = bytesOf(jwk["x"], 32);
    return raw && isFullOrder(raw) ? { algorithm: "Ed25519", raw } : null;
  }
  if (kty === "EC" && typeof crv === "string" && Object.hasOwn(COORDINATES, crv)) {
    const [x, y] = [jwk["x"], jwk["y"]].map((part) => bytesOf(part, COORDINATES[crv]));
    const algorithm = /** @type {"P-256" | "P-384"} */ (crv);
    const raw = x && y ? shortPoint(algorithm, x, y) : null;
    return raw && { algorithm, raw };
  }
  const raw = kty === "RSA" && jwk["e"] === "AQAB" ? bytesOf(jwk["n"]) : null;
  return raw && isModulus(raw) ? { algorithm: "RSA", raw, jwk: { kty: "RSA", n: String(jwk["n"]), e: "AQAB" } } : null;
}

/** A modulus of 2048 to 8192 bits. It is never made a number: a token can hold one of 700 KB. @param {Uint8Array} raw */
function isModulus(raw) {
  const [first = 0] = raw;
  const bits = raw.length * 8 - Math.clz32(first) + 24;
  return first !== 0 && (raw.at(-1) ?? 0) % 2 === 1 && bits >= 2048 && bits <= 8192;
}

/**
 * Put the keys into records whose keys stand in a DID document as JWKs.
 *
 * @param {Map<string, KeyRecord> | null} records
 * @param {JsonObject} document
 */
export function fillIn(records, document) {
  for (const method of [document["verificationMethod"], document["assertionMethod"]].flat()) {
    const record = isObject(method) ? records?.get(/** @type {string} */ (method["id"])) : undefined;
    if (record && isObject(method) && !record.multibase) record.key = keyOfJwk(method["publicKeyJwk"]);
  }
}

/**
 * The one key of a did:jwk (did:jwk method, section 2.2), null where it isn't one.
 *
 * @param {string} did
 * @returns {KeyRecord | null}
 */
export function didJwkRecord(did) {
  const bytes = joseBytes(did.slice("did:jwk:".length));
  try {
    const key = bytes && keyOfJwk(parseObject(bytes));
    return key && { id: `${did}#0`, multibase: "", key, validFrom: null, validUntil: null, revoked: null };
  } catch {
    return null;
  }
}

/**
 * Bytes as JOSE writes them: no padding, and no other text for the same bytes.
 *
 * @param {Json | undefined} text
 * @returns {Uint8Array | null}
 */
export function joseBytes(text) {
  const found = typeof text === "string" ? fromBase64url(text) : null;
  return found && toBase64url(found) === text ? found : null;
}

/** @param {Json | undefined} text @param {number} [length] */
function bytesOf(text, length) {
  const found = joseBytes(text);
  return found && (length === undefined || found.length === length) ? found : null;
}
