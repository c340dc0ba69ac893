import type { Micros } from "../units/time.js";

/** Spans in as few rows as it takes for none to cross another of its row. To be asked in the order of their starts. */
export class Rows {
  private readonly ends: Micros[] = [];

  rowFor(start: Micros, end: Micros): number {
    const free = this.ends.findIndex((ended) => ended <= start);
    const row = free < 0 ? this.ends.length : free;
    this.ends[row] = end;
    return row;
  }

  get count(): number {
    return this.ends.length;
  }
}
