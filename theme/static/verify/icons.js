/** Icons of verdicts and checks: distinct in shape, so that colour is never alone. */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string[]>} paths on a 24 by 24 grid */
const PATHS = {
  tick: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z", "m7.5 12.5 3 3 6-6.5"],
  hollow: ["m5 12.5 5 5L19.5 7"],
  cross: ["M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9Z", "m8.5 8.5 7 7m0-7-7 7"],
  mark: ["M12 3 1.8 21h20.4Z", "M12 10v5m0 2.5v.5"],
  pause: ["M3 3h18v18H3Z", "M9.5 8v8m5-8v8"],
  clock: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z", "M12 7v5.5l3.5 2"],
  question: ["M4 4h16v16H4Z", "M9.5 10a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8m0 2.5v.5"],
  dots: ["M5 12h.1m6.9 0h.1m6.9 0h.1"],
  ring: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z"],
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
