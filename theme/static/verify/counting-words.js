/** Words of pages that count: a verification page doesn't, and is lighter without. */

import { Words } from "./words.js";

export class CountingWords extends Words {
  /** @override @param {Record<string, string>} strings */
  with(strings) {
    return new CountingWords(this.language, { ...this.strings, ...strings });
  }

  /** @param {string} key @param {number} number */
  count(key, number) {
    const [form, count] = [new Intl.PluralRules(this.locale).select(number), this.number(number)];
    return this.say(`${key}.${form}`, { count }) || this.say(`${key}.other`, { count });
  }

  /** @param {number} value @param {Intl.NumberFormatOptions} [options] */
  number(value, options) {
    return value.toLocaleString(this.locale, options);
  }
}
