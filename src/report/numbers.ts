import type { MetricFacts } from "../measure/catalogue.js";

type Unit = MetricFacts["unit"];

/** Numbers for people, the same bytes on every machine: no locale. */
export function formatValue(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  switch (unit) {
    case "fraction":
      return `${significant(value * 100, percentDigits(value))} %`;
    case "seconds":
      return value >= 1 || value === 0 ? `${significant(value, 4)} s` : `${significant(value * 1000, 3)} ms`;
    case "milliseconds":
      return Math.abs(value) >= 1000 ? `${significant(value / 1000, 4)} s` : `${significant(value, 4)} ms`;
    case "bytes":
      return bytes(value);
    case "hours":
      return `${significant(value, 4)} h`;
    case "dollars":
      return `${dollars(value)} USD`;
    case "per-second":
      return `${significant(value, 3)} /s`;
    default:
      return thousands(String(Math.round(value)));
  }
}

/** Cents where they matter. */
export const dollars = (value: number): string => thousands(value.toFixed(Math.abs(value) < 1000 ? 2 : 0));

/**
 * "98.97 ± 0.04 %": a mean and the half width of its interval in one unit and to the same place, that of the interval's
 * second digit. An interval narrower than what is worth reading of the mean is left out.
 */
export function formatEstimate(mean: number, half: number, unit: Unit, points = "%"): string {
  if (half === 0) return formatValue(mean, unit);
  const { shown, interval, suffix } = rounded(mean, half, unit, points);
  return Number(interval) === 0
    ? `${thousands(shown)}${suffix}`
    : `${thousands(shown)} ± ${thousands(interval)}${suffix}`;
}

/** The same mean, digit for digit, where the interval stands elsewhere. */
export function formatMean(mean: number, half: number, unit: Unit): string {
  if (half === 0) return formatValue(mean, unit);
  const { shown, suffix } = rounded(mean, half, unit, "%");
  return `${thousands(shown)}${suffix}`;
}

/** A difference with its sign; percentages differ by points. */
export function formatDifference(mean: number, half: number, unit: Unit): string {
  const text = half === 0 ? plainDifference(Math.abs(mean), unit) : formatEstimate(Math.abs(mean), half, unit, "pts");
  return mean === 0 ? text : `${mean > 0 ? "+" : "-"}${text}`;
}

function plainDifference(value: number, unit: Unit): string {
  return unit === "fraction" ? `${significant(value * 100, 3)} pts` : formatValue(value, unit);
}

function rounded(
  mean: number,
  half: number,
  unit: Unit,
  points: string,
): { readonly shown: string; readonly interval: string; readonly suffix: string } {
  const [factor, suffix] = scaleOf(Math.max(Math.abs(mean), half), unit, points);
  const last = lastPlace(mean * factor, half * factor, unit);
  return { shown: toPlace(mean * factor, last), interval: toPlace(half * factor, last), suffix };
}

const placeOf = (value: number): number => Math.floor(Math.log10(Math.abs(value)));

/** Power of ten of the last digit: the interval's second, at most the mean's fifth; counts are whole unless they are few. */
function lastPlace(mean: number, half: number, unit: Unit): number {
  const second = placeOf(half) - 1;
  if (unit === "count") return half >= 1 ? Math.max(0, second) : second;
  const fifth = mean === 0 ? second : placeOf(mean) - 4;
  // Close to 100 % the nines matter.
  const nines = unit === "fraction" && mean > 90 && mean < 100 ? placeOf(100 - mean) - 1 : fifth;
  return Math.max(second, Math.min(fifth, nines));
}

function toPlace(value: number, place: number): string {
  if (place <= 0) return value.toFixed(Math.min(12, -place));
  const step = Number(`1e${place}`);
  return String(Math.round(value / step) * step);
}

function scaleOf(size: number, unit: Unit, points: string): readonly [number, string] {
  switch (unit) {
    case "fraction":
      return [100, ` ${points}`];
    case "seconds":
      return size >= 1 ? [1, " s"] : [1000, " ms"];
    case "milliseconds":
      return size >= 1000 ? [0.001, " s"] : [1, " ms"];
    case "bytes": {
      const power = Math.min(5, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)));
      return [Number(`1e-${3 * power}`), ` ${["B", "KB", "MB", "GB", "TB", "PB"][power]}`];
    }
    case "hours":
      return [1, " h"];
    case "dollars":
      return [1, " USD"];
    case "per-second":
      return [1, " /s"];
    default:
      return [1, ""];
  }
}

/** So many significant digits, without trailing zeros and without an exponent. */
export function significant(value: number, digits: number): string {
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(digits));
  if (Math.abs(rounded) < 1e-9) return "0";
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  const text = rounded.toFixed(Math.min(12, decimals));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Close to 100 % the nines matter. */
function percentDigits(value: number): number {
  if (value <= 0.9 || value >= 1) return 3;
  return 3 + Math.max(1, Math.ceil(-Math.log10(1 - value)) - 1);
}

function bytes(value: number): string {
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  let size = Math.abs(value);
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${significant(value < 0 ? -size : size, 3)} ${units[unit]}`;
}

function thousands(text: string): string {
  const [whole, fraction] = text.split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
