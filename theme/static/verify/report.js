/** Draws a verification: verdict, five-second block, nine rows, claims. Text only ever goes in as text. */

import { claimsOf, harmless } from "./claims.js";
import { didWebParts } from "./did.js";
import { icon } from "./icons.js";
import { issuerOf, timeOf } from "./reading.js";
import { isObject } from "./strict-json.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./verdict.js").CheckResult} CheckResult */

const STATE_ICONS = { passed: ["hollow", "ok"], failed: ["cross", "bad"], unknown: ["question", "warn"] };

/**
 * An element with text and children. There is no way to put markup in.
 *
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {Verification} found @param {string} check @returns {CheckResult | undefined} */
function checkOf(found, check) {
  return found.checks.find((result) => result.check === check);
}

/**
 * What the verdict's sentences name.
 *
 * @param {Verification} found
 * @param {Words} words
 */
function valuesOf(found, words) {
  const from = checkOf(found, "valid-from")?.details["since"] ?? "";
  const until = checkOf(found, "valid-until")?.details["until"] ?? "";
  const revocation = checkOf(found, "revocation");
  const told = found.notice ? timeOf(found.notice["at"]) : null;
  /** @type {Record<string, Date | string | null | undefined>} */
  const dates = {
    "not-yet-valid": from,
    expired: until,
    revoked: told ?? revocation?.at,
    suspended: told ?? checkOf(found, "suspension")?.at,
  };
  return {
    domain: checkOf(found, "issuer-key")?.details["domain"] ?? "",
    lists: checkOf(found, "trust-registry")?.details["list"] ?? "",
    time: words.time(checkOf(found, "issuer-key")?.at ?? new Date()),
    date: words.date(dates[found.verdict] ?? null),
    since: words.date(from),
    list: revocation?.reason === "ok" ? words.date(revocation.at) : "–",
    reason: reasonText(found, words),
  };
}

/** @param {Verification} found @param {Words} words */
function reasonText(found, words) {
  const reason = found.notice?.["reason"];
  const text = isObject(reason) ? (reason[words.language] ?? Object.values(reason)[0]) : reason;
  return typeof text === "string" ? words.say("reason", { reason: harmless(text) }) : words.say("no-reason");
}

/**
 * Headline and sentence of a verification.
 *
 * @param {Verification} found
 * @param {Words} words
 */
export function verdictWords(found, words) {
  const values = valuesOf(found, words);
  const unlisted = found.verdict === "unknown-issuer" && checkOf(found, "signature")?.state !== "passed";
  const key = unlisted ? "unlisted" : `verdict.${found.verdict}`;
  return { headline: words.say(`${key}.headline`, values), sentence: words.say(`${key}.sentence`, values) };
}

/**
 * Puts a verdict into the page's one status box.
 *
 * @param {HTMLElement} box
 * @param {string} verdict
 * @param {Words} words
 * @param {{ headline: string, sentence: string }} text
 */
export function showVerdict(box, verdict, words, { headline, sentence }) {
  const words_ = element("span", { id: "headline" }, headline);
  const mark = element("span", { class: "verdict__icon", "aria-hidden": "true" });
  mark.append(icon(words.say(`verdict.${verdict}.icon`)));
  box.dataset["verdict"] = verdict;
  box.dataset["tone"] = words.say(`verdict.${verdict}.tone`) || "unknown";
  box.replaceChildren(
    element("h1", { class: "verdict__headline" }, mark, words_),
    element("p", { id: "sentence" }, sentence),
  );
}

/**
 * The five-second block and what the holder can do, from the verified document alone.
 *
 * @param {Verification} found its document verified
 * @param {Words} words
 * @param {string} host where the published page stands
 * @returns {HTMLElement}
 */
export function claimsBlock(found, words, host) {
  const document_ = found.document ?? {};
  const claims = claimsOf(document_);
  const parts = didWebParts(issuerOf(document_));
  const eqf = claims.alignments.find((alignment) => alignment.type === "EQF");
  const measures = [eqf?.name, claims.credits && words.say("credits", { count: claims.credits })].filter(Boolean);
  const issuedBy = element("p", {}, words.say("issued-by", { issuer: claims.issuer }));
  if (parts) {
    const known = checkOf(found, "issuer-key")?.state === "passed";
    const said = known ? `${parts.host} (${words.say("domain-checked")})` : parts.host;
    issuedBy.append(" · ", element("span", { class: "domain" }, said));
  }
  const end = claims.validUntil ? words.say("until", { date: words.date(claims.validUntil) }) : words.say("no-end");
  const list = checkOf(found, "revocation");
  const dates = [words.date(claims.validFrom), end];
  if (list?.reason === "ok") dates.push(words.say("list-of", { date: words.date(list.at) }));
  const block = element(
    "section",
    { class: "claims", id: "claims" },
    element("p", { class: "claims__holder" }, claims.holder),
    element("p", { class: "claims__title" }, [claims.title, ...measures].join(" — ")),
    issuedBy,
    element("p", {}, dates.join(" · ")),
    element("p", { class: "muted" }, words.say("address-bar", { host })),
  );
  if (claims.awardingBody && claims.awardingBody !== claims.issuer) {
    issuedBy.after(element("p", {}, words.say("awarded-by", { body: claims.awardingBody })));
  }
  return block;
}

