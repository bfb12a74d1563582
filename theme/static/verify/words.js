/** Sentences in the reader's language, and dates as that language writes them. */

import { harmless } from "./harmless.js";

export class Words {
  /**
   * @param {string} language
   * @param {Record<string, string>} strings
   */
  constructor(language, strings) {
    this.language = language;
    this.strings = strings;
    /** Dates in English are Europe's, not America's. */
    this.locale = language === "en" ? "en-IE" : language;
    this.days = new Intl.DateTimeFormat(this.locale, { dateStyle: "long", timeZone: "UTC" });
  }

  /**
   * A sentence with its values, which may be text of strangers; "" where there is none of that name.
   *
   * @param {string} key
   * @param {Record<string, string | number>} values
   * @returns {string}
   */
  say(key, values = {}) {
    const sentence = Object.hasOwn(this.strings, key) ? (this.strings[key] ?? "") : "";
    return sentence.replace(/\{(\w+)\}/g, (_, name) => harmless(String(values[name] ?? "")));
  }

  /** These words and more. @param {Record<string, string>} strings @returns {Words} */
  with(strings) {
    return new Words(this.language, { ...this.strings, ...strings });
  }

  /**
   * A day in long form. A written date is the day that is written, whatever its time and zone.
   *
   * @param {Date | string | null} moment
   */
  date(moment) {
    const when = typeof moment === "string" ? new Date(`${moment.slice(0, 10)}T00:00:00Z`) : moment;
    if (!when || Number.isNaN(when.getTime())) return "";
    return this.days.format(when);
  }

  /** @param {Date} moment */
  time(moment) {
    const form = new Intl.DateTimeFormat(this.locale, { timeStyle: "short", timeZone: "UTC" });
    return `${form.format(moment)} UTC`;
  }
}
