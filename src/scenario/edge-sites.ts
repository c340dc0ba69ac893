import type { RegionPlan } from "../simulation/plan.js";
import { greatCircleKm } from "../topology/geography.js";
import type { Somewhere } from "../topology/paths.js";
import { type Expanded, ownPolicies } from "./expand.js";
import { type Settings, step } from "./settings.js";

export type Tier = RegionPlan["tier"];

export const tierOf = (shared: Settings, region: string): Tier =>
  shared.text(`topology.regions.${step(region)}.tier`) as Tier;

/**
 * To whom an edge site without a copy hands on what it cannot answer: as the file says, in that order, or the nearest copy on
 * the map, of a regional site if any holds one. Nobody for every other region.
 */
export function parentsOf(
  name: string,
  shared: Settings,
  holders: readonly string[],
  regions: readonly Somewhere[],
): readonly number[] {
  if (tierOf(shared, name) !== "edge" || holders.includes(name)) return [];
  const said = shared.get(`topology.regions.${step(name)}.parent`) as string | readonly string[] | undefined;
  const index = (region: string): number => regions.findIndex((each) => each.name === region);
  const given = [said ?? []].flat().filter((region) => holders.includes(region));
  if (given.length > 0) return given.map(index);
  const regional = holders.filter((each) => tierOf(shared, each) === "regional");
  const here = regions[index(name)]!;
  const kilometres = (region: string): number => greatCircleKm(here, regions[index(region)]!);
  const [nearest] = (regional.length > 0 ? regional : holders).toSorted((a, b) => kilometres(a) - kilometres(b));
  return nearest === undefined ? [] : [index(nearest)];
}

/** Whether anything is kept, of any class of data. */
export const keepsAnything = (expanded: Expanded): boolean =>
  ["caching", ...ownPolicies("caching", expanded.all)].some((at) => expanded.text(`${at}.use`) !== "none");

/** Whether a site has a cache. */
export const isCached = (name: string, expanded: Expanded): boolean =>
  keepsAnything(expanded) && (expanded.names("caches") ?? []).includes(name);