/**
 * What the holder can do: outcomes, level, assessment and the rest.
 *
 * @param {Verification} found
 * @param {Words} words
 * @returns {HTMLElement}
 */
export function holderBlock(found, words) {
  const claims = claimsOf(found.document ?? {});
  const facts = element("dl", { class: "facts" });
  /** @param {string} label @param {string} value */
  const add = (label, value) => {
    if (value) facts.append(element("div", {}, element("dt", {}, label), element("dd", {}, value)));
  };
  add(words.say("grade"), claims.grade);
  add(words.say("details.credits"), claims.credits && words.say("credits", { count: claims.credits }));
  for (const type of new Set(claims.alignments.map((alignment) => alignment.type))) {
    const named = claims.alignments.filter((alignment) => alignment.type === type);
    const label = words.say(`details.${type}`) || type;
    add(label, named.map(({ name, text }) => (text ? `${name} (${text})` : name)).join("; "));
  }
  add(words.say("details.language"), nameOf("language", claims.language, words));
  add(words.say("details.country"), nameOf("region", claims.country, words));
  return element(
    "section",
    {},
    element("h2", {}, words.say("holder-heading")),
    element("div", { class: "claims__outcomes" }, claims.narrative),
    facts,
  );
}

/** @param {"language" | "region"} type @param {string} code @param {Words} words */
function nameOf(type, code, words) {
  try {
    return (code && new Intl.DisplayNames(words.language, { type }).of(code)) || code;
  } catch {
    return code;
  }
}

/**
 * The nine rows, in their order.
 *
 * @param {Verification} found
 * @param {Words} words
 * @returns {HTMLElement}
 */
export function checksBlock(found, words) {
  const rows = found.checks.map((result) => {
    const [name = "", tone = ""] = STATE_ICONS[result.state];
    const mark = element("span", { class: "checks__icon", "data-tone": tone, "aria-hidden": "true" });
    mark.append(icon(name));
    const state = element("span", { class: "checks__state", "data-tone": tone }, words.say(`state.${result.state}`));
    const text = element("p", {}, element("strong", {}, words.say(`check.${result.check}`)), ": ", state);
    return element(
      "li",
      { "data-check": result.check, "data-state": result.state, "data-reason": result.reason },
      mark,
      element("div", {}, text, element("p", { class: "muted" }, rowText(result, words))),
    );
  });
  return element("section", {}, element("h2", {}, words.say("checked-heading")), element("ol", { class: "checks" }, ...rows));
}

/** @param {CheckResult} result @param {Words} words */
function rowText(result, words) {
  const { details } = result;
  const values = { ...details, since: words.date(details["since"] ?? ""), until: words.date(details["until"] ?? "") };
  const said = words.say(`reason.${result.reason}`, values) || words.say("reason.other", { code: result.reason });
  const dated = ["revocation", "suspension"].includes(result.check) && result.state !== "unknown";
  return dated ? `${said} ${words.say("list-of", { date: words.date(result.at) })}` : said;
}

/**
 * "As issued" beside "today", where the catalogue says something else now.
 *
 * @param {Verification} found
 * @param {JsonObject[]} today
 * @param {Words} words
 * @returns {HTMLElement | null}
 */
export function comparison(found, today, words) {
  const subject = found.document?.["credentialSubject"];
  const issued = isObject(subject) ? subject["achievement"] : undefined;
  const [now] = today;
  if (checkOf(found, "achievement")?.reason !== "changed-since" || !isObject(issued) || !now) return null;
  const rows = Object.keys({ ...issued, ...now })
    .filter((key) => JSON.stringify(issued[key]) !== JSON.stringify(now[key]))
    .map((key) =>
      element(
        "div",
        {},
        element("p", {}, element("strong", {}, `${words.say("as-issued")}: `), shown(issued[key])),
        element("p", {}, element("strong", {}, `${words.say("today")}: `), shown(now[key])),
      ),
    );
  const heading = `${words.say("as-issued")} / ${words.say("today").toLocaleLowerCase(words.language)}`;
  return element("section", { class: "compare" }, element("h2", {}, heading), ...rows);
}

/** @param {Json | undefined} value */
function shown(value) {
  if (isObject(value) && typeof value["narrative"] === "string") return harmless(value["narrative"]);
  return harmless(typeof value === "string" ? value : (JSON.stringify(value) ?? "–"));
}
