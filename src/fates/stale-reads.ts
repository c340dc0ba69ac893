import { isOperators } from "../check/operators.js";
import { hasBit } from "../check/replicas/registers.js";
import { DELETE, INCREMENT, NIL, OK, READ, type RunRecord, isBeside } from "../record/record.js";
import type { Micros } from "../units/time.js";
import { type Shown, VersionRows } from "./version-rows.js";

/** The region's own copy as it was; what other copies had shown it; or what a cache or a read model still had. */
export type AnswerSource = "copy" | "others" | "cache" | "model" | "past";

/** A read, and the newest write that it missed. */
export interface StaleRead {
  readonly read: number;
  readonly missed: number;
}

/**
 * Reads that missed a write acknowledged before they were called, and were shown nothing newer: stale as in
 * probabilistically bounded staleness, and as the oracle counts them. Missing is what the region's copy did not have; of
 * an answer that came from elsewhere (several copies, a cache, a model), whatever is newer and did not lose to it. An
 * answer of nothing is as good as that of the newest deletion, whose tombstone may be gone.
 *
 * Three things a record cannot tell: it has no line for reads whose answer nobody waited for, which the oracle counts; of
 * a write that was accepted twice it does not say which version was read, so the last is taken; and of a read's time it
 * has the call and the return. It was served while the region showed what it returned, so the last such moment is taken:
 * of a counter that goes up and down, perhaps not the right one.
 */
export function staleReads(record: RunRecord, rows = new VersionRows(record)): StaleRead[] {
  const { operations } = record;
  const found: StaleRead[] = [];
  for (let read = 0; read < operations.call.length; read++) {
    const missed = missedBy(record, read, rows);
    if (missed !== NIL) found.push({ read, missed });
  }
  return found;
}

/** The newest write that an operation missed, if it is a read with an answer; NIL for none. */
export function missedBy(record: RunRecord, read: number, rows: VersionRows): number {
  const { operations } = record;
  if (operations.kind[read] !== READ || operations.outcome[read] !== OK) return NIL;
  const writes = rows.ofKey(operations.key[read]!);
  const call = operations.call[read]!;
  const accepted = countUntil(writes, call, rows);
  if (accepted === 0) return NIL;
  const { write: shown, to, from, beside = [shown] } = servedWith(record, read, rows);
  const deletion = operations.value[read] === NIL ? lastDeletion(record, operations.key[read]!, to, rows) : NIL;
  const known = [deletion, ...beside].filter((write) => write !== NIL);
  const shownAt = Math.max(...known.map((write) => rows.lastAcceptedBefore(write, to)));
  for (let at = accepted - 1; at >= 0 && rows.acceptedAt(writes[at]!) > shownAt; at--) {
    const write = writes[at]!;
    if (operations.outcome[write] !== OK || operations.return[write]! > call || isOperators(record, write)) continue;
    const holders = rows.holdersBefore(write, to);
    // What was lost everywhere, and does not come off a queue later, is not missed for ever.
    if (from === "copy" && hasBit(holders, operations.region[read]!)) continue;
    // Nor is what met the version that was shown, and did not win.
    if (from !== "copy" && shown !== NIL && hasLostTo(record, write, shown, rows)) continue;
    if (holders !== 0 || rows.comesBack(write, to)) return write;
  }
  return NIL;
}

const hasLostTo = ({ versions }: RunRecord, write: number, winner: number, rows: VersionRows): boolean =>
  rows.of(write).some((row) => isBeside(versions.what[row]!) && versions.previous[row] === winner);

interface Served extends Answer {
  /** The row of versions up to which it may have been served. */
  readonly to: number;
  /** All that stood side by side in the answer, where that was more than one. */
  readonly beside?: readonly number[];
}

interface Answer {
  readonly write: number;
  readonly from: AnswerSource;
}

/** What a read was answered with, and until which row of versions; where several fit, the last one. */
export function servedWith(record: RunRecord, read: number, rows: VersionRows): Served {
  const { operations, scenario } = record;
  const [call, end, result] = [operations.call[read]!, operations.return[read]!, operations.value[read]!];
  const [first, last] = [rows.after(call - 1), rows.after(end)];
  const line = rows.shownBy(operations.region[read]!, operations.key[read]!);
  let at = lastBefore(line, last);
  const latest = line[at]!;
  // The result names what others have shown, unless that was a deletion.
  const other = result === NIL ? lastDeletion(record, operations.key[read]!, last, rows) : result;
  if (scenario?.answers?.gathered === true) return { write: other, to: last, from: "others" };
  const value = (shown: number): number => answerOf(record, rows, shown);
  // Of several the first is returned that is no deletion.
  const fits = ({ write, beside = [write] }: Shown): boolean =>
    result === NIL ? beside.every((each) => value(each) === NIL) : beside.some((each) => value(each) === result);
  // A region that never shows the key keeps no copy of it, and answers with what others have.
  const isKeeper = line.some(({ write }) => write !== NIL);
  for (; isKeeper && at >= 0 && line[at]!.to >= first; at--)
    if (fits(line[at]!)) return { ...line[at]!, to: Math.min(line[at]!.to, last), from: "copy" };
  // Counted differently.
  if (latest.write !== NIL && operations.kind[latest.write] === INCREMENT)
    return { write: latest.write, to: last, from: "copy" };
  const { caching = null, readModel = false, asOf } = scenario?.answers ?? {};
  const older = readModel ? "model" : asOf !== undefined ? "past" : null;
  return { write: other, to: last, from: isKeeper && older !== null ? older : caching !== null ? "cache" : "others" };
}

/** The newest deletion of the key that was accepted before that row, NIL for none. */
function lastDeletion(record: RunRecord, key: number, before: number, rows: VersionRows): number {
  const { operations, versions } = record;
  if (before === 0) return NIL;
  const writes = rows.ofKey(key);
  for (let at = countUntil(writes, versions.time[before - 1]!, rows) - 1; at >= 0; at--)
    if (operations.kind[writes[at]!] === DELETE) return writes[at]!;
  return NIL;
}

/** The last span that begins before that row. */
function lastBefore(line: readonly Shown[], bound: number): number {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line[middle]!.from < bound) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What a read of that version returns. */
function answerOf({ operations, versions }: RunRecord, rows: VersionRows, shown: number): number {
  let [write, value] = [shown, 0];
  if (write === NIL || operations.kind[write] === DELETE) return NIL;
  if (operations.kind[write] !== INCREMENT) return write;
  while (write !== NIL && operations.kind[write] === INCREMENT) {
    value += operations.value[write]!;
    const [first] = rows.of(write);
    write = first === undefined ? NIL : versions.previous[first]!;
  }
  return value;
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
