/**
 * Settings of a policy or a fault, declared as data. `scenario/` turns them into the schema of the scenario file and
 * into the reference; whoever declares them receives plain values in base units (microseconds, bytes, fractions) and
 * never parses anything.
 */
export type Option =
  | (Amount & { readonly kind: AmountKind })
  | { readonly kind: "flag"; readonly default: boolean; readonly about: string }
  | { readonly kind: "choice"; readonly default: string; readonly choices: readonly string[]; readonly about: string };

type AmountKind = "duration" | "forever" | "shift" | "count" | "fraction" | "number" | "bandwidth";

interface Amount extends Bounds {
  readonly default: number;
  readonly about: string;
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
export type OptionValues = Readonly<Record<string, number | string | boolean>>;

const amount =
  (kind: AmountKind) =>
  (value: number, about: string, bounds: Bounds = {}): Option => ({ kind, default: value, about, ...bounds });

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

/** A number among the values; the catalogue has filled in every default, so a missing one is a mistake of the caller. */
export function numberOption(values: OptionValues, name: string): number {
  const value = values[name];
  if (typeof value !== "number") throw new TypeError(`policy option "${name}" must be a number, got ${String(value)}`);
  return value;
}
