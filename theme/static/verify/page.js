/** The verification page: reads the document in it, checks it, and fills the page from what was verified. */

import { gather, isPreview } from "./evidence.js";
import { checksBlock, claimsBlock, comparison, element, holderBlock, showVerdict, verdictWords } from "./report.js";
import { keyOfLink } from "./sealed.js";
import { verify } from "./verify.js";
import { Words } from "./words.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./checks.js").Evidence} Evidence */

const WITHDRAWN = ["revoked", "suspended"];
const PATIENCE = 8000;

const box = byId("verdict");
const report = byId("report");
const actions = byId("actions");
const bytes = new TextEncoder().encode(
  (document.getElementById("credential") ?? byId("sealed-credential")).textContent ?? "",
);
const place = { hostname: location.hostname, host: location.host, root: location.pathname.replace(/c\/[^/]+\/?$/, "") };
const publishedHost = hostOfDocument();

let words = await wordsFor(chosenLanguage());
/** @type {{ found: Verification, evidence: Evidence | null } | null} */
let answer = null;

showLanguage();
if (window.top !== window) {
  showFramed();
} else {
  await check();
  addEventListener("hashchange", check);
}
byId("interface-languages").addEventListener("click", switchLanguage);

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

function hostOfDocument() {
  const address = byId("command").textContent?.match(/https?:\/\/([^/]+)/);
  return address?.[1] ?? location.host;
}

async function check() {
  status("checking");
  const waiting = setTimeout(() => {
    byId("sentence").textContent = words.say("still-waiting", { domain: publishedHost });
  }, PATIENCE);
  const key = keyOfLink(location.hash);
  /** @type {Evidence | null} */
  let evidence = null;
  const how = { now: new Date(), subtle: /** @type {Subtle} */ (crypto.subtle), key };
  let found = await verify(bytes, async (needs) => (evidence = await gather(needs, place)), how);
  if (WITHDRAWN.includes(found.verdict)) {
    found = await verify(bytes, async (needs) => (evidence = await gather(needs, place, true)), how);
  }
  clearTimeout(waiting);
  answer = { found, evidence };
  show();
}

/** @param {string} verdict */
function status(verdict) {
  const text = { headline: words.say(`verdict.${verdict}.headline`), sentence: words.say(`verdict.${verdict}.sentence`) };
  showVerdict(box, verdict, words, text);
}

function show() {
  if (!answer) return;
  const { found, evidence } = answer;
  const text = verdictWords(found, words);
  showVerdict(box, found.verdict, words, text);
  showSuccessor(found);
  showPreview();
  report.hidden = false;
  report.replaceChildren(checksBlock(found, words));
  if (found.document) {
    byId("claims").replaceWith(claimsBlock(found, words, publishedHost));
    const today = evidence?.achievements ? Object.values(evidence.achievements)[0] : undefined;
    const compared = Array.isArray(today) ? comparison(found, today, words) : null;
    report.append(holderBlock(found, words), ...(compared ? [compared] : []), technical(found.document));
    showActions(found.document);
    const title = byId("claims").querySelector(".claims__title")?.textContent ?? "";
    const holder = byId("claims").querySelector(".claims__holder")?.textContent ?? "";
    document.title = `${text.headline} – ${title} – ${holder}`;
  } else {
    hideClaims();
    actions.hidden = true;
    document.title = text.headline;
  }
  const now = new Date();
  const url = location.href.split("#")[0] ?? "";
  byId("printed").textContent = words.say("printed", { date: words.date(now), time: words.time(now), url });
}

/** @param {Verification} found */
function showSuccessor(found) {
  const next = found.notice?.["supersededBy"];
  const id = typeof next === "string" ? next.match(/\/c\/([1-9A-HJ-NP-Za-km-z]{22})\/$/)?.[1] : undefined;
  if (!id) return;
  const link = element("a", { href: `${place.root}c/${id}/`, rel: "noopener" }, id);
  box.append(element("p", {}, `${words.say("superseded")} `, link));
}

function showPreview() {
  const preview = byId("preview");
  preview.hidden = !isPreview(place);
  preview.textContent = words.say("preview", { host: publishedHost });
}

/** Nothing in a document that doesn't verify can be believed; the reader may still want to see it. */
function hideClaims() {
  const claims = byId("claims");
  if (claims.hidden || claims.dataset["hidden"]) return;
  const stated = [...claims.childNodes];
  const button = element("button", { type: "button", class: "button button--plain" }, words.say("show-anyway"));
  button.addEventListener("click", () => claims.replaceChildren(...stated));
  claims.dataset["hidden"] = "true";
  claims.replaceChildren(element("p", {}, words.say("hidden")), button);
}

/** @param {JsonObject} verified */
function technical(verified) {
  const text = JSON.stringify(verified, null, 2);
  return element("details", {}, element("summary", {}, words.say("technical")), element("pre", {}, text));
}

/** @param {JsonObject} verified */
function showActions(verified) {
  const file = new Blob([JSON.stringify(verified)], { type: "application/json" });
  const name = `${location.pathname.split("/").filter(Boolean).pop() ?? "credential"}.json`;
  const download = element("a", { class: "button button--plain", href: URL.createObjectURL(file), download: name }, words.say("download"));
  const copy = element("button", { type: "button", class: "button button--plain" }, words.say("copy-link"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    copy.textContent = words.say("copied");
  });
  const print = element("button", { type: "button", class: "button button--plain" }, words.say("print"));
  print.addEventListener("click", () => window.print());
  actions.className = "actions";
  actions.hidden = false;
  actions.replaceChildren(download, copy, print);
}

function showFramed() {
  const link = element("a", { href: location.href, target: "_blank", rel: "noopener" }, location.host);
  const text = { headline: words.say("framed.headline"), sentence: words.say("framed.sentence") };
  showVerdict(box, "unsupported", words, text);
  box.append(element("p", {}, link));
}

/** @returns {string} */
function chosenLanguage() {
  const asked = new URLSearchParams(location.search).get("lang") ?? stored() ?? navigator.languages[0] ?? "";
  const known = [...document.querySelectorAll("#interface-languages a")].map((link) => link.getAttribute("hreflang") ?? "");
  const found = known.find((tag) => tag.split("-")[0] === asked.split("-")[0]);
  return found ?? document.documentElement.lang;
}

function stored() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

/** @param {string} language @returns {Promise<Words>} */
async function wordsFor(language) {
  const link = document.querySelector(`#interface-languages a[hreflang="${CSS.escape(language)}"]`);
  const answer = await fetch(link?.getAttribute("data-strings") ?? "", { credentials: "omit" });
  return new Words(language, await answer.json());
}

function showLanguage() {
  document.documentElement.lang = words.language;
  for (const link of document.querySelectorAll("#interface-languages a")) {
    if (link.getAttribute("hreflang") === words.language) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const labelled of document.querySelectorAll("[data-i18n]")) {
    const said = words.say(labelled.getAttribute("data-i18n") ?? "");
    if (said) labelled.textContent = said;
  }
}

/** @param {Event} event */
async function switchLanguage(event) {
  const link = event.target instanceof Element ? event.target.closest("a[hreflang]") : null;
  if (!link) return;
  event.preventDefault();
  words = await wordsFor(link.getAttribute("hreflang") ?? "");
  try {
    localStorage.setItem("language", words.language);
  } catch {
    // a browser that keeps nothing still switches
  }
  showLanguage();
  show();
}

