/**
 * How much work the threads of this program have had the chance to do: processor time, and not time on the wall, so that
 * a busy machine makes nobody look stuck. Whoever waits without working is given up in the end as well.
 */
export class Work {
  private before = process.cpuUsage();
  private wall = process.hrtime.bigint();

  /** Seconds of work that one of so many threads can have done since the last call. */
  since(threads: number): number {
    const now = process.cpuUsage();
    const wall = process.hrtime.bigint();
    const worked = (now.user + now.system - this.before.user - this.before.system) / 1e6 / Math.max(1, threads);
    const passed = Number(wall - this.wall) / 1e9;
    this.before = now;
    this.wall = wall;
    return Math.min(passed, worked + Math.min(passed, LONGEST_STEP) / IDLE);
  }
}

/** A second without work counts as so much less, and a machine that was asleep not at all. */
const IDLE = 20;
const LONGEST_STEP = 1;
