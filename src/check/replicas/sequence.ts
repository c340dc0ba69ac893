import { INSTALLED, NIL, PROPOSED, type RunRecord, UNDONE, isBeside, isShowing } from "../../record/record.js";
import { rowsOf } from "../../record/table.js";
import { Registers } from "./registers.js";

/** Writes in the order in which they took effect; one that did so twice stands there twice. */
export interface Sequence {
  readonly writes: readonly number[];
  /** By operation, its first place; NIL for one that is not part of it. */
  readonly place: Int32Array;
  /** Further places, in their order, and the rows of the versions that say so. */
  readonly again: readonly number[];
  readonly againIn: readonly number[];
  /** By place: the write of the same key before it; NIL for none. */
  readonly before: Int32Array;
}

/**
 * A write takes effect when a replica is the first to show it. Where its client has tried again and both tries were
 * accepted, it takes effect a second time when a replica is the first to show it a second time, in place of what had
 * replaced it; what was accepted and never shown has none.
 */
export function sequenceOf(record: RunRecord): Sequence {
  const { versions, operations } = record;
  const { write, what } = versions;
  const registers = new Registers(record);
  const instances = new Instances(record, registers.regions);
  const times = new Uint8Array(rowsOf(operations));
  const place = new Int32Array(rowsOf(operations)).fill(NIL);
  const writes: number[] = [];
  const again: number[] = [];
  const againIn: number[] = [];
  const before: number[] = [];
  const last = new Map<number, number>();
  for (let row = 0; row < what.length; row++) {
    const of = write[row]!;
    const shown = instances.apply(row, registers.shownBy(row));
    registers.apply(row);
    if (shown <= times[of]!) continue;
    times[of] = shown;
    if (place[of] === NIL) place[of] = writes.length;
    else {
      again.push(writes.length);
      againIn.push(row);
    }
    const key = operations.key[of]!;
    before.push(last.get(key) ?? NIL);
    last.set(key, of);
    writes.push(of);
  }
  return { writes, place, again, againIn, before: Int32Array.from(before) };
}

/** How often each region has an operation, which may have been accepted more than once: by what became of it there. */
class Instances {
  /** Accepted, and neither shown nor outdone so far. */
  private readonly open: Uint8Array;
  private readonly beside: Uint8Array;
  /** Shown, if perhaps not any more. */
  private readonly shown: Uint8Array;

  constructor(
    private readonly record: RunRecord,
    private readonly regions: number,
  ) {
    const cells = rowsOf(record.operations) * regions;
    this.open = new Uint8Array(cells);
    this.beside = new Uint8Array(cells);
    this.shown = new Uint8Array(cells);
  }

  /** Takes in a row of the versions; how often its region has shown its write. `showing` is what it showed till then. */
  apply(row: number, showing: number): number {
    const { write, region, what } = this.record.versions;
    const { open, beside, shown } = this;
    const cell = write[row]! * this.regions + region[row]!;
    const kind = what[row]!;
    if (kind === PROPOSED) open[cell]! += 1;
    // What is undone first is what came last.
    else if (kind === UNDONE) takeOne(open, cell) || takeOne(beside, cell) || takeOne(shown, cell);
    else if (isBeside(kind)) {
      takeOne(open, cell);
      beside[cell]! += 1;
    }
    // A copy tells what is shown, and not how often it has been.
    else if (kind === INSTALLED) shown[cell] = Math.max(1, shown[cell]!);
    else if (isShowing(kind) && showing !== write[row]) {
      takeOne(open, cell);
      shown[cell]! += 1;
    }
    return shown[cell]!;
  }
}

function takeOne(counts: Uint8Array, cell: number): boolean {
  if (counts[cell] === 0) return false;
  counts[cell]! -= 1;
  return true;
}
