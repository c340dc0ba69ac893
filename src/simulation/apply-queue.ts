import { lengthened } from "../engine/columns.js";
import type { Engine } from "../engine/engine.js";
import type { Conditions } from "./conditions.js";
import { APPLIED } from "./events.js";
import type { StoragePlan } from "./plan.js";
import type { Writes } from "./writes.js";

/**
 * What one copy has received from others and does not show yet: its relay log. Workers take the writes in order, each
 * needs the time of one, and they finish in order, as parallel apply that preserves the order of commits does. Writes of
 * one key are taken to be as independent as any others.
 */
export class ApplyQueue {
  private ring = new Int32Array(256);
  private head = 0;
  private waiting = 0;
  /** Of those that wait, so many are in a worker's hands: the first ones. */
  private inHand = 0;
  /** What was in hand in an earlier life of the host is begun anew. */
  private life = 0;
  /** Part of a microsecond that earlier writes took less than their due. */
  private readonly rest = new Float64Array(1);

  constructor(
    private readonly region: number,
    private readonly plan: StoragePlan["apply"],
    private readonly engine: Engine,
    private readonly conditions: Conditions,
    private readonly writes: Writes,
    private readonly show: (write: number) => void,
    private readonly event = APPLIED,
    /** Whose events its own are. */
    private readonly node = region,
  ) {}

  get length(): number {
    return this.waiting;
  }

  push(write: number): void {
    if (this.waiting === this.ring.length) this.grow();
    this.ring[(this.head + this.waiting++) & (this.ring.length - 1)] = write;
    this.writes.retain(write);
    this.work();
  }

  /** Event: a worker is done. */
  applied(life: number): void {
    if (life !== this.life) return;
    this.inHand--;
    this.next(true);
    this.work();
  }

  /** The host has died, or what it stood still with is begun anew. */
  stop(): void {
    this.life++;
    this.inHand = 0;
  }

  /** Workers take what waits; also after `stop`. */
  work(): void {
    for (; this.inHand < this.plan.workers && this.inHand < this.waiting; this.inHand++)
      this.engine.schedule(this.taken(), this.event, this.node, this.life, this.life);
  }

  /** Nothing waits any more: it is shown at once, or forgotten. */
  empty(shown: boolean): void {
    this.stop();
    while (this.waiting > 0) this.next(shown);
  }

  private next(shown: boolean): void {
    const write = this.ring[this.head]!;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.waiting--;
    if (shown) this.show(write);
    this.writes.release(write);
  }

  private taken(): number {
    const due = (1e6 / this.plan.rate) * this.conditions.disk[this.region]! + this.rest[0]!;
    const whole = Math.floor(due);
    this.rest[0] = due - whole;
    return whole;
  }

  private grow(): void {
    const { length } = this.ring;
    const longer = lengthened(this.ring, length * 2);
    // What had wrapped round goes behind the rest.
    longer.copyWithin(length, 0, this.head);
    this.ring = longer;
  }
}
