/** What a pathway still asks of a learner who has some of its courses; mirrors mcsite/site/pathway_credits.py. */

/**
 * A step: what each of its courses brings, how many of them it needs, and how many credits. Credits are whole hundredths, which
 * add up exactly.
 *
 * @typedef {{ courses: Map<string, number>, number: number, minimum: number, isOptional: boolean }} Step
 */
/** @typedef {{ isDone: boolean, least: number, most: number }} Left */

const HUNDREDTHS = 100;

/** @param {string} credits as the page has them: "1.5" @returns {number} */
export function hundredths(credits) {
  return Math.round(Number(credits) * HUNDREDTHS);
}

/** @param {number} credits hundredths @returns {number} */
export function whole(credits) {
  return credits / HUNDREDTHS;
}

/** @param {Step} step @param {Set<string>} held @returns {Left} */
export function leftOf({ courses, number, minimum, isOptional }, held) {
  const brought = [...courses].filter(([id]) => held.has(id)).map(([, credits]) => credits);
  const open = [...courses].filter(([id]) => !held.has(id)).map(([, credits]) => credits).sort((one, other) => one - other);
  if (brought.length >= number && sum(brought) >= minimum) return { isDone: true, least: 0, most: 0 };
  const wanted = Math.max(0, number - brought.length);
  const least = fewest(open, wanted, minimum - sum(brought));
  const largest = sum(open.slice(open.length - wanted));
  return { isDone: false, least: isOptional ? 0 : least, most: Math.max(least, largest) };
}

/** @param {Step[]} steps @param {Set<string>} held @returns {{ done: number, required: number, least: number, most: number }} */
export function progressOf(steps, held) {
  const left = steps.map((step) => ({ ...leftOf(step, held), isOptional: step.isOptional }));
  const required = left.filter(({ isOptional }) => !isOptional);
  return {
    done: required.filter(({ isDone }) => isDone).length,
    required: required.length,
    least: sum(left.map(({ least }) => least)),
    most: sum(left.map(({ most }) => most)),
  };
}

/**
 * The smallest sum of so many courses, or more, that reaches the minimum; else the minimum.
 *
 * @param {number[]} credits sorted
 * @param {number} number
 * @param {number} minimum
 */
function fewest(credits, number, minimum) {
  const least = sum(credits.slice(0, number));
  if (least >= minimum) return least;
  /** @type {Set<number>[]} sums that so many courses reach; the last: so many or more */
  const reached = Array.from({ length: number + 1 }, () => new Set());
  reached[0]?.add(0);
  for (const brings of credits) {
    for (let count = number; count >= 0; count -= 1) {
      for (const total of [...(reached[count] ?? [])]) reached[Math.min(count + 1, number)]?.add(total + brings);
    }
  }
  const enough = [...(reached[number] ?? [])].filter((total) => total >= minimum);
  return enough.length > 0 ? Math.min(...enough) : minimum;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
