import { NOBODY } from "../policies/contract.js";
import type { ReplicaHost } from "../simulation/replica-host.js";
import type { World } from "../simulation/world.js";
import { formatRounded } from "../units/time.js";
import { ago, columns, count } from "./layout.js";
import { isNamed } from "./region-list.js";

const NONE = -1;

/** How far each copy is: as it was last reported to the control plane, and as it is. */
export function replicationStatus(world: World, only: string | undefined): string[] {
  const { plan, groups, control, replicas, engine } = world;
  const everywhere = groups.all.every(({ primary }) => primary === NOBODY);
  const rows = groups.all.flatMap(({ holders }, group) => {
    const { reports } = control.failovers[group]!;
    const hosts = holders
      .filter((region) => isNamed(world, region))
      .map((region) => replicas.hosts[groups.node(group, region)]!);
    const newest = everywhere ? latest(hosts, world) : null;
    return hosts
      .filter(({ id }) => only === undefined || plan.regions[id]!.name === only)
      .map((host) => {
        const { id } = host;
        const heard = reports.position(id) >= 0;
        const lacking = newest === null ? behind(host, hosts) : behindOf(host, newest, world);
        return [
          `${plan.regions[id]!.name}${groups.label(group)}`,
          heard ? reported(world, group, id) : "nothing heard",
          heard ? ago(engine.now - reports.heardAt[id]!) : "–",
          inTruth(world, host, lacking),
        ];
      });
  });
  if (rows.length === 0) return [`${only} holds no copy of the data.`];
  const legend = everywhere
    ? "(reported: writes that each copy has taken itself; in truth: keys of which another copy shows a later one)"
    : "(behind: in writes)";
  return [...columns(["copy", "as reported", "heard", "in truth"], rows), legend];
}

function reported({ control }: World, group: number, region: number): string {
  const { reports, leader } = control.failovers[group]!;
  const paused = reports.paused[region] === 1 ? ", paused" : "";
  if (leader === NOBODY) return `${reports.position(region)} taken${paused}`;
  if (region === leader) return `leads${paused}`;
  const lacks = reports.position(leader) - reports.position(region);
  const lag = reports.behindFor(region);
  return `${lacks <= 0 ? "level" : `${lacks} behind`}${lag > 0 ? ` for ${formatRounded(lag)}` : ""}${paused}`;
}

function inTruth({ lives }: World, { id, node, blank }: ReplicaHost, lacking: string): string {
  const dead = lives.parts.conditions.hostDead[id] === 1 ? ["host dead"] : [];
  const paused = lives.paused[node] === 1 ? ["paused"] : [];
  return [...dead, blank ? "empty" : lacking, ...paused].join(", ");
}

/** Of two copies the one with the newer term has more; the longer one where the terms are equal. */
function behind({ replica }: ReplicaHost, hosts: readonly ReplicaHost[]): string {
  const term = Math.max(...hosts.map((host) => host.replica.logTerm()));
  const ofTerm = hosts.filter((host) => host.replica.logTerm() === term);
  const most = Math.max(...ofTerm.map((host) => host.replica.position()));
  const lacks = most - replica.position();
  // Nothing has been written yet in any term.
  if (most === 0 && lacks === 0) return "level";
  if (replica.logTerm() < term) return "in an older term, may differ";
  return lacks === 0 ? "level" : `${lacks} behind`;
}

/** By key, when the last version was made that any copy shows: the number of its write. */
function latest(hosts: readonly ReplicaHost[], world: World): Float64Array {
  const newest = new Float64Array(hosts[0]!.whole.length).fill(NONE);
  for (const { whole } of hosts)
    for (const [key, version] of whole.entries()) newest[key] = Math.max(newest[key]!, madeAt(version, world));
  return newest;
}

function behindOf({ whole }: ReplicaHost, newest: Float64Array, world: World): string {
  let keys = 0;
  for (const [key, version] of whole.entries()) if (madeAt(version, world) < newest[key]!) keys++;
  return keys === 0 ? "level" : `${count(keys, "key", "keys")} behind`;
}

const madeAt = (version: number, { writes }: World): number =>
  version === NONE ? NONE : Math.max(...writes.standing(version).map((write) => writes.serial[write]!));
