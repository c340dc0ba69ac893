import { followRegions } from "./derive-options.js";
import { keepsAnything } from "./edge-sites.js";
import { Expanded } from "./expand.js";
import { holdersOf, waitingOf } from "./holders.js";
import { type Setting, type SettingValue, type Settings, step } from "./settings.js";

/**
 * What an architecture leaves open and the scenario's regions decide: who looks at their health, who stands by, with
 * which capacity. Added to its settings, so that what `compile` reads is what `explain` prints.
 */
export function derive(expanded: Expanded, shared: Settings, regions: readonly string[]): Expanded {
  const all = new Map(expanded.all);
  const follow: Follow = (path, value, from) => {
    if (!all.has(path)) all.set(path, { value, origin: { kind: "derived", name: from } });
    return all.get(path)!.value;
  };
  const primary = expanded.get("primary") as string | undefined;
  follow("health.vantages", regions, "all regions");
  // A controller that dies with the primary cannot replace it.
  const beside = (primary === undefined || primary === regions[0]) && regions.length > 1;
  follow("health.controller", regions[beside ? 1 : 0]!, "a region beside the primary");
  // Whom nobody replaces need not be kept from writing; a lease would only stop it when the controller is out of reach.
  if (keepsAnything(expanded)) follow("caches", regions, "all regions");
  const failover = expanded.policy("failover");
  const sees = expanded.catalogue.failover[failover]?.fences !== undefined;
  const isFree = failover === "none" || failover === "consensus" || sees;
  if (isFree && all.get("failover.fencing")?.origin.kind === "default")
    all.set("failover.fencing", { value: "none", origin: { kind: "derived", name: `failover: ${failover}` } });
  if (primary !== undefined) standbys(expanded, primary, regions, all);
  for (const region of regions) capacity(expanded, shared, region, primary, follow);
  const derived = new Expanded(expanded.name, all, expanded.catalogue);
  const [recovery] = waitingOf(derived, regions);
  if (recovery !== undefined) follow("backups.region", recovery, "the region that waits for them");
  follow("backups.region", primary ?? regions[0]!, primary === undefined ? "the first region" : "the primary");
  const holders = holdersOf(derived, regions);
  followRegions(derived, shared, holders, follow);
  return derived;
}

/** Sets what is not set yet; gives what then holds. */
export type Follow = (path: string, value: SettingValue, from: string) => SettingValue;

/** In order of preference; where every region holds a copy every other one can be promoted, the named ones first. */
function standbys(expanded: Expanded, primary: string, regions: readonly string[], all: Map<string, Setting>): void {
  const one = expanded.get("standby") as string | undefined;
  const named = expanded.names("standbys") ?? (one === undefined ? [] : [one]);
  const others =
    expanded.policy("placement") === "everywhere"
      ? regions.filter((region) => region !== primary && !named.includes(region))
      : [];
  if (others.length === 0 && (all.has("standbys") || named.length === 0)) return;
  const name =
    others.length === 0 ? "standby" : named.length === 0 ? "all other regions" : "those named, then all others";
  all.set("standbys", { value: [...named, ...others], origin: { kind: "derived", name } });
}

/** A promoted standby must carry what the primary carried, with instances of its own size. */
function capacity(
  expanded: Expanded,
  shared: Settings,
  region: string,
  primary: string | undefined,
  follow: Follow,
): void {
  const of = (name: string, key: string): number => shared.number(`topology.regions.${step(name)}.${key}`);
  const at = `capacity.${step(region)}`;
  if (primary === undefined || region === primary) {
    follow(`${at}.full_instances`, of(region, "instances"), "the region's instances");
    follow(`${at}.instances`, of(region, "instances"), "the region's instances");
    return;
  }
  const carried = Math.max(1, Math.ceil((of(primary, "instances") * of(primary, "workers")) / of(region, "workers")));
  const full = follow(`${at}.full_instances`, carried, "what the primary carries") as number;
  const standing = expanded.number("standby_instances");
  const instances = standing > 0 && standing < 1 ? Math.max(1, Math.round(standing * full)) : Math.min(standing, full);
  follow(`${at}.instances`, instances, "standby_instances");
}
