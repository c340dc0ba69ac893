import { faultKinds } from "../faults/catalogue.js";
import type { FaultPlan } from "../simulation/plan.js";
import type { RawScenario } from "./format.js";
import type { Where } from "./parts.js";

/**
 * How people read the label of a fault on links: with its sides, "partition a | b, c". By label, which tells who was
 * struck and not from whom; faults that share one share their titles.
 */
export function faultTitles(raw: RawScenario, faults: readonly FaultPlan[]): ReadonlyMap<string, string> {
  const titles = new Map<string, Set<string>>();
  for (const { entry, label } of faults) {
    const fault = raw.faults?.[entry];
    const kind = faultKinds.find(({ name }) => fault?.[name] !== undefined);
    if (fault === undefined || kind?.target !== "links") continue;
    const title = `${kind.name.replaceAll("_", "-")} ${sidesOf(fault[kind.name] as Where)}`;
    titles.set(label, (titles.get(label) ?? new Set()).add(title));
  }
  return new Map([...titles].map(([label, all]) => [label, [...all].join(" or ")]));
}

/** "a | b, c" where nothing passes the bar, "a → b" for one direction. */
export function sidesOf({ pair, between, groups, one_way, isolate }: Where): string {
  const sides = [
    pair?.map((name) => [name]),
    between,
    groups,
    isolate === undefined ? undefined : [[isolate], ["all"]],
  ];
  const parts = sides.flatMap((each) =>
    each === undefined ? [] : [each.map((side) => (side ?? []).join(", ")).join(" | ")],
  );
  if (one_way !== undefined) parts.push(`${one_way.from} → ${one_way.to}`);
  return parts.join("; ");
}
