import {
  APPEND,
  CAS,
  DELETE,
  FAIL,
  INCREMENT,
  NIL,
  OK,
  type Operations,
  READ,
  type RunRecord,
  SET_ADD,
  UNKNOWN,
} from "../record/record.js";
import { argumentOf, expectedOf } from "../record/values.js";
import { operationsByKey } from "./linearizable/part.js";
import { namesVersions } from "./linearizable/versions.js";
import { ShownThen, UNCLEAR } from "./shown-then.js";

/** What an operation was shown instead of a write: nothing, since it shows nothing (or did not happen); */
export const SHOWS_NOTHING = -4;
/** a value that no operation that may have happened wrote; */
export const NOWHERE = -3;
/** a value that several wrote, or a state that many made; */
export const UNTOLD = UNCLEAR;
/** the value before all writes. */
export const INITIAL = -1;

/** Which write each operation was shown: *reads from* in the literature. */
export interface Sources {
  /** The row of the write, or one of the above. */
  readonly of: Int32Array;
  /** 1: a change that happened: it was acknowledged, or somebody was shown what it left. */
  readonly happened: Uint8Array;
  /** By write without an answer that happened: an operation that was shown what it left. */
  readonly shownTo: ReadonlyMap<number, number>;
  /** Operations that do not tell which write they were shown. */
  readonly untold: readonly number[];
}

/** Whether the operation changes its key, if it happens: all but reads and comparisons that found another value. */
export function isChange({ kind, outcome, value }: Operations, row: number): boolean {
  if (kind[row] === READ || outcome[row] === FAIL) return false;
  return !(kind[row] === CAS && outcome[row] === OK && value[row] === 0);
}

/**
 * The value tells the write where each value of a key is written once. So it is in a record of the simulator, where the
 * value of a write is its own operation's number (and a read of a set or a list returns that of the addition which made the
 * version), and in a history recorded with unique values. What a comparison that
 * failed had found, and whether nothing was there yet or no more, tells the region's record if there is one.
 */
export function sourcesOf(record: RunRecord): Sources {
  const { operations } = record;
  const count = operations.call.length;
  const of = new Int32Array(count).fill(SHOWS_NOTHING);
  const happened = new Uint8Array(count);
  const shownTo = new Map<number, number>();
  const untold: number[] = [];
  const combines = namesVersions(record) ? countsUp : addsUp;
  const isCombined = operations.kind.some(combines);
  const shownThen = new ShownThen(record);
  for (const rows of operationsByKey(record).values()) {
    const writers = new Writers(record, rows, combines, isCombined, shownThen);
    // What must have happened: all that was acknowledged, and all that was shown to one of those.
    const work = rows.filter((row) => operations.outcome[row] === OK);
    while (work.length > 0) {
      const row = work.pop()!;
      if (isChange(operations, row)) {
        if (happened[row] === 1) continue;
        happened[row] = 1;
      }
      const source = writers.sourceOf(row);
      of[row] = source;
      if (source < 0 || operations.outcome[source] !== UNKNOWN) continue;
      if (!shownTo.has(source)) shownTo.set(source, row);
      work.push(source);
    }
  }
  for (let row = 0; row < count; row++) if (of[row] === UNTOLD) untold.push(row);
  return { of, happened, shownTo, untold };
}

/** The operations of some evidence, and those but for which nobody would know that they happened. */
export function withProofs({ shownTo }: Sources, evidence: readonly number[]): number[] {
  const all = new Set(evidence);
  for (const row of all) {
    const proof = shownTo.get(row);
    if (proof !== undefined) all.add(proof);
  }
  return [...all];
}

/** Appending and adding up: a state has many writers, and the value of none. */
const addsUp = (kind: number): boolean => kind === INCREMENT || kind === APPEND || kind === SET_ADD;
const countsUp = (kind: number): boolean => kind === INCREMENT;
/** What counters, sets and strings begin with, which a key that nobody changes may show. */
const BEGINNINGS = ["0", "#{}", ""];

/** The writes of one key, by the values that they left. */
class Writers {
  private readonly byValue = new Map<number, number>();
  private readonly tellsNothing: boolean;
  private readonly isUnchanged: boolean;

  constructor(
    private readonly record: RunRecord,
    rows: readonly number[],
    combines: (kind: number) => boolean,
    private readonly isCombined: boolean,
    private readonly shownThen: ShownThen,
  ) {
    const { operations } = record;
    const changes = rows.filter((row) => isChange(operations, row));
    this.isUnchanged = changes.length === 0;
    this.tellsNothing = changes.some((row) => combines(operations.kind[row]!));
    for (const row of changes) {
      const value = argumentOf(record, row);
      this.byValue.set(value, this.byValue.has(value) ? UNTOLD : row);
    }
  }

  sourceOf(row: number): number {
    const { kind, value: values, outcome } = this.record.operations;
    if (kind[row] !== READ && kind[row] !== CAS) return SHOWS_NOTHING;
    const isRefused = kind[row] === CAS && outcome[row] === OK && values[row] === 0;
    if (this.tellsNothing) return UNTOLD;
    const value = kind[row] === READ ? values[row]! : expectedOf(this.record, row);
    if (isRefused) return this.shownThen.during(row, (other) => other !== value);
    const writer = this.byValue.get(value);
    if (value === NIL) return writer === undefined ? INITIAL : this.shownThen.during(row, (other) => other === NIL);
    const text = this.record.names.values[value] ?? String(value);
    if (this.isUnchanged && this.isCombined && BEGINNINGS.includes(text)) return INITIAL;
    // In a store of strings a key without a value reads as the empty one.
    if (writer === undefined && text === "") return INITIAL;
    return writer ?? NOWHERE;
  }
}
