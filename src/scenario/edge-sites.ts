import type { RegionPlan } from "../simulation/plan.js";
import { greatCircleKm } from "../topology/geography.js";
import type { Somewhere } from "../topology/paths.js";
import type { Expanded } from "./expand.js";
import { type Settings, step } from "./settings.js";

export type Tier = RegionPlan["tier"];

export const tierOf = (shared: Settings, region: string): Tier =>
  shared.text(`topology.regions.${step(region)}.tier`) as Tier;

/**
 * To whom an edge site without a copy hands on what it cannot answer: as the file says, or the nearest copy on the map, of a
 * regional site if any holds one. -1 for every other region.
 */
export function parentOf(
  name: string,
  shared: Settings,
  holders: readonly string[],
  regions: readonly Somewhere[],
): number {
  if (tierOf(shared, name) !== "edge" || holders.includes(name)) return -1;
  const given = shared.get(`topology.regions.${step(name)}.parent`) as string | undefined;
  const index = (region: string): number => regions.findIndex((each) => each.name === region);
  if (given !== undefined && holders.includes(given)) return index(given);
  const regional = holders.filter((each) => tierOf(shared, each) === "regional");
  const here = regions[index(name)]!;
  const kilometres = (region: string): number => greatCircleKm(here, regions[index(region)]!);
  const [nearest] = (regional.length > 0 ? regional : holders).toSorted((a, b) => kilometres(a) - kilometres(b));
  return nearest === undefined ? -1 : index(nearest);
}

/** Whether a site has a cache. */
export const isCached = (name: string, expanded: Expanded): boolean =>
  expanded.policy("caching") !== "none" && (expanded.names("caches") ?? []).includes(name);
