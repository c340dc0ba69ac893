import { NEVER, OK, type RunRecord } from "../../record/record.js";
import type { Micros } from "../../units/time.js";
import { INITIAL, type Sources, isChange } from "../sources.js";
import { Fenwick } from "./fenwick.js";

/** How far behind a read was. Where the order of versions is not known, `least` and `most` differ. */
export interface Missed {
  readonly read: number;
  /** Acknowledged writes that are newer than what the read showed and had returned before it began. */
  readonly versions: Bounds;
  /** How long before the read began the first of them had returned; 0 when there is none. */
  readonly age: Bounds;
  /** Such a write that it certainly missed, the one that had returned first; -1 for none. */
  readonly write: number;
}
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The writes of one key that are acknowledged, in an order in which newer ones stand behind older ones. */
interface Line {
  readonly writes: readonly number[];
  /** The first that is certainly newer than a write, or than the initial value. */
  newerThan(write: number): number;
}

/**
 * What every read of one key missed, in n log n. With the replicas' order of versions it is exact. Without it a write is
 * certainly newer than another when it was called after that had returned, and certainly older when it had returned
 * before that was called.
 */
export function missedReads(
  record: RunRecord,
  sources: Sources,
  rows: readonly number[],
  ranks: Int32Array | null,
): Missed[] {
  const { call, return: returned, outcome } = record.operations;
  const acknowledged = rows.filter((row) => outcome[row] === OK && isChange(record.operations, row));
  const line = ranks === null ? lineByCalls(record, acknowledged) : lineByRanks(acknowledged, ranks);
  const firstReturned = firstFromEnd(line.writes, returned);
  const byReturn = acknowledged.toSorted((a, b) => returned[a]! - returned[b]! || a - b);
  const returns = Float64Array.from(byReturn, (row) => returned[row]!);
  const places = new Map(line.writes.map((row, place) => [row, place]));
  const counts = new Fenwick(line.writes.length);
  let counted = 0;
  const missed: Missed[] = [];
  for (const read of rows) {
    const shown = sources.of[read]!;
    if (shown < INITIAL || outcome[read] !== OK) continue;
    const began = call[read]!;
    for (; counted < returns.length && returns[counted]! < began; counted++)
      counts.add(places.get(byReturn[counted]!)!);
    const newer = line.newerThan(shown);
    const first = firstReturned[newer] ?? -1;
    const isMissed = first !== -1 && returned[first]! < began;
    const versions = counts.from(newer);
    const age = isMissed ? began - returned[first]! : 0;
    const most = ranks === null ? mostMissed(record, byReturn, returns, shown, began) : { versions, age };
    missed.push({
      read,
      versions: { least: versions, most: most.versions },
      age: { least: age, most: most.age },
      write: isMissed ? first : -1,
    });
  }
  return missed;
}

function lineByRanks(acknowledged: readonly number[], ranks: Int32Array): Line {
  const writes = acknowledged.toSorted((a, b) => ranks[a]! - ranks[b]!);
  const sorted = Float64Array.from(writes, (row) => ranks[row]!);
  return { writes, newerThan: (write) => (write < 0 ? 0 : firstAbove(sorted, ranks[write]!)) };
}

function lineByCalls({ operations }: RunRecord, acknowledged: readonly number[]): Line {
  const { call, return: returned } = operations;
  const calls = Float64Array.from(acknowledged, (row) => call[row]!);
  return {
    writes: acknowledged,
    newerThan: (write) => (write < 0 ? 0 : firstAbove(calls, returned[write]!)),
  };
}

/** All that had returned by then and is not certainly older than what was shown. */
function mostMissed(
  { operations }: RunRecord,
  byReturn: readonly number[],
  returns: Float64Array,
  shown: number,
  began: Micros,
): { readonly versions: number; readonly age: Micros } {
  const { call, return: returned } = operations;
  const end = firstAtLeast(returns, began);
  let start = shown < 0 ? 0 : firstAtLeast(returns, call[shown]!);
  const isCounted = shown >= 0 && returned[shown] !== NEVER && returned[shown]! < began;
  const versions = Math.max(0, end - start - (isCounted ? 1 : 0));
  if (byReturn[start] === shown) start++;
  return { versions, age: versions === 0 ? 0 : began - returns[start]! };
}

/** By place: of the writes there and behind it, the one that returned first. */
function firstFromEnd(writes: readonly number[], returned: Float64Array): number[] {
  const first = new Array<number>(writes.length);
  for (let place = writes.length - 1; place >= 0; place--) {
    const next = first[place + 1];
    const row = writes[place]!;
    first[place] = next === undefined || returned[row]! <= returned[next]! ? row : next;
  }
  return first;
}

const firstAbove = (sorted: Float64Array, value: number): number => firstWhere(sorted, (at) => at > value);
const firstAtLeast = (sorted: Float64Array, value: number): number => firstWhere(sorted, (at) => at >= value);

function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
