/** The page that checks files: whatever is chosen, dropped or pasted is read here and sent nowhere. */

import { credentialIn } from "./carriers.js";
import { claimsOf } from "./claims.js";
import { didWebParts } from "./did.js";
import { gather } from "./evidence.js";
import { issuerOf } from "./reading.js";
import { checksBlock, claimsBlock, element, holderBlock, onDemand, showVerdict, verdictWords } from "./report.js";
import { keyOfLink } from "./sealed.js";
import { inflated } from "./status-list.js";
import { MAX_BYTES } from "./strict-json.js";
import { addTroubleIcons } from "./trouble-icons.js";
import { wayOut } from "./trouble.js";
import { verify } from "./verify.js";
import { Words } from "./words.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./checks.js").Evidence} Evidence */
/**
 * What was found in a file, and with what; `fault` says why nothing was.
 * @typedef {{ name: string, found?: Verification, evidence?: Evidence | null, fault?: string, isUnsupported?: boolean }} Answer
 */

const LINK = /^(?:https?:\/\/([^/\s]+)\S*)?\/c\/([1-9A-HJ-NP-Za-km-z]{22})\/?(#\S*)?$/;
const WITHDRAWN = ["revoked", "suspended"];
const COLUMNS = ["file", "holder", "title", "issuer", "verdict", "date"];
/** Images carry their picture too. */
const MAX_FILE = 20 * MAX_BYTES;

const form = byId("check-file");
const drop = byId("drop");
const root = document.documentElement.dataset["base"] ?? "/";
const words = new Words(document.documentElement.lang, Object.assign({}, ...(await strings())));
const place = { hostname: location.hostname, host: location.host, root, language: words.language };
let turn = 0;

addTroubleIcons();

byId("file").addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement) void showAll([...(event.target.files ?? [])].map(checkFile));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("text");
  const text = field instanceof HTMLTextAreaElement ? field.value.trim() : "";
  if (text) void showAll([checkText(text)]);
});
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.dataset["over"] = "true";
});
drop.addEventListener("dragleave", () => delete drop.dataset["over"]);
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  delete drop.dataset["over"];
  void showAll([...(event.dataTransfer?.files ?? [])].map(checkFile));
});

