/** The first page: remembers the language that the reader chooses, and goes on to it next time. */

const KEY = "language";

/** @returns {string | null} */
function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // the browser keeps nothing for this site
  }
}

/** @param {string} language */
function store(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // the link works all the same
  }
}

const chosen = stored();
for (const link of document.querySelectorAll("#choices a")) {
  if (link instanceof HTMLAnchorElement) {
    if (link.hreflang === chosen) {
      location.replace(link.href);
    }
    link.addEventListener("click", () => store(link.hreflang));
  }
}
