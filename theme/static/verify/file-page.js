/** The page that checks files: whatever is chosen, dropped or pasted is read here and sent nowhere. */

import { checkFile, checkText, hostOf, stringsAt, UNSUPPORTED } from "./answers.js";
import { claimsOf } from "./claims.js";
import { CountingWords } from "./counting-words.js";
import { didWebParts } from "./did.js";
import { issuerOf } from "./reading.js";
import { checksBlock, claimsBlock, element, holderBlock, onDemand, showVerdict, verdictWords } from "./report.js";
import { addTroubleIcons } from "./trouble-icons.js";
import { wayOut } from "./trouble.js";

/** @typedef {import("./answers.js").Answer} Answer */

const LINK = /^https?:\/\/([^/\s]+)\S*$/;
const COLUMNS = ["file", "holder", "title", "issuer", "verdict", "date"];
const form = byId("check-file");
const drop = byId("drop");
const root = document.documentElement.dataset["base"] ?? "/";
const words = new CountingWords(document.documentElement.lang, await stringsAt(addresses()));
const place = { hostname: location.hostname, host: location.host, root, language: words.language };
let turn = 0;

addTroubleIcons();

byId("file").addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement) void showAll(filesOf(event.target.files));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("text");
  const text = field instanceof HTMLTextAreaElement ? field.value.trim() : "";
  if (!text) field.focus();
  void showAll([answerTo(text)]);
});
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.dataset["over"] = "true";
});
drop.addEventListener("dragleave", () => delete drop.dataset["over"]);
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  delete drop.dataset["over"];
  void showAll(filesOf(event.dataTransfer?.files));
});

function addresses() {
  return ["verify.", "verify-trouble.", "verify-more.", "verify-file."].map((area) => (form.dataset["strings"] ?? "").replace("verify.", area));
}

/** @param {string} text that was pasted @returns {Promise<Answer>} */
async function answerTo(text) {
  if (!text) return { name: "", fault: "file.empty" };
  const published = form.dataset["host"] ?? "";
  const host = text.match(LINK)?.[1];
  if (host && ![location.host, published].includes(host)) return { name: host, fault: "file.elsewhere", host };
  return checkText(text, words.say("file.pasted"), place, published);
}

/** @param {FileList | null | undefined} files */
function filesOf(files) {
  return [...(files ?? [])].map((file) => checkFile(file, place));
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** Why nothing was found. @param {Answer} answer */
function faultOf({ name, fault = "", host = "" }) {
  return words.say(fault, { name, host });
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
async function showOne(answer) {
  const { found, evidence = null, fault } = answer;
  const ways = fault === UNSUPPORTED || found?.verdict === "unsupported" ? await wayOut(words, false) : [];
  if (!found) return byId("answer").replaceChildren(element("p", { class: "notice notice--warn" }, faultOf(answer)), ...ways);
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
    ...(verified ? [claimsBlock(found, words, hostOf(found.credential))] : []),
    checksBlock(found, words, verified ? traceOf : undefined),
    ...(verified ? [holderBlock(found, words), onDemand({ class: "technical" }, words.say("technical"), technical)] : []),
  );
}

/** What a row says, and what it is sorted by. @param {Answer} answer @returns {{ cells: string[], date: string }} */
function rowOf(answer) {
  const { name, found } = answer;
  if (!found?.document) return { cells: [name, "", "", "", found ? verdictWords(found, words).headline : faultOf(answer), ""], date: "" };
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
  const body = element("tbody", { role: "rowgroup" });
  const draw = () => body.replaceChildren(...rows.map(drawnRow));
  const heads = names.map((name, column) => {
    const button = element("button", { type: "button", class: "sort" }, name);
    const head = element("th", { scope: "col", role: "columnheader" }, button);
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
  const table = element("table", { class: "files", role: "table" }, element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)), body);
  const region = element("div", { class: "table-region", role: "region", tabindex: "0", "aria-label": words.say("file.verdict") }, table);
  return element("div", {}, region, element("p", {}, link));
}

/** The roles stand even where a small window draws a table as a list. @param {{ cells: string[], verdict: string }} row */
function drawnRow({ cells, verdict }) {
  const tone = words.say(`verdict.${verdict}.tone`) || "unknown";
  return element("tr", { role: "row" }, ...cells.map((cell, column) => {
    const key = COLUMNS[column] ?? "";
    /** @type {Record<string, string>} */
    const look = key === "verdict" ? { class: "table__verdict", "data-tone": tone } : {};
    return element("td", { role: "cell", "data-name": words.say(`file.${key}`), ...look }, cell);
  }));
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
