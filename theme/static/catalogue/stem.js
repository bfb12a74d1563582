/**
 * Light stemmers for queries in the languages that Pagefind doesn't stem. The index holds whole words, and a shorter query finds all
 * that begin with it: so an ending goes, and a consonant that changes before endings, if enough of the word stays.
 *
 * Endings as grammars and the light stemmers of the field list them: Latvian, K. Krēsliņš (1996); Czech, L. Dolamic and J. Savoy
 * (2009); Bulgarian, P. Nakov (2003); Croatian, N. Ljubešić and I. Pandžić; written without marks, as folded words are.
 */

/**
 * @typedef {object} Stemmer
 * @property {string[]} endings longest first
 * @property {RegExp | null} changing what other forms of a word have otherwise at its end: a consonant that changes (ruka, ruce), one
 *   that a vowel slips before (čerpadlo, čerpadel)
 * @property {RegExp} [particles] words that are written onto others, with a hyphen, and say nothing
 */

const SHORTEST = 3;
const VOWEL = /[aeiouyаеиоуъюя]/;

/** @param {string} endings @param {RegExp | null} changing @param {RegExp} [particles] @returns {Stemmer} */
function stemmer(endings, changing = null, particles) {
  const ordered = endings.split(" ").sort((one, other) => other.length - one.length);
  return particles ? { endings: ordered, changing, particles } : { endings: ordered, changing };
}

/** @type {Record<string, Stemmer>} */
const STEMMERS = {
  lv: stemmer("ajiem ajai ajam ajos ajas aja iem ais ai ei am em im um us as es os ij is ie u a i e o s"),
  bg: stemmer("ищата ища овете ове евете еве ията иите ият ата ята ите ото ето ете ът ят та то те ия ии ие а я о е и у ю", /[кцгзхс]$/),
  cs: stemmer("stvich stvim stvi atech etem atum ovou ovym ove ovi ech ich ach ych ami emi imi ymi eho emu iho imu ete eti ata aty ama em es im um am os us ym mi ou ec ek a e i o u y", /[kchz]$|(?<=[^aeiouy])[lrn]$/),
  hr: stemmer("ovima evima ovom evom ama ima ami oga ega omu emu ome ovi evi ova eva ove eve im ih oj om em og eg ac ak a e i o u", /[kcgzhs]$|(?<=[^aeiou])[lrnv]$/),
  mt: stemmer("ajiet ijiet ijin jiet iet ien at in hom kom na ha ja s a e i u", null, /^(?:t?[ai]|fi|bi|ma|mi|gha|li|sa|l)?[lstdrxznc]{1,2}$|^(?:u|ta|f|b|x)$/),
  sk: stemmer("atami ovia ovi ove och ach ych ami ymi eho ieho emu iemu ej om am ym im ou ov ia ie iu mi ec ek a e i o u y", /[kchz]$|(?<=[^aeiouy])[lrn]$/),
  sl: stemmer("ovoma evoma ama oma ema ami imi ovi evi ova eva ega emu am ov ev ih im om em ah eh oj ec ek a e i o u", /[kcgzhs]$|(?<=[^aeiou])[lrnv]$/),
};

/** The languages that have a stemmer here. */
export const LANGUAGES = Object.keys(STEMMERS);

/**
 * @param {string} word folded
 * @param {string} language its primary subtag
 * @returns {string} what all forms of the word begin with, as far as endings tell
 */
export function stem(word, language) {
  const { endings = [], changing = null } = STEMMERS[language] ?? {};
  for (const ending of endings) {
    const left = word.slice(0, -ending.length);
    if (word.endsWith(ending) && (left.length > SHORTEST || (left.length === SHORTEST && VOWEL.test(left)))) return shortened(left, changing);
  }
  return shortened(word, changing);
}

/** @param {string} word @param {RegExp | null} changing */
function shortened(word, changing) {
  return changing && word.length > SHORTEST ? word.replace(changing, "") : word;
}

/**
 * @param {string} word folded
 * @param {string} language its primary subtag
 * @returns {boolean} whether it is an article or the like
 */
export function isParticle(word, language) {
  return STEMMERS[language]?.particles?.test(word) ?? false;
}
