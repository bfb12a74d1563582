/**
 * Gathers what a verification may look at, from this site alone; mirrors mcsite/store/evidence.py.
 *
 * The credential's addresses are mapped onto this site's root. What is found counts as the issuer's only where this
 * host is the DID's domain, or a preview on this machine; elsewhere it is a copy.
 */

import { didWebParts } from "./did.js";
import { isObject, MAX_BYTES, parseObject } from "./strict-json.js";

/** @typedef {import("./verify.js").Needs} Needs */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {import("./checks.js").Unavailable} Unavailable */
/** @typedef {{ hostname: string, host: string, root: string }} Place where this page stands: `root` ends with a slash */

const TIMEOUT = 15_000;
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
  const [document, trust, lists, notice] = await Promise.all([
    web ? read(didUrl(web)) : UNREACHABLE,
    read(`${base}/trust/issuers.json`),
    Promise.all(needs.statusLists.map((url) => read(url))),
    withNotice ? read(`${needs.credential}notice.json`) : UNREACHABLE,
  ]);
  return {
    didDocuments: web ? { [needs.did]: speaks ? document : copyOf(document) } : {},
    statusLists: Object.fromEntries(needs.statusLists.map((url, at) => [url, lists[at] ?? UNREACHABLE])),
    achievements: { [needs.achievement]: await achievements(needs, base, trust, read) },
    registries: registriesOf(trust),
    notices: "unavailable" in notice ? {} : { [needs.credential]: /** @type {JsonObject} */ (notice) },
  };
}

/** @type {Unavailable} */
const UNREACHABLE = { unavailable: "unreachable" };

/** @param {{ host: string, path: string }} web */
function didUrl(web) {
  return `https://${web.host}/${web.path ? `${web.path}/did.json` : ".well-known/did.json"}`;
}

/** @param {JsonObject | Unavailable} document @returns {Unavailable} */
function copyOf(document) {
  if ("unavailable" in document) return /** @type {Unavailable} */ (document);
  return { unavailable: "other-host", copy: document };
}

/**
 * @param {string} base address of the credential's site
 * @param {Place} place
 * @returns {(url: string) => Promise<JsonObject | Unavailable>}
 */
function reader(base, place) {
  return async (url) => {
    const own = url.startsWith(`${base}/`);
    const address = new URL(own ? place.root + url.slice(base.length + 1) : new URL(url).pathname, location.href);
    if (address.origin !== location.origin || (own && !address.pathname.startsWith(place.root))) return UNREACHABLE;
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT), credentials: "omit", cache: "no-cache" });
      if (!answer.ok) return UNREACHABLE;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return bytes.length > MAX_BYTES ? { unavailable: "malformed" } : parsed(bytes);
    } catch {
      return UNREACHABLE;
    }
  };
}

/** @param {Uint8Array} bytes @returns {JsonObject | Unavailable} */
function parsed(bytes) {
  try {
    return parseObject(bytes);
  } catch {
    return { unavailable: "malformed" };
  }
}

/** @param {JsonObject | Unavailable} trust @returns {Evidence["registries"]} */
function registriesOf(trust) {
  if ("unavailable" in trust) return /** @type {Unavailable} */ (trust);
  const listed = /** @type {JsonObject} */ (trust)["registries"];
  return (Array.isArray(listed) ? listed : []).filter(isObject).map((registry) => {
    const name = registry["name"];
    const issuers = registry["issuers"];
    return {
      name: String(isObject(name) ? (name["en"] ?? Object.values(name)[0]) : name),
      issuers: (Array.isArray(issuers) ? issuers : []).filter(isObject).map((issuer) => String(issuer["id"])),
    };
  });
}

/**
 * @param {Needs} needs
 * @param {string} base
 * @param {JsonObject | Unavailable} trust
 * @param {(url: string) => Promise<JsonObject | Unavailable>} read
 * @returns {Promise<JsonObject[] | Unavailable>}
 */
async function achievements(needs, base, trust, read) {
  const course = needs.achievement.replace(/\/+$/, "").split("/").pop() ?? "";
  if (!needs.achievement.startsWith(`${base}/`) || !course) return { unavailable: "not-in-catalogue" };
  const listed = "unavailable" in trust ? [] : /** @type {JsonObject} */ (trust)["languages"];
  const others = (Array.isArray(listed) ? listed : []).slice(1);
  const names = ["achievement.json", ...others.map((language) => `achievement.${String(language)}.json`)];
  const found = await Promise.all(names.map((name) => read(`${base}/courses/${course}/${name}`)));
  const [first = UNREACHABLE] = found;
  if ("unavailable" in first) return /** @type {Unavailable} */ (first);
  return /** @type {JsonObject[]} */ (found.filter((one) => !("unavailable" in one)));
}
