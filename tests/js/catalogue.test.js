/** Facets count as choosing them would; the address says what was chosen; spellings that are near are offered. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asOf, facetsOf, filtered, sorted } from "../../theme/static/catalogue/facets.js";
import { idsIn } from "../../theme/static/catalogue/shortlist.js";
import { nearPages } from "../../theme/static/catalogue/results.js";
import { addressOf, FACETS, stateOf, toggled } from "../../theme/static/catalogue/state.js";
import { nearest } from "../../theme/static/catalogue/suggest.js";
import { answering, answers, partsOf, ranked, tableSearcher } from "../../theme/static/catalogue/lookup.js";

const TODAY = "2026-11-23";
const table = {
  language: "lv",
  courses: {
    id: ["a", "b", "c", "d"],
    title: ["Ābele", "Zāle", "Bite", "Cirvis"],
    summary: ["Koks dārzā", "Zaļa zāle", "Medus un bites", "Koka kāts"],
    provider: [0, 0, 1, 1],
    field: [[0], [0, 1], [1], []],
    eqf: [4, 5, 4, 0],
    ects: [0.5, 3, 3.5, null],
    hours: [12, 80, 99, 200],
    languages: [[0], [0, 1], [1], [0]],
    mode: [[0], [0], [1], [0, 1]],
    start: [["2026-12-01"], ["2027-06-01"], [], ["2027-02-23", "2027-09-01"]],
    price: [0, 120, null, 99.5],
    currency: ["", "EUR", "", "EUR"],
    stackable: [1, 0, 1, 0],
    skills: [[0], [], [0, 1], []],
    occupations: [[], [0], [], []],
    funding: [[], [], [], [0]],
    withdrawn: [0, 0, 0, 0],
  },
  values: {
    provider: [{ key: "x", label: "Iestāde X" }, { key: "y", label: "Iestāde Y" }],
    field: [{ key: "06", label: "IKT" }, { key: "08", label: "Lauki" }],
    language: [{ key: "lv", label: "latviešu" }, { key: "en", label: "angļu" }],
    mode: [{ key: "online", label: "Tiešsaistē" }, { key: "onsite", label: "Klātienē" }],
    skill: [{ key: "s1", label: "potēšana" }, { key: "s2", label: "biškopība" }],
    occupation: [{ key: "o1", label: "dārznieks" }],
    funding: [{ key: "esf", label: "ESF+" }],
  },
};
const facets = facetsOf(table, TODAY);
const all = [0, 1, 2, 3];

test("ranges hold what their names say", () => {
  assert.deepEqual(facets.ects, [["under-1"], ["1-3"], ["1-3"], []]);
  assert.deepEqual(facets.hours, [["under-25"], ["25-99"], ["25-99"], ["200-plus"]]);
  assert.deepEqual(facets.start, [["open", "soon"], ["open"], [], ["open", "soon"]]);
  assert.deepEqual(facets.price, [["free"], ["paid"], [], ["paid"]]);
});

test("skills, occupations and funding are facets by the keys of their values", () => {
  assert.deepEqual(facets.skill, [["s1"], [], ["s1", "s2"], []]);
  assert.deepEqual(facets.occupation, [[], ["o1"], [], []]);
  assert.deepEqual(facets.funding, [[], [], [], ["esf"]]);
  assert.deepEqual(filtered(facets, all, { skill: ["s2"] }).found, [2]);
  assert.deepEqual(stateOf("?skill=s2,s1&funding=esf").chosen, { funding: ["esf"], skill: ["s1", "s2"] });
});

test("every facet of the address has values of the courses", () => {
  assert.deepEqual([...FACETS].sort(), Object.keys(facets).sort());
});

test("a count is how many choosing the value, too, would give", () => {
  const choices = [{}, { eqf: ["4"] }, { eqf: ["4", "5"], mode: ["online"] }, { provider: ["y"], price: ["free"] }, { field: ["none"] }];
  for (const chosen of choices) {
    const { found, counts } = filtered(facets, all, chosen);
    for (const [facet, tally] of Object.entries(counts)) {
      for (const value of new Set(facets[facet].flat())) {
        const alone = filtered(facets, all, { ...chosen, [facet]: [value] }).found.length;
        assert.equal(tally.get(value) ?? 0, alone, `${JSON.stringify(chosen)} ${facet} ${value}`);
      }
    }
    assert.ok(found.every((at) => Object.entries(chosen).every(([facet, wanted]) => facets[facet][at].some((value) => wanted.includes(value)))));
  }
});

test("courses are in the order of the reader's alphabet, credits or start; what isn't stated is last", () => {
  assert.deepEqual(sorted(table, all, "title"), [0, 2, 3, 1]);
  assert.deepEqual(sorted(table, all, "ects"), [0, 1, 2, 3]);
  assert.deepEqual(sorted(table, all, "start"), [0, 3, 1, 2]);
  assert.deepEqual(sorted(table, [3, 1], "relevance"), [3, 1]);
});

test("what began since the table was made is neither to come nor next", () => {
  const later = asOf(table, "2026-12-02");
  assert.deepEqual(later.courses.start, [[], ["2027-06-01"], [], ["2027-02-23", "2027-09-01"]]);
  assert.deepEqual(asOf(table, "2026-12-01").courses, table.courses);
  assert.deepEqual(facetsOf(later, "2026-12-02").start, [[], ["open"], [], ["open", "soon"]]);
  assert.deepEqual(sorted(later, all, "start"), [3, 1, 0, 2]);
});

test("every state is its address, and an address a state", () => {
  const state = { q: "bite & zāle", chosen: { eqf: ["4", "5"], provider: ["x"] }, sort: "ects", page: 2 };
  assert.deepEqual(stateOf(addressOf(state)), state);
  assert.deepEqual(stateOf("?page=-3&sort=evil&eqf=5&eqf=4,4&__proto__=x"), { q: "", chosen: { eqf: ["4", "5"] }, sort: "relevance", page: 1 });
  assert.equal(addressOf(stateOf("")), "");
  assert.deepEqual(toggled(toggled(state, "eqf", "6"), "eqf", "6"), { ...state, page: 1 });
  assert.deepEqual(toggled(state, "provider", "x").chosen, { eqf: ["4", "5"] });
});

test("titles come first, then what the index ranks", () => {
  const found = tableSearcher(table)("zāles");
  assert.deepEqual(found, { titles: [1], others: [] });
  assert.deepEqual(tableSearcher(table)("kok"), { titles: [], others: [0, 3] });
  assert.deepEqual(tableSearcher(table)("dārzniekam"), { titles: [], others: [1] });
  assert.deepEqual(tableSearcher(table)("biškopības"), { titles: [], others: [2] });
  assert.deepEqual(tableSearcher(table)(" "), { titles: [], others: [] });
  assert.deepEqual(ranked({ titles: [1], others: [0, 3] }, [{ at: 3 }, { at: 1 }]).map(({ at }) => at), [1, 3, 0]);
});

test("a page answers when it has most of each word", () => {
  const page = { content: "Šī programma iestādēm", locations: [0], meta: {} };
  assert.ok(!answers(["sifresan"], page));
  assert.ok(answers(["program"], { ...page, locations: [1] }));
  assert.ok(answers(["studies"], { content: "We study", locations: [1], meta: {} }));
  assert.ok(answers(["koks"], { ...page, meta: { title: "Koks" } }));
});

test("a near spelling is offered, a right one isn't", () => {
  const texts = ["Kiberdrošības pamati", "Biškopība"];
  assert.equal(nearest("kibedrosibas", texts), "kiberdrošības");
  assert.equal(nearest("biksopiba", texts), "biškopība");
  assert.equal(nearest("pamati", texts), "");
  assert.equal(nearest("qqqqqqq", texts), "");
  assert.equal(nearest("pamat kibedrosibas", texts), "pamat kiberdrošības");
});

test("of many pages the first, the last and the near ones are linked", () => {
  assert.deepEqual(nearPages(1, 3), [1, 2, 3]);
  assert.deepEqual(nearPages(50, 100), [1, 48, 49, 50, 51, 52, 100]);
});

test("a list of courses holds ids, each once, and not without end", () => {
  assert.deepEqual(idsIn("b,a,b,,A,../x,-a,a-b"), ["b", "a", "a-b"]);
  assert.equal(idsIn(Array.from({ length: 60 }, (_, at) => `c${at}`).join(",")).length, 50);
});

test("the parts of an index are known by the names of its pages", () => {
  assert.deepEqual(partsOf({ en_1a2b3c4: "data", "en-1_5d6e7f8": "law", en_0000000: "code" }), ["en", "en-1"]);
  assert.deepEqual(partsOf({}), []);
});

test("where a part of the index has the word, what is only like it in others is no answer", () => {
  const page = (/** @type {string} */ content) => ({ content, locations: [0], meta: {} });
  const latvian = new Map([["lv", page("Aprūpe")], ["lv-1", page("apr.")], ["lv-2", page("aprūpētājs")]]);
  assert.deepEqual([...answering(["aprup"], latvian, "lv")], ["lv", "lv-2"]);
  assert.deepEqual([...answering(["aprup"], new Map([["lv-1", page("apr.")]]), "lv")], ["lv-1"]);
  const english = new Map([["en", page("running")], ["en-1", page("Runs")], ["en-2", page("ru")]]);
  assert.deepEqual([...answering(["running"], english, "en")], ["en", "en-1"]);
  assert.deepEqual([...answering(["studies"], new Map([["en", page("studies")], ["en-1", page("study")]]), "en")], ["en", "en-1"]);
});
