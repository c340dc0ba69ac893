import { METRICS, type MetricFacts } from "./catalogue.js";

/** What a run may meet, by the word that `sometimes` of a scenario file uses: met where the metric is above zero. */
const METRIC_OF: Readonly<Record<string, string>> = {
  failover: "failovers",
  "split-brain": "split_brain_writes",
  "lost-write": "lost_acknowledged_writes",
  "unavailable-write": "unavailable_writes",
  rollback: "rolled_back_writes",
  restore: "restore_duration_seconds",
  conflict: "conflicts",
  overwrite: "overwritten_writes",
  "lost-update": "lost_updates",
  "stale-read": "stale_reads",
  duplicate: "duplicate_effects",
  "missed-swap": "missed_swaps",
  retry: "retries",
  hedge: "hedges",
  failure: "failed_operations",
  ...Object.fromEntries(
    METRICS.flatMap(({ name }) =>
      name.startsWith("failed_") && name !== "failed_operations"
        ? [[name.slice("failed_".length).replaceAll("_", "-"), name]]
        : [],
    ),
  ),
};

export interface Danger {
  readonly word: string;
  readonly facts: MetricFacts;
}

export const DANGERS: readonly Danger[] = Object.entries(METRIC_OF).map(([word, metric]) => ({
  word,
  facts: METRICS.find(({ name }) => name === metric)!,
}));
