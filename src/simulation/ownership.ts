import type { Residency } from "../record/record.js";
import type { World } from "./world.js";

/**
 * Which regions keep each key, for a record, where a replication keeps less than every key in every copy. All of them may
 * have it: a stand-in has versions of keys that it does not keep, and nobody expects it to have all. Null where every
 * copy keeps everything.
 */
export function ownershipOf({ plan, demand, replicas }: World): Residency | null {
  const { hosts } = replicas;
  if (hosts.every(({ replica }) => replica.owns === undefined)) return null;
  const allowed = plan.regions.reduce((set, _, region) => set | (1 << region), 0);
  const sets: number[] = [];
  const classOfKey = new Int16Array(demand.keys);
  for (let key = 0; key < demand.keys; key++) {
    let kept = 0;
    for (const { id, holds, replica } of hosts) if (holds && replica.owns?.(key) !== false) kept |= 1 << id;
    let at = sets.indexOf(kept);
    if (at === -1) at = sets.push(kept) - 1;
    classOfKey[key] = at;
  }
  if (sets.length === 1) return null;
  const namesOf = (kept: number): string =>
    plan.regions.flatMap(({ name }, region) => (((kept >> region) & 1) === 1 ? [name] : [])).join(", ");
  return { classes: sets.map((kept) => ({ name: `kept in ${namesOf(kept)}`, allowed, kept })), classOfKey };
}
