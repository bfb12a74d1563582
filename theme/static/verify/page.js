/** The verification page: reads the document in it, checks it, and fills the page from what was verified. */

import { claimsOf } from "./claims.js";
import { gather, isPreview } from "./evidence.js";
import { PATHS } from "./icons.js";
import { chosenLanguage, languageLinks, rememberLanguage, showInterface, wordsFor, wordsForTrouble } from "./interface.js";
import { checksBlock, claimsBlock, element, holderBlock, onDemand, showVerdict, verdictWords } from "./report.js";
import { keyOfLink } from "./sealed.js";
import { verify } from "./verify.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {{ found: Verification, evidence: Evidence | null }} Answer */

const WITHDRAWN = ["revoked", "suspended"];
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
  // The link may have changed meanwhile.
  if (mine !== turn) return;
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

/** Words, icons and ways out that most pages never need. */
async function troubled() {
  const [module, more] = await Promise.all([import("./trouble.js"), wordsForTrouble(words)]);
  words = more;
  module.bringIcons(PATHS);
  return module;
}

async function show() {
  const verdict = answer?.found.verdict ?? "unsupported";
  const allIsWell = verdict === "valid" && answer?.found.checks.every((check) => check.state === "passed" && !["confirmed", "changed-since", "no-status"].includes(check.reason));
  const trouble = allIsWell ? null : await troubled();
  const document_ = answer?.found.document ?? null;
  report.hidden = !answer;
  if (answer) {
    const { found, evidence } = answer;
    const text = verdictWords(found, words);
    showVerdict(box, verdict, words, text, ...(trouble?.successor(found, root, words) ?? []));
    const claims = document_ ? claimsOf(document_) : { title: "", holder: "" };
    document.title = [text.headline.split(" — ")[0], claims.title, claims.holder].filter(Boolean).join(" – ");
    const today = Object.values(evidence?.achievements ?? {})[0];
    const changed = found.checks.some((check) => check.reason === "changed-since");
    const compared = changed && Array.isArray(today) ? await import("./comparison.js").then((module) => module.comparison(found, today, words)) : null;
    drawReport(answer, compared);
    if (document_) byId("claims").replaceWith(claimsBlock(found, words, publishedHost));
  } else {
    showStatus(verdict);
  }
  if (trouble && verdict === "unsupported") box.append(...(await trouble.wayOut(words, publicText !== undefined)));
  if (!document_) byId("claims").replaceWith((publicText && trouble?.unconfirmedClaims(stated, publicText, verdict, words)) || stated);
  showDownload(document_);
  showActions(answer?.found ?? null);
  const now = new Date();
  const url = String(document_?.["id"] ?? location.href.split("#")[0]);
  byId("printed").textContent = words.say("printed", { date: words.date(now), time: words.time(now), url });
}

/** @param {Answer} answer @param {Node | null} compared with today's description */
function drawReport({ found, evidence }, compared) {
  const { document: verified } = found;
  const traces = () => import("./trace.js");
  /** @param {string} check */
  const traceOf = async (check) => (await traces()).trace(check, found, evidence, words);
  const technical = async () => (await traces()).technical(verified ?? {}, words);
  report.replaceChildren(checksBlock(found, words, verified ? traceOf : undefined));
  if (verified) report.append(holderBlock(found, words), ...(compared ? [compared] : []), onDemand({ class: "technical" }, words.say("technical"), technical));
}

function showPreview() {
  const preview = byId("preview");
  preview.hidden = !isPreview({ hostname: location.hostname, host: location.host, root });
  preview.textContent = words.say("preview", { host: publishedHost });
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
  const { document = null, verdict = "" } = found ?? {};
  actions.hidden = !document;
  actions.replaceChildren(copy, print);
  if (!document) return;
  const isSealed = publicText === undefined;
  const panel = async () => (await import("./holder.js")).holderPanel({ document, verdict, isSealed, root, link, words, verify: verified });
  actions.append(onDemand({ class: "take-along" }, words.say("take-along"), panel));
}

/** A page inside another one can be dressed up by it, so it vouches for nothing. */
async function showFramed() {
  (await troubled()).showFramed(box, words, link);
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
