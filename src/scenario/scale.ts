import type { Plan } from "../simulation/plan.js";

/** The same question with so many times the users, and capacity to match. */
export function scalePlan(plan: Plan, factor: number): Plan {
  const up = (value: number): number => Math.max(1, Math.round(value * factor));
  return {
    ...plan,
    scaled: factor,
    places: plan.places.map((place) => ({ ...place, rate: place.rate * factor, sessions: up(place.sessions) })),
    regions: plan.regions.map((region) => ({
      ...region,
      workersPerInstance: up(region.workersPerInstance),
      queueLimit: up(region.queueLimit),
    })),
  };
}
