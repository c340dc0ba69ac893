import { roundTrip } from "../topology/delay-law.js";
import type { Plan } from "./plan.js";

/** Those of `among` that the region has a path to, itself apart, by the median of the round trip: the nearest first. */
export function nearestFirst({ regions, places, network }: Plan, region: number, among: readonly number[]): number[] {
  const sites = regions.length + places.length;
  const trips = among.flatMap((other) => {
    const law = network.laws[region * sites + other];
    return other === region || law == null ? [] : [{ other, trip: roundTrip(law, 0.5) }];
  });
  return trips.toSorted((one, other) => one.trip - other.trip).map(({ other }) => other);
}
