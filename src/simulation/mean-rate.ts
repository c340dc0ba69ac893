import { HOUR } from "../units/time.js";
import type { Plan } from "./plan.js";

/** Mean of the requests per second over the run, all places. */
export function meanRate(plan: Plan): number {
  const steps = 240;
  let total = 0;
  for (const place of plan.places) {
    for (let step = 0; step < steps; step++) {
      const hours = ((plan.startOfDay + (plan.duration * (step + 0.5)) / steps) / HOUR) % 24;
      const low = Math.floor(hours);
      const here = place.hourly[low]!;
      total += (place.rate * (here + (place.hourly[(low + 1) % 24]! - here) * (hours - low))) / steps;
    }
  }
  return total;
}
