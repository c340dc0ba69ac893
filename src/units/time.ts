/** Simulated time: integer microseconds in a double, exact for 285 years. */
export type Micros = number;

export const MICROSECOND = 1;
export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const STEPS: readonly (readonly [Micros, string])[] = [
  [DAY, "d"],
  [HOUR, "h"],
  [MINUTE, "m"],
  [SECOND, "s"],
  [MILLISECOND, "ms"],
  [MICROSECOND, "us"],
];

/** For people, in the largest unit that needs at most two decimals: "25 m", "1.5 s", "120 ms". */
export function formatDuration(micros: Micros): string {
  if (micros === Number.POSITIVE_INFINITY) return "never";
  if (micros === 0) return "0 s";
  const size = Math.abs(micros);
  for (const [step, unit] of STEPS) {
    const hundredths = (micros / step) * 100;
    if (
      size >= step &&
      Number.isInteger(Math.round(hundredths)) &&
      Math.abs(hundredths - Math.round(hundredths)) < 1e-9
    ) {
      return `${Math.round(hundredths) / 100} ${unit}`;
    }
  }
  return `${micros} us`;
}
