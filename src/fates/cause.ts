import { groupOf, hasBit } from "../check/replicas/registers.js";
import type { CopyFact, FailoverFact, FaultFact } from "../record/circumstances.js";
import { ACCEPTED, JOINED, NIL, type RunRecord, isAcceptance, isBeside, isShowing } from "../record/record.js";
import type { Micros } from "../units/time.js";
import type { Fate, Ledger } from "./ledger.js";
import { type Disappearance, lastCarrier, leaderAt } from "./losses.js";
import { suspectAt } from "./suspects.js";
import type { VersionRows } from "./version-rows.js";

/** Of a loss: `carrier` is the write itself, or the last one made on top of it that was still there. */
interface Loss {
  readonly carrier: number;
  readonly region: number;
  readonly time: Micros;
}

/** What decided the fate of a write; null for a part that the record does not tell. */
export type Cause =
  | (Loss & {
      readonly kind: "asynchronous" | "split-brain";
      readonly failover: FailoverFact | null;
      readonly fault: FaultFact | null;
    })
  | (Loss & {
      readonly kind: "power-cut" | "disk-lost";
      readonly fault: FaultFact;
      /** Other regions that had had it: they lost it before, or gave it up to follow a log without it. */
      readonly others: readonly Disappearance[];
    })
  | (Loss & { readonly kind: "restore"; readonly restored: CopyFact; readonly isAfterDeletion: boolean })
  | {
      readonly kind: "deletion";
      readonly deletion: number;
      readonly time: Micros;
      readonly fault: FaultFact | null;
      /** The backup that was restored afterwards, and did not bring it back. */
      readonly restored: CopyFact | null;
    }
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
export function causeOf(ledger: Ledger, rows: VersionRows, write: number, fate: Fate): Cause | null {
  if (fate === "lost") return causeOfLoss(ledger, rows, write);
  if (fate === "overwritten") return causeOfConflict(ledger.record, rows, write);
  return fate === "unavailable" ? causeOfAbsence(ledger.record, rows, write) : null;
}

/** The last copy of the write, and of all that was made on top of it, decides. */
function causeOfLoss(ledger: Ledger, rows: VersionRows, write: number): Cause | null {
  const { record } = ledger;
  const { carrier, losses } = lastCarrier(ledger, rows, write);
  const last = losses.at(-1);
  const deletion = ledger.deleter[carrier]!;
  if (deletion !== NIL && (last === undefined || last.by === "restore" || last.time >= rows.acceptedAt(deletion)))
    return causeOfDeletion(record, rows, deletion);
  if (last === undefined) return null;
  const loss = { carrier, region: last.region, time: last.time };
  if (last.by === "restore") {
    const restored = restoresOf(record, carrier).find(({ time }) => time === last.time)!;
    const isAfterDeletion = record.copies!.some(
      ({ what, time }) => what === "deleted" && time >= (restored.asOf ?? 0) && time <= last.time,
    );
    return { kind: "restore", ...loss, restored, isAfterDeletion };
  }
  if (last.fault !== null) return struck(carrier, last, losses);
  // It was given up to follow a leader, and that one may have had it and lost it by a fault.
  const leader = leaderAt(record, record.operations.key[carrier]!, last.time);
  const first = losses.findLast(({ region, fault }) => region === leader && fault !== null);
  if (leader !== last.region && first !== undefined) return struck(carrier, first, losses);
  const failover = (record.failovers ?? []).findLast(({ from, end }) => from === last.region && end <= last.time);
  const fault = suspectAt(record, last.region, failover?.start ?? last.time);
  const accepted = rows.acceptedAt(carrier);
  const isAlone = accepted > (failover?.end ?? last.time) || (fault?.effect === "stops" && accepted > fault.start);
  return { kind: isAlone ? "split-brain" : "asynchronous", ...loss, failover: failover ?? null, fault };
}

function struck(carrier: number, by: Disappearance, losses: readonly Disappearance[]): Cause {
  const others = losses.filter(
    ({ region }, at) => region !== by.region && losses.findIndex((each) => each.region === region) === at,
  );
  const kind = by.by === "disk-lost" ? "disk-lost" : "power-cut";
  return { kind, carrier, region: by.region, time: by.time, fault: by.fault!, others };
}

/** Restores of the data that a write is among. */
function restoresOf(record: RunRecord, write: number): CopyFact[] {
  const own = groupOf(record, record.operations.key[write]!);
  return (record.copies ?? []).filter(({ what, group = own }) => what === "restored" && group === own);
}

function causeOfDeletion(record: RunRecord, rows: VersionRows, deletion: number): Cause {
  const { faults = [] } = record;
  const time = rows.acceptedAt(deletion);
  const fault = faults.find(({ start }) => start === time) ?? null;
  const restored = restoresOf(record, deletion).findLast((copy) => copy.time > time) ?? null;
  return { kind: "deletion", deletion, time, fault, restored };
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
  if (isShowing(what) && what !== ACCEPTED && what !== JOINED && previous === write && of !== write) return of;
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
