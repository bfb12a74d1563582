/**
 * A course's page: the way back to the results that one came from, keeping the course for later, and what has passed since the page
 * was made.
 */

import { dayOf } from "./runs.js";
import { savedCourses, saveCourses } from "./shortlist.js";
import { showTheDay } from "./today.js";

const base = document.documentElement.dataset["base"] ?? "/";
const catalogue = `${location.origin}${base}${document.documentElement.lang}/courses/`;
const id = document.querySelector("meta[name=course]")?.getAttribute("content") ?? "";
const back = document.getElementById("back");
const [came, query = ""] = document.referrer.split("?");

if (back instanceof HTMLAnchorElement && came === catalogue && query) {
  back.href = `${came}?${query}`;
  back.hidden = false;
}

const save = document.getElementById("save");
const list = document.getElementById("saved-list");
if (save && list) {
  const show = () => {
    const saved = savedCourses();
    const here = saved.includes(id);
    save.textContent = (here ? save.dataset["remove"] : save.dataset["save"]) ?? "";
    list.hidden = saved.length === 0;
  };
  save.addEventListener("click", () => {
    const saved = savedCourses();
    saveCourses(saved.includes(id) ? saved.filter((one) => one !== id) : [...saved, id]);
    show();
  });
  save.hidden = !saveCourses(savedCourses());
  show();
}

showTheDay(document, dayOf(new Date()));
