/** Bitstring Status List 1.0: reading one bit; mirrors mcsite/credentials/status_list.py. */

import { fromBase64url, joined } from "./bytes.js";

const MIN_LENGTH = 131_072;
const MAX_INFLATED = 4 * 1024 * 1024;
export const PURPOSES = ["revocation", "suspension"];

/**
 * The bits of an `encodedList`, null where it isn't one: inflated as a stream, up to a cap.
 *
 * @param {Json | undefined} encoded
 * @returns {Promise<Uint8Array | null>}
 */
export async function decodeList(encoded) {
  if (typeof encoded !== "string" || !encoded.startsWith("u")) return null;
  const packed = fromBase64url(encoded.slice(1).replace(/={1,2}$/, ""));
  if (!packed) return null;
  try {
    const bits = await inflated(packed);
    // Gzip ends with its length (RFC 1952, section 2.3.1): not every engine refuses what follows.
    const length = new DataView(packed.buffer).getUint32(packed.length - 4, true);
    return bits?.length === length && length * 8 >= MIN_LENGTH ? bits : null;
  } catch {
    return null;
  }
}

/**
 * @param {Uint8Array} packed
 * @param {"gzip" | "deflate"} format
 * @returns {Promise<Uint8Array | null>} null beyond the cap
 */
export async function inflated(packed, format = "gzip") {
  const reader = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) return joined(...parts);
    parts.push(value);
    length += value.length;
    if (length > MAX_INFLATED) {
      await reader.cancel();
      return null;
    }
  }
}

/**
 * The bit at `index`; the first is the leftmost of the first byte.
 *
 * @param {Uint8Array} bits
 * @param {number} index
 * @returns {boolean}
 */
export function bitAt(bits, index) {
  return (((bits[index >> 3] ?? 0) >> (7 - (index % 8))) & 1) === 1;
}
