import { hasBit } from "../check/replicas/registers.js";
import type { FailoverFact, FaultFact } from "../record/circumstances.js";
import { ACCEPTED, NIL, type RunRecord, UNDONE, isAcceptance, isBeside, isShowing } from "../record/record.js";
import type { Micros } from "../units/time.js";
import type { Fate } from "./ledger.js";
import type { VersionRows } from "./version-rows.js";

/** What decided the fate of a write; null for a part that the record does not tell. */
export type Cause =
  | {
      readonly kind: "asynchronous" | "split-brain";
      readonly failover: FailoverFact | null;
      readonly fault: FaultFact | null;
      readonly region: number;
      readonly time: Micros;
    }
  | { readonly kind: "power-cut" | "disk-lost"; readonly fault: FaultFact; readonly region: number }
  | { readonly kind: "conflict"; readonly rival: number; readonly region: number; readonly time: Micros }
  | {
      readonly kind: "clock";
      readonly rival: number;
      readonly region: number;
      readonly time: Micros;
      readonly fault: FaultFact;
    }
  | { readonly kind: "outage"; readonly fault: FaultFact | null; readonly holders: number };

/** Null where nothing went wrong. */
export function causeOf(record: RunRecord, rows: VersionRows, write: number, fate: Fate): Cause | null {
  if (fate === "lost") return causeOfLoss(record, rows, write);
  if (fate === "overwritten") return causeOfConflict(record, rows, write);
  return fate === "unavailable" ? causeOfAbsence(record, rows, write) : null;
}

export const touches = ({ regions, paths }: FaultFact, region: number): boolean =>
  regions.includes(region) || paths.some((path) => path.includes(region));

/** The last copy went when a disk or what was not on it was lost, or when a deposed primary came back into line. */
function causeOfLoss(record: RunRecord, rows: VersionRows, write: number): Cause | null {
  const { versions, faults = [], failovers = [] } = record;
  const last = rows.of(write).findLast((row) => versions.what[row] === UNDONE);
  if (last === undefined) return null;
  const [region, time] = [versions.region[last]!, versions.time[last]!];
  const striking = faults.find(
    (fault) => fault.start === time && fault.regions.includes(region) && fault.disks !== "kept",
  );
  if (striking !== undefined)
    return { kind: striking.disks === "lost" ? "disk-lost" : "power-cut", fault: striking, region };
  const failover = failovers.findLast(({ from, end }) => from === region && end <= time) ?? null;
  const before = failover?.start ?? time;
  const fault = faults.findLast((each) => each.start <= before && touches(each, region)) ?? null;
  const isAlone = fault !== null && rows.acceptedAt(write) > fault.start;
  return { kind: isAlone ? "split-brain" : "asynchronous", failover, fault, region, time };
}

/** The first region where another version stood against it and won. */
function causeOfConflict(record: RunRecord, rows: VersionRows, write: number): Cause | null {
  const { versions, operations, faults = [] } = record;
  const accepted = rows.of(write).find((row) => isAcceptance(versions.what[row]!));
  for (let row = accepted ?? versions.time.length; row < versions.time.length; row++) {
    const rival = rivalIn(record, row, write);
    if (rival === NIL) continue;
    const found = { rival, region: versions.region[row]!, time: versions.time[row]! };
    // Last-write-wins and yet an earlier one won: a clock that was wrong when either was accepted.
    const [mine, theirs] = [rows.acceptedAt(write), rows.acceptedAt(rival)];
    const wrong = faults.find(
      (fault) =>
        fault.clock &&
        fault.start <= mine &&
        mine < (fault.end ?? Number.POSITIVE_INFINITY) &&
        [versions.region[accepted!]!, operations.region[rival]!].some((region) => fault.regions.includes(region)),
    );
    return wrong !== undefined && theirs < mine
      ? { kind: "clock", ...found, fault: wrong }
      : { kind: "conflict", ...found };
  }
  return null;
}

/** Which version won against the write in this row; NIL where none did. */
function rivalIn(record: RunRecord, row: number, write: number): number {
  const { versions } = record;
  const [what, of, previous] = [versions.what[row]!, versions.write[row]!, versions.previous[row]!];
  if (isShowing(what) && what !== ACCEPTED && previous === write && of !== write) return of;
  if (of !== write || previous === write) return NIL;
  return isBeside(what) ? previous : NIL;
}

/** Those who have it are down at the end. */
function causeOfAbsence(record: RunRecord, rows: VersionRows, write: number): Cause {
  const { faults = [], end } = record;
  const holders = rows.holders(write, end);
  const fault = faults.findLast(
    (each) => (each.end ?? Number.POSITIVE_INFINITY) >= end && each.regions.some((region) => hasBit(holders, region)),
  );
  return { kind: "outage", fault: fault ?? null, holders };
}
