import type { Outcome } from "./outcome.js";
import type { Plan } from "./plan.js";

/** What an architecture may leave unmonitored, each with what the names of its metrics begin with. */
export const MONITORED = {
  cross_region_latency: ["cross_region_latency"],
  replication_lag: ["replication_lag", "lag_alert"],
  regional_availability: ["worst_place_availability", "region_health"],
  cost_tracking: ["cross_region_transfer", "user_transfer", "transfer_budget", "monthly_"],
} as const;
export type Monitored = keyof typeof MONITORED;

type Told = Pick<Outcome, "summary" | "metrics" | "series">;

/** What is left of the results where somebody has decided not to look. The run is the same. */
export function monitored({ unmonitored = [] }: Plan, told: Told): Told {
  if (unmonitored.length === 0) return told;
  const hidden = unmonitored.flatMap((group) => MONITORED[group] as readonly string[]);
  const isSeen = (name: string): boolean => !hidden.some((prefix) => name.startsWith(prefix));
  return {
    summary: Object.fromEntries(Object.entries(told.summary).filter(([name]) => isSeen(name))),
    metrics: told.metrics.filter(({ name }) => isSeen(name)),
    series: told.series.filter(({ name }) => isSeen(name)),
  };
}
