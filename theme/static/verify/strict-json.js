/**
 * Reading JSON that a signature may depend on; mirrors mcsite/credentials/strict_json.py.
 * One text, one meaning: no duplicate keys, bounded depth, size and integers, no lone surrogates.
 */

export const MAX_BYTES = 1_000_000;
const MAX_DEPTH = 64;
/** Levels beyond which no text is read on. */
const STACK = 400;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const SPACE = /[ \t\n\r]*/y;

/** A text isn't JSON that mcsite reads; `reason` is a word of the format check. */
export class JsonFault extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * @param {Uint8Array} bytes UTF-8
 * @returns {Json}
 */
export function parse(bytes) {
  if (bytes.length > MAX_BYTES) throw new JsonFault("too-large");
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonFault("bad-text");
  }
  return new Parser(text).document();
}

/**
 * @param {Uint8Array} bytes
 * @returns {JsonObject}
 */
export function parseObject(bytes) {
  const value = parse(bytes);
  if (!isObject(value)) throw new JsonFault("not-json");
  return value;
}

/**
 * @param {Json | undefined} value
 * @returns {value is JsonObject}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} text a whole number */
function isSafe(text) {
  const limit = 2n ** 53n;
  return text.length <= 17 && BigInt(text) <= limit && BigInt(text) >= -limit;
}

class Parser {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
    /** What is wrong with a text that is JSON all the same: told when all of it was read. */
    this.tooDeep = this.badText = false;
  }

  /** @returns {Json} */
  document() {
    const value = this.value(1);
    this.skip(SPACE);
    if (this.at !== this.text.length) throw new JsonFault("not-json");
    if (this.badText || this.tooDeep) throw new JsonFault(this.badText ? "bad-text" : "too-deep");
    return value;
  }

  /**
   * @param {RegExp} pattern sticky
   * @returns {string}
   */
  skip(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  /** @param {string} expected */
  take(expected) {
    if (!this.text.startsWith(expected, this.at)) throw new JsonFault("not-json");
    this.at += expected.length;
  }

  /**
   * @param {number} depth
   * @returns {Json}
   */
  value(depth) {
    if (depth > MAX_DEPTH) this.tooDeep = true;
    if (depth > STACK) throw new JsonFault("too-deep");
    this.skip(SPACE);
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth);
      case "[":
        return this.array(depth);
      case '"':
        return this.string(depth);
      case "t":
        this.take("true");
        return true;
      case "f":
        this.take("false");
        return false;
      case "n":
        this.take("null");
        return null;
      default:
        return this.number();
    }
  }

  /** @returns {number} */
  number() {
    const text = this.skip(NUMBER);
    if (text === "") throw new JsonFault(/^(NaN|-?Infinity)/.test(this.text.slice(this.at)) ? "bad-number" : "not-json");
    const number = Number(text);
    const whole = /^-?[0-9]+$/.test(text);
    if (!Number.isFinite(number) || (whole && !isSafe(text))) throw new JsonFault("bad-number");
    return number;
  }

  /** @param {number} depth @returns {string} */
  string(depth) {
    const text = this.skip(STRING);
    if (!text) throw new JsonFault("not-json");
    const found = JSON.parse(text);
    if (depth <= MAX_DEPTH && /\p{Surrogate}/u.test(found)) this.badText = true;
    return found;
  }

  /**
   * @param {number} depth
   * @returns {Json[]}
   */
  array(depth) {
    this.take("[");
    /** @type {Json[]} */
    const items = [];
    this.skip(SPACE);
    if (this.text[this.at] !== "]") {
      for (;;) {
        items.push(this.value(depth + 1));
        this.skip(SPACE);
        if (this.text[this.at] !== ",") break;
        this.at += 1;
      }
    }
    this.take("]");
    return items;
  }

  /**
   * @param {number} depth
   * @returns {JsonObject}
   */
  object(depth) {
    this.take("{");
    /** @type {JsonObject} */
    const found = Object.create(null);
    let twice = false;
    this.skip(SPACE);
    if (this.text[this.at] !== "}") {
      for (;;) {
        this.skip(SPACE);
        const key = this.string(depth);
        twice ||= key in found;
        this.skip(SPACE);
        this.take(":");
        found[key] = this.value(depth + 1);
        this.skip(SPACE);
        if (this.text[this.at] !== ",") break;
        this.at += 1;
      }
    }
    this.take("}");
    if (twice) throw new JsonFault("duplicate-key");
    return found;
  }
}
