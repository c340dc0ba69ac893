import { groupOf, hasBit } from "../check/replicas/registers.js";
import type { FaultFact } from "../record/circumstances.js";
import { BEGAN, NIL, type RunRecord, UNDONE } from "../record/record.js";
import type { Micros } from "../units/time.js";
import type { Ledger } from "./ledger.js";
import type { VersionRows } from "./version-rows.js";

/** A region ceased to have a write: by a backup that was restored, a fault that took what its disk held, or its own doing. */
export interface Disappearance {
  readonly region: number;
  readonly time: Micros;
  readonly row: number;
  readonly by: "restore" | "power-cut" | "disk-lost" | "follower";
  /** Of a power cut and a lost disk. */
  readonly fault: FaultFact | null;
}

/** Where a write ceased to be held, in order. */
export function disappearancesOf(record: RunRecord, rows: VersionRows, write: number): Disappearance[] {
  const { versions, copies = [] } = record;
  const found: Disappearance[] = [];
  for (const row of rows.of(write))
    if (versions.what[row] === UNDONE)
      found.push(disappearance(record, versions.region[row]!, versions.time[row]!, row, write));
  for (const { what, region, time, row } of copies)
    if (what === "given-up" && hasBit(rows.heldUntil(write, row), region))
      found.push(disappearance(record, region, time, row, write));
  return found.toSorted((a, b) => a.row - b.row);
}

function disappearance(record: RunRecord, region: number, time: Micros, row: number, write: number): Disappearance {
  const { copies = [], faults = [], operations } = record;
  const base = { region, time, row };
  const own = groupOf(record, operations.key[write]!);
  if (copies.some((copy) => copy.what === "restored" && copy.time === time && (copy.group ?? own) === own))
    return { ...base, by: "restore", fault: null };
  const fault = faults.find((each) => each.start === time && each.regions.includes(region) && each.disks !== "kept");
  if (fault === undefined) return { ...base, by: "follower", fault: null };
  return { ...base, by: fault.disks === "lost" ? "disk-lost" : "power-cut", fault };
}

/** Of a write and those made on top of it, the one that was there longest, and where it ceased to be. */
export function lastCarrier(
  ledger: Ledger,
  rows: VersionRows,
  lost: number,
): { readonly carrier: number; readonly losses: readonly Disappearance[] } {
  const { record, superseder } = ledger;
  let found = { carrier: lost, losses: disappearancesOf(record, rows, lost) };
  // A write that was accepted twice may have been made on top of what was made on top of it.
  const seen = new Set([lost]);
  for (
    let write = superseder[lost]!;
    write !== NIL && !seen.has(write) && !ledger.exists(write);
    write = superseder[write]!
  ) {
    seen.add(write);
    const losses = disappearancesOf(record, rows, write);
    if ((losses.at(-1)?.time ?? NIL) >= (found.losses.at(-1)?.time ?? NIL)) found = { carrier: write, losses };
  }
  return found;
}

/** Who began to lead a key last, in the newest term, until a moment; NIL where nobody leads. */
export function leaderAt(record: RunRecord, key: number, moment: Micros): number {
  const { roles } = record;
  const group = groupOf(record, key);
  let [leader, newest] = [NIL, NIL];
  for (let row = 0; row < roles.time.length && roles.time[row]! <= moment; row++) {
    if (roles.what[row] !== BEGAN || roles.group[row] !== group || roles.term[row]! < newest) continue;
    leader = roles.region[row]!;
    newest = roles.term[row]!;
  }
  return leader;
}
