import { catalogue } from "../policies/catalogue.js";
import type { Option, OptionValues } from "../policies/options.js";
import type { Expanded } from "./expand.js";
import type { RawArchitecture, RawScenario } from "./format.js";
import { withoutCopy } from "./holders.js";
import type { Source } from "./source.js";

/** With placement listed the regions that hold a copy are told, and only then. */
export function checkReplicas(expanded: Expanded, raw: RawArchitecture, path: string, source: Source): void {
  const placement = expanded.policy("placement");
  const isListed = placement === "listed";
  const { replicas, primary } = raw;
  // One of the user's own is told what the list says, and makes of it what it likes.
  if (!isListed && replicas !== undefined && Object.hasOwn(catalogue.placement, placement))
    source.errorAt(
      `${path}.replicas`,
      `placement ${placement} knows by itself where the copies are`,
      "no list of them",
      'take it away, or choose "placement: listed"',
    );
  if (!isListed) return;
  if (replicas === undefined || replicas.length === 0)
    source.errorAt(
      source.has(`${path}.replicas`) ? `${path}.replicas` : path,
      "placement listed keeps copies in the regions listed, and none is",
      "the regions that hold a copy",
      'add "replicas: [REGION, …]"',
    );
  replicas?.forEach((name, index) => {
    if (name !== undefined && replicas.indexOf(name) < index)
      source.errorAt(`${path}.replicas.${index}`, `"${name}" is listed twice`, "each region once", "take one away");
  });
  for (const name of [primary, raw.standby, ...(raw.standbys ?? [])])
    if (name !== undefined && replicas !== undefined && !replicas.includes(name))
      source.errorAt(
        `${path}.replicas`,
        `"${name}" may have to lead, and is not among those that hold a copy`,
        `a list with ${name}`,
        "add it",
      );
}

/** Routings that lead the users of a place to the region that suits them, whoever leads the data. */
const BY_PLACE = ["latency", "geolocation", "weighted", "compute-location"];

/** A write that is sent back is led to where it came from, for as long as its user tries: that is nearly never meant. */
export function noteMisdirected(expanded: Expanded, path: string, source: Source): void {
  const [replication, routing] = [expanded.policy("replication"), expanded.policy("routing")];
  if (expanded.catalogue.replication[replication]?.gives.writers !== "leader") return;
  if (!BY_PLACE.includes(routing) || expanded.text("misdirected") === "forward") return;
  if (expanded.policy("placement") === "leader-only") return;
  const at = [`${path}.misdirected`, `${path}.routing`, `${path}.replication`].find((each) => source.has(each));
  source.note(
    at ?? path,
    `with replication ${replication} one region takes writes, and routing ${routing} leads users of other places back to regions that do not: they write nothing; choose misdirected: forward, or routing: primary`,
  );
}

/** Who promotes in place of the primary, and finds nobody, does nothing for as long as the run lasts. */
export function noteNobodyToPromote(expanded: Expanded, path: string, source: Source): void {
  const failover = expanded.policy("failover");
  if (failover === "none" || expanded.policy("placement") !== "leader-only") return;
  if (expanded.catalogue.replication[expanded.policy("replication")]?.gives.writers !== "leader") return;
  const at = [`${path}.failover`, `${path}.placement`, `${path}.multi_region.regions`].find((each) => source.has(each));
  source.note(
    at ?? path,
    `no other region holds a copy, so failover ${failover} has nobody to promote; name standbys with placement: leader-and-standbys, or choose failover: none`,
  );
}

/** What the chosen replication has against the regions, the data and the storage of the scenario. */
export function checkReplication(expanded: Expanded, path: string, scenario: RawScenario, source: Source): void {
  const chosen = expanded.policy("replication");
  const replication = expanded.catalogue.replication[chosen];
  const placement = expanded.catalogue.placement[expanded.policy("placement")];
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
  const ids = (some: readonly string[]): number[] => some.map((name) => names.indexOf(name));
  const [primary] = ids([(expanded.get("primary") as string | undefined) ?? ""]) as [number];
  // Where homes are given out, each has so many copies.
  const placed = Object.fromEntries(
    Object.keys(placement.options).map((option) => [option, expanded.get(`placement.${option}`) as number]),
  );
  const one = expanded.get("standby") as string | undefined;
  const standbys = ids(expanded.names("standbys") ?? (one === undefined ? [] : [one]));
  const [home, others] = placement.shards === true ? [0, [...names.keys()].slice(1)] : [primary, standbys];
  const without = ids(withoutCopy(expanded));
  const copies = placement
    .replicas(names.length, home, others, ids(expanded.names("replicas") ?? []), placed)
    .filter((region) => !without.includes(region));
  const options: OptionValues = Object.fromEntries(
    Object.entries<Option>(replication.options).map(([option, { kind, default: value }]) => {
      const at = `replication.${option}`;
      const given = kind === "regions" ? expanded.names(at) : undefined;
      return [
        option,
        given === undefined ? ((expanded.get(at) as number | string | boolean | undefined) ?? value) : ids(given),
      ];
    }),
  );
  const circumstances = { regions: names.length, holders: copies.length, copies, primary };
  const objections = replication.check?.(options, circumstances);
  for (const { option, message, expected, hint } of [objections ?? []].flat())
    source.errorAt(written(`replication.${option}`, "replication"), message, expected, hint);
}
