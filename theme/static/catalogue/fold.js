/** Spelling without marks, so that a word typed without diacritics is the word with them. */

/** Letters that Unicode doesn't decompose. */
const LETTERS = new Map(Object.entries({ ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ð: "d" }));

/**
 * @param {string} text
 * @returns {string} lower case, without marks
 */
export function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łøđħıßæœþð]/g, (letter) => LETTERS.get(letter) ?? letter);
}

/**
 * @param {string} text
 * @returns {string[]} its words, as written
 */
export function wordsOf(text) {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
