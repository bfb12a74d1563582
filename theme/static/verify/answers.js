/** From what a reader chooses, drops or pastes to a verification: all of it here, and sent nowhere. */

import { credentialIn } from "./carriers.js";
import { gather } from "./evidence.js";
import { keyOfLink } from "./sealed.js";
import { inflated } from "./status-list.js";
import { MAX_BYTES } from "./strict-json.js";
import { verify } from "./verify.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {import("./evidence.js").Place} Place */
/**
 * What was found in a file, and with what; `fault` is the key of the sentence that says why nothing was, about `name` or `host`.
 * @typedef {{ name: string, found?: Verification, evidence?: Evidence | null, fault?: string, host?: string }} Answer
 */

const MAX_LINK = 2048;
const LINK = /^(?:https?:\/\/([^/\s]+)\S*)?\/c\/([1-9A-HJ-NP-Za-km-z]{22})\/?(#\S*)?$/;
const WITHDRAWN = ["revoked", "suspended"];
/** Images carry their picture too. */
const MAX_FILE = 20 * MAX_BYTES;
export const UNSUPPORTED = "verdict.unsupported.headline";

/** @param {File} file @param {Place} place @returns {Promise<Answer>} */
export async function checkFile(file, place) {
  if (file.size > MAX_FILE) return { name: file.name, fault: "file.large" };
  return answerFor(file.name, new Uint8Array(await file.arrayBuffer()), null, place);
}

/**
 * @param {string} text a credential, or the link of one on this site
 * @param {string} name what to call a pasted credential
 * @param {Place} place
 * @param {string} published the host of the published site
 * @returns {Promise<Answer>}
 */
export async function checkText(text, name, place, published) {
  const [, host, id = "", key = ""] = (text.length <= MAX_LINK && text.match(LINK)) || [];
  if (!id) return answerFor(name, new TextEncoder().encode(text), null, place);
  if (host && host !== place.host && host !== published) return { name: id, fault: "file.elsewhere", host };
  const page = await fetch(`${place.root}c/${id}/`, { credentials: "omit" }).catch(() => null);
  if (!page?.ok) return { name: id, fault: "file.no-page" };
  return answerFor(id, new Uint8Array(await page.arrayBuffer()), keyOfLink(key), place);
}

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 * @param {Uint8Array | null} key
 * @param {Place} place
 * @returns {Promise<Answer>}
 */
async function answerFor(name, bytes, key, place) {
  const inside = await credentialIn(bytes, (packed) => inflated(packed, "deflate")).catch(() => null);
  if (inside === null) return { name, fault: "file.none" };
  const how = { now: new Date(), subtle: /** @type {Subtle} */ (crypto.subtle), key };
  /** @type {Evidence | null} */
  let evidence = null;
  const once = (/** @type {boolean} */ withNotice) => verify(inside, async (needs) => (evidence = await gather(needs, place, withNotice)), how);
  try {
    const found = await once(false);
    return { name, found: WITHDRAWN.includes(found.verdict) ? await once(true) : found, evidence };
  } catch {
    return { name, fault: UNSUPPORTED };
  }
}

/** The host in an address, "" where it has none. @param {string} address */
export function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return "";
  }
}

/**
 * The words of several areas, in one.
 *
 * @param {string[]} addresses
 * @returns {Promise<Record<string, string>>}
 */
export async function stringsAt(addresses) {
  const found = await Promise.all(addresses.map(async (address) => (await fetch(address, { credentials: "omit" })).json()));
  return Object.assign({}, ...found);
}
