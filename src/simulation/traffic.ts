import type { Engine } from "../engine/engine.js";
import type { RoundTrips } from "../network/round-trips.js";
import { NOBODY, type RegionId, type Routing, type TrafficView } from "../policies/contract.js";
import type { ControlConditions } from "./control-conditions.js";
import { CONTROL_TIMER } from "./events.js";
import type { Observer } from "./observer.js";
import { type Plan, serves } from "./plan.js";
import type { Resolvers } from "./resolvers.js";

const NEVER = Number.NEGATIVE_INFINITY;
/** Reports older than so many probe intervals say nothing any more. */
const STALE_AFTER = 3;
/** Until a refused update is sent again, at least. */
const RETRY = 5_000_000;
export const PUBLISH = 0;

/**
 * The traffic manager: hears the vantage points, believes regions healthy or not, and tells the authoritative name
 * servers which region each place is to be led to. It knows nothing but reports, and they may be old.
 */
export class TrafficManager implements TrafficView {
  readonly regions: readonly RegionId[];
  leader: RegionId;
  private place = 0;
  private readonly heardAt: Float64Array;
  private readonly opinions: Int32Array;
  private readonly believed: Uint8Array;
  private readonly since: Float64Array;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly trips: RoundTrips,
    private readonly routing: Routing,
    private readonly resolvers: Resolvers,
    private readonly control: ControlConditions,
    private readonly observer: Observer,
    /** Some region's health is believed to be another than before. */
    private readonly changed: () => void,
  ) {
    this.regions = plan.regions.flatMap((region, id) => (serves(region) ? [id] : []));
    this.leader = plan.policies.primary;
    this.heardAt = new Float64Array(plan.health.vantages.length).fill(NEVER);
    this.opinions = new Int32Array(plan.health.vantages.length).fill(-1);
    this.believed = new Uint8Array(plan.regions.length).fill(1);
    this.since = new Float64Array(plan.regions.length).fill(Number.POSITIVE_INFINITY);
  }

  start(): void {
    for (const region of this.regions) this.observer.regionBelieved(region, true);
    this.publish();
  }

  healthy(region: RegionId): boolean {
    return this.believed[region] === 1;
  }

  unhealthySince(region: RegionId): number {
    return this.since[region]!;
  }

  roundTrip(region: RegionId): number {
    const sites = this.plan.regions.length + this.plan.places.length;
    return this.trips.median((this.plan.regions.length + this.place) * sites + region);
  }

  /** A vantage point's opinion has arrived: bit r says that region r is healthy. */
  report(vantage: number, opinion: number): void {
    this.heardAt[vantage] = this.engine.now;
    this.opinions[vantage] = opinion;
    this.reconsider();
  }

  /** Some report may have grown too old. */
  reconsider(): void {
    const horizon = this.engine.now - STALE_AFTER * this.plan.health.interval;
    let moved = false;
    for (const region of this.regions) {
      let heard = 0;
      let votes = 0;
      for (let vantage = 0; vantage < this.opinions.length; vantage++) {
        if (this.heardAt[vantage]! < horizon) continue;
        heard++;
        votes += (this.opinions[vantage]! >> region) & 1;
      }
      if (heard === 0) continue;
      const healthy = votes > this.plan.health.healthyShare * heard;
      if (healthy === (this.believed[region] === 1)) continue;
      this.believed[region] = healthy ? 1 : 0;
      this.since[region] = healthy ? Number.POSITIVE_INFINITY : this.engine.now;
      this.observer.regionBelieved(region, healthy);
      moved = true;
    }
    if (!moved) return;
    this.announce();
    this.changed();
  }

  /** The answers will change once the name servers have taken the update. */
  announce(): void {
    this.engine.schedule(this.plan.dns.update + this.control.dnsDelay, CONTROL_TIMER, PUBLISH, 0, 0);
  }

  /** Event: the name servers take the update; when they refuse it, it is sent again. */
  publish(): void {
    if (this.control.dnsRefused) {
      this.engine.schedule(Math.max(RETRY, this.plan.dns.update), CONTROL_TIMER, PUBLISH, 0, 0);
      return;
    }
    this.answer();
  }

  /** What the name servers answer now: by routing, or nothing while the record is gone. */
  answer(): void {
    for (let place = 0; place < this.plan.places.length; place++) {
      this.place = place;
      const region = this.control.dnsGone ? NOBODY : this.routing.contact(this);
      this.resolvers.publish(place, region);
    }
  }
}
