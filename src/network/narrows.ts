import type { Engine } from "../engine/engine.js";
import type { Links } from "./links.js";

/**
 * Paths of many connections that a fault has made narrow: whatever is sent waits for what was sent before it, first come
 * first served, and costs no event. A path that no fault narrows is no bottleneck: there nothing waits.
 */
export class Narrows {
  private readonly busyUntil: Float64Array;

  constructor(
    private readonly engine: Engine,
    private readonly links: Links,
  ) {
    this.busyUntil = new Float64Array(links.sites * links.sites);
  }

  /** Microseconds until the last of these bytes, sent now, has left. */
  passes(link: number, bytes: number): number {
    if (!this.links.isNarrow(link)) return 0;
    const now = this.engine.now;
    const since = this.busyUntil[link]!;
    const start = since > now ? since : now;
    this.busyUntil[link] = start + (bytes * 1e6) / this.links.bandwidth[link]!;
    return Math.ceil(this.busyUntil[link]! - now);
  }
}
