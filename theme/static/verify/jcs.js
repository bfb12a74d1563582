/** Canonical JSON: the JSON Canonicalization Scheme, RFC 8785; mirrors mcsite/credentials/jcs.py. */

/**
 * The one canonical text of a value. JSON.stringify writes strings and numbers as the scheme asks,
 * and sort() orders keys by UTF-16 code units.
 *
 * @param {Json} value
 * @returns {string}
 */
export function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("not JSON");
  return JSON.stringify(value);
}

/**
 * @param {Json} value
 * @returns {Uint8Array} UTF-8
 */
export function canonical(value) {
  return new TextEncoder().encode(canonicalText(value));
}
