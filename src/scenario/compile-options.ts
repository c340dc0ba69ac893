import { choose } from "../policies/catalogue.js";
import type { Option, OptionValue, OptionValues, Turn } from "../policies/options.js";
import type { Expanded, POLICY_KINDS } from "./expand.js";
import { timeOfDay } from "./parts.js";
import { step } from "./settings.js";

/** The options of the chosen policy of a kind in base units, regions by their ids. */
export function optionsOf(
  kind: (typeof POLICY_KINDS)[number],
  expanded: Expanded,
  regions: readonly string[],
  at: string = kind,
): OptionValues {
  const { options } = choose(kind, expanded.text(`${at}.use`), expanded.catalogue);
  return Object.fromEntries(
    Object.entries<Option>(options).map(([name, option]): [string, OptionValue] => {
      const path = `${at}.${name}`;
      switch (option.kind) {
        case "weights":
          return [name, regions.map((region) => (expanded.get(`${path}.${step(region)}`) as number | undefined) ?? 0)];
        case "regions":
          return [name, expanded.names(path)!.map((region) => regions.indexOf(region))];
        case "turns":
          return [name, turnsAt(path, expanded, regions)];
        default:
          return [name, (expanded.get(path) as number | string | boolean | undefined) ?? option.default];
      }
    }),
  );
}

function turnsAt(path: string, expanded: Expanded, regions: readonly string[]): readonly Turn[] {
  return [...expanded.all]
    .filter(([each]) => each.startsWith(`${path}.`))
    .map(([each, { value }]) => ({
      at: timeOfDay(each.slice(path.length + 1))!,
      region: regions.indexOf(String(value)),
    }))
    .toSorted((one, other) => one.at - other.at);
}
