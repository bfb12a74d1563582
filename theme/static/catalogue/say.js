/** The page's words: sentences by key, with places in braces, and plural forms. */

/** English as in Europe: the day stands before the month. */
const LOCALES = new Map([["en", "en-IE"]]);

/**
 * @typedef {object} Words
 * @property {string} language
 * @property {(key: string, values?: Record<string, string | number>) => string} say
 * @property {(key: string, count: number) => string} counted the form that the number asks for
 * @property {(number: number, options?: Intl.NumberFormatOptions) => string} number
 * @property {(day: string) => string} date a day as it is written in tables
 */

/**
 * @param {Record<string, string>} strings
 * @param {string} language
 * @returns {Words}
 */
export function wordsIn(strings, language) {
  const plurals = new Intl.PluralRules(language);
  const locale = LOCALES.get(language) ?? language;
  /** @type {Words["say"]} */
  const say = (key, values = {}) => (strings[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  /** @type {Words["number"]} */
  const number = (value, options) => new Intl.NumberFormat(locale, options).format(value);
  return {
    language,
    say,
    number,
    date: (day) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day)),
    counted: (key, count) => {
      const form = `${key}.${plurals.select(count)}`;
      return say(form in strings ? form : `${key}.other`, { count: number(count) });
    },
  };
}
