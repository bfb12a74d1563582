/** The page that checks files: whatever is chosen, dropped or pasted is read here and sent nowhere. */

import { claimsOf } from "./claims.js";
import { gather } from "./evidence.js";
import { issuerOf } from "./reading.js";
import { checksBlock, claimsBlock, element, holderBlock, showVerdict, verdictWords } from "./report.js";
import { keyOfLink } from "./sealed.js";
import { verify } from "./verify.js";
import { Words } from "./words.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {{ name: string, found: Verification | null }} Answer */

const EMBEDDED = /<script type="application\/(?:vc\+)?json" id="(?:sealed-)?credential">([\s\S]*?)<\/script>/;
const LINK = /\/c\/([1-9A-HJ-NP-Za-km-z]{22})\/?(#.*)?$/;

const form = byId("check-file");
const root = document.documentElement.dataset["base"] ?? "/";
const strings = await (await fetch(form.dataset["strings"] ?? "", { credentials: "omit" })).json();
const words = new Words(document.documentElement.lang, strings);
const place = { hostname: location.hostname, host: location.host, root };
const drop = byId("drop");

byId("file").addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement) void checkFiles([...(event.target.files ?? [])]);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("text");
  const text = field instanceof HTMLTextAreaElement ? field.value.trim() : "";
  if (text) void checkText(text);
});
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.dataset["over"] = "true";
});
drop.addEventListener("dragleave", () => delete drop.dataset["over"]);
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  delete drop.dataset["over"];
  void checkFiles([...(event.dataTransfer?.files ?? [])]);
});

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {File[]} files */
async function checkFiles(files) {
  const answers = [];
  for (const file of files) answers.push(await checkText_(file.name, await file.text(), null));
  show(answers);
}

/** @param {string} text a credential, or the link of one on this site */
async function checkText(text) {
  const link = text.match(LINK);
  if (!link) return show([await checkText_("", text, null)]);
  const answer = await fetch(`${root}c/${link[1]}/`, { credentials: "omit" });
  show([await checkText_(link[1] ?? "", answer.ok ? await answer.text() : "", keyOfLink(link[2] ?? ""))]);
}

/**
 * @param {string} name
 * @param {string} text
 * @param {Uint8Array | null} key
 * @returns {Promise<Answer>}
 */
async function checkText_(name, text, key) {
  const json = text.trimStart().startsWith("{") ? text.trim() : text.match(EMBEDDED)?.[1];
  if (json === undefined) return { name, found: null };
  const bytes = new TextEncoder().encode(json);
  const how = { now: new Date(), subtle: /** @type {Subtle} */ (crypto.subtle), key };
  let found = await verify(bytes, (needs) => gather(needs, place), how);
  if (["revoked", "suspended"].includes(found.verdict)) {
    found = await verify(bytes, (needs) => gather(needs, place, true), how);
  }
  return { name, found };
}

/** @param {Answer[]} answers */
function show(answers) {
  const box = byId("answer");
  byId("table").replaceChildren();
  const [only] = answers;
  if (answers.length === 1 && only?.found) {
    const { found } = only;
    const status = element("div", { class: "verdict" });
    showVerdict(status, found.verdict, words, verdictWords(found, words));
    const heading = status.querySelector("h1");
    if (heading) heading.replaceWith(element("h2", { class: "verdict__headline" }, ...heading.childNodes));
    box.replaceChildren(status);
    if (found.document) byId("table").append(claimsBlock(found, words, hostOf(found)));
    byId("table").append(checksBlock(found, words), ...(found.document ? [holderBlock(found, words)] : []));
    return;
  }
  box.replaceChildren(
    ...(only && !only.found && answers.length === 1
      ? [element("p", { class: "notice notice--warn" }, words.say("file.none", { name: only.name }))]
      : [element("p", {}, words.count("file.count", answers.length))]),
  );
  if (answers.length > 1) byId("table").append(tableOf(answers));
}

/** @param {Verification} found */
function hostOf(found) {
  return found.credential.split("/")[2] ?? "";
}

/** @param {Answer} answer @returns {string[]} */
function cellsOf({ name, found }) {
  if (!found) return [name, "", "", "", words.say("file.none", { name })];
  const claims = found.document ? claimsOf(found.document) : null;
  const issuer = found.document ? issuerOf(found.document) : "";
  return [name, claims?.holder ?? "", claims?.title ?? "", issuer, verdictWords(found, words).headline];
}

/** @param {Answer[]} answers */
function tableOf(answers) {
  const names = ["file", "holder", "title", "issuer", "verdict"].map((key) => words.say(`file.${key}`));
  const rows = answers.map(cellsOf);
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
  const body = rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell))));
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  const csv = [names, ...rows].map((cells) => cells.map(quoted).join(",")).join("\r\n");
  const file = new Blob(["\ufeff", csv], { type: "text/csv" });
  const link = element("a", { href: URL.createObjectURL(file), download: "credentials.csv", class: "button button--plain" }, words.say("file.csv"));
  return element("div", { class: "table", role: "region", tabindex: "0", "aria-label": words.say("file.verdict") }, table, link);
}

/** @param {string} cell */
function quoted(cell) {
  const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${inert.replaceAll('"', '""')}"`;
}
