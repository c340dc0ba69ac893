import type { Writes } from "./writes.js";

const NONE = -1;
/** Entries that are out of date before those that are not move up. */
const SLACK = 1024;

/**
 * What one copy showed of each key before what it shows now, for as long as a read may be answered as of back then: the
 * versions that a store of several versions has not collected yet.
 */
export class PastVersions {
  /** By key, the latest of its entries, which are counted from the first one ever made. */
  private readonly latest: Int32Array;
  private first = 0;
  /** By entry: what was shown, what replaced it, when by the clock that accepted that, and the key's entry before. */
  private readonly was: number[] = [];
  private readonly next: number[] = [];
  private readonly until: number[] = [];
  private readonly earlier: number[] = [];
  /** Entries let go of at the front. */
  private old = 0;

  constructor(
    keys: number,
    /** The longest time ago, microseconds, of which a read asks. */
    private readonly longest: number,
    private readonly writes: Writes,
  ) {
    this.latest = new Int32Array(keys).fill(NONE);
  }

  /**
   * The copy, whose clock says `clock`, is about to show `next` in the place of `was`. What came with a whole copy does not
   * tell what there was between.
   */
  replaced(key: number, was: number, next: number, clock: number, isKnown: boolean): void {
    this.collect(clock);
    if (!isKnown) {
      this.latest[key] = NONE;
      return;
    }
    if (was !== NONE) this.writes.retain(was);
    this.earlier.push(this.latest[key]!);
    this.latest[key] = this.first + this.was.length;
    this.was.push(was);
    this.next.push(next);
    this.until.push(this.writes.timestamp[next]!);
  }

  /** What stood at that moment of the writers' clocks, where `shown` stands now. */
  asOf(key: number, shown: number, moment: number): number {
    let version = shown;
    const begin = this.first + this.old;
    for (let at = this.latest[key]!; at >= begin; at = this.earlier[at - this.first]!) {
      const index = at - this.first;
      // What replaced it may have been undone since.
      if (this.next[index] !== version || this.until[index]! <= moment) break;
      version = this.was[index]!;
    }
    return version;
  }

  private collect(clock: number): void {
    const { was, until } = this;
    for (; this.old < was.length && until[this.old]! < clock - this.longest; this.old++)
      if (was[this.old] !== NONE) this.writes.release(was[this.old]!);
    if (this.old < SLACK || this.old * 2 < was.length) return;
    for (const column of [was, this.next, until, this.earlier]) column.splice(0, this.old);
    this.first += this.old;
    this.old = 0;
  }
}
