/** The picture of a badge: the course's own where the site has it, else a ring with the title, drawn here. */

import { issuerOf } from "./reading.js";
import { isObject } from "./strict-json.js";
import { claimsOf } from "./claims.js";
import { didWebParts } from "./did.js";

const SIZE = 600;
const LINE = 46;
const LETTERS = 18;
const MOST_LINES = 6;
const INK = "#16324f";
const PAPER = "#ffffff";
const FACE = "system-ui, sans-serif";
const RING = { radius: 285, width: 14 };

/** @typedef {{ address: string, type: string, bytes: Uint8Array }} Art */

/**
 * The course's badge as this site has it; null where it has none.
 *
 * @param {JsonObject} document verified
 * @param {string} root of the site
 * @returns {Promise<Art | null>}
 */
export async function artOf(document, root) {
  const subject = document["credentialSubject"];
  const achievement = isObject(subject) ? subject["achievement"] : undefined;
  const image = isObject(achievement) ? achievement["image"] : undefined;
  const source = isObject(image) && typeof image["id"] === "string" ? image["id"] : "";
  const assets = `${String(document["id"]).split("/c/")[0]}/assets/`;
  if (!source.startsWith(assets)) return null;
  const address = new URL(`${root}assets/${source.slice(assets.length)}`, location.href).href;
  const answer = await fetch(address, { credentials: "omit" }).catch(() => null);
  const type = answer?.headers.get("content-type")?.split(";")[0] ?? "";
  return answer?.ok && type.startsWith("image/") ? { address, type, bytes: new Uint8Array(await answer.arrayBuffer()) } : null;
}

/**
 * @param {Art | null} art
 * @param {JsonObject} document verified
 * @returns {Promise<Uint8Array>}
 */
export async function pngOf(art, document) {
  if (art?.type === "image/png") return art.bytes;
  const canvas = new OffscreenCanvas(SIZE, SIZE);
  const brush = canvas.getContext("2d");
  if (!brush) throw new Error("no canvas");
  if (art) await paint(brush, art);
  else draw(brush, document);
  return new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
}

/**
 * @param {Art | null} art
 * @param {JsonObject} document verified
 * @returns {Promise<string>}
 */
export async function svgOf(art, document) {
  if (art?.type === "image/svg+xml") return new TextDecoder("utf-8").decode(art.bytes);
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">`;
  if (!art) return `${open}${drawnIn(document)}</svg>`;
  const data = btoa(Array.from(art.bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `${open}<image width="${SIZE}" height="${SIZE}" href="data:${art.type};base64,${data}"/></svg>`;
}

/** @param {OffscreenCanvasRenderingContext2D} brush @param {Art} art */
async function paint(brush, art) {
  const picture = new Image(SIZE, SIZE);
  picture.src = art.address;
  await picture.decode();
  const [width, height] = [picture.naturalWidth || SIZE, picture.naturalHeight || SIZE];
  const scale = SIZE / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  brush.drawImage(picture, (SIZE - wide) / 2, (SIZE - high) / 2, wide, high);
}

/** @param {OffscreenCanvasRenderingContext2D} brush @param {JsonObject} document */
function draw(brush, document) {
  brush.fillStyle = PAPER;
  brush.strokeStyle = INK;
  brush.lineWidth = RING.width;
  brush.beginPath();
  brush.arc(SIZE / 2, SIZE / 2, RING.radius, 0, 2 * Math.PI);
  brush.fill();
  brush.stroke();
  brush.fillStyle = INK;
  brush.textAlign = "center";
  for (const { text, weight, size, y } of written(document)) {
    brush.font = `${weight} ${size}px ${FACE}`;
    brush.fillText(text, SIZE / 2, y);
  }
}

/** The same in SVG. @param {JsonObject} document */
function drawnIn(document) {
  const texts = written(document).map(
    ({ text, weight, size, y }) => `<text x="${SIZE / 2}" y="${y}" font-weight="${weight}" font-size="${size}">${escaped(text)}</text>`,
  );
  const ring = `<circle cx="${SIZE / 2}" cy="${SIZE / 2}" r="${RING.radius}" fill="${PAPER}" stroke="${INK}" stroke-width="${RING.width}"/>`;
  return `${ring}<g fill="${INK}" font-family="${FACE}" text-anchor="middle">${texts.join("")}</g>`;
}

/** The title, and below it the issuer's domain, which can't be chosen at will. @param {JsonObject} document */
function written(document) {
  const lines = wrapped(claimsOf(document).title);
  const top = SIZE / 2 - ((lines.length - 1) * LINE) / 2;
  const title = lines.map((text, line) => ({ text, weight: 700, size: 36, y: top + line * LINE }));
  return [...title, { text: didWebParts(issuerOf(document))?.host ?? "", weight: 400, size: 22, y: SIZE - 70 }];
}

/** @param {string} title */
function wrapped(title) {
  /** @type {string[]} */
  const lines = [];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]}…`];
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
