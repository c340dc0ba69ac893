import { DAY, HOUR, MICROSECOND, MILLISECOND, MINUTE, type Micros, SECOND } from "./time.js";

/** A quantity as it stands in a file, read into its base unit; or what would have been right, with an example. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };
export type Quantity = (text: unknown) => Parsed<number>;

const NUMBER = /^([+-]?(?:\d[\d_]*)(?:\.\d+)?(?:e[+-]?\d{1,3})?)\s*(.*)$/i;
const LARGEST = Number.MAX_SAFE_INTEGER;

function quantity(
  units: Readonly<Record<string, number>>,
  expected: string,
  bare: boolean,
  whole: boolean,
  sign = false,
): Quantity {
  return (text) => {
    const parts = NUMBER.exec(String(text).trim());
    if ((typeof text !== "string" && typeof text !== "number") || parts === null) return { ok: false, expected };
    const unit = parts[2]!.trim();
    if (unit === "" ? !bare : !Object.hasOwn(units, unit)) return { ok: false, expected };
    const product = Number(parts[1]!.replaceAll("_", "")) * (unit === "" ? 1 : units[unit]!);
    const value = whole ? Math.round(product) : product;
    if (!Number.isFinite(value)) return { ok: false, expected };
    if (Math.abs(value) > LARGEST) return { ok: false, expected: `${expected}; this is beyond what can be simulated` };
    if (value < 0 && !sign) return { ok: false, expected: `${expected}, which cannot be negative` };
    return { ok: true, value: value === 0 ? 0 : value };
  };
}

const DURATIONS = {
  us: MICROSECOND,
  µs: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  sec: SECOND,
  m: MINUTE,
  min: MINUTE,
  h: HOUR,
  d: DAY,
};

/** Whole numbers of units from the largest to the smallest, the last one with decimals if it likes: "1h46m", "1 h 46 m". */
const COMPOUND = /^([+-]?)((?:\d+\s*[a-zµ]+\s*)+\d+(?:\.\d+)?\s*[a-zµ]+)$/;
const PART = /(\d+(?:\.\d+)?)\s*([a-zµ]+)/g;

/** "1h46m" as a sum in the smallest unit, "-6360000000us"; anything else as it is. */
function summed(text: unknown): unknown {
  const [, sign, parts] = (typeof text === "string" && COMPOUND.exec(text.trim())) || [];
  if (parts === undefined) return text;
  let sum = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const [, number, unit] of parts.matchAll(PART)) {
    const step = Object.hasOwn(DURATIONS, unit!) ? DURATIONS[unit as keyof typeof DURATIONS] : Number.NaN;
    // Each unit smaller than the one before it, and no more of it than make one of those.
    if (!(step < last) || Number(number) * step >= last) return text;
    sum += Math.round(Number(number) * step);
    last = step;
  }
  return `${sign}${sum}us`;
}

const duration = (expected: string, sign: boolean): Quantity => {
  const parse = quantity(DURATIONS, expected, false, true, sign);
  return (text) => parse(summed(text));
};

/** "250ms", "30s", "1.5h", "1h46m" to microseconds. */
export const parseDuration: Quantity = duration(
  'a duration with its unit, as "250ms", "30s", "5m", "2h" or "1h30m"',
  false,
);
/** The same, but it may be negative: "-250ms". */
export const parseShift: Quantity = duration('a duration with its unit, as "250ms" or "-250ms"', true);
/** "60/s", "3000/min" to operations per second. */
export const parseRate: Quantity = quantity(
  { "/s": 1, "/sec": 1, "/min": 1 / 60, "/m": 1 / 60, "/h": 1 / 3600 },
  'a rate with its unit, as "60/s" or "3000/min"',
  false,
  false,
);
/** "10 GB" (powers of 1000) or "1 MiB" (powers of 1024) to bytes. */
export const parseBytes: Quantity = quantity(
  {
    B: 1,
    KB: 1e3,
    kB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    KiB: 1024,
    MiB: 1_048_576,
    GiB: 1_073_741_824,
    TiB: 1_099_511_627_776,
  },
  'a size with its unit, as "2 KB", "500 GB" or "1 MiB"',
  false,
  true,
);
/** "10 Gbps" or "100 MB/s" to bytes per second. */
export const parseBandwidth: Quantity = quantity(
  {
    bps: 1 / 8,
    kbps: 125,
    Kbps: 125,
    Mbps: 125e3,
    Gbps: 125e6,
    "Mbit/s": 125e3,
    "Gbit/s": 125e6,
    "KB/s": 1e3,
    "MB/s": 1e6,
    "GB/s": 1e9,
  },
  'a bandwidth with its unit, as "10 Gbps" or "100 MB/s"',
  false,
  false,
);
/** "100_000" or 100000: YAML reads the first one as text. */
export const parseCount: Quantity = (text) => {
  const expected = 'a whole number, as 12 or "100_000"';
  const parsed = quantity({}, expected, true, false)(text);
  return parsed.ok && !Number.isInteger(parsed.value) ? { ok: false, expected } : parsed;
};
export const parseNumber: Quantity = quantity({}, "a number, as 1.7", true, false);
const fraction = quantity({ "%": 0.01 }, 'a share between 0% and 100%, as "70%" or 0.7', true, false);
/** "70%" or 0.7 to a fraction. */
export const parseShare: Quantity = (text) => {
  const parsed = fraction(text);
  return parsed.ok && parsed.value > 1 ? fraction(undefined) : parsed;
};

/** "200ms..120s" to its two ends. */
export function parseRange(text: unknown): Parsed<readonly [Micros, Micros]> {
  const expected = 'two durations in order with ".." between them, as "100ms..2s"';
  const [first, last, more] = String(text).split("..");
  const from = parseDuration(first);
  const to = parseDuration(last);
  if (!from.ok || !to.ok || more !== undefined || from.value > to.value) return { ok: false, expected };
  return { ok: true, value: [from.value, to.value] };
}
