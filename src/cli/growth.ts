import { MOST_GROWTH, grown } from "../cost/forecast.js";
import { significant } from "../report/numbers.js";
import { wholeNumber } from "./commands/study-options.js";

const MOST_MONTHS = 600;

/** "5%" as a fraction; what nobody can believe is an error, not a bill of infinity. */
export function growthOf(text: string, months: number): number {
  wholeNumber("months", months, 1, MOST_MONTHS);
  const found = /^([+-]?\d{1,15}(?:\.\d{1,15})?)\s*%$/.exec(text.trim());
  const growth = found === null ? Number.NaN : Number(found[1]) / 100;
  if (Number.isNaN(growth) || growth <= -1)
    throw new RangeError(`--growth is "${text.slice(0, 40)}"; expected a percentage above -100%, as 5% or -2.5%`);
  const factor = grown(growth, months);
  if (factor <= MOST_GROWTH) return growth;
  const most = significant((MOST_GROWTH ** (1 / months) - 1) * 100, 2);
  throw new RangeError(
    `--growth of ${text.trim()} for ${months} months is more than ${MOST_GROWTH.toLocaleString("en")}-fold; expected fewer months, or at most about ${most}%`,
  );
}
