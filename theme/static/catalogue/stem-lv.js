/**
 * A light stemmer for Latvian queries: the longest ending goes, if enough of the word stays. The index holds whole words, and a
 * shorter query finds all that begin with it. Endings as in the stemmer by Kārlis Krēsliņš (1996), without its rewriting of consonants.
 */

const ENDINGS = [
  ..."ajiem ajai ajam ajām ajos ajās ajā iem ais ai ei ām am ēm īm im um us as ās es os ij īs ēs is ie".split(" "),
  ..."u a i e ā ē ī ū o s š".split(" "),
].sort((one, other) => other.length - one.length);
const VOWEL = /[aāeēiīouū]/;
const SHORTEST = 3;

/**
 * @param {string} word
 * @returns {string}
 */
export function stemLatvian(word) {
  const lower = word.toLowerCase();
  for (const ending of ENDINGS) {
    const stem = lower.slice(0, -ending.length);
    if (lower.endsWith(ending) && stem.length >= SHORTEST && VOWEL.test(stem)) return stem;
  }
  return lower;
}
