/**
 * Public keys and signatures; mirrors mcsite/credentials/cryptosuites.py.
 * Engines disagree on the edges of Ed25519, so those never reach WebCrypto.
 */

import { fromBase58 } from "./bytes.js";

/** @typedef {"Ed25519" | "P-256" | "P-384"} Algorithm */
/** `raw` is of a curve the point in its short form. */
/** @typedef {{ algorithm: Algorithm, raw: Uint8Array }} PublicKey */

/** @type {Record<Algorithm, { prefix: [number, number], length: number, signature: number }>} */
const KINDS = {
  Ed25519: { prefix: [0xed, 0x01], length: 32, signature: 64 },
  "P-256": { prefix: [0x80, 0x24], length: 33, signature: 64 },
  "P-384": { prefix: [0x81, 0x24], length: 49, signature: 96 },
};

/** @type {Record<string, { canonicalization: "jcs" | "rdfc", algorithms: Algorithm[] }>} */
export const SUITES = {
  "eddsa-jcs-2022": { canonicalization: "jcs", algorithms: ["Ed25519"] },
  "eddsa-rdfc-2022": { canonicalization: "rdfc", algorithms: ["Ed25519"] },
  "ecdsa-jcs-2019": { canonicalization: "jcs", algorithms: ["P-256", "P-384"] },
  "ecdsa-rdfc-2019": { canonicalization: "rdfc", algorithms: ["P-256", "P-384"] },
};

const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
// y of a point of order 8: a root of d*y^4 + 2*y^2 - 1
const ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const SMALL_ORDER_Y = [0n, 1n, FIELD - 1n, ORDER_8_Y, FIELD - ORDER_8_Y];

/** The engine can't check this kind of signature. */
export class UnsupportedKey extends Error {}

/**
 * The key that a Multikey's `publicKeyMultibase` stands for, null where it is none.
 *
 * @param {string} multibase
 * @returns {PublicKey | null}
 */
export function publicKey(multibase) {
  const data = multibase.startsWith("z") && multibase.length <= 100 ? fromBase58(multibase.slice(1)) : null;
  if (!data) return null;
  for (const algorithm of /** @type {Algorithm[]} */ (Object.keys(KINDS))) {
    const { prefix, length } = KINDS[algorithm];
    if (data.length === length + 2 && data[0] === prefix[0] && data[1] === prefix[1]) {
      const raw = data.slice(2);
      return algorithm === "Ed25519" && !isFullOrder(raw) ? null : { algorithm, raw };
    }
  }
  return null;
}

/**
 * Tell whether `signature` is the key's over `message`; "bad-signature-bytes" where no honest signer made it.
 *
 * @param {Subtle} subtle
 * @param {PublicKey} key
 * @param {Uint8Array} signature
 * @param {Uint8Array} message
 * @returns {Promise<"ok" | "does-not-match" | "bad-signature-bytes" | "bad-key">}
 */
export async function verifySignature(subtle, key, signature, message) {
  if (signature.length !== KINDS[key.algorithm].signature) return "bad-signature-bytes";
  if (key.algorithm === "Ed25519") {
    if (!isFullOrder(signature.slice(0, 32)) || littleEndian(signature.slice(32)) >= ORDER) {
      return "bad-signature-bytes";
    }
  }
  let imported;
  try {
    imported = await importedKey(subtle, key);
  } catch (error) {
    // The engine doesn't know the curve, or the module for its points can't be loaded (TypeError).
    if (error instanceof Error && /^(NotSupported|Type)Error$/.test(error.name)) throw new UnsupportedKey();
    return "bad-key";
  }
  const how = key.algorithm === "Ed25519" ? "Ed25519" : { name: "ECDSA", hash: hashOf(key.algorithm) };
  return (await subtle.verify(how, imported, signature, message)) ? "ok" : "does-not-match";
}

/**
 * The key as the engine has it. Not every engine reads the short form of a point, so a second try has the long one.
 *
 * @param {Subtle} subtle
 * @param {PublicKey} key
 */
async function importedKey(subtle, { algorithm, raw }) {
  const kind = algorithm === "Ed25519" ? algorithm : { name: "ECDSA", namedCurve: algorithm };
  return subtle.importKey("raw", raw, kind, false, ["verify"]).catch(async (/** @type {Error} */ error) => {
    if (algorithm === "Ed25519") throw error;
    const { wholePoint } = await import("./curves.js");
    return subtle.importKey("raw", wholePoint(algorithm, raw), kind, false, ["verify"]);
  });
}

/**
 * @param {Algorithm} algorithm
 * @returns {"SHA-256" | "SHA-384"}
 */
export function hashOf(algorithm) {
  return algorithm === "P-384" ? "SHA-384" : "SHA-256";
}

/**
 * @param {Uint8Array} encoded
 * @returns {boolean}
 */
export function isFullOrder(encoded) {
  const y = littleEndian(encoded) & (2n ** 255n - 1n);
  return y < FIELD && !SMALL_ORDER_Y.includes(y);
}

/**
 * @param {Uint8Array} bytes
 * @returns {bigint}
 */
function littleEndian(bytes) {
  return bytes.reduceRight((number, byte) => number * 256n + BigInt(byte), 0n);
}