/** @returns {Promise<Record<string, string>[]>} */
function strings() {
  const addresses = ["verify.", "verify-trouble.", "verify-more.", "verify-file."].map((area) => (form.dataset["strings"] ?? "").replace("verify.", area));
  return Promise.all(addresses.map(async (address) => (await fetch(address, { credentials: "omit" })).json()));
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {File} file @returns {Promise<Answer>} */
async function checkFile(file) {
  if (file.size > MAX_FILE) return { name: file.name, fault: words.say("file.large", { name: file.name }) };
  return answerFor(file.name, new Uint8Array(await file.arrayBuffer()), null);
}

/** @param {string} text a credential, or the link of one on this site @returns {Promise<Answer>} */
async function checkText(text) {
  const name = words.say("file.pasted");
  const [, host, id = "", key = ""] = text.match(LINK) ?? [];
  if (!id) return answerFor(name, new TextEncoder().encode(text), null);
  if (host && host !== location.host && host !== form.dataset["host"]) {
    return { name: id, fault: words.say("file.elsewhere", { host }) };
  }
  const page = await fetch(`${root}c/${id}/`, { credentials: "omit" }).catch(() => null);
  if (!page?.ok) return { name: id, fault: words.say("file.no-page", { name: id }) };
  return answerFor(id, new Uint8Array(await page.arrayBuffer()), keyOfLink(key));
}

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 * @param {Uint8Array | null} key
 * @returns {Promise<Answer>}
 */
async function answerFor(name, bytes, key) {
  const inside = await credentialIn(bytes, (packed) => inflated(packed, "deflate")).catch(() => null);
  if (inside === null) return { name, fault: words.say("file.none", { name }) };
  const how = { now: new Date(), subtle: /** @type {Subtle} */ (crypto.subtle), key };
  /** @type {Evidence | null} */
  let evidence = null;
  const once = (/** @type {boolean} */ withNotice) => verify(inside, async (needs) => (evidence = await gather(needs, place, withNotice)), how);
  try {
    const found = await once(false);
    return { name, found: WITHDRAWN.includes(found.verdict) ? await once(true) : found, evidence };
  } catch {
    return { name, fault: words.say("verdict.unsupported.headline"), isUnsupported: true };
  }
}

/** @param {Promise<Answer>[]} asked */
async function showAll(asked) {
  const mine = (turn += 1);
  byId("table").replaceChildren();
  byId("answer").replaceChildren(element("p", {}, words.say("verdict.checking.headline")));
  const answers = await Promise.all(asked);
  if (mine !== turn) return; // others were chosen meanwhile
  const [only] = answers;
  if (answers.length === 1 && only) {
    await showOne(only);
  } else {
    byId("answer").replaceChildren(element("p", {}, words.count("file.count", answers.length)));
    byId("table").replaceChildren(tableOf(answers));
  }
  byId("answer").scrollIntoView({ block: "nearest" });
}

/** @param {Answer} answer */
async function showOne({ found, evidence = null, fault = "", isUnsupported = false }) {
  const ways = isUnsupported || found?.verdict === "unsupported" ? await wayOut(words, false) : [];
  if (!found) return byId("answer").replaceChildren(element("p", { class: "notice notice--warn" }, fault), ...ways);
  const box = element("div", { class: "verdict" });
  showVerdict(box, found.verdict, words, verdictWords(found, words));
  const heading = box.querySelector("h1");
  heading?.replaceWith(element("h2", { class: "verdict__headline" }, ...heading.childNodes));
  box.append(...ways);
  byId("answer").replaceChildren(box);
  const { document: verified } = found;
  const traces = () => import("./trace.js");
  /** @param {string} check */
  const traceOf = async (check) => (await traces()).trace(check, found, evidence, words);
  const technical = async () => (await traces()).technical(verified ?? {}, words);
  byId("table").replaceChildren(
    ...(verified ? [claimsBlock(found, words, found.credential.split("/")[2] ?? "")] : []),
    checksBlock(found, words, verified ? traceOf : undefined),
    ...(verified ? [holderBlock(found, words), onDemand({ class: "technical" }, words.say("technical"), technical)] : []),
  );
}

/** What a row says, and what it is sorted by. @param {Answer} answer @returns {{ cells: string[], date: string }} */
function rowOf({ name, found, fault = "" }) {
  if (!found?.document) return { cells: [name, "", "", "", found ? verdictWords(found, words).headline : fault, ""], date: "" };
  const claims = claimsOf(found.document);
  const issuer = issuerOf(found.document);
  const verdict = verdictWords(found, words).headline;
  const date = words.date(claims.validFrom);
  return { cells: [name, claims.holder, claims.title, didWebParts(issuer)?.host ?? issuer, verdict, date], date: claims.validFrom };
}

/** @param {Answer[]} answers */
function tableOf(answers) {
  const rows = answers.map((answer) => ({ ...rowOf(answer), verdict: answer.found?.verdict ?? "" }));
  const names = COLUMNS.map((key) => words.say(`file.${key}`));
  const body = element("tbody");
  const draw = () => body.replaceChildren(...rows.map(drawnRow));
  const heads = names.map((name, column) => {
    const button = element("button", { type: "button", class: "sort" }, name);
    const head = element("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort((one, other) => (up ? 1 : -1) * order(one, other, column));
      draw();
    });
    return head;
  });
  draw();
  const csv = [names, ...rows.map((row) => row.cells)].map((cells) => cells.map(quoted).join(",")).join("\r\n");
  const file = new Blob(["\ufeff", csv], { type: "text/csv" });
  const link = element("a", { href: URL.createObjectURL(file), download: "credentials.csv", class: "button button--plain" }, words.say("file.csv"));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
  const region = element("div", { class: "table-region", role: "region", tabindex: "0", "aria-label": words.say("file.verdict") }, table);
  return element("div", {}, region, element("p", {}, link));
}

/** @param {{ cells: string[], verdict: string }} row */
function drawnRow({ cells, verdict }) {
  const tone = words.say(`verdict.${verdict}.tone`) || "unknown";
  return element("tr", {}, ...cells.map((cell, column) => element("td", COLUMNS[column] === "verdict" ? { class: "table__verdict", "data-tone": tone } : {}, cell)));
}

/**
 * @param {{ cells: string[], date: string }} one
 * @param {{ cells: string[], date: string }} other
 * @param {number} column
 */
function order(one, other, column) {
  if (COLUMNS[column] === "date") return one.date < other.date ? -1 : Number(one.date > other.date);
  return (one.cells[column] ?? "").localeCompare(other.cells[column] ?? "", words.locale);
}

/** A cell of a CSV file, which no spreadsheet takes for a formula. @param {string} cell */
function quoted(cell) {
  const inert = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return `"${inert.replaceAll('"', '""')}"`;
}
