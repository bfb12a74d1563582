/** What a holder can take along: a copy that verifies offline, badge images, what a profile asks for. Loaded when asked for. */

import { artOf, pngOf, svgOf } from "./badge-art.js";
import { bakedPng, bakedSvg } from "./badge.js";
import { claimsOf } from "./claims.js";
import { languageLinks } from "./interface.js";
import { allStrings, withMore } from "./more-words.js";
import { needed, offlineFile } from "./offline.js";
import { issuerOf } from "./reading.js";
import { element } from "./report.js";
import { isObject } from "./strict-json.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {{ found: Verification, evidence: Evidence | null }} Answer */
/**
 * `verify` checks anew; `link` is the whole one, with its key.
 *
 * @typedef {object} Holder
 * @property {JsonObject} document verified
 * @property {string} verdict
 * @property {boolean} isSealed
 * @property {string} root of the site
 * @property {string} link
 * @property {Words} words
 * @property {() => Promise<Answer | null>} verify
 */

/** A copy that verifies tells what was known on a day: of these there is something good to tell. */
const SAVED = ["valid", "expired", "not-yet-valid"];

/**
 * @param {Holder} asked
 * @returns {Promise<Node[]>}
 */
export async function holderPanel(asked) {
  const words = await withMore(asked.words);
  const holder = { ...asked, words };
  const { isSealed } = holder;
  const warning = isSealed ? [element("p", { class: "verdict holder__warning", "data-tone": "warn" }, words.say("holder.personal"))] : [];
  const offline = SAVED.includes(holder.verdict) ? [offered(holder, "holder.offline", "html", () => offlineCopy(holder))] : [];
  const images = [
    offered(holder, "holder.png", "png", async () => bakedPng(await pngOf(await artOf(holder.document, holder.root), holder.document), credential(holder))),
    offered(holder, "holder.svg", "svg", async () => bakedSvg(await svgOf(await artOf(holder.document, holder.root), holder.document), credential(holder))),
  ];
  return [...warning, element("ul", { class: "holder" }, ...offline, ...images, ...code(holder)), ...(isSealed ? [] : profile(holder))];
}

/** @param {Holder} holder */
function credential({ document }) {
  return JSON.stringify(document);
}

/** @type {Record<string, string>} */
const TYPES = { html: "text/html", png: "image/png", svg: "image/svg+xml" };

/**
 * A button that makes a file, and what the file is for.
 *
 * @param {Holder} holder
 * @param {string} key of its words
 * @param {string} ending
 * @param {() => Promise<Uint8Array | string>} make
 */
function offered({ document: verified, words }, key, ending, make) {
  const button = element("button", { type: "button", class: "button button--plain" }, words.say(key));
  const told = element("p", { class: "muted", role: "status" }, words.say(`${key}.why`));
  button.addEventListener("click", async () => {
    try {
      const made = await make();
      save(new Blob([/** @type {BlobPart} */ (made)], { type: TYPES[ending] ?? "" }), `${idOf(verified)}.${ending}`);
    } catch {
      told.textContent = words.say("holder.not-made");
    }
  });
  return element("li", {}, button, told);
}

/** @param {JsonObject} verified */
function idOf(verified) {
  return String(verified["id"]).split("/").filter(Boolean).pop() ?? "credential";
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const address = URL.createObjectURL(file);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The credential is checked anew, so that the copy knows the latest list. @param {Holder} holder */
async function offlineCopy(holder) {
  const { document: verified, words } = holder;
  const answer = await holder.verify();
  if (!answer?.evidence || !SAVED.includes(answer.found.verdict)) throw new Error("it can't be confirmed any more");
  const languages = await Promise.all(languageLinks().map(languageOf));
  const evidence = needed(answer.evidence, issuerOf(verified));
  const saved = { at: new Date().toISOString(), fragment: holder.isSealed ? new URL(holder.link).hash : "", language: words.language, languages, evidence };
  const sheet = document.querySelector("link[rel=stylesheet]")?.getAttribute("href") ?? "";
  const [module, style] = await Promise.all([textAt(new URL("offline-page.js", import.meta.url).href), textAt(sheet)]);
  const { title, holder: name } = claimsOf(verified);
  return offlineFile(verified, saved, { module, style, title: [title, name].filter(Boolean).join(" – ") });
}

/** @param {HTMLAnchorElement} link */
async function languageOf({ hreflang: language, textContent }) {
  return { language, name: textContent ?? "", strings: await allStrings(language) };
}

/** @param {string} address */
async function textAt(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`nothing at ${address}`);
  return answer.text();
}

/** The page's QR code as a file. @param {Holder} holder */
function code(holder) {
  const drawn = document.querySelector("#qr svg");
  return drawn ? [offered(holder, "holder.qr", "svg", async () => new XMLSerializer().serializeToString(drawn))] : [];
}

/** What LinkedIn and others ask for, ready to copy. @param {Holder} holder */
function profile({ document: verified, words }) {
  const claims = claimsOf(verified);
  const link = element("a", { class: "button button--plain", href: profileLink(verified), rel: "noopener noreferrer" }, words.say("linkedin"));
  const fields = element("dl", { class: "summary-list fields" });
  const rows = {
    "profile.name": claims.title,
    "profile.organisation": claims.issuer,
    "profile.issued": words.date(claims.validFrom),
    "profile.expires": claims.validUntil ? words.date(claims.validUntil) : "",
    "profile.id": idOf(verified),
    "profile.url": String(verified["id"]),
  };
  for (const [key, value] of Object.entries(rows)) {
    if (value) fields.append(element("div", {}, element("dt", {}, words.say(key)), element("dd", {}, element("span", {}, value), " ", copying(value, words.say(key), words))));
  }
  return [element("h3", {}, words.say("profile")), element("p", {}, link), fields];
}

/** @param {string} value @param {string} label @param {Words} words */
function copying(value, label, words) {
  const button = element("button", { type: "button", class: "button button--plain", "aria-label": `${words.say("copy")}: ${label}` }, words.say("copy"));
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(value);
    button.textContent = words.say("copied");
  });
  return button;
}

/** Adds the credential to a LinkedIn profile; only its public address goes out. @param {JsonObject} verified */
function profileLink(verified) {
  const issuer = verified["issuer"];
  const [year = "", month = ""] = String(verified["validFrom"] ?? "").split("-");
  const [lastYear = "", lastMonth = ""] = String(verified["validUntil"] ?? "").split("-");
  const asked = new URLSearchParams({
    startTask: "CERTIFICATION_NAME",
    name: String(verified["name"] ?? ""),
    organizationName: isObject(issuer) ? String(issuer["name"] ?? "") : "",
    issueYear: year,
    issueMonth: String(Number(month)),
    ...(lastMonth ? { expirationYear: lastYear, expirationMonth: String(Number(lastMonth)) } : {}),
    certUrl: String(verified["id"]),
    certId: idOf(verified),
  });
  return `https://www.linkedin.com/profile/add?${asked}`;
}
