import { hasBit } from "../check/replicas/registers.js";
import { NIL, OK, READ, type RunRecord } from "../record/record.js";
import type { Micros } from "../units/time.js";
import { VersionRows } from "./version-rows.js";

/** A read, and the newest write that it missed. */
export interface StaleRead {
  readonly read: number;
  readonly missed: number;
}

/**
 * Reads that missed a write acknowledged before they were called, in a region that did not have it when they returned,
 * and were shown nothing newer: stale as in probabilistically bounded staleness, as it looks from outside.
 */
export function staleReads(record: RunRecord): StaleRead[] {
  const { operations } = record;
  const rows = new VersionRows(record);
  const found: StaleRead[] = [];
  for (let read = 0; read < operations.call.length; read++) {
    const missed = missedBy(record, read, rows);
    if (missed !== NIL) found.push({ read, missed });
  }
  return found;
}

/** The newest write that an operation missed, if it is a read with an answer; NIL for none. */
export function missedBy({ operations }: RunRecord, read: number, rows: VersionRows): number {
  if (operations.kind[read] !== READ || operations.outcome[read] !== OK) return NIL;
  const writes = rows.ofKey(operations.key[read]!);
  const [call, end] = [operations.call[read]!, operations.return[read]!];
  const result = operations.result[read]!;
  const shownAt = result === NIL ? Number.NEGATIVE_INFINITY : rows.acceptedAt(result);
  for (let at = countUntil(writes, call, rows) - 1; at >= 0 && rows.acceptedAt(writes[at]!) > shownAt; at--) {
    const write = writes[at]!;
    if (operations.outcome[write] !== OK || operations.return[write]! > call) continue;
    const holders = rows.holders(write, end);
    // What was lost everywhere is not missed for ever.
    if (holders !== 0 && !hasBit(holders, operations.region[read]!)) return write;
  }
  return NIL;
}

/** How many were accepted until a moment: by halves. */
function countUntil(writes: readonly number[], moment: Micros, rows: VersionRows): number {
  let [low, high] = [0, writes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows.acceptedAt(writes[middle]!) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
