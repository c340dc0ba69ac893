import type { Conditions } from "./conditions.js";
import type { Copies } from "./copies.js";
import type { Groups } from "./groups.js";
import type { Replicas } from "./replicas.js";

/**
 * Every copy of one group of keys is given up for what its backup holds, where data are kept apart: the hosts live on, and
 * with them the copies of other groups. A host that is dead will find its own gone. The others go last, or for a moment
 * nobody would have what the backup holds.
 */
export function restoreGroup(
  group: number,
  target: number,
  registers: Int32Array,
  parts: {
    readonly replicas: Replicas;
    readonly copies: Copies;
    readonly groups: Groups;
    readonly conditions: Conditions;
  },
): void {
  const { replicas, copies, groups, conditions } = parts;
  const { holders } = groups.all[group]!;
  for (const from of holders) for (const to of holders) copies.abort(from, to, group);
  const hosts = holders.map((region) => replicas.hosts[groups.node(group, region)]!);
  const first = hosts.find(({ id }) => id === target)!;
  first.giveUp();
  first.restore(registers);
  for (const host of hosts) if (host !== first) host.giveUp();
  for (const host of hosts) if (conditions.hostDead[host.id] === 0) host.begin("lost");
}
