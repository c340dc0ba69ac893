import type { PolicyKind } from "../policies/catalogue.js";
import { type Option, type Regional, isRegional } from "../policies/options.js";
import { formatMoment } from "../units/format.js";
import { DAY, HOUR } from "../units/time.js";
import type { Follow } from "./derive.js";
import { type Expanded, POLICY_KINDS } from "./expand.js";
import { type Settings, step } from "./settings.js";
import { solarTime } from "./sites.js";

/** By the sun, when a region's day of work begins. */
const MORNING = 8;

/** What the options of policies that are about regions say where the file does not: it follows from the regions with a copy. */
export function followRegions(expanded: Expanded, shared: Settings, holders: readonly string[], follow: Follow): void {
  for (const [path, option] of regionalOptions(expanded)) {
    const { kind, isSome } = option;
    const given = [...expanded.all.keys()].some((each) => each.startsWith(`${path}.`));
    if (kind === "weights")
      for (const region of holders)
        follow(`${path}.${step(region)}`, given ? 0 : 1, given ? "no weight given" : "all regions alike");
    else if (isSome === true) follow(path, [], "none named");
    else if (kind === "regions") follow(path, inOrder(expanded, holders), "the primary, its standbys, all others");
    else if (!given)
      for (const [moment, region] of mornings(shared, holders))
        follow(`${path}.${formatMoment(moment)}`, region, "its morning by the sun");
  }
}

/** The options of the chosen policies that are about regions, by their path. */
export function regionalOptions(expanded: Expanded): [string, Regional][] {
  return POLICY_KINDS.flatMap((kind: PolicyKind) =>
    Object.entries<Option>(expanded.catalogue[kind][expanded.policy(kind)]?.options ?? {}).flatMap(
      ([name, option]): [string, Regional][] => (isRegional(option) ? [[`${kind}.${name}`, option]] : []),
    ),
  );
}

/** Whoever stands first in line comes first. */
function inOrder(expanded: Expanded, holders: readonly string[]): readonly string[] {
  const primary = expanded.get("primary") as string | undefined;
  const line = primary === undefined ? [] : [primary, ...(expanded.names("standbys") ?? [])];
  return [...line.filter((region) => holders.includes(region)), ...holders.filter((region) => !line.includes(region))];
}

/** When morning comes to each region, one region a moment, in the order of the day. */
function mornings(shared: Settings, holders: readonly string[]): [number, string][] {
  const found = new Map<number, string>();
  for (const region of holders) {
    const [, longitude] = shared.range(`topology.regions.${step(region)}.at`);
    const moment = ((((MORNING - solarTime(longitude)) * HOUR) % DAY) + DAY) % DAY;
    if (!found.has(moment)) found.set(moment, region);
  }
  return [...found].toSorted(([one], [other]) => one - other);
}
