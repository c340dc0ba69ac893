/**
 * A hybrid logical clock (Kulkarni and others, 2014): the wall clock, but later than everything that its node has seen.
 * The counter of the paper is the microseconds here: what cannot be told apart by the clock is one later.
 */
export class HybridClock {
  /** In a column: a double that is a field would be boxed at every change. */
  private readonly latest = new Float64Array(1);

  /** The stamp of a new event. */
  tick(clock: number): number {
    const next = this.latest[0]! + 1;
    this.latest[0] = clock > next ? clock : next;
    return this.latest[0]!;
  }

  /** An event with that stamp has been seen here. */
  see(stamp: number): void {
    if (stamp > this.latest[0]!) this.latest[0] = stamp;
  }
}
