import { catalogue } from "../policies/catalogue.js";
import type { OptionValues } from "../policies/options.js";
import type { Expanded } from "./expand.js";
import type { RawScenario } from "./format.js";
import type { Source } from "./source.js";

/** What the chosen replication has against the regions, the data and the storage of the scenario. */
export function checkReplication(expanded: Expanded, path: string, scenario: RawScenario, source: Source): void {
  const chosen = expanded.policy("replication");
  const replication = catalogue.replication[chosen];
  const placement = catalogue.placement[expanded.policy("placement")];
  if (replication === undefined || placement === undefined || scenario.topology?.regions === undefined) return;
  const written = (...settings: string[]): string =>
    settings.map((setting) => `${path}.${setting}`).find((each) => source.has(each)) ?? path;
  if (replication.gives.acknowledgesShown === true && expanded.number("storage.apply.rate") < Number.POSITIVE_INFINITY)
    source.errorAt(
      written("storage.apply.rate"),
      `with replication ${chosen} a copy answers for what it has stored, and must show it at once`,
      "no rate of applying",
      "take storage.apply away",
    );
  const names = [...scenario.topology.regions.keys()];
  const indexes = (setting: string): number[] => (expanded.names(setting) ?? []).map((name) => names.indexOf(name));
  const primary = names.indexOf((expanded.get("primary") as string | undefined) ?? "");
  const holders = placement.replicas(names.length, primary, indexes("standbys")).length;
  const options: OptionValues = Object.fromEntries(
    Object.entries(replication.options).map(([option, { default: value }]) => [
      option,
      (expanded.get(`replication.${option}`) as number | string | boolean | undefined) ?? value,
    ]),
  );
  const objection = replication.check?.(options, { regions: names.length, holders, dependent: isDependent(scenario) });
  if (objection == null) return;
  const { option, message, expected, hint } = objection;
  source.errorAt(written(`replication.${option}`, "replication"), message, expected, hint);
}

/** Whether some write depends on what was there before. */
function isDependent({ data }: RawScenario): boolean {
  const classes = [data, ...(data?.classes?.values() ?? [])];
  return classes.some((each) => (each?.holds ?? "register") !== "register" || (each?.compare_and_set ?? 0) > 0);
}
