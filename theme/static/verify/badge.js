/** Baking: a credential inside a badge image (Open Badges 3.0, section 5.3). What carriers.js reads. */

import { joined } from "./bytes.js";

const NAMESPACE = "https://purl.imsglobal.org/ob/v3p0";
const KEYWORD = "openbadgecredential";
const SIGNATURE = 8;
const ROOT = /<svg\b(?:[^>"']|"[^"]*"|'[^']*')*>/;
const CARRIED = /<openbadges:credential\b[\s\S]*?<\/openbadges:credential>/g;

/**
 * The PNG with the credential in it, in place of any that it carried.
 *
 * @param {Uint8Array} png
 * @param {string} credential JSON
 * @returns {Uint8Array}
 */
export function bakedPng(png, credential) {
  const [header, ...rest] = chunksOf(png);
  if (!header) throw new Error("no PNG");
  const others = rest.filter((chunk) => !carries(chunk));
  return joined(png.slice(0, SIGNATURE), header, textChunk(credential), ...others);
}

/**
 * The SVG with the credential in it, in place of any that it carried.
 *
 * @param {string} svg
 * @param {string} credential JSON
 * @returns {string}
 */
export function bakedSvg(svg, credential) {
  // Only a string of JSON can hold the end of a CDATA section, and there a character has another spelling.
  const inside = credential.replaceAll("]]>", "]]\\u003e");
  const carrier = `<openbadges:credential><![CDATA[${inside}]]></openbadges:credential>`;
  const clean = svg.replace(CARRIED, "").replace(/\s*xmlns:openbadges="[^"]*"/, "");
  return clean.replace(ROOT, (root) => `<svg xmlns:openbadges="${NAMESPACE}"${root.slice("<svg".length)}${carrier}`);
}

/** The chunks of a PNG, each with its length, type and checksum. @param {Uint8Array} png @returns {Uint8Array[]} */
function chunksOf(png) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const found = [];
  for (let at = SIGNATURE; at + 12 <= png.length; ) {
    const end = at + 12 + view.getUint32(at);
    found.push(png.slice(at, end));
    at = end;
  }
  return found;
}

/** @param {Uint8Array} chunk */
function carries(chunk) {
  const start = String.fromCharCode(...chunk.slice(4, 9 + KEYWORD.length));
  return [`iTXt${KEYWORD}\0`, `tEXt${KEYWORD}\0`].includes(start);
}

/** An iTXt chunk: keyword, not compressed, no language, no translated keyword, text. @param {string} text */
function textChunk(text) {
  const encoder = new TextEncoder();
  const data = joined(encoder.encode(`iTXt${KEYWORD}\0\0\0\0\0`), encoder.encode(text));
  const chunk = joined(new Uint8Array(4), data, new Uint8Array(4));
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  view.setUint32(chunk.length - 4, checksum(data));
  return chunk;
}

/** CRC-32 of a chunk's type and data (PNG, annex D). @param {Uint8Array} bytes */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
