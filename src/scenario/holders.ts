import { choose } from "../policies/catalogue.js";
import { type Option, isRegional } from "../policies/options.js";
import { optionsOf } from "./compile-options.js";
import type { Expanded } from "./expand.js";

/** The regions that hold a copy, by name, in the order of the scenario; the architecture's standbys are set. */
export function holdersOf(expanded: Expanded, regions: readonly string[]): readonly string[] {
  const primary = regions.indexOf((expanded.get("primary") as string | undefined) ?? "");
  const standbys = primary < 0 ? [] : (expanded.names("standbys") ?? []).map((name) => regions.indexOf(name));
  const named = (expanded.names("replicas") ?? []).map((name) => regions.indexOf(name));
  const placement = choose("placement", expanded.policy("placement"), expanded.catalogue);
  const without = withoutCopy(expanded);
  // Every region is the home of somebody, or may have to be.
  if (placement.shards === true) return regions.filter((name) => !without.includes(name));
  const options = optionsOf("placement", expanded, regions);
  const holders = placement.replicas(regions.length, primary, standbys, named, options);
  return regions.filter((name, id) => holders.includes(id) && !without.includes(name));
}

/** Those that take part in the replication without a copy. */
export function withoutCopy(expanded: Expanded): readonly string[] {
  const { options } = choose("replication", expanded.policy("replication"), expanded.catalogue);
  return Object.entries<Option>(options).flatMap(([name, option]) =>
    isRegional(option) && option.withoutCopy === true ? (expanded.names(`replication.${name}`) ?? []) : [],
  );
}

/** Those of them that hold it only once a backup has been restored there. */
export function waitingOf(expanded: Expanded, regions: readonly string[]): readonly string[] {
  const standbys = (expanded.names("standbys") ?? []).map((name) => regions.indexOf(name));
  const waiting = choose("placement", expanded.policy("placement"), expanded.catalogue).waiting?.(standbys) ?? [];
  return regions.filter((_, id) => waiting.includes(id));
}
