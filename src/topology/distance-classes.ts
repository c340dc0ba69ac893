import { type DelayLaw, lawFromMedian } from "./delay-law.js";
import { greatCircleKm } from "./geography.js";
import type { Point } from "./places.js";

/** Round trips by class of distance, milliseconds: theoretical minimum, middle of the typical range, degraded. */
export interface DistanceClass {
  readonly name: string;
  readonly minimum: number;
  readonly typical: number;
  readonly degraded: number;
}

export const DISTANCE_CLASSES: readonly DistanceClass[] = [
  { name: "same region", minimum: 1, typical: 7.5, degraded: 50 },
  { name: "same continent", minimum: 20, typical: 40, degraded: 200 },
  { name: "cross-Atlantic", minimum: 60, typical: 90, degraded: 300 },
  { name: "cross-Pacific", minimum: 90, typical: 135, degraded: 500 },
  { name: "opposite side", minimum: 133, typical: 225, degraded: 1000 },
];

const OPPOSITE_KM = 13_300;
const AMERICAS = new Set(["North America", "South America"]);
const ATLANTIC = new Set(["Europe", "Africa"]);
const PACIFIC = new Set(["Asia", "Oceania"]);

interface Somewhere extends Point {
  readonly continent: string;
}

/**
 * The class of two points. Beyond the distance whose fibre floor is that of "opposite side" they are that, whatever lies
 * between; pairs that cross neither ocean and no one continent (Europe to Asia) go by which minimum their distance has.
 */
export function distanceClass(a: Somewhere, b: Somewhere): DistanceClass {
  const [same, continent, atlantic, pacific, opposite] = DISTANCE_CLASSES as [
    DistanceClass,
    DistanceClass,
    DistanceClass,
    DistanceClass,
    DistanceClass,
  ];
  const km = greatCircleKm(a, b);
  if (km < 100) return same;
  if (km > OPPOSITE_KM) return opposite;
  if (a.continent === b.continent) return continent;
  const crosses = (left: ReadonlySet<string>, right: ReadonlySet<string>): boolean =>
    (left.has(a.continent) && right.has(b.continent)) || (left.has(b.continent) && right.has(a.continent));
  if (AMERICAS.has(a.continent) && AMERICAS.has(b.continent)) return km < 6000 ? continent : atlantic;
  if (crosses(AMERICAS, ATLANTIC)) return atlantic;
  if (crosses(AMERICAS, PACIFIC)) return pacific;
  return km < 6000 ? continent : km < 9000 ? atlantic : pacific;
}

export const classLaw = (of: DistanceClass): DelayLaw => lawFromMedian(of.minimum, of.typical, of.degraded);
