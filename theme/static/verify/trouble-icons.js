/** Icons of what is not in order: loaded where something isn't. */

import { PATHS } from "./icons.js";

/** @type {Record<string, string[]>} paths on a 24 by 24 grid */
export const TROUBLE_PATHS = {
  cross: ["M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9Z", "m8.5 8.5 7 7m0-7-7 7"],
  mark: ["M12 3 1.8 21h20.4Z", "M12 10v5m0 2.5v.5"],
  pause: ["M3 3h18v18H3Z", "M9.5 8v8m5-8v8"],
  clock: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z", "M12 7v5.5l3.5 2"],
  question: ["M4 4h16v16H4Z", "M9.5 10a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8m0 2.5v.5"],
  ring: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z"],
};

/** To the icons that are drawn, here or in the module that loads this one. @param {Record<string, string[]>} paths */
export function addTroubleIcons(paths = PATHS) {
  Object.assign(paths, TROUBLE_PATHS);
}
