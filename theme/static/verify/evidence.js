/**
 * Gathers what a verification may look at, from this site alone; mirrors mcsite/store/evidence.py.
 *
 * The credential's addresses are mapped onto this site's root. What is found counts as the issuer's only where this
 * host is the DID's domain, or a preview on this machine; elsewhere it is a copy.
 */

import { joined } from "./bytes.js";
import { didWebParts } from "./did.js";
import { canonicalText } from "./jcs.js";
import { isObject, MAX_BYTES, parseObject } from "./strict-json.js";
import { isUnavailable, UNREACHABLE } from "./unavailable.js";

/** @typedef {import("./verify.js").Needs} Needs */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {import("./unavailable.js").Unavailable} Unavailable */
/**
 * Where this page stands: `root` ends with a slash. `language` is the reader's.
 * @typedef {{ hostname: string, host: string, root: string, language?: string }} Place
 */

const TIMEOUT = 15_000;
/** For one credential; of ours, eight or so. */
const MAX_REQUESTS = 80;
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * @param {Place} place
 * @returns {boolean}
 */
export function isPreview(place) {
  return LOOPBACK.includes(place.hostname);
}

/**
 * @param {Needs} needs
 * @param {Place} place
 * @param {boolean} withNotice whether to ask for the status notice, which only withdrawn credentials have
 * @returns {Promise<Evidence>}
 */
export async function gather(needs, place, withNotice = false) {
  const base = needs.credential.split("/c/")[0] ?? "";
  const web = didWebParts(needs.did);
  const speaks = web !== null && (web.host === place.host || isPreview(place));
  const read = reader(base, place);
  const trusted = read(`${base}/trust/issuers.json`);
  const [document, trust, today, lists, notice] = await Promise.all([
    web ? read(didUrl(web)) : UNREACHABLE,
    trusted,
    achievements(needs, base, trusted, read),
    Promise.all(needs.statusLists.map((url) => read(url))),
    withNotice ? read(`${needs.credential}notice.json`) : UNREACHABLE,
  ]);
  return {
    didDocuments: web ? { [needs.did]: speaks ? document : copyOf(document) } : {},
    statusLists: Object.fromEntries(needs.statusLists.map((url, at) => [url, lists[at] ?? UNREACHABLE])),
    achievements: { [needs.achievement]: today },
    registries: registriesOf(trust, place.language ?? "en"),
    notices: isUnavailable(notice) ? {} : { [needs.credential]: notice },
    read,
  };
}

/** @param {{ host: string, path: string }} web */
function didUrl(web) {
  return `https://${web.host}/${web.path ? `${web.path}/did.json` : ".well-known/did.json"}`;
}

/** @param {JsonObject | Unavailable} document @returns {Unavailable} */
function copyOf(document) {
  return isUnavailable(document) ? document : { unavailable: "other-host", copy: document };
}

/**
 * @param {string} base address of the credential's site
 * @param {Place} place
 * @returns {(url: string) => Promise<JsonObject | Unavailable>}
 */
function reader(base, place) {
  let left = MAX_REQUESTS;
  return async (url) => {
    try {
      const own = url.startsWith(`${base}/`);
      const address = new URL(own ? place.root + url.slice(base.length + 1) : new URL(url).pathname, location.href);
      if (left-- < 1 || address.origin !== location.origin || (own && !address.pathname.startsWith(place.root))) return UNREACHABLE;
      const signal = AbortSignal.timeout(TIMEOUT);
      const answer = await fetch(address, { signal, credentials: "omit", cache: "no-cache", redirect: "error" });
      return answer.ok ? parsed(await bytesOf(answer)) : UNREACHABLE;
    } catch {
      return UNREACHABLE;
    }
  };
}

/** An answer's bytes, read until they are too many. @param {Response} answer */
async function bytesOf(answer) {
  const parts = [];
  let length = 0;
  for (const reader = answer.body?.getReader(); reader && length <= MAX_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > MAX_BYTES) await reader.cancel();
  }
  return joined(...parts);
}

/** @param {Uint8Array} bytes @returns {JsonObject | Unavailable} */
function parsed(bytes) {
  try {
    const found = parseObject(bytes);
    if (!isUnavailable(found)) return found;
  } catch {
    // It is told below.
  }
  return { unavailable: "malformed" };
}

/** @param {JsonObject | Unavailable} trust @param {string} language @returns {Evidence["registries"]} */
function registriesOf(trust, language) {
  if (isUnavailable(trust)) return trust;
  const listed = trust["registries"];
  return (Array.isArray(listed) ? listed : []).filter(isObject).map((registry) => {
    const name = registry["name"];
    const issuers = registry["issuers"];
    return {
      name: String(isObject(name) ? (name[language] ?? Object.values(name)[0]) : name),
      issuers: (Array.isArray(issuers) ? issuers : []).filter(isObject).map((issuer) => String(issuer["id"])),
    };
  });
}

/**
 * Today's descriptions: one a language of the site, the first in its default language.
 *
 * @param {Needs} needs
 * @param {string} base
 * @param {Promise<JsonObject | Unavailable>} trusted
 * @param {(url: string) => Promise<JsonObject | Unavailable>} read
 * @returns {Promise<JsonObject[] | Unavailable>}
 */
async function achievements(needs, base, trusted, read) {
  const course = needs.achievement.split("/").findLast(Boolean);
  if (!needs.achievement.startsWith(`${base}/`) || !course) return { unavailable: "not-in-catalogue" };
  const folder = `${base}/courses/${course}`;
  const today = await read(`${folder}/achievement.json`);
  if (isUnavailable(today)) return today;
  if (canonicalText(today) === canonicalText(needs.issued)) return [today];
  const trust = await trusted;
  const listed = isUnavailable(trust) ? [] : trust["languages"];
  const others = (Array.isArray(listed) ? listed : []).slice(1);
  const rest = await Promise.all(others.map((language) => read(`${folder}/achievement.${String(language)}.json`)));
  return /** @type {JsonObject[]} */ ([today, ...rest].filter((one) => !isUnavailable(one)));
}
