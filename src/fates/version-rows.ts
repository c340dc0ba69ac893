import { NIL, type RunRecord, UNDONE } from "../record/record.js";
import { rowsOf } from "../record/table.js";
import type { Micros } from "../units/time.js";

/** The rows of versions by their write, without a list for each. */
export class VersionRows {
  private readonly first: Int32Array;
  private readonly next: Int32Array;
  private byKey: ReadonlyMap<number, readonly number[]> | null = null;

  constructor(private readonly record: RunRecord) {
    const { write } = record.versions;
    this.first = new Int32Array(rowsOf(record.operations)).fill(NIL);
    this.next = new Int32Array(write.length);
    for (let row = write.length - 1; row >= 0; row--) {
      this.next[row] = this.first[write[row]!]!;
      this.first[write[row]!] = row;
    }
  }

  /** In order of time. */
  of(write: number): number[] {
    const rows: number[] = [];
    for (let row = this.first[write]!; row !== NIL; row = this.next[row]!) rows.push(row);
    return rows;
  }

  /** Bit r: region r had the write, shown or not, at that moment. */
  holders(write: number, moment: Micros): number {
    const { versions } = this.record;
    let holders = 0;
    for (let row = this.first[write]!; row !== NIL && versions.time[row]! <= moment; row = this.next[row]!) {
      const bit = 1 << versions.region[row]!;
      holders = versions.what[row] === UNDONE ? holders & ~bit : holders | bit;
    }
    return holders;
  }

  /** Writes of a key in the order in which they were first accepted. */
  ofKey(key: number): readonly number[] {
    this.byKey ??= this.acceptedByKey();
    return this.byKey.get(key) ?? [];
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
}
