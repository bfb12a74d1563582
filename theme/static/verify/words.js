/** Sentences in the reader's language, and dates as that language writes them. */

/** @typedef {{ verdict: string, tone: string, icon: string, headline: string, sentence: string }} VerdictWords */

export class Words {
  /**
   * @param {string} language
   * @param {Record<string, string>} strings
   */
  constructor(language, strings) {
    this.language = language;
    this.strings = strings;
  }

  /**
   * A sentence with its values; "" where there is none of that name.
   *
   * @param {string} key
   * @param {Record<string, string | number>} values
   * @returns {string}
   */
  say(key, values = {}) {
    return this.fill(this.strings[key] ?? "", values);
  }

  /**
   * @param {string} sentence
   * @param {Record<string, string | number>} values
   */
  fill(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }

  /** @param {string} key @param {number} count */
  count(key, count) {
    const form = new Intl.PluralRules(this.language).select(count);
    return this.say(`${key}.${form}` in this.strings ? `${key}.${form}` : `${key}.other`, { count });
  }

  /**
   * A day in long form. A date without time is that day everywhere.
   *
   * @param {Date | string | null} moment
   */
  date(moment) {
    const when = typeof moment === "string" ? new Date(moment) : moment;
    if (!when || Number.isNaN(when.getTime())) return "";
    return new Intl.DateTimeFormat(this.language, { dateStyle: "long", timeZone: "UTC" }).format(when);
  }

  /** @param {Date} moment */
  time(moment) {
    const form = new Intl.DateTimeFormat(this.language, { timeStyle: "short", timeZone: "UTC" });
    return `${form.format(moment)} UTC`;
  }
}
