/** The courses that a reader saved, and those that a learner has: ids, in this browser alone. */

const KEY = "saved-courses";
/** There only while the learner agrees. */
const HELD = "held-courses";
/** More than anybody compares, and little to keep. */
const MOST = 50;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @returns {string[]} in the order in which they were saved */
export function savedCourses() {
  return read(KEY) ?? [];
}

/** @param {string[]} ids @returns {boolean} whether the browser keeps them */
export function saveCourses(ids) {
  return write(KEY, ids);
}

/** @returns {string[] | null} the courses of which a learner added credentials; null where nothing is to be kept */
export function heldCourses() {
  return read(HELD);
}

/** @param {string[]} ids @returns {boolean} whether the browser keeps them */
export function keepHeld(ids) {
  return write(HELD, ids);
}

export function forgetHeld() {
  try {
    localStorage.removeItem(HELD);
  } catch {
    // nothing was kept
  }
}

/** @param {string} key @returns {string[] | null} */
function read(key) {
  try {
    const found = localStorage.getItem(key);
    return found === null ? null : idsIn(found);
  } catch {
    return null; // the browser keeps nothing for this site
  }
}

/** @param {string} key @param {string[]} ids */
function write(key, ids) {
  try {
    localStorage.setItem(key, idsIn(ids.join(",")).join(","));
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
