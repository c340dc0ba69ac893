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

/** For people, rounded: "343 ms", "1.25 s", "20 m". */
export function formatRounded(micros: Micros): string {
  const [step] = STEPS.find(([size]) => micros >= size) ?? [MICROSECOND];
  return formatDuration(Math.round((micros / step) * 100) * (step / 100));
}

/** A moment of a run to the microsecond: "15 m 00.250000 s", "1 h 02 m 03.000004 s". */
export function formatMoment(micros: Micros): string {
  const [hours, minutes] = [Math.floor(micros / HOUR), Math.floor((micros % HOUR) / MINUTE)];
  const seconds = Math.floor((micros % MINUTE) / SECOND);
  const rest = `${two(minutes)} m ${two(seconds)}.${String(micros % SECOND).padStart(6, "0")} s`;
  return hours === 0 ? rest : `${hours} h ${rest}`;
}

const two = (number: number): string => String(number).padStart(2, "0");
