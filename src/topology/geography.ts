import type { Point } from "./places.js";

const EARTH_RADIUS_KM = 6371;
const DEGREE = Math.PI / 180;
/** Light in fibre covers 200 km in a millisecond, so 100 km of distance cost one of round trip. */
const FIBRE_KM_PER_ROUND_TRIP_MS = 100;

export function greatCircleKm(a: Point, b: Point): number {
  const north = Math.sin(((b.latitude - a.latitude) * DEGREE) / 2);
  const east = Math.sin(((b.longitude - a.longitude) * DEGREE) / 2);
  const chord = north * north + Math.cos(a.latitude * DEGREE) * Math.cos(b.latitude * DEGREE) * east * east;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, chord)));
}

/** The fastest round trip that physics allows over fibre, milliseconds. */
export const fibreFloor = (km: number): number => km / FIBRE_KM_PER_ROUND_TRIP_MS;

/** Light in a vacuum covers 299.792 km in a millisecond, and a round trip is twice the distance. */
const VACUUM_KM_PER_ROUND_TRIP_MS = 299.792_458 / 2;

/** The fastest round trip that physics allows over anything, milliseconds. */
export const vacuumFloor = (km: number): number => km / VACUUM_KM_PER_ROUND_TRIP_MS;

/**
 * Median round trip between two regions of which none was measured: a fit of the measured AWS pairs of 2024-04-19
 * (median error 19 ms).
 */
export const estimatedRoundTrip = (km: number): number => 18 + 0.0158 * km;
