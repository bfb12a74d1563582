/** The facets: checkboxes with counts, the filters that are applied, the order. */

import { button, element } from "./dom.js";
import { FIXED } from "./facets.js";
import { FACETS, SORTS, toggled } from "./state.js";

/** @typedef {import("./facets.js").Table} Table */
/** @typedef {import("../verify/counting-words.js").CountingWords} Words */
/** @typedef {import("./state.js").State} State */
/** @typedef {{ key: string, label: string }} Option */
/** @typedef {Record<string, Map<string, number>>} Counts */

/** Of a long facet so many values are shown, until all are asked for. */
const SHOWN = 6;

/**
 * @param {HTMLElement} place
 * @param {Table} table
 * @param {Words} words
 * @param {Counts} inUse how many courses have each value; what none has is no choice
 * @param {(next: State) => void} go
 * @returns {(state: State, counts: Counts) => void} shows the panel; what had focus keeps it
 */
export function panelIn(place, table, words, inUse, go) {
  const say = words.say.bind(words);
  /** @type {Set<string>} facets of which all values are shown */
  const opened = new Set();
  const collator = new Intl.Collator(words.language);
  const options = new Map(FACETS.map((facet) => [facet, optionsOf(facet)]));
  const choices = new Map([...options].map(([facet, all]) => [facet, facet in FIXED ? all : all.filter(({ key }) => inUse[facet]?.has(key))]));

  /** @param {string} facet @returns {Option[]} */
  function optionsOf(facet) {
    const fixed = /** @type {Record<string, string[]>} */ (FIXED)[facet];
    if (fixed) return fixed.map((key) => ({ key, label: say(`${facet}.${key}`) }));
    return [...(table.values[facet] ?? [])].sort((one, other) => collator.compare(one.label, other.label));
  }

  /** @param {State} state @param {Counts} counts */
  function show(state, counts) {
    const focused = document.activeElement?.id ?? "";
    const wasOpen = place.querySelector("button")?.getAttribute("aria-expanded") === "true";
    const applied = Object.values(state.chosen).flat().length;
    const label = applied > 0 ? `${say("filters")} (${words.number(applied)})` : say("filters");
    const attributes = { id: "filters", class: "button button--plain facets__toggle", "aria-expanded": String(wasOpen), "aria-controls": "filter-groups" };
    const toggle = button(attributes, label, () => {
      toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
    });
    const groups = FACETS.filter((facet) => choices.get(facet)?.length).map((facet) => groupOf(facet, state, counts));
    place.replaceChildren(toggle, appliedList(state), element("div", { id: "filter-groups", class: "facets__groups" }, ...groups), sortField(state));
    if (focused) document.getElementById(focused)?.focus();
  }

  /** @param {string} facet @param {State} state @param {Counts} counts */
  function groupOf(facet, state, counts) {
    const all = choices.get(facet) ?? [];
    const chosen = state.chosen[facet] ?? [];
    const tally = counts[facet] ?? new Map();
    const short = all.length > SHOWN + 2 && !opened.has(facet) && facet !== "eqf";
    const shown = short ? mostUsed(all, chosen, tally) : all;
    const group = element("fieldset", { class: "facets__group", "data-facet": facet }, element("legend", {}, say(`facet.${facet}`)));
    group.append(...shown.map((option) => optionOf(facet, option, tally.get(option.key) ?? 0, state)));
    if (short) {
      const label = say("show-all", { count: words.number(all.length), facet: say(`facet.${facet}`) });
      group.append(
        button({ class: "facets__more", id: `more-${facet}` }, label, () => {
          opened.add(facet);
          show(state, counts);
          const first = place.querySelector(`[data-facet="${facet}"] input:enabled`);
          if (first instanceof HTMLElement) first.focus();
        }),
      );
    }
    return group;
  }

  /** @param {string} facet @param {Option} option @param {number} count @param {State} state */
  function optionOf(facet, { key, label }, count, state) {
    const checked = state.chosen[facet]?.includes(key) ?? false;
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", id: idOf(facet, key), checked, disabled: count === 0 && !checked });
    box.addEventListener("change", () => go(toggled(state, facet, key)));
    const number = element("span", { class: "facets__count" }, ` ${words.number(count)}`);
    return element("div", { class: "facets__option" }, box, element("label", { for: box.id }, label, number));
  }

  /** @param {State} state */
  function appliedList(state) {
    const list = element("ul", { class: "facets__applied" });
    for (const [facet, keys] of Object.entries(state.chosen)) {
      for (const key of keys) {
        const label = options.get(facet)?.find((option) => option.key === key)?.label ?? key;
        const name = say("remove", { filter: `${say(`facet.${facet}`)}: ${label}` });
        const attributes = { class: "facets__remove", id: `remove-${facet}-${key}`, "aria-label": name };
        list.append(element("li", {}, button(attributes, `${label} ×`, () => go(toggled(state, facet, key)))));
      }
    }
    if (list.childElementCount > 0) {
      const clear = button({ class: "facets__remove", id: "clear-filters" }, say("clear"), () => go({ ...state, chosen: {}, page: 1 }));
      list.append(element("li", {}, clear));
    }
    return list;
  }

  /** @param {State} state */
  function sortField(state) {
    const select = document.createElement("select");
    select.id = "sort";
    for (const sort of SORTS) select.add(new Option(say(`sort.${sort}`), sort, false, sort === state.sort));
    select.addEventListener("change", () => go({ ...state, sort: select.value, page: 1 }));
    return element("p", { class: "facets__sort" }, element("label", { for: "sort" }, say("sort")), " ", select);
  }

  return show;
}

/** @param {string} facet @param {string} key */
function idOf(facet, key) {
  return `facet-${facet}-${key}`;
}

/** @param {Option[]} options @param {string[]} chosen @param {Map<string, number>} tally @returns {Option[]} in their own order */
function mostUsed(options, chosen, tally) {
  /** @param {Option} option */
  const rank = ({ key }) => (chosen.includes(key) ? Infinity : (tally.get(key) ?? 0));
  const most = new Set([...options].sort((one, other) => (rank(other) === rank(one) ? 0 : rank(other) - rank(one))).slice(0, SHOWN));
  return options.filter((option) => most.has(option));
}
