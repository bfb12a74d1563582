/** What runs in a saved copy (offline.js makes it): checks the credential in the file with what the file holds. */

import { claimsOf } from "./claims.js";
import { checksBlock, claimsBlock, element, holderBlock, onDemand, showVerdict, verdictWords } from "./report.js";
import { addTroubleIcons } from "./trouble-icons.js";
import { verdictOf } from "./verdict.js";
import { verify } from "./verify.js";
import { Words } from "./words.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./offline.js").Saved} Saved */

/** What the issuer may change later counts as it was known when the file was made. */
const KNOWN_THEN = ["revocation", "suspension"];

const bytes = new TextEncoder().encode(byId("credential").textContent ?? "");
const saved = /** @type {Saved} */ (JSON.parse(byId("saved").textContent ?? ""));
const { evidence } = saved;
let words = wordsOf(saved.language);
const found = await judged().catch(() => null);

addTroubleIcons();
showLanguages();
show();

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const wanted = document.getElementById(id);
  if (!wanted) throw new Error(`the file has no #${id}`);
  return wanted;
}

/** The words of a language; those that are said otherwise in a file ("offline.…") in place of the page's. @param {string} language */
function wordsOf(language) {
  const strings = saved.languages.find((one) => one.language === language)?.strings ?? {};
  const other = Object.entries(strings).filter(([key]) => key.startsWith("offline."));
  return new Words(language, strings).with(Object.fromEntries(other.map(([key, text]) => [key.slice("offline.".length), text])));
}

/** The verification of today, but for what the network would tell. @returns {Promise<Verification>} */
async function judged() {
  const subtle = /** @type {Subtle} */ (crypto.subtle);
  const [then, today] = await Promise.all([new Date(saved.at), new Date()].map((now) => verify(bytes, () => evidence, { now, subtle })));
  if (!then || !today) throw new Error("nothing was verified");
  const checks = today.checks.map((check, place) => (KNOWN_THEN.includes(check.check) ? (then.checks[place] ?? check) : check));
  const verdict = verdictOf(new Map(checks.map((check) => [check.check, check])));
  return { ...today, checks, verdict: verdict === "valid" ? "valid-offline" : verdict };
}

function show() {
  document.documentElement.lang = words.language;
  for (const button of byId("interface-languages").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.lang === words.language));
  }
  byId("interface-languages").closest("nav")?.setAttribute("aria-label", words.say("frame.language"));
  byId("offline-about").textContent = words.say("offline-about");
  const verdict = found?.verdict ?? "unsupported";
  const verified = found?.document ?? null;
  const values = { headline: words.say(`verdict.${verdict}.headline`), sentence: words.say(`verdict.${verdict}.sentence`) };
  const text = found ? verdictWords(found, words) : values;
  showVerdict(byId("verdict"), verdict, words, text, ...(verified ? [onlinePage(verified)] : []));
  const claims = verified ? claimsOf(verified) : { title: "", holder: "" };
  document.title = [text.headline.split(" — ")[0], claims.title, claims.holder].filter(Boolean).join(" – ");
  byId("report").hidden = !found;
  if (found) drawReport(found);
}

/** @param {Verification} found */
function drawReport(found) {
  const { document: verified } = found;
  /** @param {string} check */
  const traceOf = async (check) => (await import("./trace.js")).trace(check, found, evidence, words);
  const rest = verified ? [holderBlock(found, words), technical(verified)] : [];
  byId("report").replaceChildren(checksBlock(found, words, verified ? traceOf : undefined), ...rest);
  if (verified) byId("claims").replaceWith(claimsBlock(found, words, ""));
}

/** @param {JsonObject} verified */
function technical(verified) {
  const fill = async () => (await import("./trace.js")).technical(verified, words);
  return onDemand({ class: "technical" }, words.say("technical"), fill);
}

/** The signed address, with the key that the file was made with. @param {JsonObject} verified */
function onlinePage(verified) {
  const id = String(verified["id"]);
  const address = id.startsWith("https://") ? element("a", { href: id + saved.fragment, rel: "noopener noreferrer" }, id) : id;
  return element("p", {}, `${words.say("offline-online")} `, address);
}

function showLanguages() {
  const buttons = saved.languages.map(({ language, name }) => {
    const button = element("button", { type: "button", class: "button button--plain", lang: language }, name);
    button.addEventListener("click", () => {
      words = wordsOf(language);
      show();
    });
    return element("li", {}, button);
  });
  byId("interface-languages").replaceChildren(...(buttons.length > 1 ? buttons : []));
}
