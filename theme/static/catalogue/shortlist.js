/** The courses that a reader saved: ids, in this browser alone. */

const KEY = "saved-courses";
/** More than anybody compares, and little to keep. */
const MOST = 50;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @returns {string[]} in the order in which they were saved */
export function savedCourses() {
  try {
    return idsIn(localStorage.getItem(KEY) ?? "");
  } catch {
    return []; // the browser keeps nothing for this site
  }
}

/** @param {string[]} ids @returns {boolean} whether the browser keeps them */
export function saveCourses(ids) {
  try {
    localStorage.setItem(KEY, idsIn(ids.join(",")).join(","));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} text ids, with commas between them
 * @returns {string[]} each once; what can't be an id is left out
 */
export function idsIn(text) {
  return [...new Set(text.split(",").filter((id) => ID.test(id)))].slice(0, MOST);
}
