/** Goes on to the language that the reader chose before, or that the browser asks for. */

const links = [...document.querySelectorAll("a[hreflang]")];
const chosen = stored() ?? preferred();
const link = links.find((candidate) => candidate.getAttribute("hreflang") === chosen);
if (link instanceof HTMLAnchorElement) {
  location.replace(link.href);
}

/** @returns {string | null} */
function stored() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

/** @returns {string | undefined} */
function preferred() {
  const known = links.map((candidate) => candidate.getAttribute("hreflang") ?? "");
  return navigator.languages
    .map((language) => known.find((tag) => tag.split("-")[0] === language.split("-")[0]))
    .find((tag) => tag !== undefined);
}
