/**
 * Finding the credential in what a reader has: JSON, a saved verification page, or a badge image
 * (Open Badges 3.0, section 5.3: baked PNG and SVG).
 */

const PAGE = /<script type="application\/(?:vc\+)?json" id="(?:sealed-)?credential">/;
const SVG = /<openbadges:credential\b/;
const ENTITIES = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&" };
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = "openbadgecredential";

/**
 * The credential's bytes, JSON or a token; null where there is none.
 *
 * @param {Uint8Array} bytes
 * @param {(packed: Uint8Array) => Promise<Uint8Array | null>} inflate zlib, up to a cap
 * @returns {Promise<Uint8Array | null>}
 */
export async function credentialIn(bytes, inflate) {
  if (PNG.every((byte, place) => bytes[place] === byte)) {
    const found = await inPng(bytes, inflate);
    return found && asCredential(new TextDecoder("utf-8").decode(found), found);
  }
  const text = new TextDecoder("utf-8").decode(bytes);
  const inside = text.trimStart().startsWith("{") ? undefined : (inPage(text) ?? inSvg(text));
  return inside === undefined ? asCredential(text, bytes) : asCredential(inside, new TextEncoder().encode(inside));
}

/**
 * @param {string} text
 * @param {Uint8Array} bytes of the same
 * @returns {Uint8Array | null}
 */
function asCredential(text, bytes) {
  const trimmed = text.trim();
  return trimmed.startsWith("{") || JWT.test(trimmed) ? bytes : null;
}

/** @param {string} text @returns {string | undefined} */
function inPage(text) {
  const found = PAGE.exec(text);
  return found ? before(text, "</script>", found.index + found[0].length) : undefined;
}

/** @param {string} text @returns {string | undefined} */
function inSvg(text) {
  const found = SVG.exec(text);
  const start = found ? found.index + found[0].length : text.length;
  const attributes = before(text, ">", start);
  if (attributes === undefined) return undefined;
  const signed = attributes.match(/\bverify="([^"]+)"/)?.[1];
  const content = before(text, "</openbadges:credential>", start + attributes.length + 1)?.trim();
  if (signed || content === undefined) return signed;
  return content.startsWith("<![CDATA[") ? content.slice(9, -3) : unescaped(content);
}

/**
 * What stands before the first `end`: it is looked for once, however often a text begins what it never ends.
 *
 * @param {string} text
 * @param {string} end
 * @param {number} start
 * @returns {string | undefined}
 */
function before(text, end, start) {
  const found = text.indexOf(end, start);
  return found < 0 ? undefined : text.slice(start, found);
}

/** @param {string} text */
function unescaped(text) {
  return text.replace(/&(quot|apos|lt|gt|amp);/g, (_, name) => ENTITIES[/** @type {keyof typeof ENTITIES} */ (name)]);
}

/**
 * The text of a PNG's iTXt or tEXt chunk of that keyword.
 *
 * @param {Uint8Array} bytes
 * @param {(packed: Uint8Array) => Promise<Uint8Array | null>} inflate
 * @returns {Promise<Uint8Array | null>}
 */
async function inPng(bytes, inflate) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = PNG.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const kind = latin(bytes.slice(at + 4, at + 8));
    const data = bytes.slice(at + 8, at + 8 + length);
    const end = data.indexOf(0);
    if ((kind === "iTXt" || kind === "tEXt") && latin(data.slice(0, end)) === KEYWORD) {
      return kind === "tEXt" ? data.slice(end + 1) : international(data.slice(end + 1), inflate);
    }
    at += 12 + length;
  }
  return null;
}

/**
 * @param {Uint8Array} data an iTXt chunk after its keyword: compressed or not, method, language, translated keyword, text
 * @param {(packed: Uint8Array) => Promise<Uint8Array | null>} inflate
 */
async function international(data, inflate) {
  const language = data.indexOf(0, 2);
  const keyword = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (keyword < 0) return null;
  const text = data.slice(keyword + 1);
  return data[0] === 1 ? inflate(text) : text;
}

/** @param {Uint8Array} bytes */
function latin(bytes) {
  return String.fromCharCode(...bytes.slice(0, 80));
}
