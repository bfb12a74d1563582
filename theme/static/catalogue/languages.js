/** The same page in another language shows what the reader looks at: the links take the address's query along. */

const BEFORE_LEAVING = ["pointerover", "focusin", "click"];

/** The address changes while the page is open, so the query is added when a link is about to be used. */
export function keepQueryInLanguages() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".languages a"))) {
    for (const moment of BEFORE_LEAVING) {
      link.addEventListener(moment, () => {
        link.search = location.search;
      });
    }
  }
}
