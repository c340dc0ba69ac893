import type { Option } from "../policies/options.js";
import {
  formatBandwidth,
  formatBytes,
  formatCount,
  formatHour,
  formatMoment,
  formatRange,
  formatRate,
  formatShare,
} from "../units/format.js";
import {
  type Parsed,
  parseBandwidth,
  parseBytes,
  parseCount,
  parseDuration,
  parseNumber,
  parseRange,
  parseRate,
  parseShare,
  parseShift,
} from "../units/parse.js";
import { formatDuration } from "../units/time.js";
import { type Shape, type ValueOf, choice, flag, list, name, object, quantity } from "./shape.js";

/** The quantities that values of a scenario file are made of, each with how it reads and how it is shown. */
export const duration = (about: string) => quantity(parseDuration, about, formatDuration);
export const shift = (about: string) => quantity(parseShift, about, formatDuration);
export const count = (about: string) => quantity(parseCount, about, formatCount);
export const share = (about: string) => quantity(parseShare, about, formatShare);
export const plain = (about: string) => quantity(parseNumber, about);
export const range = (about: string) => quantity(parseRange, about, formatRange);
export const bytes = (about: string) => quantity(parseBytes, about, formatBytes);
export const bandwidth = (about: string) => quantity(parseBandwidth, about, formatBandwidth);
export const rate = (about: string) => quantity(parseRate, about, formatRate);

const degrees = quantity((value: unknown): Parsed<number> => {
  const expected = "degrees north or east, as -33.9";
  return typeof value === "number" && Math.abs(value) <= 180 ? { ok: true, value } : { ok: false, expected };
}, "degrees");
export const point = list(degrees, "latitude and longitude in degrees", 2, 2);

/** "14:30Z" or a whole ISO date: only the time of day matters, since users follow the sun. */
export const moment = quantity(
  (value: unknown): Parsed<number> => {
    const expected = 'a moment in UTC, as "2026-03-02T13:00Z" or "13:00Z"';
    const found = /^(?:\d{4}-\d{2}-\d{2}T)?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?Z$/.exec(String(value));
    if (found === null) return { ok: false, expected };
    return { ok: true, value: (Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3] ?? 0)) * 1_000_000 };
  },
  "a moment in UTC",
  formatMoment,
);

export const hour = quantity(
  (value: unknown): Parsed<number> => {
    const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(String(value));
    if (found === null) return { ok: false, expected: 'a local time of day, in quotes, as "10:00"' };
    return { ok: true, value: Number(found[1]) + Number(found[2]) / 60 };
  },
  "a local time of day",
  formatHour,
);

export const forever = quantity(
  (value: unknown): Parsed<number> => {
    if (value === "never") return { ok: true, value: Number.POSITIVE_INFINITY };
    const parsed = parseDuration(value);
    return parsed.ok ? parsed : { ok: false, expected: `${parsed.expected}, or never` };
  },
  'a duration, or "never"',
  formatDuration,
);

export const countOrFull = quantity(
  (value: unknown): Parsed<number> => {
    if (value === "full") return { ok: true, value: Number.POSITIVE_INFINITY };
    const parsed = parseCount(value);
    return parsed.ok ? parsed : { ok: false, expected: `${parsed.expected}, or full` };
  },
  "instances that a standby runs before it is promoted, or full",
  (value) => (value === Number.POSITIVE_INFINITY ? "full" : formatCount(value)),
);

export const where = object(
  {
    pair: list(name("a name"), "two regions or places, both directions", 2, 2),
    between: list(list(name("a name"), "one side", 1), "every pair across two sides, both directions", 2, 2),
    one_way: object({ from: name("sender"), to: name("receiver") }, "one direction only", ["from", "to"]),
    groups: list(list(name("a name"), "those who can talk", 1), "sites that share no group cannot talk", 2, 30),
    isolate: name("a site cut off from every other"),
  },
  "the links struck",
);
export type Where = ValueOf<typeof where>;

/** The shape of a setting that a policy or a fault has declared. */
export function optionShape(option: Option): Shape<unknown> {
  switch (option.kind) {
    case "flag":
      return flag(option.about);
    case "choice":
      return choice(option.choices, option.about);
    default:
      return { duration, shift, count, fraction: share, number: plain, bandwidth }[option.kind](option.about);
  }
}
