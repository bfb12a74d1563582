/** The verification page: reads the document in it, checks it, and fills the page from what was verified. */

import { claimsOf } from "./claims.js";
import { gather, isPreview } from "./evidence.js";
import { chosenLanguage, languageLinks, rememberLanguage, showInterface, wordsFor, wordsForTrouble } from "./interface.js";
import { canonical } from "./jcs.js";
import { checksBlock, claimsBlock, element, holderBlock, showVerdict, verdictWords } from "./report.js";
import { issuerOf, listed } from "./reading.js";
import { keyOfLink } from "./sealed.js";
import { isObject } from "./strict-json.js";
import { verify } from "./verify.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {{ found: Verification, evidence: Evidence | null }} Answer */

const WITHDRAWN = ["revoked", "suspended"];
/** Nothing in a document that doesn't verify can be believed; the reader may still want to see it. */
const HIDDEN = ["tampered", "unreadable", "unknown-issuer"];
const PATIENCE = 8000;

const box = byId("verdict");
const report = byId("report");
const actions = byId("actions");
const stated = byId("claims");
const publicText = document.getElementById("credential")?.textContent;
const bytes = new TextEncoder().encode(publicText ?? byId("sealed-credential").textContent ?? "");
const publishedHost = box.dataset["host"] ?? location.host;
const root = location.pathname.replace(/c\/[^/]+\/?(index\.html)?$/, "");
const identifier = location.pathname.slice(root.length).split("/")[1] ?? "";

const isFramed = window.top !== window;

let language = chosenLanguage();
/** The whole link; going to a place in the page replaces its key in the address bar. */
let link = location.href;
/** @type {Answer | null} null where the browser could not do it */
let answer = null;
let turn = 0;
const first = isFramed ? null : verified();
let words = await wordsFor(language);

