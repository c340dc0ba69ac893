import type { MetricFacts } from "../measure/catalogue.js";

/** Numbers for people, the same bytes on every machine: no locale. */
export function formatValue(value: number | null, unit: MetricFacts["unit"]): string {
  if (value === null) return "–";
  switch (unit) {
    case "fraction":
      return `${significant(value * 100, percentDigits(value))} %`;
    case "seconds":
      return value >= 1 || value === 0 ? `${significant(value, 4)} s` : `${significant(value * 1000, 3)} ms`;
    case "milliseconds":
      return Math.abs(value) >= 10_000 ? `${significant(value / 1000, 4)} s` : `${significant(value, 4)} ms`;
    case "bytes":
      return bytes(value);
    case "per-second":
      return `${significant(value, 3)} /s`;
    default:
      return thousands(significant(value, 6));
  }
}

/** "98.97 ± 0.04 %": mean and half width of its interval in one unit, with the digits that the interval warrants. */
export function formatEstimate(mean: number, half: number, unit: MetricFacts["unit"], points = "%"): string {
  if (half === 0) return formatValue(mean, unit);
  const [factor, suffix] = scaleOf(Math.max(Math.abs(mean), half), unit, points);
  const size = half * factor;
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(size))));
  const digits = size >= 10 ? 0 : decimals;
  return `${thousands((mean * factor).toFixed(digits))} ± ${thousands(size.toFixed(digits))}${suffix}`;
}

/** A difference with its sign; percentages differ by points. */
export function formatDifference(mean: number, half: number, unit: MetricFacts["unit"]): string {
  const text = half === 0 ? plainDifference(Math.abs(mean), unit) : formatEstimate(Math.abs(mean), half, unit, "pts");
  return mean === 0 ? text : `${mean > 0 ? "+" : "-"}${text}`;
}

function plainDifference(value: number, unit: MetricFacts["unit"]): string {
  return unit === "fraction" ? `${significant(value * 100, 3)} pts` : formatValue(value, unit);
}

function scaleOf(size: number, unit: MetricFacts["unit"], points: string): readonly [number, string] {
  switch (unit) {
    case "fraction":
      return [100, ` ${points}`];
    case "seconds":
      return size >= 1 ? [1, " s"] : [1000, " ms"];
    case "milliseconds":
      return size >= 10_000 ? [0.001, " s"] : [1, " ms"];
    case "bytes": {
      const power = Math.min(5, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)));
      return [Number(`1e-${3 * power}`), ` ${["B", "KB", "MB", "GB", "TB", "PB"][power]}`];
    }
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
