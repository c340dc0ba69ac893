import type { Engine } from "../engine/engine.js";
import type { RoundTrips } from "../network/round-trips.js";
import { NOBODY, type RegionId, type RequestKind, type Router, type TrafficView } from "../policies/contract.js";
import type { ControlConditions } from "./control-conditions.js";
import { CONTROL_TIMER } from "./events.js";
import type { Observer } from "./observer.js";
import { placementIn } from "./placement-plan.js";
import { type Plan, type RegionPlan, rerouting, serves } from "./plan.js";
import type { Answers, Resolvers } from "./resolvers.js";
import type { Routes } from "./routes.js";

const NEVER = Number.NEGATIVE_INFINITY;
/** Reports older than so many probe intervals say nothing any more. */
const STALE_AFTER = 3;
/** Until a refused update is sent again, at least. */
const RETRY = 5_000_000;
export const PUBLISH = 0;
/** The name resolves to nothing; and to the one address that the network leads to a region. */
const NOTHING: Answers = [NOBODY];
const ADDRESS: Answers = [0];

/**
 * The traffic manager: hears the vantage points, believes regions healthy or not, and tells the authoritative name
 * servers, or the network, which region each place is to be led to. It knows nothing but reports, and they may be old.
 */
export class TrafficManager implements TrafficView {
  readonly regions: RegionId[];
  /** These, and those to which no user is led but that hold a copy: they may lead, and die. */
  private readonly watched: RegionId[];
  share = 0;
  request: RequestKind | null = null;
  private place = 0;
  /** By group of keys, as announced; and by place, in which group the users' own keys are. */
  private readonly leaders: RegionId[];
  private readonly own: readonly number[];
  private readonly heardAt: Float64Array;
  private readonly opinions: Int32Array;
  private readonly believed: Uint8Array;
  private readonly since: Float64Array;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly trips: RoundTrips,
    private readonly router: Router,
    private readonly resolvers: Resolvers,
    /** Null where the name leads to the regions. */
    private readonly routes: Routes | null,
    private readonly control: ControlConditions,
    private readonly observer: Observer,
    /** Some region's health is believed to be another than before. */
    private readonly changed: () => void,
  ) {
    this.regions = plan.regions.flatMap((region, id) =>
      serves(region) && region.drained !== true && region.joins === undefined ? [id] : [],
    );
    this.watched = plan.regions.flatMap((region, id) =>
      serves(region) && (region.drained !== true || region.replica) && region.joins === undefined ? [id] : [],
    );
    const { groups, table } = placementIn(plan);
    this.leaders = groups.map(({ primary }) => primary);
    const { classes } = plan.data;
    const local = Math.max(
      0,
      classes.findIndex((each) => each.local !== null),
    );
    this.own = plan.places.map((_, place) => table[local * plan.places.length + place] ?? 0);
    this.heardAt = new Float64Array(plan.health.vantages.length).fill(NEVER);
    this.opinions = new Int32Array(plan.health.vantages.length).fill(-1);
    this.believed = Uint8Array.from(plan.regions, ({ waiting }) => (waiting ? 0 : 1));
    this.since = Float64Array.from(plan.regions, ({ waiting }) => (waiting ? 0 : Number.POSITIVE_INFINITY));
  }

  start(): void {
    for (const region of this.watched) this.observer.regionBelieved(region, this.healthy(region));
    this.publish();
    if (this.routes !== null) this.answer();
  }

  /** Users may be led to this region too, once it is believed healthy. */
  admit(region: RegionId): void {
    this.regions.push(region);
    this.watched.push(region);
    this.since[region] = this.engine.now;
  }

  get leader(): RegionId {
    return this.leaders[this.own[this.place]!]!;
  }

  /** Another region leads these keys. */
  leads(group: number, region: RegionId): void {
    this.leaders[group] = region;
    this.announce();
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

  distance(region: RegionId): number {
    return this.plan.places[this.place]!.distances[region]!;
  }

  tier(region: RegionId): RegionPlan["tier"] {
    return this.plan.regions[region]!.tier;
  }

  /** A vantage point's opinion has arrived: bit r says that region r is healthy. */
  report(vantage: number, opinion: number): void {
    this.heardAt[vantage] = this.engine.now;
    this.opinions[vantage] = opinion;
    this.reconsider();
  }

  /** Vantage points that were heard of lately, and how many of them say that the region is healthy. */
  votes(region: RegionId): { readonly heard: number; readonly healthy: number } {
    const horizon = this.engine.now - STALE_AFTER * this.plan.health.interval;
    let heard = 0;
    let healthy = 0;
    for (let vantage = 0; vantage < this.opinions.length; vantage++) {
      if (this.heardAt[vantage]! < horizon) continue;
      heard++;
      healthy += (this.opinions[vantage]! >> region) & 1;
    }
    return { heard, healthy };
  }

  /** Some report may have grown too old. */
  reconsider(): void {
    let moved = false;
    for (const region of this.watched) {
      const { heard, healthy: votes } = this.votes(region);
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

  /** The answers will change once the name servers have taken the update, or the routes have moved. */
  announce(): void {
    const late = this.routes === null ? this.control.dnsDelay : 0;
    this.engine.schedule(rerouting(this.plan.dns) + late, CONTROL_TIMER, PUBLISH, 0, 0);
  }

  /** Event: the routes have moved; or the name servers take the update, and when they refuse it, it is sent again. */
  publish(): void {
    if (this.routes !== null) {
      for (let place = 0; place < this.plan.places.length; place++) this.routes.lead(place, this.choices(place));
      return;
    }
    if (this.control.dnsRefused) {
      this.engine.schedule(Math.max(RETRY, this.plan.dns.update), CONTROL_TIMER, PUBLISH, 0, 0);
      return;
    }
    this.answer();
  }

  /** What the name servers answer now: by routing or with the one address, and nothing while the record is gone. */
  answer(): void {
    const { names } = this.plan.dns;
    // One name is that of the only kind there is, or that of all together, of which nothing can be said.
    const isOfAll = names < this.plan.requests.length * this.plan.data.classes.length;
    for (let name = 0; name < names; name++) {
      this.request = isOfAll ? null : this.kindOf(name);
      for (let place = 0; place < this.plan.places.length; place++) {
        const answers = this.routes === null ? this.choices(place) : ADDRESS;
        this.resolvers.publish(place, this.control.dnsGone ? NOTHING : answers, name);
      }
    }
  }

  /** What is asked for by this name: the data, and what goes with it. */
  private kindOf(name: number): RequestKind {
    const { requests, data } = this.plan;
    const { name: type, requestBytes, answerBytes } = requests[Math.floor(name / data.classes.length)]!;
    const beside = Math.max(requestBytes ?? 0, answerBytes ?? 0);
    return { type, bytes: data.classes[name % data.classes.length]!.valueBytes + beside };
  }

  /** The policy's choice for each resolver of a place; one for all where they are the same. */
  private choices(place: number): Answers {
    this.place = place;
    const choices = new Int32Array(this.resolvers.count);
    let same = true;
    for (let resolver = 0; resolver < choices.length; resolver++) {
      this.share = this.resolvers.share(place, resolver);
      choices[resolver] = this.router.contact(this);
      same &&= choices[resolver] === choices[0];
    }
    return same ? choices.slice(0, 1) : choices;
  }
}