showInterface(words);
byId("interface-languages").addEventListener("click", switchLanguage);
showPreview();
if (first) {
  addEventListener("hashchange", followLink);
  await check(first);
} else {
  await showFramed();
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

function followLink() {
  if (!location.hash.includes("k=")) return;
  link = location.href;
  void check(verified());
}

/** @param {Promise<Answer | null>} asked */
async function check(asked) {
  const mine = (turn += 1);
  showStatus("checking");
  const waiting = setTimeout(() => {
    byId("sentence").textContent = words.say("still-waiting", { domain: publishedHost });
  }, PATIENCE);
  const found = await asked;
  clearTimeout(waiting);
  if (mine !== turn) return; // the link changed meanwhile
  answer = found;
  await show();
}

/** @returns {Promise<Answer | null>} */
async function verified() {
  /** @type {Evidence | null} */
  let evidence = null;
  const place = { hostname: location.hostname, host: location.host, root, language };
  const how = { now: new Date(), subtle: /** @type {Subtle} */ (crypto.subtle), key: keyOfLink(new URL(link).hash) };
  /** @param {boolean} withNotice */
  const once = (withNotice) => verify(bytes, async (needs) => (evidence = await gather(needs, place, withNotice)), how);
  try {
    const found = await once(false);
    return { found: WITHDRAWN.includes(found.verdict) ? await once(true) : found, evidence };
  } catch {
    return null;
  }
}

/** @param {string} verdict */
function showStatus(verdict) {
  const text = { headline: words.say(`verdict.${verdict}.headline`), sentence: words.say(`verdict.${verdict}.sentence`) };
  showVerdict(box, verdict, words, text);
  document.title = text.headline;
}

async function show() {
  const verdict = answer?.found.verdict ?? "unsupported";
  const allIsWell = verdict === "valid" && answer?.found.checks.every((check) => check.state === "passed" && !["confirmed", "changed-since", "no-status"].includes(check.reason));
  if (!allIsWell) words = await wordsForTrouble(words);
  const document_ = answer?.found.document ?? null;
  report.hidden = !answer;
  if (answer) {
    const { found, evidence } = answer;
    const text = verdictWords(found, words);
    showVerdict(box, verdict, words, text, ...successor(found));
    const claims = document_ ? claimsOf(document_) : { title: "", holder: "" };
    document.title = [text.headline.split(" — ")[0], claims.title, claims.holder].filter(Boolean).join(" – ");
    const today = Object.values(evidence?.achievements ?? {})[0];
    const compared = Array.isArray(today) && !allIsWell ? await import("./comparison.js").then((module) => module.comparison(found, today, words)) : null;
    const rest = document_ ? [holderBlock(found, words), ...(compared ? [compared] : []), technical(document_)] : [];
    report.replaceChildren(checksBlock(found, words), ...rest);
    if (document_) byId("claims").replaceWith(claimsBlock(found, words, publishedHost));
  } else {
    showStatus(verdict);
  }
  if (!document_) showStated(HIDDEN.includes(verdict));
  showDownload(document_);
  showActions(answer?.found ?? null);
  const now = new Date();
  const url = location.href.split("#")[0] ?? "";
  byId("printed").textContent = words.say("printed", { date: words.date(now), time: words.time(now), url });
}

/** The way to the credential that came in place of this one. @param {Verification} found @returns {Node[]} */
function successor(found) {
  const next = found.notice?.["supersededBy"];
  const id = typeof next === "string" ? next.match(/\/c\/([1-9A-HJ-NP-Za-km-z]{22})\/$/)?.[1] : undefined;
  if (!id) return [];
  return [element("p", {}, element("a", { href: `${root}c/${id}/` }, words.say("superseded")))];
}

function showPreview() {
  const preview = byId("preview");
  preview.hidden = !isPreview({ hostname: location.hostname, host: location.host, root });
  preview.textContent = words.say("preview", { host: publishedHost });
}

/** The claims as the page states them, or a button to see them. @param {boolean} hidden */
function showStated(hidden) {
  byId("claims").replaceWith(stated);
  if (!hidden || publicText === undefined) return;
  const button = element("button", { type: "button", class: "button button--plain" }, words.say("show-anyway"));
  const notice = element("section", { class: "claims", id: "claims" }, element("p", {}, words.say("hidden")), button);
  button.addEventListener("click", () => notice.replaceWith(stated));
  stated.replaceWith(notice);
}

/** @param {JsonObject} verified */
function technical(verified) {
  const digest = element("dd");
  void crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (canonical(verified))).then((found) => {
    digest.textContent = Array.from(new Uint8Array(found), (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  const lists = listed(verified["credentialStatus"]).filter(isObject).map((entry) => element("dd", {}, String(entry["id"])));
  const keys = listed(verified["proof"]).filter(isObject).map((proof) => String(proof["verificationMethod"]));
  const rows = [
    element("div", {}, element("dt", {}, words.say("technical.id")), element("dd", {}, String(verified["id"]))),
    element("div", {}, element("dt", {}, words.say("technical.issuer")), element("dd", {}, issuerOf(verified))),
    element("div", {}, element("dt", {}, words.say("technical.key")), element("dd", {}, [...new Set(keys)].join(", "))),
    ...(lists.length > 0 ? [element("div", {}, element("dt", {}, words.say("technical.status")), ...lists)] : []),
    element("div", {}, element("dt", {}, "SHA-256"), digest),
  ];
  const text = element("pre", {}, JSON.stringify(verified, null, 2));
  const summary = element("summary", {}, words.say("technical"));
  return element("details", { class: "technical" }, summary, element("dl", { class: "summary-list" }, ...rows), text);
}

/** A sealed credential can be taken elsewhere once it is open; its file is made here. @param {JsonObject | null} verified */
function showDownload(verified) {
  if (publicText !== undefined) return;
  const [item, section] = [byId("download"), byId("elsewhere")];
  item.hidden = section.hidden = !verified;
  if (!verified) return;
  const file = new Blob([JSON.stringify(verified)], { type: "application/json" });
  item.querySelector("a")?.setAttribute("href", URL.createObjectURL(file));
}

/** What the holder can do with the page. @param {Verification | null} found */
function showActions(found) {
  const copy = element("button", { type: "button", class: "button button--plain" }, words.say("copy-link"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(link);
    copy.textContent = words.say("copied");
  });
  const print = element("button", { type: "button", class: "button button--plain" }, words.say("print"));
  print.addEventListener("click", () => window.print());
  const verified = found?.document ?? null;
  const profile = verified && publicText !== undefined ? [element("a", { class: "button button--plain", href: profileLink(verified), rel: "noopener noreferrer" }, words.say("linkedin"))] : [];
  actions.hidden = !verified;
  actions.replaceChildren(copy, print, ...profile);
}

/** Adds the credential to a LinkedIn profile; only its public address goes out. @param {JsonObject} verified */
function profileLink(verified) {
  const issuer = verified["issuer"];
  const [year = "", month = ""] = String(verified["validFrom"] ?? "").split("-");
  const asked = new URLSearchParams({
    startTask: "CERTIFICATION_NAME",
    name: String(verified["name"] ?? ""),
    organizationName: isObject(issuer) ? String(issuer["name"] ?? "") : "",
    issueYear: year,
    issueMonth: String(Number(month)),
    certUrl: String(verified["id"]),
    certId: identifier,
  });
  return `https://www.linkedin.com/profile/add?${asked}`;
}

/** A page inside another one can be dressed up by it, so it vouches for nothing. */
async function showFramed() {
  words = await wordsForTrouble(words);
  const text = { headline: words.say("framed.headline"), sentence: words.say("framed.sentence") };
  const alone = element("a", { href: link, target: "_blank", rel: "noopener" }, location.host);
  showVerdict(box, "unsupported", words, text, element("p", {}, alone));
}

/** @param {Event} event */
async function switchLanguage(event) {
  const chosen = languageLinks().find((link) => event.target instanceof Node && link.contains(event.target));
  if (!chosen) return;
  event.preventDefault();
  language = chosen.hreflang;
  words = await wordsFor(language);
  rememberLanguage(language);
  showInterface(words);
  showPreview();
  if (isFramed) return showFramed();
  answer = await verified();
  await show();
}
