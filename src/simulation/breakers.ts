import type { BreakerPlan } from "./plan.js";

const CLOSED = 0;
const OPEN = 1;
/** One request is under way to find out whether the region answers again. */
const PROBING = 2;

/**
 * Circuit breakers of the clients, one for each place and region (a sidecar, a shared library): when too many of the
 * last tries have failed, none is made for a while, and then a single one decides (Nygard, Release It!, 2007).
 */
export class Breakers {
  /** Outcomes of the last tries, a ring for each pair; 1 is a failure. */
  private readonly outcomes: Uint8Array;
  private readonly next: Int32Array;
  private readonly seen: Int32Array;
  private readonly failures: Int32Array;
  private readonly state: Uint8Array;
  private readonly openUntil: Float64Array;

  constructor(
    places: number,
    private readonly regions: number,
    private readonly plan: BreakerPlan,
  ) {
    const pairs = places * regions;
    this.outcomes = new Uint8Array(pairs * plan.window);
    this.next = new Int32Array(pairs);
    this.seen = new Int32Array(pairs);
    this.failures = new Int32Array(pairs);
    this.state = new Uint8Array(pairs);
    this.openUntil = new Float64Array(pairs);
  }

  /** Whether a try may be made now. Who is let through while the circuit is open must report how it ended. */
  allows(place: number, region: number, now: number): boolean {
    const pair = place * this.regions + region;
    if (this.state[pair] === CLOSED) return true;
    // A probe that was never answered for is not waited for beyond its time.
    if (now < this.openUntil[pair]!) return false;
    this.state[pair] = PROBING;
    this.openUntil[pair] = now + this.plan.openFor;
    return true;
  }

  ended(place: number, region: number, failed: boolean, now: number): void {
    const pair = place * this.regions + region;
    if (this.state[pair] === OPEN) return;
    if (this.state[pair] === PROBING) {
      if (failed) this.open(pair, now);
      else this.close(pair);
      return;
    }
    const { window, failures } = this.plan;
    const slot = pair * window + this.next[pair]!;
    this.next[pair] = (this.next[pair]! + 1) % window;
    if (this.seen[pair] === window) this.failures[pair]! -= this.outcomes[slot]!;
    else this.seen[pair]! += 1;
    this.outcomes[slot] = failed ? 1 : 0;
    this.failures[pair]! += this.outcomes[slot]!;
    if (this.seen[pair] === window && this.failures[pair]! >= failures * window) this.open(pair, now);
  }

  private open(pair: number, now: number): void {
    this.state[pair] = OPEN;
    this.openUntil[pair] = now + this.plan.openFor;
  }

  private close(pair: number): void {
    this.state[pair] = CLOSED;
    this.seen[pair] = 0;
    this.failures[pair] = 0;
    this.next[pair] = 0;
  }
}
