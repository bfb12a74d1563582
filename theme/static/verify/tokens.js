/**
 * Credentials secured as JSON Web Tokens (VC-JOSE-COSE, section 3.1; Open Badges 3.0, section 8.2);
 * mirrors mcsite/credentials/tokens.py.
 */

import { FormatFault } from "./faults.js";
import { joseBytes, keyOfJwk } from "./jwk.js";
import { UnsupportedKey, verifySignature } from "./keys.js";
import { timeOf } from "./reading.js";
import { isObject, JsonFault, parseObject } from "./strict-json.js";

/** @typedef {import("./jwk.js").TokenKey} TokenKey */
/** @typedef {import("./proof.js").ProofSetResult} ProofSetResult */
/**
 * A token of good form. What it says of itself is in `header`, of the credential in `document`.
 *
 * @typedef {object} Token
 * @property {JsonObject} header
 * @property {JsonObject} document
 * @property {Uint8Array} signed
 * @property {Uint8Array} signature
 * @property {Date | null} notBefore
 * @property {Date | null} notAfter
 * @property {string} created when it says that it was signed
 */

const COMPACT = /^\s*([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\s*$/;
const REGISTERED = ["iss", "sub", "jti", "nbf", "exp", "iat"];
/** Of the year 9998: later moments aren't compared. */
const LAST_SECOND = 253_370_764_799;
/** @type {Record<string, string>} */
const ALGORITHMS = { EdDSA: "Ed25519", Ed25519: "Ed25519", ES256: "P-256", ES384: "P-384", RS256: "RSA" };
/** Keys of an issuer, where a token names none. */
const MAX_TRIED = 16;
// Of a header: what the token is, and what is in it. A token made for another use proves nothing.
const TYPES = ["vc+jwt", "vc+ld+jwt", "jwt"];
const CONTENTS = ["vc", "vc+ld+json", "vc+json"];

/** Before a token in an EnvelopedVerifiableCredential (VC Data Model 2.0, section 4.13). */
const DATA = "data:application/vc+jwt,";

/**
 * The token that these bytes are, null where they aren't one at all; throws FormatFault.
 *
 * @param {Uint8Array} bytes
 */
export function tokenIn(bytes) {
  return readToken(new TextDecoder("utf-8").decode(bytes));
}

/**
 * The token in an EnvelopedVerifiableCredential; throws FormatFault.
 *
 * @param {JsonObject} outer
 */
export function tokenInside(outer) {
  const { id } = outer;
  const bare = Object.keys(outer).sort().join() === "@context,id,type" && typeof id === "string" && id.startsWith(DATA);
  const token = bare ? readToken(id.slice(DATA.length)) : null;
  if (!token) throw new FormatFault("not-a-credential");
  return token;
}

/**
 * A token's document for the checks of dates: it is valid as long as both it and the token say so.
 *
 * @param {Token} token
 * @returns {JsonObject}
 */
export function timely({ document, notBefore, notAfter }) {
  const [from, until] = ["validFrom", "validUntil"].map((name) => timeOf(document[name]));
  const effective = { ...document };
  if (notBefore && (!from || notBefore > from)) effective["validFrom"] = timestamp(notBefore);
  if (notAfter && (!until || notAfter < until)) effective["validUntil"] = timestamp(notAfter);
  return effective;
}

/** @param {string} text @returns {Token | null} */
function readToken(text) {
  const [, head, body, tail] = text.match(COMPACT) ?? [];
  if (head === undefined || body === undefined || tail === undefined) return null;
  const [header, claims] = [head, body].map(objectIn);
  const signature = joseBytes(tail);
  if (!header || !claims || !signature) throw new FormatFault("not-json");
  const document = documentOf(claims);
  const [notBefore = null, notAfter = null, issuedAt = null] = ["nbf", "exp", "iat"].map((name) => name in claims ? momentOf(claims[name]) : null);
  const signedAt = issuedAt ?? notBefore;
  const signed = new TextEncoder().encode(`${head}.${body}`);
  const stated = document["validFrom"];
  const created = signedAt ? timestamp(signedAt) : typeof stated === "string" ? stated : "";
  return { header, document, signed, signature, notBefore, notAfter, created };
}

/** @param {string} part @returns {JsonObject} */
function objectIn(part) {
  const bytes = joseBytes(part);
  if (!bytes) throw new FormatFault("not-json");
  try {
    return parseObject(bytes);
  } catch (error) {
    if (error instanceof JsonFault) throw new FormatFault(error.reason);
    throw error;
  }
}

/** The credential, with what only a registered claim says of it. @param {JsonObject} claims @returns {JsonObject} */
function documentOf(claims) {
  const bare = Object.fromEntries(Object.entries(claims).filter(([name]) => !REGISTERED.includes(name)));
  const inner = "vc" in claims ? claims["vc"] : bare;
  if (!isObject(inner)) throw new FormatFault("not-a-credential");
  const [foreign] = "vc" in claims ? Object.keys(bare).filter((name) => name !== "vc") : [];
  if (foreign !== undefined) throw new FormatFault("unmapped-term", "", foreign);
  const issuer = inner["issuer"];
  agree(claims, "iss", isObject(issuer) ? issuer["id"] : issuer);
  agree(claims, "jti", inner["id"]);
  /** @type {JsonObject} */
  const document = { ...inner };
  /** @param {string} name @param {string} claim @param {(value: Json) => Json} [read] */
  const fill = (name, claim, read = (value) => value) => {
    const value = claims[claim];
    if (value !== undefined && !(name in document)) document[name] = read(value);
  };
  fill("issuer", "iss");
  fill("id", "jti");
  fill("validFrom", "nbf", (value) => timestamp(momentOf(value)));
  fill("validUntil", "exp", (value) => timestamp(momentOf(value)));
  const subject = document["credentialSubject"];
  const sub = claims["sub"];
  if (isObject(subject) && sub !== undefined) {
    agree(claims, "sub", subject["id"]);
    document["credentialSubject"] = { id: sub, ...subject };
  }
  return document;
}

/** @param {JsonObject} claims @param {string} name @param {Json | undefined} said */
function agree(claims, name, said) {
  const claim = claims[name];
  if (claim !== undefined && said !== undefined && said !== null && claim !== said) throw new FormatFault("claims-mismatch", "", name);
}

/** @param {Json | undefined} value */
function momentOf(value) {
  if (typeof value !== "number" || !Number.isInteger(value) || value <= 0 || value > LAST_SECOND) throw new FormatFault("bad-date");
  return new Date(value * 1000);
}

/** @param {Date} moment */
function timestamp(moment) {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

/**
 * Check the signature of a token; `methods` are those that the issuer may sign with.
 *
 * Where the issuer's keys aren't known, a key in the header shows that the token is whole. It doesn't show whose it
 * is: such a result has no methods.
 *
 * @param {Token} token
 * @param {string} issuer
 * @param {(method: string) => TokenKey | null} keyOf
 * @param {string[]} listed
 * @param {Subtle} subtle
 * @returns {Promise<ProofSetResult>}
 */
export async function tokenResult(token, issuer, keyOf, listed, subtle) {
  /** @param {string} reason @param {string} named @returns {ProofSetResult} */
  const bare = (reason, named = "") => ({ reason, methods: [], created: [], named });
  const [fault = "", named] = headerFault(token, issuer);
  if (fault) return bare(fault, named);
  const { jwk, kid = "" } = token.header;
  const carried = jwk === undefined ? null : keyOfJwk(jwk);
  if ((jwk !== undefined && !carried) || typeof kid !== "string" || ("kid" in token.header && !kid)) return bare("bad-key");
  let method = methodOf(kid, issuer, listed, carried, keyOf);
  if (method === FOREIGN) return bare("foreign-method");
  if (!method && listed.length > 0 && listed.length <= MAX_TRIED) method = (await signing(token, listed, keyOf, subtle)) ?? listed[0] ?? "";
  let key = method ? keyOf(method) : null;
  if (!key && listed.length === 0) [key, method] = [carried, ""];
  const reason = key ? await signatureReason(token, key, subtle) : "unknown-key";
  return { reason, methods: method ? [method] : [], created: method ? [token.created] : [], named: "" };
}

/** The first word of what is wrong with a header, and what it is. @param {Token} token @param {string} issuer @returns {[string?, string?]} */
function headerFault({ header, document }, issuer) {
  const { alg } = header;
  if (alg === "none") return ["no-proof"];
  if (typeof alg !== "string" || !Object.hasOwn(ALGORITHMS, alg)) return ["proof-not-supported", typeof alg === "string" ? alg : ""];
  for (const name of ["crit", "b64"]) if (name in header) return ["proof-not-supported", name];
  if ("proof" in document) return ["proof-not-supported", "proof"];
  if (!isOf(header["typ"], TYPES) || !isOf(header["cty"], CONTENTS)) return ["wrong-purpose"];
  return "iss" in header && header["iss"] !== issuer ? ["foreign-method"] : [];
}

/** A media type as headers abbreviate it (RFC 7515, section 4.1.9). @param {Json | undefined} value @param {string[]} types */
function isOf(value, types) {
  if (value === undefined || value === null) return true;
  return typeof value === "string" && types.includes(value.toLowerCase().replace(/^application\//, ""));
}

/** No DID URL is that. */
const FOREIGN = "foreign";

/**
 * Which of the issuer's keys a header means; "" where it doesn't say.
 *
 * @param {string} kid
 * @param {string} issuer
 * @param {string[]} listed
 * @param {TokenKey | null} carried
 * @param {(method: string) => TokenKey | null} keyOf
 */
function methodOf(kid, issuer, listed, carried, keyOf) {
  if (kid) {
    const method = kid.includes(":") ? kid : `${issuer}#${kid.replace(/^#/, "")}`;
    if (!method.startsWith(`${issuer}#`)) return issuer.startsWith("did:") ? FOREIGN : "";
    const known = keyOf(method);
    return carried && known && !isSame(carried, known) ? FOREIGN : method;
  }
  if (!carried) return "";
  const same = listed.find((method) => isSame(carried, keyOf(method)));
  return same ?? (listed.length > 0 ? FOREIGN : "");
}

/** @param {TokenKey} one @param {TokenKey | null} other */
function isSame(one, other) {
  return one.algorithm === other?.algorithm && String(one.raw) === String(other.raw);
}

/**
 * The first of the listed methods whose key signed the token.
 *
 * @param {Token} token
 * @param {string[]} listed
 * @param {(method: string) => TokenKey | null} keyOf
 * @param {Subtle} subtle
 */
async function signing(token, listed, keyOf, subtle) {
  for (const method of listed) {
    const key = keyOf(method);
    if (key && (await signatureReason(token, key, subtle)) === "ok") return method;
  }
  return null;
}

/** @param {Token} token @param {TokenKey} key @param {Subtle} subtle @returns {Promise<string>} */
async function signatureReason(token, key, subtle) {
  if (ALGORITHMS[String(token.header["alg"])] !== key.algorithm) return "bad-key";
  try {
    if (key.algorithm === "RSA") return await rsaReason(token, key, subtle);
    return await verifySignature(subtle, key, token.signature, token.signed);
  } catch (error) {
    if (error instanceof UnsupportedKey) return "proof-not-supported";
    throw error;
  }
}

const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** @param {Token} token @param {import("./jwk.js").RsaKey} key @param {Subtle} subtle */
async function rsaReason({ signature, signed }, { raw, jwk }, subtle) {
  if (signature.length !== raw.length) return "bad-signature-bytes";
  const imported = await subtle.importKey("jwk", jwk, RSA, false, ["verify"]);
  return (await subtle.verify(RSA, imported, signature, signed)) ? "ok" : "does-not-match";
}
