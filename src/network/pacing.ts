import type { Engine } from "../engine/engine.js";
import type { Links } from "./links.js";
import type { RoundTrips } from "./round-trips.js";

/** Bytes of a segment and the constant of Mathis et al. 1997: a lossy stream carries at most 1.22 MSS / (RTT sqrt p). */
const SEGMENT = 1460;
const MATHIS = 1.22;

/**
 * What a stream may carry: min(window / RTT, Mathis) under the conditions that hold now. A letter may go when those
 * before it have been carried. The backlog is a moment in the future; when the rate changes, what is left until then
 * stretches or shrinks with it, so that no byte waits at a rate of the past.
 */
export class Pacing {
  /** When each stream may send its next letter. */
  private readonly readyAt: Float64Array;
  private readonly microsPerByte: Float64Array;

  constructor(
    private readonly engine: Engine,
    private readonly links: Links,
    private readonly trips: RoundTrips,
    private readonly lanes: number,
    private readonly window: number,
  ) {
    const count = links.sites * links.sites;
    this.readyAt = new Float64Array(count * lanes);
    this.microsPerByte = new Float64Array(count);
    for (let link = 0; link < count; link++) this.microsPerByte[link] = this.price(link);
  }

  /** Microseconds until the stream may send its next letter. */
  wait(stream: number): number {
    const left = this.readyAt[stream]! - this.engine.now;
    return left >= 1 ? Math.floor(left) : 0;
  }

  /** The stream sends so many bytes now. */
  charge(stream: number, link: number, bytes: number): void {
    const { now } = this.engine;
    const ready = this.readyAt[stream]!;
    this.readyAt[stream] = (ready > now ? ready : now) + bytes * this.microsPerByte[link]!;
  }

  /** What was charged has not been carried, or will not be. */
  forget(stream: number): void {
    this.readyAt[stream] = 0;
  }

  /** The conditions of a link or of its answers' link have changed; true when its streams go on at another rate. */
  changed(link: number): boolean {
    const before = this.microsPerByte[link]!;
    const after = this.price(link);
    if (after === before) return false;
    const { now } = this.engine;
    this.microsPerByte[link] = after;
    for (let stream = link * this.lanes; stream < (link + 1) * this.lanes; stream++) {
      const left = this.readyAt[stream]! - now;
      if (left > 0) this.readyAt[stream] = now + (left * after) / before;
    }
    return true;
  }

  private price(link: number): number {
    const { links, trips } = this;
    const half = trips.median(link) / 2;
    if (half === Number.POSITIVE_INFINITY) return 0;
    const roundTrip = links.delay(link, half) + links.delay(links.reverse(link), half);
    const loss = links.loss[link]!;
    const byWindow = roundTrip / this.window;
    return loss === 0 ? byWindow : Math.max(byWindow, (roundTrip * Math.sqrt(loss)) / (MATHIS * SEGMENT));
  }
}
