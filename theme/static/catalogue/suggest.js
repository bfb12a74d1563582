/** The nearest spelling, from the catalogue's own words. */

import { fold, wordsOf } from "./fold.js";

/**
 * @param {string} query
 * @param {Iterable<string>} texts titles, skills, providers
 * @returns {string} the query with its unknown words replaced, "" where nothing is near
 */
export function nearest(query, texts) {
  /** @type {Map<string, string>} */
  const known = new Map();
  for (const text of texts) for (const word of wordsOf(text)) known.set(fold(word), word.toLowerCase());
  let changed = false;
  const words = wordsOf(query).map((word) => {
    const folded = fold(word);
    const limit = folded.length < 5 ? 1 : 2;
    let best = "";
    let distance = limit + 1;
    for (const [candidate, spelling] of known) {
      const apart = candidate.startsWith(folded) ? 0 : editDistance(folded, candidate, limit);
      if (apart < distance) [best, distance] = [spelling, apart];
    }
    if (best && distance > 0) changed = true;
    return distance > 0 && best ? best : word;
  });
  return changed ? words.join(" ") : "";
}

/**
 * Levenshtein's distance, given up above `limit`.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} limit
 */
export function editDistance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[other.length] ?? limit + 1;
}
