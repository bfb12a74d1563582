/** Where a run of a course stands on the day of reading; mirrors mcsite/site/runs.py. Days are texts: "2027-02-08", "" where there is none. */

/** @typedef {{ start: string, end: string, applyBy: string }} Run */
/** @typedef {{ isOver: boolean, isUnderWay: boolean, isClosed: boolean }} RunState */

/** @param {Run} run @param {string} today @returns {RunState} */
export function stateOf({ start, end, applyBy }, today) {
  const isOver = (end || start || today) < today;
  return {
    isOver,
    isUnderWay: !isOver && start !== "" && start < today,
    isClosed: isOver || (applyBy !== "" && applyBy < today),
  };
}

/** @param {string} day @param {number} count @returns {string} so many months later: the month's last day, where it has no such day */
export function monthsAfter(day, count) {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(year, month + count, 0).getDate();
  return dayOf(new Date(year, month + count - 1, Math.min(date, last)));
}

/** The day that it is where the reader is. @param {Date} now @returns {string} */
export function dayOf(now) {
  const [year, ...rest] = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return [String(year), ...rest.map((part) => String(part).padStart(2, "0"))].join("-");
}
