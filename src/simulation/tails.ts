import { Histogram } from "../measure/histogram.js";
import { MILLISECOND } from "../units/time.js";
import type { Tails } from "./outcome.js";
import type { World } from "./world.js";

const P95 = 0.95;

/** 95th percentiles of the latency of all users and of each place: what latency targets speak of. */
export function tailsOf({ plan, availability }: World): Tails {
  const millis = (histogram: Histogram): number | null => {
    const value = histogram.quantile(P95);
    return value === null ? null : value / MILLISECOND;
  };
  const regions = plan.regions.length;
  return {
    all: millis(availability.latency),
    places: plan.places.map((_, place) =>
      millis(Histogram.of(availability.latencies.slice(place * regions, (place + 1) * regions))),
    ),
  };
}
