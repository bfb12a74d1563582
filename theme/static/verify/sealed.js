/** Sealed credentials: opening a compact JWE (dir, A256GCM) with the link's key. */

import { fromBase64url, joined } from "./bytes.js";

/** What can't be of a key ends it: programs for mail take the full stop after a link into it. */
const KEY = /(?:^#*|&)k=([\w-]*)/;

/**
 * The key in a link's fragment ("#k=…"), null where there is none; of no bytes where it isn't whole.
 *
 * @param {string} fragment
 * @returns {Uint8Array | null}
 */
export function keyOfLink(fragment) {
  const [, text] = fragment.match(KEY) ?? [];
  if (text === undefined) return null;
  const key = fromBase64url(text);
  return key?.length === 32 ? key : new Uint8Array();
}

/**
 * The document in a compact JWE, null where the key doesn't open it.
 *
 * @param {string} text
 * @param {Uint8Array} key
 * @param {Subtle} subtle
 * @returns {Promise<Uint8Array | null>}
 */
export async function unseal(text, key, subtle) {
  const [head = "", wrapped, ...rest] = text.split(".");
  const [iv, ciphertext, tag] = rest.map(fromBase64url);
  const header = fromBase64url(head);
  if (wrapped !== "" || rest.length !== 3 || !header || !iv || !ciphertext || !tag || iv.length !== 12) return null;
  if (tag.length !== 16 || !isOurHeader(header)) return null;
  try {
    const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    const additionalData = new TextEncoder().encode(head);
    const how = { name: "AES-GCM", iv, additionalData, tagLength: 128 };
    return trimmed(new Uint8Array(await subtle.decrypt(how, imported, joined(ciphertext, tag))));
  } catch {
    return null;
  }
}

/** @param {Uint8Array} header */
function isOurHeader(header) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(header));
    return Object.keys(value).length === 2 && value.alg === "dir" && value.enc === "A256GCM";
  } catch {
    return false;
  }
}

/** @param {Uint8Array} bytes padded with spaces */
function trimmed(bytes) {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0x20) end -= 1;
  return bytes.slice(0, end);
}
