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
import { operationsByKey } from "./linearizable/part.js";
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
  /** Operations that do not tell which write they were shown. */
  readonly untold: readonly number[];
}

/** Whether the operation changes its key, if it happens: all but reads and comparisons that found another value. */
export function isChange({ kind, outcome, result }: Operations, row: number): boolean {
  if (kind[row] === READ || outcome[row] === FAIL) return false;
  return !(kind[row] === CAS && outcome[row] === OK && result[row] === 0);
}

/**
 * The value tells the write where each value of a key is written once. So it is in a record of the simulator, where the
 * value of a write is its own operation's number, and in a history recorded with unique values. What a comparison that
 * failed had found, and whether nothing was there yet or no more, tells the region's record if there is one.
 */
export function sourcesOf(record: RunRecord): Sources {
  const { operations } = record;
  const count = operations.call.length;
  const of = new Int32Array(count).fill(SHOWS_NOTHING);
  const happened = new Uint8Array(count);
  const untold: number[] = [];
  const isCombined = operations.kind.some(combines);
  const shownThen = new ShownThen(record);
  for (const rows of operationsByKey(record).values()) {
    const writers = new Writers(record, rows, isCombined, shownThen);
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
      if (source >= 0 && operations.outcome[source] === UNKNOWN) work.push(source);
    }
  }
  for (let row = 0; row < count; row++) if (of[row] === UNTOLD) untold.push(row);
  return { of, happened, untold };
}

/** Appending and adding up: a state has many writers. */
const combines = (kind: number): boolean => kind === INCREMENT || kind === APPEND || kind === SET_ADD;

/** The writes of one key, by the values that they left. */
class Writers {
  private readonly byValue = new Map<number, number>();
  private tellsNothing: boolean;

  constructor(
    private readonly record: RunRecord,
    rows: readonly number[],
    isCombined: boolean,
    private readonly shownThen: ShownThen,
  ) {
    const { operations } = record;
    // Counters and sets begin with a value of their own, which a key that nobody changes may show.
    const changes = rows.filter((row) => isChange(operations, row));
    this.tellsNothing = isCombined && (changes.length === 0 || changes.some((row) => combines(operations.kind[row]!)));
    for (const row of changes) {
      const value = operations.kind[row] === DELETE ? NIL : operations.argument[row]!;
      this.byValue.set(value, this.byValue.has(value) ? UNTOLD : row);
    }
  }

  sourceOf(row: number): number {
    const { kind, result, expected, outcome } = this.record.operations;
    if (kind[row] !== READ && kind[row] !== CAS) return SHOWS_NOTHING;
    const isRefused = kind[row] === CAS && outcome[row] === OK && result[row] === 0;
    if (this.tellsNothing) return UNTOLD;
    const value = kind[row] === READ ? result[row]! : expected[row]!;
    if (isRefused) return this.shownThen.during(row, (other) => other !== value);
    const writer = this.byValue.get(value);
    if (value === NIL) return writer === undefined ? INITIAL : this.shownThen.during(row, (other) => other === NIL);
    // In a store of strings a key without a value reads as the empty one.
    if (writer === undefined && this.record.names.values[value] === "") return INITIAL;
    return writer ?? NOWHERE;
  }
}
