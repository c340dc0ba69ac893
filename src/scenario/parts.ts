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
import { type Shape, type ValueOf, choice, flag, list, name, names, object, quantity } from "./shape.js";

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
const degreesPair = list(degrees, "latitude and longitude in degrees", 2, 2);
export const point: typeof degreesPair = {
  ...degreesPair,
  read(node, path, source) {
    const read = degreesPair.read(node, path, source);
    const latitude = read?.[0] ?? 0;
    if (Math.abs(latitude) > 90)
      source.errorAt(`${path}.0`, `the latitude is ${latitude}`, "-90 to 90", "latitude comes first, then longitude");
    return read;
  },
};

/** Behind UTC is negative. */
export const hoursAhead = quantity((value: unknown): Parsed<number> => {
  const fine = typeof value === "number" && value >= -12 && value <= 14;
  return fine ? { ok: true, value } : { ok: false, expected: "hours ahead of UTC from -12 to 14, as 5.5 or -3" };
}, "hours ahead of UTC");

/** Of a month, 0 if there is no such month. */
function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : month >= 1 && month <= 12 ? 31 : 0;
}

/** "14:30Z" or a whole ISO date: only the time of day matters, since users follow the sun. */
export const moment = quantity(
  (value: unknown): Parsed<number> => {
    const expected = 'a moment in UTC, as "2026-03-02T13:00Z" or "13:00Z"';
    const found = /^(?:(\d{4})-(\d{2})-(\d{2})T)?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?Z$/.exec(String(value));
    if (found === null) return { ok: false, expected };
    const [year, month, day, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
    if (found[1] !== undefined && (day! < 1 || day! > daysOf(year!, month!)))
      return { ok: false, expected: `${expected}; no calendar has that day` };
    return { ok: true, value: (hours! * 3600 + minutes! * 60 + seconds!) * 1_000_000 };
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

/** The same or a word that stands for no bound at all. */
function orWord(
  parse: (value: unknown) => Parsed<number>,
  word: string,
  show: (value: number) => string,
  about: string,
) {
  return quantity(
    (value: unknown): Parsed<number> => {
      if (value === word) return { ok: true, value: Number.POSITIVE_INFINITY };
      const parsed = parse(value);
      return parsed.ok ? parsed : { ok: false, expected: `${parsed.expected}, or ${word}` };
    },
    about,
    (value) => (value === Number.POSITIVE_INFINITY ? word : show(value)),
  );
}

export const forever = (about: string) => orWord(parseDuration, "never", formatDuration, about);
export const shareOr = (word: string, about: string) => orWord(parseShare, word, formatShare, about);

/** A share below 1 is of the instances that the region has once it is promoted. */
export const standbyInstances = orWord(
  (value: unknown): Parsed<number> => {
    const share = /%\s*$/.test(String(value));
    const parsed = share ? parseShare(value) : parseCount(value);
    if (parsed.ok) return { ok: true, value: share && parsed.value === 1 ? Number.POSITIVE_INFINITY : parsed.value };
    return { ok: false, expected: `${parsed.expected}, or a share of the full number, as "30%"` };
  },
  "full",
  (value) => (value > 0 && value < 1 ? formatShare(value) : formatCount(value)),
  "instances that a standby runs before it is promoted: a number, a share of the full number, or full",
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

/** "08:00Z" as microseconds since midnight; null when it is none. */
export function timeOfDay(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)Z$/.exec(text);
  return found === null ? null : (Number(found[1]) * 60 + Number(found[2])) * 60_000_000;
}

const MOST_REGIONS = 30;
const MOST_TURNS = 24;

/** The shape of a setting that a policy or a fault has declared. */
export function optionShape(option: Option): Shape<unknown> {
  const { about } = option;
  switch (option.kind) {
    case "flag":
      return flag(about);
    case "choice":
      return choice(option.choices, about);
    case "weights":
      return names(plain("a weight"), `${about}, as {us-east-1: 70, eu-west-1: 30}`, MOST_REGIONS);
    case "regions":
      return list(name("a region"), about, 1, MOST_REGIONS);
    case "turns":
      return names(name("a region"), `${about}, as {"08:00Z": eu-west-1, "16:00Z": us-east-1}`, MOST_TURNS);
    default: {
      const { endless } = option;
      if (endless === undefined) return AMOUNTS[option.kind](about);
      const [parse, show] = ENDLESS[option.kind as keyof typeof ENDLESS];
      return orWord(parse, endless, show, about);
    }
  }
}

const AMOUNTS = { duration, forever, shift, count, fraction: share, number: plain, bandwidth };
const ENDLESS = {
  count: [parseCount, formatCount],
  bandwidth: [parseBandwidth, formatBandwidth],
} as const;
