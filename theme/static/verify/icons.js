/** Icons of verdicts and checks: distinct in shape, so that colour is never alone. */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string[]>} paths on a 24 by 24 grid; trouble-icons.js has those that most pages never show */
export const PATHS = {
  tick: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z", "m7.5 12.5 3 3 6-6.5"],
  hollow: ["m5 12.5 5 5L19.5 7"],
  dots: ["M5 12h.1m6.9 0h.1m6.9 0h.1"],
};

/**
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("fill", "none");
  svg.setAttribute("stroke", "currentColor");
  svg.setAttribute("stroke-width", "2");
  svg.setAttribute("stroke-linecap", "round");
  svg.setAttribute("stroke-linejoin", "round");
  for (const d of PATHS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
