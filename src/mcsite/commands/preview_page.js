// In every page of `mcsite serve`: loads the page anew after a build, or the page of the file that
// was saved; shows over it what stopped a build, and below it what one warned of.

/** @typedef {{place: string, severity: string, message: string, source: string, hint: string}} Fault */
/** @typedef {{build: number, page: string, broken: boolean, faults: Fault[]}} News */

const about = document.querySelector('script[src="/mcsite-preview.js"]');
const built = Number(about?.getAttribute("data-build"));
const base = about?.getAttribute("data-base") ?? "/";
const languages = (about?.getAttribute("data-languages") ?? "").split(" ");
const follows = about?.getAttribute("data-follow") === "true";
const ID = "mcsite-preview";

/**
 * Where the page of the saved file is: in the language that is being read, else the first.
 *
 * @param {string} page
 */
function addressOf(page) {
  const [first = ""] = location.pathname.slice(base.length).split("/");
  return `${base}${languages.includes(first) ? first : languages[0]}/${page}`;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {Partial<CSSStyleDeclaration>} looks
 */
function element(name, text, looks = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  Object.assign(made.style, looks); // a page's policy has nothing against styles that are set so
  return made;
}

/** @param {Fault} fault */
function told(fault) {
  const item = element("li", "", { margin: "0 0 1.25rem" });
  item.append(element("strong", fault.message, { display: "block", fontSize: "1.125rem" }));
  if (fault.place) item.append(element("code", fault.place, { overflowWrap: "anywhere" }));
  if (fault.source) {
    const looks = { margin: ".5rem 0", padding: ".5rem", overflowX: "auto", background: "#0003" };
    const source = element("pre", fault.source, looks);
    source.tabIndex = 0;
    item.append(source);
  }
  if (fault.hint) item.append(element("p", fault.hint, { margin: "0" }));
  return item;
}

/** @param {News} news */
function show(news) {
  document.getElementById(ID)?.remove();
  if (news.faults.length === 0) return;
  const box = element("section", "", {
    position: "fixed", zIndex: "1000", insetInline: "0", bottom: "0", boxSizing: "border-box",
    padding: news.broken ? "1rem 1.5rem" : ".25rem 1.5rem", overflowY: "auto", font: "1rem/1.5 system-ui, sans-serif",
    textAlign: "start", color: "#fff", borderBlockStart: ".25rem solid #ffd67a",
    background: news.broken ? "#5c1013" : "#352808", maxHeight: news.broken ? "100%" : "40%",
  });
  if (news.broken) box.style.top = "0";
  box.id = ID;
  box.lang = "en";
  box.setAttribute("role", news.broken ? "alert" : "status");
  const list = element("ol", "", { margin: "0", padding: "0", listStyle: "none" });
  list.append(...news.faults.map(told));
  if (news.broken) {
    const heading = "The site is as before: mend this first";
    box.append(element("h2", heading, { margin: "0 0 1rem", fontSize: "1.5rem" }), list);
    box.append(closing(box));
  } else {
    const details = element("details", "");
    const count = news.faults.length;
    const said = `${count} ${count === 1 ? "warning" : "warnings"}`;
    details.append(element("summary", said, { color: "inherit" }), list);
    list.style.marginTop = "1rem";
    box.append(details);
  }
  document.body.append(box);
}

/** @param {HTMLElement} box */
function closing(box) {
  const button = element("button", "Close", {
    font: "inherit", padding: ".5rem 1rem", color: "#16202a", background: "#fff",
  });
  button.addEventListener("click", () => box.remove());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.remove();
  });
  return button;
}

new EventSource("/mcsite-events").addEventListener("message", (event) => {
  /** @type {News} */
  const news = JSON.parse(event.data);
  if (news.build !== built) {
    const target = news.page && follows ? addressOf(news.page) : location.pathname;
    if (target === location.pathname) location.reload();
    else location.assign(target);
  } else show(news);
});
