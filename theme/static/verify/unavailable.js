/** What a check needed and didn't get; mirrors Unavailable in mcsite/credentials/evidence.py. */

/**
 * `copy` comes from a place that doesn't speak for the issuer.
 * @typedef {{ unavailable: string, copy?: JsonObject }} Unavailable
 */

/** @type {Unavailable} */
export const UNREACHABLE = { unavailable: "unreachable" };

/**
 * Whether `found` is that and nothing else: a document may have a member of that name.
 *
 * @param {unknown} found
 * @returns {found is Unavailable}
 */
export function isUnavailable(found) {
  return ["unavailable", "copy,unavailable"].includes(Object.keys(found ?? {}).sort().join());
}
