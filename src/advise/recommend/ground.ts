import { SCENARIO_DEFAULTS } from "../../scenario/defaults.js";
import type { DelayLaw } from "../../topology/delay-law.js";
import { greatCircleKm } from "../../topology/geography.js";
import { accessLaw, regionPath } from "../../topology/paths.js";
import { MILLISECOND } from "../../units/time.js";
import type { Requirements } from "./requirements.js";

/** "least": what no luck goes below; "typical": the median. */
export type Luck = "least" | "typical";

/** How far everything is from everything, in microseconds of a round trip. */
export class Ground {
  private readonly access: Readonly<Record<Luck, Float64Array>>;
  private readonly trips: Readonly<Record<Luck, Float64Array>>;
  private readonly distances: Float64Array;
  readonly size: number;
  /** The place that asks for the most. */
  readonly busiest: number;
  /** Pairs of regions of which no round trip was measured. */
  readonly estimated: number;

  constructor(readonly requirements: Requirements) {
    const { users, candidates, table } = requirements;
    this.size = candidates.length;
    this.busiest = users.reduce((best, { rate }, place) => (rate > users[best]!.rate ? place : best), 0);
    const model = {
      lastMile: (SCENARIO_DEFAULTS["access.last_mile"] as number) / MILLISECOND,
      lastMileP99: (SCENARIO_DEFAULTS["access.last_mile_p99"] as number) / MILLISECOND,
      stretch: SCENARIO_DEFAULTS["access.stretch"] as number,
    };
    const access = users.flatMap(({ place }) => candidates.map((region) => accessLaw(place, region, model)));
    const trips = candidates.flatMap((from) => candidates.map((to) => regionPath(from, to, { kind: "table", table })));
    this.access = both(access);
    this.estimated = trips.filter(({ provenance }) => provenance === "estimated").length / 2;
    this.trips = both(trips.map(({ law }) => law));
    this.distances = Float64Array.from(
      users.flatMap(({ place }) => candidates.map((region) => greatCircleKm(place, region))),
    );
  }

  toUser(place: number, region: number, luck: Luck): number {
    return this.access[luck][place * this.size + region]!;
  }

  between(from: number, to: number, luck: Luck): number {
    return from === to ? 0 : this.trips[luck][from * this.size + to]!;
  }

  km(place: number, region: number): number {
    return this.distances[place * this.size + region]!;
  }

  /** Of some regions the one to which users of a place are led: the nearest. */
  nearest(place: number, regions: readonly number[]): number {
    let best = regions[0]!;
    for (const region of regions) if (this.km(place, region) < this.km(place, best)) best = region;
    return best;
  }

  /** Round trip from a region to the n-th nearest of the others, from 1; 0 for none. */
  toNth(region: number, regions: readonly number[], n: number, luck: Luck): number {
    if (n < 1) return 0;
    const trips = regions.filter((other) => other !== region).map((other) => this.between(region, other, luck));
    return trips.toSorted((a, b) => a - b)[n - 1] ?? 0;
  }
}

const MEDIAN = 512;

const both = (laws: readonly DelayLaw[]): Readonly<Record<Luck, Float64Array>> => ({
  least: Float64Array.from(laws, ({ quantiles }) => quantiles[0]!),
  typical: Float64Array.from(laws, ({ quantiles }) => quantiles[MEDIAN]!),
});
