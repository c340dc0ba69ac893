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
      return `${significant(value, 3)}/s`;
    default:
      return thousands(significant(value, 6));
  }
}

/** Half the width of an interval, in the unit of its mean. */
export function formatHalf(half: number, unit: MetricFacts["unit"]): string {
  if (unit === "fraction") return `${significant(half * 100, 2)} %`;
  return formatValue(Number(half.toPrecision(2)), unit);
}

export function formatSigned(value: number | null, unit: MetricFacts["unit"]): string {
  if (value === null) return "–";
  const text =
    unit === "fraction" ? `${significant(Math.abs(value) * 100, 3)} pts` : formatValue(Math.abs(value), unit);
  return value === 0 ? text : `${value > 0 ? "+" : "-"}${text}`;
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
