const NEVER = Number.NEGATIVE_INFINITY;

/**
 * As of when one copy shows everything, as it has heard: each origin says by which moment of its own clock all that it had
 * accepted has come. What waits to be applied by then has to be shown first.
 */
export class Freshness {
  /** By origin: the moment as of which everything of it is shown; and one that is waited for, behind so many writes. */
  private readonly moments: Float64Array;
  private readonly awaited: Float64Array;
  private readonly behind: Int32Array;
  private readonly lacking: Int32Array;

  /** With `writers` the oldest of their words counts; without it, one leader after the other, the newest word of any. */
  constructor(
    origins: number,
    private readonly writers: number[] | null,
    private readonly queued: () => number,
  ) {
    this.moments = new Float64Array(origins).fill(NEVER);
    this.awaited = new Float64Array(origins).fill(NEVER);
    this.behind = new Int32Array(origins);
    this.lacking = new Int32Array(origins);
  }

  /** Another origin accepts writes. */
  join(origin: number): void {
    this.writers?.push(origin);
  }

  heard(origin: number, asOf: number, lacking: number): void {
    if (this.writers === null) this.lacking.fill(0);
    this.lacking[origin] = lacking;
    if (asOf <= this.moments[origin]!) return;
    const queued = this.queued();
    if (queued === 0) this.moments[origin] = asOf;
    // One at a time is waited for: the next word comes soon enough.
    else if (this.behind[origin] === 0) {
      this.behind[origin] = queued;
      this.awaited[origin] = asOf;
    }
  }

  /** One more of those that wait is shown. */
  applied(): void {
    for (let origin = 0; origin < this.behind.length; origin++) {
      if (this.behind[origin] === 0) continue;
      this.behind[origin]! -= 1;
      if (this.behind[origin] === 0) this.moments[origin] = this.awaited[origin]!;
    }
  }

  /** Something that was here is not any more. */
  forget(): void {
    this.moments.fill(NEVER);
    this.behind.fill(0);
  }

  get asOf(): number {
    const { writers, moments } = this;
    if (writers === null) {
      let newest = NEVER;
      for (let origin = 0; origin < moments.length; origin++) if (moments[origin]! > newest) newest = moments[origin]!;
      return newest;
    }
    let oldest = Number.POSITIVE_INFINITY;
    for (let index = 0; index < writers.length; index++)
      if (moments[writers[index]!]! < oldest) oldest = moments[writers[index]!]!;
    return oldest;
  }

  /** Writes that are known of and not shown. */
  get lacks(): number {
    let sum = this.queued();
    for (let origin = 0; origin < this.lacking.length; origin++) sum += this.lacking[origin]!;
    return sum;
  }
}
