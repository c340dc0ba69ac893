/**
 * Settings of a policy or a fault, declared as data. `scenario/` turns them into the schema of the scenario file and
 * into the reference; whoever declares them receives plain values in base units (microseconds, bytes, fractions) and
 * never parses anything.
 */
export type Option =
  | Amount
  | { readonly kind: "flag"; readonly default: boolean; readonly about: string }
  | { readonly kind: "choice"; readonly default: string; readonly choices: readonly string[]; readonly about: string }
  | Regional;

export interface Amount extends Bounds {
  readonly kind: "duration" | "forever" | "shift" | "count" | "fraction" | "number" | "bandwidth";
  readonly default: number;
  readonly about: string;
  /** What an endless value is called in a file, where there may be none. */
  readonly endless?: string;
}

/**
 * A setting about the regions of a scenario: a number for each of them, an order of some of them, or turns of the day.
 * What holds where a file says nothing follows from those regions, so no default stands here.
 */
export interface Regional {
  readonly kind: "weights" | "regions" | "turns";
  readonly default: readonly never[];
  readonly about: string;
  /** Where a file says nothing no region is meant; without it all are that hold a copy. */
  readonly isSome?: boolean;
  /** Regions named here need no copy of the data; those that a replication names have none. */
  readonly withoutCopy?: boolean;
}

/** From this moment of the day (UTC, microseconds since midnight) until the next turn, it is this region's. */
export interface Turn {
  readonly at: number;
  readonly region: number;
}

/** What a value may be, bounds of its kind apart; and what to do instead. */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
  readonly above?: number;
  readonly below?: number;
  /** One value that would do nothing. */
  readonly not?: number;
  readonly hint?: string;
}

export type Options = Readonly<Record<string, Option>>;
export type OptionValue = number | string | boolean | readonly number[] | readonly Turn[];
export type OptionValues = Readonly<Record<string, OptionValue>>;

export const isRegional = (option: Option): option is Regional =>
  option.kind === "weights" || option.kind === "regions" || option.kind === "turns";
export const isAmount = (option: Option): option is Amount =>
  !isRegional(option) && option.kind !== "flag" && option.kind !== "choice";

const amount =
  (kind: Amount["kind"]) =>
  (value: number, about: string, bounds: Bounds & { readonly endless?: string } = {}): Option => ({
    kind,
    default: value,
    about,
    ...bounds,
  });

/** Microseconds. */
export const duration = amount("duration");
/** Microseconds, or Infinity for "never". */
export const forever = amount("forever");
/** Microseconds, of either sign. */
export const shift = amount("shift");
export const count = amount("count");
export const fraction = amount("fraction");
export const number = amount("number");
/** Bytes per second. */
export const bandwidth = amount("bandwidth");
export const flag = (value: boolean, about: string): Option => ({ kind: "flag", default: value, about });
export const choice = (choices: readonly string[], about: string): Option => ({
  kind: "choice",
  default: choices[0] ?? "",
  choices,
  about,
});

const regional =
  (kind: Regional["kind"]) =>
  (about: string, more: Pick<Regional, "withoutCopy"> = {}): Option => ({ kind, default: [], about, ...more });
/** A share of something for each region, by its id; only their proportions count. */
export const weights = regional("weights");
/** Regions, in an order. */
export const regions = regional("regions");
/** Regions that are something special: none where a file says nothing. */
export const someRegions = (about: string, more: Pick<Regional, "withoutCopy"> = {}): Option => ({
  kind: "regions",
  default: [],
  about,
  isSome: true,
  ...more,
});
/** Whose turn it is, by the time of the day; in order, at least one. */
export const turns = regional("turns");

/** A number among the values; the catalogue has filled in every default, so a missing one is a mistake of the caller. */
export function numberOption(values: OptionValues, name: string): number {
  const value = values[name];
  if (typeof value !== "number") throw new TypeError(`policy option "${name}" must be a number, got ${String(value)}`);
  return value;
}

/** Numbers by region, or regions in order. */
export function numbersOption(values: OptionValues, name: string): readonly number[] {
  const value = values[name];
  if (!Array.isArray(value)) throw new TypeError(`policy option "${name}" must be a list, got ${String(value)}`);
  return value;
}

export function turnsOption(values: OptionValues, name: string): readonly Turn[] {
  const value = values[name];
  if (!Array.isArray(value) || value.length === 0)
    throw new TypeError(`policy option "${name}" must be turns of the day, got ${String(value)}`);
  return value;
}
