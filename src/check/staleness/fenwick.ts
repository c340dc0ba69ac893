/** Counts at places, and how many are at or behind a place, each in log n (Fenwick 1994). */
export class Fenwick {
  private readonly sums: Int32Array;

  constructor(private readonly places: number) {
    this.sums = new Int32Array(places + 1);
  }

  add(place: number): void {
    for (let at = this.places - place; at <= this.places; at += at & -at) this.sums[at]!++;
  }

  /** How many were added at `place` or behind it. */
  from(place: number): number {
    let sum = 0;
    for (let at = this.places - place; at > 0; at -= at & -at) sum += this.sums[at]!;
    return sum;
  }
}
