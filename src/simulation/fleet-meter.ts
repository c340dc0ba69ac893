import type { Engine } from "../engine/engine.js";

/** Counts what the fleet of one region does: workers over time, busy ones over time. */
export class FleetMeter {
  /** Instances launched beyond those that ran at the start. */
  launches = 0;
  /** How often its scaler made it smaller or larger, and how often it shut all of it down. */
  changes = 0;
  shutDowns = 0;
  private readonly areas = new Float64Array(2);
  private workers = 0;
  private busy = 0;
  private since = 0;

  constructor(
    private readonly engine: Engine,
    /** What comes later is not counted: the run only waits for its last answers. */
    private readonly until: number,
  ) {}

  /** From now on so many workers can serve. */
  sized(workers: number): void {
    this.count();
    this.workers = workers;
  }

  occupied(busy: number): void {
    this.count();
    this.busy = busy;
  }

  /** Worker-microseconds that were served up to now, and those that could have been. */
  get served(): number {
    this.count();
    return this.areas[1]!;
  }

  get available(): number {
    this.count();
    return this.areas[0]!;
  }

  /** Workers that can serve now. */
  get size(): number {
    return this.workers;
  }

  private count(): void {
    const now = Math.min(this.engine.now, this.until);
    const time = now - this.since;
    if (time <= 0) return;
    this.areas[0]! += this.workers * time;
    this.areas[1]! += this.busy * time;
    this.since = now;
  }
}
