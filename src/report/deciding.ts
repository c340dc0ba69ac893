import { METRICS, type MetricFacts } from "../measure/catalogue.js";
import type { Estimate } from "../measure/statistics.js";
import type { Comparison } from "./comparison.js";

/** Of these one is enough: the others say the same in another unit. */
const KIN: readonly (readonly string[])[] = [
  ["availability", "worst_place_availability"],
  ["failovers", "failover_duration_seconds"],
  ["lost_acknowledged_writes", "rpo_seconds"],
  ["overwritten_writes", "conflict_rate_per_second", "stale_read_rate"],
  ["user_request_latency_ms_p50", "user_request_latency_ms_p99"],
];
/** Headlines that neither users nor their data feel. */
const MACHINERY = ["replication_lag_ms_p50", "replication_lag_ms_p99", "cross_region_transfer_bytes"];
/** What is always worth saying when it happened. */
const EVENTS = ["failovers", "split_brain_writes"];
/** Of the greater value: smaller differences decide nothing. */
const LEAST_EFFECT = 0.1;
/** Share of the lost writes beyond which split-brain writes say it all. */
const NEARLY_ALL = 0.9;
/** What there is to say of an architecture that stands alone, or of equals. */
const BASICS = ["availability", "rto_seconds", "lost_acknowledged_writes", "user_request_latency_ms_p50"];

/**
 * The metrics that decide a question, `most` unless the scenario names more: those that it has expectations of, what
 * happened, then the headlines in which the architectures clearly differ. The catalogue begins with what users and data
 * go through, so its order is that of weight.
 */
export function decidingMetrics(comparison: Comparison, most: number): MetricFacts[] {
  const named = comparison.promises.map(({ metric }) => metric);
  const happened = EVENTS.filter((name) =>
    comparison.architectures.some(({ metrics }) => (metrics[name]!.mean ?? 0) > 0),
  );
  const chosen = new Set([...named, ...happened]);
  const differing = METRICS.filter(({ name, headline }) => headline === true && !MACHINERY.includes(name))
    .map(({ name }) => name)
    .filter((name) => effectOf(comparison, name) >= LEAST_EFFECT);
  const basics = BASICS.filter((name) => name !== "rto_seconds" || hasIncidents(comparison));
  for (const name of [...differing, ...(differing.length === 0 ? basics : [])]) {
    const kin = KIN.find((each) => each.includes(name)) ?? [name];
    // The first of its kin that differs too says it best.
    const best = kin.find((each) => differing.includes(each)) ?? name;
    const said = kin.some((each) => chosen.has(each)) || isSaid(comparison, best, chosen);
    if (chosen.size < most && !said) chosen.add(best);
  }
  return METRICS.filter(({ name }) => chosen.has(name));
}

/** Nobody recovers from what has not happened. */
const hasIncidents = ({ architectures }: Comparison): boolean =>
  architectures.some(({ outcomes }) => outcomes.some(({ incidents }) => incidents.length > 0));

/** Whether hardly any write was lost but those of a split brain, which is told already. */
function isSaid({ architectures }: Comparison, metric: string, chosen: ReadonlySet<string>): boolean {
  if (metric !== "lost_acknowledged_writes" || !chosen.has("split_brain_writes")) return false;
  return architectures.every(
    ({ metrics }) => (metrics["split_brain_writes"]!.mean ?? 0) >= NEARLY_ALL * (metrics[metric]!.mean ?? 0),
  );
}

/** The greatest clear difference from the first architecture, as a share of the greater of both; 0 if none is clear. */
function effectOf({ architectures, differences }: Comparison, metric: string): number {
  const [first, ...others] = architectures.map(({ metrics }) => metrics[metric]!);
  const found = differences.filter((each) => each.metric === metric);
  const effects = others.map((other, index) => {
    // Not to recover at all is a difference that has no mean.
    if (metric === "rto_seconds" && other.censored !== first!.censored) return 1;
    const { difference } = found[index]!;
    if (!isClear(difference) || first!.mean === null || other.mean === null) return 0;
    const [a, b] = [first!.mean, other.mean].map((mean) => (isAvailability(metric) ? 1 - mean : mean));
    return Math.abs(difference.mean!) / Math.max(Math.abs(a!), Math.abs(b!));
  });
  return Math.max(0, ...effects);
}

/** Twice the failures is a great difference, though 99.9 and 99.8 % look alike. */
const isAvailability = (metric: string): boolean => metric.endsWith("availability");

/** Whether the interval excludes zero; with one seed any difference counts, since nothing says how far luck reaches. */
export function isClear({ mean, ci95 }: Estimate): boolean {
  if (mean === null) return false;
  const [low, high] = ci95 ?? [mean, mean];
  return low > 0 || high < 0;
}
