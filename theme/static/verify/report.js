/** Draws a verification: verdict, five-second block, nine rows, claims. Text only ever goes in as text. */

import { claimsOf } from "./claims.js";
import { didWebParts } from "./did.js";
import { icon } from "./icons.js";
import { issuerOf, listed, timeOf } from "./reading.js";
import { isObject } from "./strict-json.js";

/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./verdict.js").CheckResult} CheckResult */

/** @type {Record<string, [string, string]>} icon and tone of a row */
const ROW_MARKS = {
  passed: ["hollow", "ok"],
  failed: ["cross", "bad"],
  unknown: ["question", "warn"],
  "not-checked": ["ring", "unknown"],
};

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

/**
 * What is filled when a reader opens it.
 *
 * @param {Record<string, string>} attributes
 * @param {string} summary
 * @param {() => Promise<Node[]>} fill
 * @returns {HTMLElement}
 */
export function onDemand(attributes, summary, fill) {
  const made = element("details", attributes, element("summary", {}, summary));
  made.addEventListener("toggle", async () => made.append(...(await fill())), { once: true });
  return made;
}

/** @param {Verification} found @param {string} check @returns {CheckResult | undefined} */
export function checkOf(found, check) {
  return found.checks.find((result) => result.check === check);
}

/** @param {Json | undefined} value */
function written(value) {
  return typeof value === "string" ? value : null;
}

/**
 * What the sentences of a verification name.
 *
 * @param {Verification} found
 * @param {Words} words
 */
function valuesOf(found, words) {
  const document_ = found.document ?? {};
  const [from, until] = [written(document_["validFrom"]), written(document_["validUntil"])];
  const [revocation, suspension] = [checkOf(found, "revocation"), checkOf(found, "suspension")];
  const told = found.notice ? timeOf(found.notice["at"]) : null;
  /** @type {Record<string, Date | string | null | undefined>} */
  const dates = {
    "not-yet-valid": from,
    expired: until,
    revoked: told ?? revocation?.at,
    suspended: told ?? suspension?.at,
    "valid-offline": revocation?.at,
  };
  const checked = checkOf(found, "format")?.at ?? new Date();
  return {
    domain: checkOf(found, "issuer-key")?.details["domain"] ?? "",
    lists: checkOf(found, "trust-registry")?.details["list"] ?? "",
    today: words.date(checked),
    time: words.time(checked),
    date: words.date(dates[found.verdict] ?? null),
    since: words.date(from),
    until: words.date(until),
    signed: words.date(written(listed(document_["proof"]).filter(isObject)[0]?.["created"])),
    list: revocation?.state === "passed" ? words.date(revocation.at) : "–",
    reason: reasonText(found, words),
  };
}

/** @param {Verification} found @param {Words} words */
function reasonText(found, words) {
  const reason = found.notice?.["reason"];
  const text = isObject(reason) ? (reason[words.language] ?? Object.values(reason)[0]) : reason;
  return typeof text === "string" ? words.say("reason", { reason: text }) : words.say("no-reason");
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
  const why = `${found.verdict}.${found.checks.find((check) => check.state !== "passed")?.reason}`;
  const unmanaged = found.verdict === "valid" && checkOf(found, "revocation")?.reason === "no-status";
  const known = words.say(`${why}.headline`) ? why : `verdict.${found.verdict}`;
  const headline = words.say(`${unlisted ? "unlisted" : known}.headline`, values);
  const key = unlisted ? "unlisted" : unmanaged ? "valid-for-good" : known;
  return { headline, sentence: words.say(`${key}.sentence`, values) };
}

/**
 * Puts a verdict into the page's one status box.
 *
 * @param {HTMLElement} box
 * @param {string} verdict
 * @param {Words} words
 * @param {{ headline: string, sentence: string }} text
 * @param {Node[]} more what follows the sentence
 */
export function showVerdict(box, verdict, words, { headline, sentence }, ...more) {
  const mark = element("span", { class: "verdict__icon", "aria-hidden": "true" }, icon(words.say(`verdict.${verdict}.icon`)));
  box.dataset["verdict"] = verdict;
  box.dataset["tone"] = words.say(`verdict.${verdict}.tone`) || "unknown";
  box.replaceChildren(
    element("h1", { class: "verdict__headline" }, mark, element("span", { id: "headline" }, headline)),
    element("p", { id: "sentence" }, sentence),
    ...more,
  );
}

/**
 * What is read in five seconds, from the verified document alone.
 *
 * @param {Verification} found its document verified
 * @param {Words} words
 * @param {string} host where the published page stands
 * @returns {HTMLElement}
 */
