/** Makes a saved copy: one file with a credential, what it was checked with, and the verifier. Nothing in it is fetched. */

/** @typedef {import("./checks.js").Evidence} Evidence */
/** @typedef {{ language: string, name: string, strings: Record<string, string> }} Language */
/**
 * What the file knows: when it was made, the whole link's fragment, the words, and the evidence of that moment.
 * @typedef {{ at: string, fragment: string, language: string, languages: Language[], evidence: Evidence }} Saved
 */

/**
 * Only what judging this credential needs: of the registries, whether its issuer is listed.
 *
 * @param {Evidence} evidence
 * @param {string} issuer
 * @returns {Evidence}
 */
export function needed({ read: _, registries, ...evidence }, issuer) {
  if (!Array.isArray(registries)) return { ...evidence, registries };
  return { ...evidence, registries: registries.map(({ name, issuers }) => ({ name, issuers: issuers.filter((one) => one === issuer) })) };
}

/**
 * @param {JsonObject} document the credential, opened
 * @param {Saved} saved
 * @param {{ module: string, style: string, title: string }} parts
 * @returns {Promise<string>}
 */
export async function offlineFile(document, saved, { module, style, title }) {
  const policy = [
    "default-src 'none'",
    `script-src ${await hashOf(module)}`,
    `style-src ${await hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  const strings = saved.languages.find(({ language }) => language === saved.language)?.strings ?? {};
  /** @param {string} key */
  const say = (key) => escaped(strings[key] ?? "");
  return [
    '<!doctype html>',
    `<html lang="${escaped(saved.language)}" data-kind="credential">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex,nofollow,noarchive">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<script type="application/vc+json" id="credential">${data(document)}</script>`,
    `<script type="application/json" id="saved">${data(saved)}</script>`,
    `<script type="module">${module}</script>`,
    '</head>',
    '<body>',
    `<header class="wrap"><nav class="languages" aria-label="${say("frame.language")}"><ul id="interface-languages"></ul></nav></header>`,
    '<main class="wrap" id="main">',
    '<div class="verdict" id="verdict" role="status" data-verdict="unchecked" data-tone="unknown">',
    `<h1 class="verdict__headline">${say("verdict.unchecked.headline")}</h1>`,
    `<p>${say("offline-needs")}</p>`,
    '</div>',
    '<section class="claims" id="claims" hidden></section>',
    '<div id="report" hidden></div>',
    `<p class="disclaimer" id="offline-about">${say("offline-about")}</p>`,
    '</main>',
    '</body>',
    '</html>',
    "",
  ].join("\n");
}

/** @param {string} text */
async function hashOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
}

/** JSON that can't end the element it stands in. @param {unknown} value */
function data(value) {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
