import { ALERTS } from "./alerts.js";
import { FAILURES } from "./failures.js";
import { FLEETS_AND_CACHES } from "./fleets-and-caches.js";
import { type MetricFacts, alarm, headline, metric } from "./metric-facts.js";
import { MONEY } from "./money.js";

export type { MetricFacts };

export const METRICS: readonly MetricFacts[] = [
  headline(
    metric(
      "availability",
      "Availability",
      "fraction",
      "higher",
      "User operations answered correctly within the client's deadline, over those issued; in this scenario, never a yearly figure.",
    ),
  ),
  headline(
    metric(
      "worst_place_availability",
      "Availability, worst place",
      "fraction",
      "higher",
      "The same for the place of users that fared worst.",
    ),
  ),
  metric(
    "windows_under_target",
    "Windows under 99.9 %",
    "fraction",
    "lower",
    "Share of five-minute windows whose availability is below 99.9 %.",
  ),
  headline(
    metric(
      "rto_seconds",
      "RTO",
      "seconds",
      "lower",
      "From an incident's start until, for good, every place's success ratio over 10 s windows is back to 99 % of its mean before; the worst incident.",
    ),
  ),
  headline(
    metric(
      "rpo_seconds",
      "RPO",
      "seconds",
      "lower",
      "The incident's start minus the acknowledgement of the oldest acknowledged write missing from the surviving copies, 0 if none is; the worst shard and incident.",
    ),
  ),
  metric("rpo_seconds_p50", "RPO, median shard", "seconds", "lower", "The same for the median shard."),
  headline(
    metric(
      "failover_duration_seconds",
      "Failover duration",
      "seconds",
      "lower",
      "From the controller's suspicion until the promoted region leads.",
    ),
  ),
  metric("failovers", "Failovers", "count", "neither", "Promotions that were not planned."),
  metric(
    "switchovers",
    "Switchovers",
    "count",
    "neither",
    "Planned hand-overs of the lead, where the policy of failover plans any, there is a way back, or an operator orders.",
  ),
  metric(
    "acknowledged_writes",
    "Acknowledged writes",
    "count",
    "neither",
    "Writes whose user got the answer that they are done.",
  ),
  headline(
    metric(
      "lost_acknowledged_writes",
      "Lost acknowledged writes",
      "count",
      "lower",
      "Acknowledged writes that no copy holds any more.",
    ),
  ),
  alarm(
    metric(
      "split_brain_writes",
      "Split-brain writes",
      "count",
      "lower",
      "Those of the lost ones that were acknowledged after the incident had begun, by a primary that was no longer one.",
    ),
  ),
  alarm(
    metric(
      "archived_writes",
      "Archived writes",
      "count",
      "lower",
      "Writes of a primary that was replaced or lost its tail, taken out of the log of a copy that follows another now, and kept for people to reconcile: no copy shows them.",
    ),
  ),
  metric(
    "archived_bytes",
    "Archived bytes",
    "bytes",
    "lower",
    "Bytes of the archived writes, keys and headers included.",
  ),
  alarm(
    metric(
      "rolled_back_writes",
      "Rolled-back writes",
      "count",
      "lower",
      "Those of the lost ones that were acknowledged after the moment of the backup that was restored.",
    ),
  ),
  alarm(
    metric(
      "restore_duration_seconds",
      "Restore duration",
      "seconds",
      "lower",
      "From the start of a restore until the backup serves; the longest.",
    ),
  ),
  alarm(
    metric(
      "unavailable_writes",
      "Unavailable writes",
      "count",
      "lower",
      "Acknowledged writes that only a region holds that is down at the end.",
    ),
  ),
  metric(
    "superseded_writes",
    "Superseded writes",
    "count",
    "neither",
    "Acknowledged writes replaced by one that had seen them.",
  ),
  headline(
    metric(
      "overwritten_writes",
      "Overwritten writes",
      "count",
      "lower",
      "Acknowledged writes discarded by a conflict, in favour of one that had not seen them.",
    ),
  ),
  metric(
    "surviving_writes",
    "Surviving writes",
    "count",
    "neither",
    "Acknowledged writes that a live region still shows at the end.",
  ),
  alarm(
    metric(
      "duplicate_effects",
      "Duplicate effects",
      "count",
      "lower",
      "Operations that were accepted as a write more than once, through retries.",
    ),
  ),
  metric(
    "missed_swaps",
    "Missed swaps",
    "count",
    "lower",
    "Compare-and-sets that found another value than they expected: they changed nothing, and their users were told so.",
  ),
  metric(
    "conflicts",
    "Conflicts",
    "count",
    "lower",
    "Writes accepted where an earlier accepted write of the same key was not yet visible.",
  ),
  headline(
    metric(
      "conflict_rate_per_second",
      "Conflicts per second",
      "per-second",
      "lower",
      "Conflicts over the simulated time.",
    ),
  ),
  metric(
    "siblings_mean",
    "Siblings, mean",
    "count",
    "lower",
    "Versions that a read was shown side by side, 1 where there was no conflict; where conflicts are merged.",
  ),
  metric("siblings_max", "Siblings, most", "count", "lower", "The most versions that a read was shown side by side."),
  alarm(
    metric(
      "lost_updates",
      "Lost updates",
      "count",
      "lower",
      "Acknowledged additions to counters, sets and lists that the data do not contain at the end, of keys to which nothing but additions was done.",
    ),
  ),
  metric(
    "stale_reads",
    "Stale reads",
    "count",
    "lower",
    "Reads that missed a write acknowledged before they were issued.",
  ),
  headline(metric("stale_read_rate", "Stale reads, share", "fraction", "lower", "Stale reads over reads served.")),
  headline(
    metric(
      "user_request_latency_ms_p50",
      "Request latency p50",
      "milliseconds",
      "lower",
      "From the user's first attempt to the answer, retries included, answered operations.",
    ),
  ),
  metric("user_request_latency_ms_mean", "Request latency, mean", "milliseconds", "lower", "The same, its mean."),
  metric(
    "worst_place_latency_ms_mean",
    "Request latency, worst place",
    "milliseconds",
    "lower",
    "The mean of the place of users that waited longest in the mean.",
  ),
  metric("user_request_latency_ms_p90", "Request latency p90", "milliseconds", "lower", "The same, 90th percentile."),
  headline(
    metric("user_request_latency_ms_p99", "Request latency p99", "milliseconds", "lower", "The same, 99th percentile."),
  ),
  metric(
    "user_request_latency_ms_p999",
    "Request latency p99.9",
    "milliseconds",
    "lower",
    "The same, 99.9th percentile.",
  ),
  headline(
    metric(
      "replication_lag_ms_p50",
      "Replication lag p50",
      "milliseconds",
      "lower",
      "From a write's acceptance until another region shows it.",
    ),
  ),
  headline(
    metric(
      "replication_lag_ms_p99",
      "Replication lag p99",
      "milliseconds",
      "lower",
      "The same, 99th percentile over writes and regions.",
    ),
  ),
  metric("replication_lag_ms_max", "Replication lag max", "milliseconds", "lower", "The same, the largest."),
  metric(
    "unreplicated_writes",
    "Unreplicated writes",
    "count",
    "lower",
    "Writes that some region with a copy still lacked when the run ended: their lag is not among those above.",
  ),
  metric(
    "cross_region_latency_ms_p50",
    "Region to region p50",
    "milliseconds",
    "neither",
    "Round trips between regions, as health checks measure them.",
  ),
  metric(
    "cross_region_latency_ms_p99",
    "Region to region p99",
    "milliseconds",
    "neither",
    "The same, 99th percentile.",
  ),
  metric("user_transfer_bytes", "Sent to users", "bytes", "neither", "Bytes of all answers, from regions to users."),
  headline(
    metric("cross_region_transfer_bytes", "Cross-region transfer", "bytes", "lower", "Bytes sent between regions."),
  ),
  ...MONEY,
  ...FLEETS_AND_CACHES,
  ...ALERTS,
  metric(
    "operations",
    "Operations",
    "count",
    "neither",
    "User operations that ended; retries belong to their operation.",
  ),
  metric(
    "failed_operations",
    "Failed operations",
    "count",
    "lower",
    "Operations without a correct answer in time; the causes below sum to it.",
  ),
  metric("retries", "Retries", "count", "lower", "Attempts beyond the first."),
  metric("hedges", "Hedges", "count", "lower", "Second requests to another region, for reads whose answer was late."),
  alarm(
    metric(
      "misplaced_writes",
      "Writes where they may not be",
      "count",
      "lower",
      "Writes that rested in a region where the law forbids it, hints and backups included.",
    ),
  ),
  ...FAILURES,
];

const byName = new Map(METRICS.map((facts) => [facts.name, facts]));
export const metricFacts = (name: string): MetricFacts | undefined => byName.get(name);
