import { Registers, groupOf } from "../check/replicas/registers.js";
import type { CopyFact } from "../record/circumstances.js";
import { NIL, REPLACED, type RunRecord, UNDONE, isAcceptance, isShowing } from "../record/record.js";
import { rowsOf } from "../record/table.js";
import type { Micros } from "../units/time.js";

/** What a region showed of a key from one row of versions up to the next that changed it. */
export interface Shown {
  readonly write: number;
  /** The row that began it, and the one that ended it; -1 for the start, the count of rows for the end of the record. */
  readonly from: number;
  readonly to: number;
  /** All that it showed, where that was more than one write. */
  readonly beside?: readonly number[];
}

/** The rows of versions by their write, without a list for each. */
export class VersionRows {
  private readonly first: Int32Array;
  private readonly next: Int32Array;
  private readonly givenUp: readonly CopyFact[];
  private byKey: ReadonlyMap<number, readonly number[]> | null = null;
  private byCell: ReadonlyMap<number, readonly Shown[]> | null = null;

  constructor(private readonly record: RunRecord) {
    const { write } = record.versions;
    this.givenUp = (record.copies ?? []).filter(({ what }) => what === "given-up");
    this.first = new Int32Array(rowsOf(record.operations)).fill(NIL);
    this.next = new Int32Array(write.length);
    for (let row = write.length - 1; row >= 0; row--) {
      this.next[row] = this.first[write[row]!]!;
      this.first[write[row]!] = row;
    }
  }

  get count(): number {
    return this.next.length;
  }

  /** In order of time. */
  of(write: number): number[] {
    const rows: number[] = [];
    for (let row = this.first[write]!; row !== NIL; row = this.next[row]!) rows.push(row);
    return rows;
  }

  /** Bit r: region r had the write, shown or not, before that row of versions. */
  holdersBefore(write: number, bound: number): number {
    return this.holdersUntil(write, bound, bound);
  }

  /** The same, if no copy had been given up right before that row. */
  heldUntil(write: number, bound: number): number {
    return this.holdersUntil(write, bound, bound - 1);
  }

  private holdersUntil(write: number, bound: number, givenUpUntil: number): number {
    const { versions, operations } = this.record;
    const group = groupOf(this.record, operations.key[write]!);
    let holders = 0;
    let next = 0;
    const giveUp = (before: number): void => {
      for (; next < this.givenUp.length && this.givenUp[next]!.row <= before; next++)
        if ((this.givenUp[next]!.group ?? group) === group) holders &= ~(1 << this.givenUp[next]!.region);
    };
    for (let row = this.first[write]!; row !== NIL && row < bound; row = this.next[row]!) {
      giveUp(row);
      const bit = 1 << versions.region[row]!;
      holders = versions.what[row] === UNDONE ? holders & ~bit : holders | bit;
    }
    giveUp(givenUpUntil);
    return holders;
  }

  /** Bit r: region r had the write at that moment. */
  holders(write: number, moment: Micros): number {
    return this.holdersBefore(write, this.after(moment));
  }

  /** Whether a region comes to have the write from that row on: until then it was received by it, or on its way. */
  comesBack(write: number, from: number): boolean {
    for (let row = this.first[write]!; row !== NIL; row = this.next[row]!)
      if (row >= from && this.record.versions.what[row] !== UNDONE) return true;
    return false;
  }

  /** The first row later than that moment. */
  after(moment: Micros): number {
    const { time } = this.record.versions;
    let [low, high] = [0, time.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (time[middle]! <= moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Writes of a key in the order in which they were first accepted. */
  ofKey(key: number): readonly number[] {
    this.byKey ??= this.acceptedByKey();
    return this.byKey.get(key) ?? [];
  }

  /** What a region showed of a key, one after the other. */
  shownBy(region: number, key: number): readonly Shown[] {
    this.byCell ??= this.shownByCell();
    return this.byCell.get(cellOf(region, key)) ?? [{ write: NIL, from: -1, to: this.count }];
  }

  private shownByCell(): ReadonlyMap<number, readonly Shown[]> {
    const { versions, operations } = this.record;
    const byCell = new Map<number, Shown[]>();
    const registers = new Registers(this.record);
    for (let row = 0; row < versions.time.length; row++) {
      const what = versions.what[row]!;
      if (!isShowing(what) && what !== UNDONE && what !== REPLACED) continue;
      const [region, key] = [versions.region[row]!, operations.key[versions.write[row]!]!];
      registers.apply(row);
      const write = registers.at(region, registers.keys.index(key));
      const beside = registers.beside(region, registers.keys.index(key));
      const cell = cellOf(region, key);
      let shown = byCell.get(cell);
      if (shown === undefined) byCell.set(cell, (shown = [{ write: NIL, from: -1, to: this.count }]));
      const last = shown.at(-1)!;
      if (last.write === write && last.beside === beside) continue;
      shown[shown.length - 1] = { ...last, to: row };
      shown.push({ write, from: row, to: this.count, ...(beside === undefined ? {} : { beside }) });
    }
    return byCell;
  }

  private acceptedByKey(): ReadonlyMap<number, readonly number[]> {
    const { versions, operations } = this.record;
    const byKey = new Map<number, number[]>();
    for (let row = 0; row < versions.time.length; row++) {
      const write = versions.write[row]!;
      // The first row of a write is its first acceptance.
      if (this.first[write] !== row) continue;
      const key = operations.key[write]!;
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [write]);
      else known.push(write);
    }
    return byKey;
  }

  /** When the write was first accepted; Infinity for never. */
  acceptedAt(write: number): Micros {
    const row = this.first[write]!;
    return row === NIL ? Number.POSITIVE_INFINITY : this.record.versions.time[row]!;
  }

  /** When it was accepted last before that row, or at all; Infinity for never. */
  lastAcceptedBefore(write: number, bound: number): Micros {
    const { time, what } = this.record.versions;
    let last = this.first[write]!;
    if (last === NIL) return Number.POSITIVE_INFINITY;
    for (let row = last; row !== NIL && row < bound; row = this.next[row]!) if (isAcceptance(what[row]!)) last = row;
    return time[last]!;
  }
}

/** At most 32 regions have a bit of a mask. */
const cellOf = (region: number, key: number): number => key * 32 + region;
