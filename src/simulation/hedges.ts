import type { RoundTrips } from "../network/round-trips.js";
import { RetryBudget } from "../workload/retry.js";
import { type Plan, type RegionPlan, serves } from "./plan.js";

/**
 * Second requests to another region for reads whose answer is late (Dean and Barroso, The Tail at Scale, CACM 2013). Who
 * lets them through is a budget, as with retries: else they double the load of whatever is slow.
 */
export class Hedges {
  private readonly budgets: readonly RetryBudget[];
  /** Regions with a copy, from the nearest to the farthest, by place. */
  private nearest: readonly (readonly number[])[];

  constructor(
    private readonly plan: Plan,
    private readonly trips: RoundTrips,
  ) {
    this.nearest = this.nearestAmong((_, id) => plan.regions[id]!.joins === undefined);
    const { hedgeBudget } = plan.client;
    this.budgets = plan.places.map((place) => RetryBudget.ofLoad(hedgeBudget, place.rate));
  }

  /** Clients are told of this region too. */
  join(region: number): void {
    const before = this.nearest[0] ?? [];
    this.nearest = this.nearestAmong((_, id) => id === region || before.includes(id));
  }

  private nearestAmong(isThere: (region: RegionPlan, id: number) => boolean): number[][] {
    const { regions, places } = this.plan;
    const sites = regions.length + places.length;
    const holders = regions.flatMap((region, id) => (serves(region) && isThere(region, id) ? [id] : []));
    return places.map((_, place) => {
      const trip = (region: number): number => this.trips.median((regions.length + place) * sites + region);
      return holders.toSorted((a, b) => trip(a) - trip(b) || a - b);
    });
  }

  /** How long an answer is waited for before another region is asked too, microseconds; Infinity for ever. */
  get after(): number {
    return this.plan.client.hedgeAfter;
  }

  earn(place: number): void {
    this.budgets[place]!.earn();
  }

  /** The region to ask beside `region` for a user of this place who is at `at` now, or -1. */
  spend(place: number, at: number, region: number): number {
    const other = this.nearest[at]!.find((each) => each !== region);
    return other !== undefined && this.budgets[place]!.spend() ? other : -1;
  }
}
