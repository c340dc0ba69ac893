import type { Engine } from "../engine/engine.js";

const HOUR = 3_600_000_000;

/** The instances of one region over time, booting ones included: what is paid for. Told only when their number changes. */
export class InstanceTime {
  private readonly cells = new Float64Array(2);
  private launched = 0;

  constructor(
    private readonly engine: Engine,
    /** What comes later is not counted: the run only waits for its last answers. */
    private readonly until: number,
  ) {}

  sized(launched: number): void {
    this.count();
    this.launched = launched;
  }

  get hours(): number {
    this.count();
    return this.cells[0]! / HOUR;
  }

  private count(): void {
    const now = Math.min(this.engine.now, this.until);
    this.cells[0]! += this.launched * (now - this.cells[1]!);
    this.cells[1] = now;
  }
}
