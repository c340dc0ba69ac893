import type { MONITORED, Monitored } from "../simulation/monitoring.js";
import type { Plan } from "../simulation/plan.js";
import type { Expanded } from "./expand.js";

const GROUPS: Readonly<Record<keyof typeof MONITORED, string>> = {
  cross_region_latency: "monitoring.cross_region_latency",
  replication_lag: "monitoring.replication_lag",
  regional_availability: "monitoring.regional_availability",
  cost_tracking: "monitoring.cost_tracking",
};

/** What an architecture watches, and what it does not want to know. Nothing where it says nothing. */
export function watchOf(expanded: Expanded): Pick<Plan, "alerts" | "unmonitored"> {
  const lag = expanded.get("alerts.replication_lag") as number | undefined;
  const transfer = expanded.get("alerts.monthly_transfer") as number | undefined;
  const unmonitored = (Object.keys(GROUPS) as Monitored[]).filter((group) => expanded.get(GROUPS[group]) === false);
  return {
    ...(lag === undefined && transfer === undefined
      ? {}
      : { alerts: { lag: lag ?? Number.POSITIVE_INFINITY, transfer: transfer ?? Number.POSITIVE_INFINITY } }),
    ...(unmonitored.length === 0 ? {} : { unmonitored }),
  };
}
