/**
 * Settings of a policy, declared as data. `scenario/` turns them into the schema of the scenario file and into the
 * reference; a policy receives plain values in base units (microseconds, bytes, fractions) and never parses anything.
 */
export type Option =
  | { readonly kind: "duration"; readonly default: number; readonly about: string }
  | { readonly kind: "count"; readonly default: number; readonly about: string }
  | { readonly kind: "fraction"; readonly default: number; readonly about: string }
  | { readonly kind: "flag"; readonly default: boolean; readonly about: string }
  | { readonly kind: "choice"; readonly default: string; readonly choices: readonly string[]; readonly about: string };

export type Options = Readonly<Record<string, Option>>;
export type OptionValues = Readonly<Record<string, number | string | boolean>>;

/** Microseconds. */
export const duration = (micros: number, about: string): Option => ({ kind: "duration", default: micros, about });
export const count = (value: number, about: string): Option => ({ kind: "count", default: value, about });
export const fraction = (value: number, about: string): Option => ({ kind: "fraction", default: value, about });
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