export function claimsBlock(found, words, host) {
  const document_ = found.document ?? {};
  const claims = claimsOf(document_);
  const domain = didWebParts(issuerOf(document_))?.host ?? "";
  const [level] = ["EQF", "QF-EHEA"].flatMap((type) => claims.alignments.filter((one) => one.type === type).map((one) => one.name));
  const measures = [level, claims.credits && words.say("credits", { count: claims.credits })].filter(Boolean).join(", ");
  const issuedBy = element("p", {}, words.say("issued-by", { issuer: claims.issuer }));
  if (domain) {
    const checked = checkOf(found, "issuer-key")?.state === "passed" ? ` (${words.say("domain-checked")})` : "";
    issuedBy.append(" · ", element("strong", { class: "claims__domain" }, domain), checked);
  }
  const end = claims.validUntil ? words.say("until", { date: words.date(claims.validUntil) }) : words.say("no-end");
  const list = checkOf(found, "revocation");
  const dates = [words.date(claims.validFrom), end];
  if (list?.reason === "ok") dates.push(words.say("list-of", { date: words.date(list.at) }));
  const block = element(
    "section",
    { class: "claims", id: "claims" },
    element("p", { class: "claims__holder" }, claims.holder),
    element("p", { class: "claims__title" }, [claims.title, measures].filter(Boolean).join(" — ")),
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
  const lines = claims.narrative.split("\n").map((line) => line.trim()).filter(Boolean);
  const outcomes = lines.filter((line) => line.startsWith("- ")).map((line) => element("li", {}, line.slice(2)));
  const facts = element("dl", { class: "summary-list" });
  /** @param {string} label @param {string[]} values */
  const add = (label, values) => {
    const said = values.filter(Boolean).map((value) => element("dd", {}, value));
    if (said.length > 0) facts.append(element("div", {}, element("dt", {}, label), ...said));
  };
  add(words.say("grade"), [claims.grade]);
  const rest = lines.filter((line) => !line.startsWith("- "));
  const isHours = (/** @type {string} */ line) => /^[\d.]+ h$/.test(line);
  add(words.say("details.credits"), [claims.credits && words.say("credits", { count: claims.credits }), ...rest.filter(isHours)]);
  /** @type {Map<string, string[]>} */
  const named = new Map();
  for (const { type, name, text } of claims.alignments) {
    const label = words.say(`details.${type}`) || type;
    named.set(label, [...(named.get(label) ?? []), text ? `${name} (${text})` : name]);
  }
  const skills = words.say("details.ESCOSkill");
  for (const [label, values] of named) add(label, label === skills ? [values.join(", ")] : values);
  add(words.say("details.criteria"), rest.filter((line) => !isHours(line)));
  add(words.say("details.language"), [nameOf("language", claims.language, words)]);
  add(words.say("details.country"), [nameOf("region", claims.country, words)]);
  const heading = element("h2", {}, words.say("holder-heading"));
  return element("section", {}, heading, ...(outcomes.length > 0 ? [element("ul", {}, ...outcomes)] : []), facts);
}

/** @param {"language" | "region"} type @param {string} code @param {Words} words */
export function nameOf(type, code, words) {
  try {
    return (code && new Intl.DisplayNames(words.locale, { type }).of(code)) || code;
  } catch {
    return code;
  }
}

/**
 * The nine rows, in their order; each can be followed where `traceOf` tells how it was made.
 *
 * @param {Verification} found
 * @param {Words} words
 * @param {(check: string) => Promise<Node>} [traceOf]
 * @returns {HTMLElement}
 */
export function checksBlock(found, words, traceOf) {
  const values = valuesOf(found, words);
  const rows = found.checks.map((result) => {
    const kind = result.reason === "not-checked" ? result.reason : found.verdict === "no-key" ? "unknown" : result.state;
    const [name, tone] = ROW_MARKS[kind] ?? ["", ""];
    const label = words.say(`check.${result.check}`);
    const traced = traceOf ? [onDemand({ class: "checks__trace" }, words.say("trace"), async () => [await traceOf(result.check)])] : [];
    return element(
      "li",
      { "data-check": result.check, "data-state": result.state, "data-reason": result.reason },
      element("span", { class: "checks__icon", "data-tone": tone, "aria-hidden": "true" }, icon(name)),
      element("p", { class: "checks__name" }, `${label}: `, element("span", { class: "checks__state", "data-tone": tone }, words.say(`state.${kind}`))),
      element("p", { class: "checks__why" }, rowText(result, words, values)),
      ...traced,
    );
  });
  const heading = element("h2", {}, words.say("checked-heading"));
  const when = element("p", { class: "muted" }, words.say("checked-at", { date: values.today, time: values.time }));
  return element("section", { class: "checked" }, heading, when, element("ol", { class: "checks" }, ...rows));
}

/** @param {CheckResult} result @param {Words} words @param {Record<string, string>} values */
function rowText({ check, reason, at, details }, words, values) {
  /** @type {Record<string, string>} */
  const all = { ...values, ...details, domain: values["domain"] ?? "", since: values["since"] ?? "", until: values["until"] ?? "" };
  if (check === "revocation" || check === "suspension") all["list"] = words.date(at);
  const keys = [`reason.${check}.${reason}`, `reason.${reason}`];
  const [said] = keys.map((key) => words.say(key, all)).filter(Boolean);
  const sentence = said ?? words.say("reason.other", { code: reason });
  return details["named"] ? words.say("named", { sentence, named: details["named"] }) : sentence;
}
