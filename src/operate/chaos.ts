import { faultKinds } from "../faults/catalogue.js";
import type { FaultKind } from "../faults/kind.js";

/** What the seed and others call a fault that has another name here. */
const ALSO: Readonly<Record<string, string>> = {
  "region-failure": "region_outage",
  "zone-failure": "zone_outage",
  "network-partition": "partition",
};

const hyphenated = (name: string): string => name.replaceAll("_", "-");

/** Names of what `chaos test` can bring about: every kind of fault, and the names above. */
export const CHAOS_SCENARIOS: readonly string[] = [
  ...Object.keys(ALSO),
  ...faultKinds.map(({ name }) => hyphenated(name)),
];

/** Settings of any kind of fault, with what they say. */
export const CHAOS_OPTIONS: readonly (readonly [name: string, about: string])[] = [
  ...new Map(
    faultKinds.flatMap(({ options }) =>
      Object.entries(options).map(([name, { about }]) => [hyphenated(name), about] as const),
    ),
  ),
  ["how", "of what is there once: which way it fails"] as const,
];

export const chaosKind = (word: string): FaultKind | undefined => {
  const name = ALSO[word] ?? word.replaceAll("-", "_");
  return faultKinds.find((kind) => kind.name === name);
};

/** What is wrong with a chaos test, and at which of its options. */
export interface Unfit {
  readonly option: string;
  readonly message: string;
  readonly expected: string;
}

const BASE = new Set(["scenario", "region", "from", "to", "place", "for", "dry-run", "how"]);

/**
 * The fault that a chaos test brings about, as an entry of a scenario's `faults` without its moment: the same keys, and
 * the same checks later.
 */
export function chaosFault(values: ReadonlyMap<string, unknown>): { fault: Record<string, unknown> } | Unfit {
  const word = String(values.get("scenario"));
  const kind = chaosKind(word)!;
  const struck = target(kind, values, word);
  if ("message" in struck) return struck;
  const known = Object.keys(kind.options).map(hyphenated);
  for (const option of values.keys()) {
    if (BASE.has(option) || known.includes(option)) continue;
    const expected = known.length === 0 ? "no setting at all" : `one of ${known.map((each) => `--${each}`).join(", ")}`;
    return { option, message: `${word} has no setting "${option}"`, expected };
  }
  const settings = known.flatMap((option) =>
    values.has(option) ? [[option.replaceAll("-", "_"), plain(String(values.get(option)))] as const] : [],
  );
  const lasting = values.has("for") ? { for: `${values.get("for")}us` } : {};
  return { fault: { [kind.name]: struck.what, ...lasting, ...Object.fromEntries(settings) } };
}

function target(
  { target }: FaultKind,
  values: ReadonlyMap<string, unknown>,
  word: string,
): { readonly what: unknown } | Unfit {
  const regions = values.get("region") as readonly string[] | undefined;
  const ends = [values.get("from"), values.get("to")];
  const wrong = (option: string, expected: string): Unfit => ({
    option: values.has(option) ? option : "scenario",
    message: values.has(option) ? `${word} strikes no ${option}` : `${word} lacks what it strikes`,
    expected,
  });
  const none = (...options: string[]): string | undefined => options.find((option) => values.has(option));
  if (target === "regions") {
    const other = none("from", "to", "place", "how");
    if (other !== undefined || regions === undefined) return wrong(other ?? "region", "--region=NAME");
    return { what: regions.length === 1 ? regions[0] : regions };
  }
  if (target === "links") {
    const expected =
      "--from=NAME --to=NAME for one link, or --region=NAME for a region that is cut off from all others";
    const other = none("place", "how");
    if (other !== undefined) return wrong(other, expected);
    if (regions?.length === 1 && !values.has("from") && !values.has("to")) return { what: { isolate: regions[0] } };
    if (regions !== undefined || ends.includes(undefined))
      return wrong(none("from", "to", "region") ?? "from", expected);
    return { what: { pair: ends } };
  }
  if (target === "places") {
    const other = none("from", "to", "region", "how");
    if (other !== undefined || !values.has("place")) return wrong(other ?? "place", '--place="NAME"');
    return { what: values.get("place") };
  }
  const other = none("from", "to", "region", "place");
  if (other !== undefined) return wrong(other, `--how=${target.join("|")}`);
  return { what: values.get("how") ?? target[0] };
}

/** Switches are read as such; every other value has its unit behind it and is read by the scenario. */
const plain = (text: string): unknown => (text === "true" || text === "false" ? text === "true" : text);
