import { MONITORED, type Monitored } from "../simulation/monitoring.js";
import type { Plan } from "../simulation/plan.js";
import type { Expanded } from "./expand.js";

/** What an architecture watches, and what it does not want to know. Nothing where it says nothing. */
export function watchOf(expanded: Expanded): Pick<Plan, "alerts" | "unmonitored"> {
  const lag = expanded.get("alerts.replication_lag") as number | undefined;
  const transfer = expanded.get("alerts.monthly_transfer") as number | undefined;
  const unmonitored = (Object.keys(MONITORED) as Monitored[]).filter(
    (group) => expanded.get(`monitoring.${group}`) === false,
  );
  return {
    ...(lag === undefined && transfer === undefined
      ? {}
      : { alerts: { lag: lag ?? Number.POSITIVE_INFINITY, transfer: transfer ?? Number.POSITIVE_INFINITY } }),
    ...(unmonitored.length === 0 ? {} : { unmonitored }),
  };
}
