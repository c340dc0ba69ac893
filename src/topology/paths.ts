import { type DelayLaw, addLaws, constantLaw, lawFromMedian, lawFromPercentiles } from "./delay-law.js";
import { classLaw, distanceClass } from "./distance-classes.js";
import { estimatedRoundTrip, fibreFloor, greatCircleKm } from "./geography.js";
import { type LatencyTable, pairOf } from "./latency-table.js";
import type { Point } from "./places.js";

/** Where the round trips between regions come from. */
export type LatencySource =
  | { readonly kind: "table"; readonly table: LatencyTable }
  | { readonly kind: "distance-classes" };

export interface Somewhere extends Point {
  readonly name: string;
  readonly continent: string;
}

export interface Path {
  readonly law: DelayLaw;
  readonly provenance: "measured" | "distance-class" | "estimated" | "same-region";
  /** What the reader of a result must be told. */
  readonly note?: string;
}

/**
 * Zone to zone inside a region: a default, from published figures of 0.25 to 3.4 ms. The tables' rows from a region to
 * itself are not used: they are connects to a service endpoint.
 */
const SAME_REGION = lawFromMedian(0.3, 1, 3.4);
/** Spread of an estimated path about its median: the middle of the measured pairs (p99 - p50 about 6 ms) and its floor. */
const ESTIMATED_TAIL = 6;

export function regionPath(from: Somewhere, to: Somewhere, source: LatencySource): Path {
  if (from.name === to.name) return { law: SAME_REGION, provenance: "same-region" };
  const km = greatCircleKm(from, to);
  if (source.kind === "distance-classes") {
    return { law: classLaw(distanceClass(from, to)), provenance: "distance-class" };
  }
  const row = source.table.rows.get(pairOf(from.name, to.name));
  if (row !== undefined) {
    // Below p10 nothing is measured: as far again as p25 lies above it, but never faster than fibre.
    const floor = Math.max(Math.min(fibreFloor(km), row.p10), row.p10 - (row.p25 - row.p10));
    return { law: lawFromPercentiles({ floor, ...row }), provenance: "measured" };
  }
  const median = estimatedRoundTrip(km);
  return {
    law: lawFromMedian(Math.min(fibreFloor(km), median), median, median + ESTIMATED_TAIL),
    provenance: "estimated",
    note:
      `${from.name} to ${to.name} is not in the table ${source.table.name}: ${median.toFixed(0)} ms is an estimate ` +
      "from the distance over fibre (median error of such estimates: 19 ms)",
  };
}

/** How users reach a region; milliseconds. */
export interface AccessModel {
  readonly lastMile: number;
  readonly lastMileP99: number;
  /** Round trips are so many times what fibre along the great circle would take. */
  readonly stretch: number;
}

/**
 * A user's round trip to a region is in no table. The model: the last mile (an assumption: it varies by country and
 * technology) plus `stretch` times the fibre floor of the distance (1.7 is the median of the measured pairs), taken at
 * the same quantile.
 */
export function accessLaw(user: Point, region: Point, model: AccessModel): DelayLaw {
  const long = model.stretch * fibreFloor(greatCircleKm(user, region));
  return addLaws(lawFromMedian(model.lastMile / 3, model.lastMile, model.lastMileP99), constantLaw(long));
}
