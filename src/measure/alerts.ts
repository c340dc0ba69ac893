import type { MetricFacts } from "./catalogue.js";

/** What an architecture watches: told where it does. */
export const ALERTS: readonly MetricFacts[] = [
  {
    name: "lag_alert_seconds",
    title: "Lag alert",
    unit: "seconds",
    better: "lower",
    about:
      "Time during which some region with a copy lacked a write for longer than the alert on the replication lag allows.",
    alarm: true,
  },
  {
    name: "transfer_budget_used",
    title: "Transfer budget used",
    unit: "fraction",
    better: "lower",
    about:
      "What would be sent between regions in a month of 30 days like this run, over the bytes that a month may have.",
    alarm: true,
  },
];
