import type { Engine } from "../engine/engine.js";
import type { FleetView, Scaler } from "../policies/contract/scaling.js";
import { SCALE } from "./events.js";
import type { FleetMeter } from "./fleet-meter.js";

/** What a fleet looks like to whoever decides on its size, and when that is asked. */
export class FleetScaling implements FleetView {
  running = 0;
  booting = 0;
  busy = 0;
  waiting = 0;
  utilisation = 0;
  /** By number of instances, until when so many were needed; see `idleSince`. */
  private needed = new Float64Array(64);
  private served = 0;
  private available = 0;

  constructor(
    private readonly region: number,
    readonly full: number,
    readonly workers: number,
    private readonly engine: Engine,
    private readonly meter: FleetMeter,
    private readonly scaler: Scaler,
  ) {}

  start(): void {
    this.engine.schedule(this.scaler.every, SCALE, this.region, 0, 0);
  }

  get now(): number {
    return this.engine.now;
  }

  get queues(): boolean {
    return this.scaler.queues;
  }

  idleSince(instance: number): number {
    if (Math.ceil((this.busy + this.waiting) / this.workers) >= instance) return this.engine.now;
    return this.needed[instance] ?? 0;
  }

  /** Event: time to look; gives how many instances there are to be. */
  look(running: number, booting: number, busy: number, waiting: number): number {
    const { served, available } = this.meter;
    const possible = available - this.available;
    this.utilisation = possible > 0 ? (served - this.served) / possible : 0;
    this.served = served;
    this.available = available;
    this.start();
    this.take(running, booting, busy, waiting);
    return this.scaler.wanted(this);
  }

  /** A request waits; gives how many instances there are to be. */
  demanded(running: number, booting: number, busy: number, waiting: number): number {
    if (this.scaler.demanded === undefined) return running + booting;
    this.take(running, booting, busy, waiting);
    return this.scaler.demanded(this);
  }

  private take(running: number, booting: number, busy: number, waiting: number): void {
    this.running = running;
    this.booting = booting;
    this.busy = busy;
    this.waiting = waiting;
  }

  /** A worker becomes free: one instance fewer may be needed from here on. */
  freed(busy: number): void {
    if (busy % this.workers === 0) this.wasNeeded(busy / this.workers + 1);
  }

  /** All of them have just come up, and nobody has had time to ask. */
  restarted(): void {
    this.needed.fill(this.engine.now);
  }

  /** So many instances were needed until now, or have just come. */
  wasNeeded(instances: number): void {
    if (instances >= this.needed.length) {
      const longer = new Float64Array(2 * instances);
      longer.set(this.needed);
      this.needed = longer;
    }
    this.needed[instances] = this.engine.now;
  }
}
