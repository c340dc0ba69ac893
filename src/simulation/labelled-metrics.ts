import { Histogram } from "../measure/histogram.js";
import { CAUSE_NAMES, canFail } from "./causes.js";
import type { Metric } from "./outcome.js";
import type { World } from "./world.js";

const MILLIS = 1000;

/** The labelled metrics, under the names, types and labels that the field's dashboards use for them. */
export function labelledMetrics(world: World): Metric[] {
  const { plan, availability, oracle, telemetry, streams } = world;
  const { regions, places } = plan;
  const pairs = regions.flatMap((from, f) =>
    regions.map((to, t) => ({ from, to, f, t, pair: f * regions.length + t })),
  );
  const metrics: Metric[] = [];

  for (const { from, to, pair } of pairs) {
    const histogram = telemetry.crossRegions[pair];
    if (histogram != null) {
      metrics.push(histogramOf("cross_region_latency", { source_region: from.name, dest_region: to.name }, histogram));
    }
  }
  for (const [p, place] of places.entries()) {
    for (const [r, region] of regions.entries()) {
      const histogram = availability.latencies[p * regions.length + r];
      if (histogram == null) continue;
      metrics.push(
        histogramOf("user_request_latency", { user_region: place.name, serving_region: region.name }, histogram),
      );
    }
  }
  for (const { from, to, pair } of pairs) {
    const lag = telemetry.lags[pair];
    if (lag == null) continue;
    metrics.push({
      ...histogramOf("replication_lag", { source_region: from.name, dest_region: to.name }, lag),
      type: "gauge",
    });
  }
  for (const [r, region] of regions.entries()) {
    if (!region.replica) continue;
    const labels = { region: region.name, resolution_strategy: plan.policies.conflict.name };
    metrics.push({ name: "conflict_rate", type: "counter", labels, values: { value: oracle.conflicts[r]! } });
  }
  for (const [r, region] of regions.entries()) {
    if (!region.replica) continue;
    const healthy = telemetry.healthOverTime[r]!.means().filter((value) => value !== null);
    if (healthy.length === 0) continue;
    const share = healthy.reduce((sum, value) => sum + value, 0) / healthy.length;
    metrics.push({ name: "region_health", type: "gauge", labels: { region: region.name }, values: { value: share } });
  }
  for (const { from, to, f, t } of pairs) {
    const spans = telemetry.failovers.filter((span) => !span.planned && span.from === f && span.to === t);
    if (spans.length === 0) continue;
    const histogram = new Histogram();
    for (const span of spans) histogram.add(span.end - span.start);
    metrics.push(histogramOf("failover_duration", { failed_region: from.name, new_primary: to.name }, histogram));
  }
  const sites = regions.length + places.length;
  for (const { from, to, f, t } of pairs) {
    const bytes = streams.sent[f * sites + t]!;
    if (f === t || bytes === 0) continue;
    const labels = { source_region: from.name, dest_region: to.name };
    metrics.push({ name: "cross_region_transfer_bytes", type: "counter", labels, values: { value: bytes } });
  }
  for (const [r, region] of regions.entries()) {
    if (telemetry.waits[r]!.count === 0) continue;
    metrics.push(histogramOf("queue_wait", { region: region.name }, telemetry.waits[r]!));
  }
  for (const [cause, name] of CAUSE_NAMES.entries()) {
    if (!canFail(world, cause)) continue;
    metrics.push({
      name: "failed_operations",
      type: "counter",
      labels: { cause: name },
      values: { value: availability.failedBy[cause]! },
    });
  }
  return metrics;
}

/** Micros in, milliseconds out. */
function histogramOf(name: string, labels: Readonly<Record<string, string>>, histogram: Histogram): Metric {
  const millis = (value: number | null): number | null => (value === null ? null : value / MILLIS);
  return {
    name,
    type: "histogram",
    labels,
    values: {
      count: histogram.count,
      sum: histogram.sum / MILLIS,
      min: millis(histogram.minimum),
      max: millis(histogram.maximum),
      mean: millis(histogram.mean),
      p10: millis(histogram.quantile(0.1)),
      p25: millis(histogram.quantile(0.25)),
      p50: millis(histogram.quantile(0.5)),
      p75: millis(histogram.quantile(0.75)),
      p90: millis(histogram.quantile(0.9)),
      p99: millis(histogram.quantile(0.99)),
      p999: millis(histogram.quantile(0.999)),
    },
  };
}
