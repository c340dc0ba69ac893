import { Histogram } from "../measure/histogram.js";
import type { Served } from "./outcome.js";
import type { World } from "./world.js";

/** What the users of each place got, and how fast, from what was counted anyway. */
export function servedOf({ plan, availability }: World): Served {
  const bounds = plan.latencyBounds ?? [];
  const regions = plan.regions.length;
  return {
    issued: [...availability.issued],
    answered: [...availability.succeeded],
    within: plan.places.map((_, place) => {
      if (bounds.length === 0) return [];
      const whole = Histogram.of(availability.latencies.slice(place * regions, (place + 1) * regions));
      return bounds.map((bound) => whole.countBelow(bound));
    }),
  };
}
