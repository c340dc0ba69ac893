import { significant } from "../numbers.js";

/** A colour and a dash for each architecture: told apart on paper and by those who see few colours. */
export const STROKES = [
  { colour: "var(--line-1)", dash: "" },
  { colour: "var(--line-2)", dash: "7 3" },
  { colour: "var(--line-3)", dash: "2 3" },
  { colour: "var(--line-4)", dash: "10 3 2 3" },
  { colour: "var(--line-5)", dash: "4 2" },
  { colour: "var(--line-6)", dash: "1 2" },
] as const;

export const strokeOf = (index: number): (typeof STROKES)[number] => STROKES[index % STROKES.length]!;

/** Seconds from the start as people say them: "90 s", "15 min", "2 h". */
export function clock(seconds: number): string {
  if (seconds === 0) return "0";
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${significant(seconds, 4)} s`;
}

/** Steps of a time axis that fall on round minutes or hours. */
export function timeTicks(end: number, most: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800];
  const step = steps.find((each) => end / each <= most) ?? Math.ceil(end / most / 86_400) * 86_400;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

/** The marks of a value axis up to `high`: grouped digits, and millions where they would not fit. */
export function tickText(value: number, high: number): string {
  if (high >= 1e6) return value === 0 ? "0" : `${significant(value / 1e6, 4)} M`;
  return significant(value, 4).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");
}

/** Coordinates with one decimal: the same bytes everywhere, and small. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);
